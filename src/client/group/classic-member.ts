// A member of a classic consumer group (group.protocol=classic): JoinGroup, SyncGroup, Heartbeat, LeaveGroup. Eager: all
// partitions are given up before a rebalance (ConsumerCoordinator with the default assignors).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { Heartbeat } from '../../protocol/messages/heartbeat.ts';
import { JoinGroup, type JoinGroupResponse } from '../../protocol/messages/join-group.ts';
import { LeaveGroup } from '../../protocol/messages/leave-group.ts';
import { SyncGroup } from '../../protocol/messages/sync-group.ts';
import type { TopicPartition } from '../admin/types.ts';
import { throwIfError } from '../errors.ts';
import type { Assignor } from './assignors.ts';
import { joinFailure, tellFencedHeartbeat, tellRefusedJoin, tellRefusedLeave } from './classic-log.ts';
import { inMapOrder, notInGroup, tellClassicCommit } from './commit-failures.ts';
import type { CoordinatorLink } from './coordinator-link.ts';
import { Heartbeats } from './heartbeats.ts';
import { assignToMembers } from './leader.ts';
import { CommitRefusal, commitOffsets, fetchCommitted, type Identity } from './offsets.ts';
import { decodeAssignment, encodeSubscription } from './subscription.ts';
import type { CommitOccasion, GroupListener, GroupMember, GroupOffset } from './types.ts';

export interface ClassicSettings {
  readonly instanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** max.poll.interval.ms: how long a rebalance waits for this member. */
  readonly rebalanceTimeoutMs: number;
  /** In order of preference. */
  readonly assignors: readonly Assignor[];
}

const PROTOCOL_TYPE = 'consumer';
/** What a JoinGroup may take beyond the rebalance time-out (ConsumerNetworkClient). */
const JOIN_GRACE_MS = 5000;
const LEAVE_TIMEOUT_MS = 2000;

export class ClassicMember implements GroupMember {
  readonly #link: CoordinatorLink;
  readonly #settings: ClassicSettings;
  readonly #listener: GroupListener;
  readonly #heartbeats: Heartbeats;
  #memberId = '';
  /** The assignor of the generation. */
  #protocol: string | null = null;
  #generation = -1;
  #leaving = false;
  /** Why nothing can be committed any more: another member has this one's group.instance.id. */
  #fenced: KafkaError | undefined;

  constructor(link: CoordinatorLink, settings: ClassicSettings, listener: GroupListener) {
    this.#link = link;
    this.#settings = settings;
    this.#listener = listener;
    this.#heartbeats = new Heartbeats(link.cluster.clock);
  }

  get #identity(): Identity {
    const { instanceId } = this.#settings;
    return { memberId: this.#memberId, instanceId, generationOrEpoch: this.#generation };
  }

  async join(topics: readonly string[]): Promise<readonly TopicPartition[]> {
    this.#heartbeats.stop();
    for (let attempt = 1; ; attempt++) {
      try {
        const joined = await this.#joinGroup(topics);
        const assignment = await this.#syncGroup(joined);
        this.#heartbeats.start(this.#settings.heartbeatIntervalMs, () => this.#beat());
        return decodeAssignment(assignment);
      } catch (error) {
        if (this.#leaving || !this.#recover(error)) throw error;
        await this.#link.cluster.sleep(this.#pauseAfter(error, attempt));
      }
    }
  }

  async committed(partitions: readonly TopicPartition[]): Promise<GroupOffset[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await fetchCommitted(this.#link, undefined, partitions);
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.retriable || this.#leaving) throw error;
        this.#link.forget();
        await this.#link.cluster.sleep(this.#link.cluster.retryBackoffMs(attempt));
      }
    }
  }

