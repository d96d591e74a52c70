// Membership in a share group: one heartbeat says what the member wants and answers what it reads (KIP-932).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  ShareGroupHeartbeat,
  type ShareGroupHeartbeatResponse,
} from '../../protocol/messages/share-group-heartbeat.ts';
import { randomUuid } from '../../util/uuid.ts';
import type { Cluster } from '../cluster.ts';
import type { CoordinatorLink } from '../group/coordinator-link.ts';
import { checkHeartbeat, heartbeatFailure, tellFatalHeartbeat, tellSilentLeave } from '../group/heartbeat-failures.ts';
import { Heartbeats } from '../group/heartbeats.ts';

export type AssignedTopics = NonNullable<ShareGroupHeartbeatResponse['assignment']>['topicPartitions'];

type ShareLog = Pick<Cluster, 'logger' | 'label' | 'metadata' | 'clock'>;

export interface ShareMemberListener {
  onAssigned(topics: AssignedTopics): void;
  onFailure(error: Error): void;
}

const LEAVE = -1;
const LEAVE_TIMEOUT_MS = 2000;
/**
 * A new group's first answer assigns nothing, as its partitions have no state yet, and brokers assign again after
 * share.assignment.interval.ms (1 s) at the earliest. Waiting for the regular heartbeat would take 5 s.
 */
const FIRST_ASSIGNMENT_MS = 300;
const FIRST_BEATS = 11;
/** A cluster that has not answered for so long is not there. */
const UNREACHABLE_MS = 500;

export class ShareMember {
  readonly memberId = randomUuid();
  readonly #link: CoordinatorLink;
  readonly #log: ShareLog;
  readonly #rackId: string | null;
  readonly #listener: ShareMemberListener;
  readonly #heartbeats: Heartbeats;
  #topics: readonly string[] = [];
  #epoch = 0;
  #intervalMs = 5000;
  #failures = 0;
  #beats = 0;
  #hasPartitions = false;
  #leaving = false;
  #failed = false;
  #subscribedMs = 0;
  /** What to say of the topics: they are told when joining and when they have changed. */
  #told = false;

  /** @param log where its failures are told, under the share consumer's name */
  constructor(link: CoordinatorLink, rackId: string | null, listener: ShareMemberListener, log: ShareLog) {
    this.#link = link;
    this.#log = log;
    this.#rackId = rackId;
    this.#listener = listener;
    this.#heartbeats = new Heartbeats(link.cluster.clock);
  }

  /** Joins the group for these topics, or tells it that they are others now. */
  subscribe(topics: readonly string[]): void {
    this.#topics = topics;
    this.#subscribedMs = this.#log.clock.monotonicMs();
    this.#told = false;
    this.#beats = 0;
    this.#heartbeats.start(0, () => this.#beat());
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    this.#heartbeats.stop();
    const isMember = this.#topics.length > 0 && !this.#failed;
    const waitedMs = this.#log.clock.monotonicMs() - this.#subscribedMs;
    const isLost = this.#link.isLost || (this.#log.metadata.nodes.length === 0 && waitedMs >= UNREACHABLE_MS);
    if (isMember && isLost) tellSilentLeave(this.#log, { memberId: this.memberId, epoch: LEAVE });
    try {
      if (this.#epoch > 0) await this.#heartbeat(LEAVE, LEAVE_TIMEOUT_MS);
    } catch {
      // The coordinator notices by itself when the session times out.
    } finally {
      this.#link.close();
    }
  }

  /** Answers the milliseconds until the next one. */
  async #beat(): Promise<number> {
    try {
      await this.#heartbeat(this.#epoch);
      this.#failures = 0;
    } catch (error) {
      if (this.#leaving) return this.#intervalMs;
      return this.#afterFailure(error);
    }
    this.#beats++;
    const isWaiting = !this.#hasPartitions && this.#beats <= FIRST_BEATS;
    return isWaiting ? Math.min(FIRST_ASSIGNMENT_MS, this.#intervalMs) : this.#intervalMs;
  }

  async #heartbeat(memberEpoch: number, timeoutMs?: number): Promise<void> {
    const isFull = memberEpoch === 0 || (memberEpoch > 0 && !this.#told);
    const request = {
      groupId: this.#link.groupId,
      memberId: this.memberId,
      memberEpoch,
      rackId: memberEpoch === 0 ? this.#rackId : null,
      subscribedTopicNames: isFull ? [...this.#topics] : null,
    };
    const response = await this.#link
      .send(ShareGroupHeartbeat, request, timeoutMs)
      .then((answer) => checkHeartbeat(answer, this.#link.groupId))
      .catch((error: unknown) => {
        throw heartbeatFailure('ShareGroupHeartbeatRequest', error);
      });
    this.#told = true;
    this.#epoch = Math.max(response.memberEpoch, 0);
    this.#intervalMs = response.heartbeatIntervalMs || this.#intervalMs;
    if (response.assignment && !this.#leaving) this.#assigned(response.assignment.topicPartitions);
  }

  #assigned(topics: AssignedTopics): void {
    this.#hasPartitions = topics.some(({ partitions }) => partitions.length > 0);
    this.#listener.onAssigned(topics);
  }

  #afterFailure(error: unknown): number {
    const code = error instanceof KafkaError ? error.code : undefined;
    if (code === ErrorCode.FENCED_MEMBER_EPOCH || code === ErrorCode.UNKNOWN_MEMBER_ID) {
      this.#epoch = 0;
      this.#assigned([]);
      return 0;
    }
    if (error instanceof KafkaError && error.retriable) {
      this.#link.forget();
      return this.#link.cluster.retryBackoffMs(++this.#failures);
    }
    this.#heartbeats.stop();
    this.#failed = true;
    const member = { memberId: this.memberId, epoch: this.#epoch };
    tellFatalHeartbeat(this.#log, 'ShareGroupHeartbeatRequest', member, error);
    this.#listener.onFailure(error as Error);
    return this.#intervalMs;
  }
}
