// A member of a group of the consumer protocol (group.protocol=consumer, KIP-848): the broker assigns, one heartbeat says
// and answers everything. What the member owns is given up before `join` is called again.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  ConsumerGroupHeartbeat,
  type ConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatResponse,
} from '../../protocol/messages/consumer-group-heartbeat.ts';
import { Metadata } from '../../protocol/messages/metadata.ts';
import { randomUuid, ZERO_UUID } from '../../util/uuid.ts';
import type { TopicPartition } from '../admin/types.ts';
import { inMapOrder, tellCommit } from './commit-failures.ts';
import type { CoordinatorLink } from './coordinator-link.ts';
import { checkHeartbeat, heartbeatFailure, tellFatalHeartbeat, tellSilentLeave } from './heartbeat-failures.ts';
import { Heartbeats } from './heartbeats.ts';
import { commitOffsets, fetchCommitted, type Identity } from './offsets.ts';
import type { CommitOccasion, GroupListener, GroupMember, GroupOffset } from './types.ts';

export interface ConsumerProtocolSettings {
  readonly instanceId: string | null;
  readonly rebalanceTimeoutMs: number;
  /** group.remote.assignor; null for the broker's choice. */
  readonly assignor: string | null;
  readonly rackId: string | null;
}

type AssignedTopics = NonNullable<ConsumerGroupHeartbeatResponse['assignment']>['topicPartitions'];

const LEAVE = -1;
const LEAVE_STATIC = -2;
const LEAVE_TIMEOUT_MS = 2000;

export class ConsumerProtocolMember implements GroupMember {
  readonly #link: CoordinatorLink;
  readonly #settings: ConsumerProtocolSettings;
  readonly #listener: GroupListener;
  readonly #heartbeats: Heartbeats;
  readonly #memberId = randomUuid();
  #epoch = 0;
  #topics: readonly string[] = [];
  #assigned: AssignedTopics | undefined;
  #intervalMs = 1000;
  #leaving = false;
  #failed = false;

  constructor(link: CoordinatorLink, settings: ConsumerProtocolSettings, listener: GroupListener) {
    this.#link = link;
    this.#settings = settings;
    this.#listener = listener;
    this.#heartbeats = new Heartbeats(link.cluster.clock);
  }

  get #identity(): Identity {
    const { instanceId } = this.#settings;
    return { memberId: this.#memberId, instanceId, generationOrEpoch: this.#epoch };
  }

  async join(topics: readonly string[]): Promise<readonly TopicPartition[]> {
    this.#heartbeats.stop();
    this.#topics = topics;
    for (let attempt = 1; ; attempt++) {
      try {
        const owned = await this.#settle();
        this.#heartbeats.start(this.#intervalMs, () => this.#beat());
        return owned;
      } catch (error) {
        if (this.#leaving || !this.#recover(error)) {
          this.#tellFatal(error);
          throw error;
        }
        await this.#link.cluster.sleep(this.#link.cluster.retryBackoffMs(attempt));
      }
    }
  }