  async commit(offsets: readonly GroupOffset[]): Promise<void> {
    if (this.#fenced) throw this.#fenced;
    if (this.#generation < 0) throw notInGroup();
    await commitOffsets(this.#link, this.#identity, offsets);
  }

  async autoCommit(offsets: readonly GroupOffset[], occasion: CommitOccasion): Promise<void> {
    const { cluster, groupId } = this.#link;
    const ordered = inMapOrder(offsets);
    const generation = this.#generation;
    try {
      await this.commit(ordered);
    } catch (error) {
      tellClassicCommit(cluster, groupId, { offsets: ordered, occasion, error });
      if (generation === this.#generation && error instanceof CommitRefusal) this.#afterRefusal(error, occasion);
    }
  }

  /** ConsumerCoordinator.OffsetCommitResponseHandler. */
  #afterRefusal(error: CommitRefusal, occasion: CommitOccasion): void {
    if (isFenced(error)) {
      const text = `Get fenced exception for group.instance.id ${this.#settings.instanceId}`;
      this.#fenced = new KafkaError(error.code, text);
      this.#heartbeats.stop();
      this.#listener.onFailure(this.#fenced);
      return;
    }
    this.#loseGeneration(error);
    if (this.#generation < 0 && occasion === 'interval') this.#rejoin();
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    this.#heartbeats.stop();
    const { groupId } = this.#link;
    const { instanceId } = this.#settings;
    const members = [{ memberId: this.#memberId, groupInstanceId: instanceId, reason: 'the consumer is being closed' }];
    try {
      // Static members stay, so that they can come back to what they had.
      if (this.#memberId === '' || instanceId !== null) return;
      const request = { groupId, memberId: this.#memberId, members };
      const { errorCode } = await this.#link.send(LeaveGroup, request, LEAVE_TIMEOUT_MS);
      tellRefusedLeave(this.#link.cluster, errorCode, this.#identity, this.#protocol);
    } catch {
      // The coordinator notices by itself when the session times out.
    } finally {
      this.#link.close();
    }
  }

  async #joinGroup(topics: readonly string[]): Promise<JoinGroupResponse> {
    const { sessionTimeoutMs, rebalanceTimeoutMs, instanceId, assignors } = this.#settings;
    const request = {
      groupId: this.#link.groupId,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      memberId: this.#memberId,
      groupInstanceId: instanceId,
      protocolType: PROTOCOL_TYPE,
      protocols: assignors.map(({ name, userData }) => ({ name, metadata: encodeSubscription(topics, userData) })),
      reason: '',
    };
    const response = await this.#link.send(JoinGroup, request, rebalanceTimeoutMs + JOIN_GRACE_MS);
    if (response.errorCode === ErrorCode.MEMBER_ID_REQUIRED) this.#memberId = response.memberId;
    tellRefusedJoin(this.#link.cluster, 'JoinGroup', response.errorCode, this.#identity);
    if (response.errorCode !== 0) throw joinFailure('JoinGroup', response.errorCode, this.#link.groupId);
    this.#memberId = response.memberId;
    this.#generation = response.generationId;
    this.#protocol = response.protocolName;
    return response;
  }

  async #syncGroup(joined: JoinGroupResponse): Promise<Buffer> {
    const isLeader = joined.leader === joined.memberId && !joined.skipAssignment;
    const response = await this.#link.send(
      SyncGroup,
      {
        groupId: this.#link.groupId,
        generationId: joined.generationId,
        memberId: joined.memberId,
        groupInstanceId: this.#settings.instanceId,
        protocolType: PROTOCOL_TYPE,
        protocolName: joined.protocolName,
        assignments: isLeader ? await assignToMembers(this.#link.cluster, joined) : [],
      },
      this.#settings.rebalanceTimeoutMs + JOIN_GRACE_MS,
    );
    tellRefusedJoin(this.#link.cluster, 'SyncGroup', response.errorCode, this.#identity, joined.protocolName);
    if (response.errorCode !== 0) throw joinFailure('SyncGroup', response.errorCode, this.#link.groupId);
    return response.assignment;
  }

  /** Answers the pause until the next heartbeat. */
  async #beat(): Promise<number> {
    const { groupId } = this.#link;
    const { heartbeatIntervalMs, instanceId, sessionTimeoutMs } = this.#settings;
    const body = { groupId, generationId: this.#generation, memberId: this.#memberId, groupInstanceId: instanceId };
    try {
      throwIfError((await this.#link.send(Heartbeat, body, sessionTimeoutMs)).errorCode);
      return heartbeatIntervalMs;
    } catch (error) {
      if (this.#leaving) return heartbeatIntervalMs;
      if (!this.#recover(error)) {
        this.#heartbeats.stop();
        if (isFenced(error)) tellFencedHeartbeat(this.#link.cluster, instanceId);
        this.#listener.onFailure(error as Error);
      } else if (isRebalance(error) || this.#memberId === '') this.#rejoin();
      return this.#link.cluster.retryBackoffMs(1);
    }
  }

  /** Makes ready for the next attempt; false if there is no point in one. */
  #recover(error: unknown): boolean {
    if (!(error instanceof KafkaError)) return false;
    this.#loseGeneration(error);
    if (isRebalance(error) || error.code === ErrorCode.MEMBER_ID_REQUIRED) return true;
    if (!error.retriable) return false;
    this.#link.forget();
    return true;
  }

  #rejoin(): void {
    this.#heartbeats.stop();
    this.#listener.onRebalance();
  }

  /** After what says that the group has gone on without this member: nothing can be committed any more. */
  #loseGeneration({ code }: KafkaError): void {
    if (!GONE.has(code)) return;
    this.#generation = -1;
    if (code === ErrorCode.UNKNOWN_MEMBER_ID) this.#memberId = '';
  }

  #pauseAfter(error: unknown, attempt: number): number {
    return isRebalance(error) || (error as KafkaError).code === ErrorCode.MEMBER_ID_REQUIRED
      ? 0
      : this.#link.cluster.retryBackoffMs(attempt);
  }
}

const REBALANCES: ReadonlySet<number> = new Set([
  ErrorCode.REBALANCE_IN_PROGRESS,
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.UNKNOWN_MEMBER_ID,
]);

const GONE: ReadonlySet<number> = new Set([
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.FENCED_INSTANCE_ID,
]);

const isFenced = (error: unknown): boolean =>
  error instanceof KafkaError && error.code === ErrorCode.FENCED_INSTANCE_ID;

const isRebalance = (error: unknown): boolean => error instanceof KafkaError && REBALANCES.has(error.code);