  async committed(partitions: readonly TopicPartition[]): Promise<GroupOffset[]> {
    return fetchCommitted(this.#link, this.#identity, partitions);
  }

  commit(offsets: readonly GroupOffset[]): Promise<void> {
    return commitOffsets(this.#link, this.#identity, offsets);
  }

  async autoCommit(offsets: readonly GroupOffset[], occasion: CommitOccasion): Promise<void> {
    // Who is no member any more has lost the partitions, and says nothing of them.
    if (this.#epoch <= 0) return;
    const { groupId, cluster } = this.#link;
    const [memberId, epoch, ordered] = [this.#memberId, this.#epoch, inMapOrder(offsets)];
    try {
      await this.commit(ordered);
    } catch (error) {
      tellCommit(cluster, { groupId, memberId, epoch }, { offsets: ordered, occasion, error });
    }
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    this.#heartbeats.stop();
    const epoch = this.#settings.instanceId === null ? LEAVE : LEAVE_STATIC;
    const isMember = this.#topics.length > 0 && !this.#failed;
    if (isMember && this.#link.isLost) tellSilentLeave(this.#link.cluster, { memberId: this.#memberId, epoch });
    try {
      if (this.#epoch > 0) await this.#heartbeat({ memberEpoch: epoch }, LEAVE_TIMEOUT_MS);
    } catch {
      // The coordinator notices by itself when the session times out.
    } finally {
      this.#link.close();
    }
  }

  /** Says what the member wants and owns until the broker has an assignment that is known in full. */
  async #settle(): Promise<TopicPartition[]> {
    do {
      const { rebalanceTimeoutMs, assignor, rackId } = this.#settings;
      const joining = this.#epoch === 0;
      await this.#heartbeat({
        memberEpoch: this.#epoch,
        rebalanceTimeoutMs,
        rackId: joining ? rackId : null,
        serverAssignor: assignor,
        subscribedTopicNames: [...this.#topics],
        topicPartitions: joining ? [] : (this.#assigned ?? []),
      });
      if (!this.#assigned) await this.#link.cluster.sleep(Math.min(this.#intervalMs, 100));
    } while (!this.#assigned && !this.#leaving);
    return this.#named(this.#assigned ?? []);
  }

  async #heartbeat(
    body: Partial<ConsumerGroupHeartbeatRequest> & { memberEpoch: number },
    timeoutMs?: number,
  ): Promise<void> {
    const request = { groupId: this.#link.groupId, memberId: this.#memberId, instanceId: this.#settings.instanceId };
    const response = await this.#link
      .send(ConsumerGroupHeartbeat, { ...request, ...body }, timeoutMs)
      .then((answer) => checkHeartbeat(answer, this.#link.groupId))
      .catch((error: unknown) => {
        throw heartbeatFailure('ConsumerGroupHeartbeatRequest', error);
      });
    this.#epoch = Math.max(response.memberEpoch, 0);
    this.#intervalMs = response.heartbeatIntervalMs || this.#intervalMs;
    if (response.assignment) this.#assigned = response.assignment.topicPartitions;
  }

  async #beat(): Promise<number> {
    const before = this.#assigned;
    try {
      await this.#heartbeat({ memberEpoch: this.#epoch });
      if (this.#assigned !== before) this.#rebalance();
    } catch (error) {
      if (this.#leaving) return this.#intervalMs;
      if (!this.#recover(error)) {
        this.#heartbeats.stop();
        this.#tellFatal(error);
        this.#listener.onFailure(error as Error);
      } else if (this.#epoch === 0) this.#rebalance();
    }
    return this.#intervalMs;
  }

  #tellFatal(error: unknown): void {
    if (this.#leaving) return;
    this.#failed = true;
    const { instanceId } = this.#settings;
    const member = { memberId: this.#memberId, epoch: this.#epoch };
    tellFatalHeartbeat(this.#link.cluster, 'ConsumerGroupHeartbeatRequest', { ...member, instanceId }, error);
  }

  #rebalance(): void {
    this.#heartbeats.stop();
    this.#listener.onRebalance();
  }

  /** Makes ready for the next attempt; false if there is no point in one. */
  #recover(error: unknown): boolean {
    if (!(error instanceof KafkaError)) return false;
    if (error.code === ErrorCode.FENCED_MEMBER_EPOCH || error.code === ErrorCode.UNKNOWN_MEMBER_ID) {
      this.#epoch = 0;
      this.#assigned = undefined;
      return true;
    }
    if (error.retriable) this.#link.forget();
    return error.retriable;
  }

  /** The topics' names, which the broker's assignment does not have. */
  async #named(assigned: AssignedTopics): Promise<TopicPartition[]> {
    if (assigned.length === 0) return [];
    const broker = await this.#link.broker();
    const topics = assigned.map(({ topicId }) => ({ topicId, name: null }));
    const response = await broker.send(Metadata, { topics, allowAutoTopicCreation: false });
    const names = new Map(response.topics.map(({ topicId, name }) => [topicId, name]));
    return assigned.flatMap(({ topicId, partitions }) => {
      const topic = topicId === ZERO_UUID ? undefined : names.get(topicId);
      return topic ? partitions.map((partition) => ({ topic, partition })) : [];
    });
  }
}
