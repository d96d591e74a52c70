// The coordinator of consumer groups: what the handlers call. It holds the groups; each step is a file of its own.
import { ErrorCode } from '../../protocol/errors.ts';
import type { ConsumerGroupHeartbeatRequest } from '../../protocol/messages/consumer-group-heartbeat.ts';
import type { HeartbeatRequest } from '../../protocol/messages/heartbeat.ts';
import type { JoinGroupRequest } from '../../protocol/messages/join-group.ts';
import type { SyncGroupRequest } from '../../protocol/messages/sync-group.ts';
import type { Timer } from '../../util/clock.ts';
import { answer } from './answer.ts';
import { commitOffsets, commitTransactionalOffsets } from './commit.ts';
import type { Commit, OffsetsProducer } from './commit-request.ts';
import type { DescribedConsumerGroup } from './consumer/describe.ts';
import type { HeartbeatResponse } from './consumer/heartbeat.ts';
import type { GroupContext } from './context.ts';
import type { GroupCoordinatorOptions, GroupStore } from './coordinator-options.ts';
import { deleteGroup, deleteOffsets, forgetTopic, type TopicPartitions } from './delete.ts';
import { type DescribedGroup, describeGroup, type ListedGroup, listGroups } from './describe.ts';
import { expireOffsets } from './expiry.ts';
import { GroupLoading } from './group-loading.ts';
import { heartbeat } from './heartbeat.ts';
import { joinGroup } from './join.ts';
import { expireSession, leaveGroup } from './leave.ts';
import {
  type GroupClient,
  type JoinResponse,
  joinError,
  type LeaveResult,
  type LeavingMember,
  type SyncResponse,
  syncError,
} from './messages.ts';
import { kindOf } from './modern/group-kind.ts';
import type { CommittedOffset } from './offsets.ts';
import { groupContext } from './open-context.ts';
import type { ShareGroups } from './share/share-groups.ts';
import type { StreamsGroups } from './streams/streams-groups.ts';
import { syncGroup } from './sync.ts';

/** Who fetches offsets (OffsetFetch v9+). */
export interface FetchingMember {
  readonly memberId: string | null;
  /** -1 outside of the group protocol. */
  readonly memberEpoch: number;
}

const NO_MEMBER: FetchingMember = { memberId: null, memberEpoch: -1 };

export class GroupCoordinator {
  readonly #context: GroupContext;
  readonly #store: GroupStore;
  readonly #loading: GroupLoading;
  #expiryTimer: Timer | undefined;

  constructor(options: GroupCoordinatorOptions) {
    this.#store = options.store;
    this.#context = groupContext(options, (group, memberId) =>
      this.#run(`end the session of ${memberId}`, () => expireSession(this.#context, group, memberId)),
    );
    this.#loading = new GroupLoading(this.#context, options.store);
  }

  /**
   * Reads groups and offsets back. Until it has resolved requests are answered COORDINATOR_LOAD_IN_PROGRESS. Members
   * have their session timeout from now on to be heard of.
   * @throws RecordError, LogError if the records cannot be read
   */
  async load(): Promise<void> {
    await this.#loading.loadAll();
    this.#scheduleExpiry();
  }

  /** This broker has become the leader of a partition of `__consumer_offsets`: it reads the groups of it. */
  partitionGained(partition: number): Promise<void> {
    return this.#loading.gained(partition);
  }

  /** Another broker has the partition now: members that wait here look for their coordinator again. */
  partitionLost(partition: number): void {
    this.#loading.lost(partition);
  }

  /** Called when a client looks for its coordinator: from then on there is a place for its group. @throws KafkaError */
  prepare(): void {
    this.#store.prepare();
  }

  /** Resolves when the rebalance that the join takes part in lets its members go on; errors are in the response. */
  join(client: GroupClient, request: JoinGroupRequest): Promise<JoinResponse> {
    // What is kept of a request must not keep its frame.
    const protocols = request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) }));
    return answer<JoinResponse>(
      (reply) => {
        this.#loading.assertLoaded(request.groupId);
        return joinGroup(this.#context, { client, request: { ...request, protocols }, reply });
      },
      (errorCode) => joinError(errorCode, request.memberId),
    );
  }

  /** Resolves when the leader has handed in its assignment; errors are in the response. */
  sync(request: SyncGroupRequest): Promise<SyncResponse> {
    return answer<SyncResponse>((reply) => {
      this.#loading.assertLoaded(request.groupId);
      return syncGroup(this.#context, request, reply);
    }, syncError);
  }

  /** A heartbeat of the consumer protocol (KIP-848). @throws KafkaError with number and text, see consumer/ */
  consumerHeartbeat(client: GroupClient, request: ConsumerGroupHeartbeatRequest): HeartbeatResponse {
    this.#loading.assertLoaded(request.groupId);
    return this.#context.consumers.heartbeat(client, request);
  }

  /** A group of the consumer protocol, or why it is none. @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS */
  describeConsumerGroup(groupId: string): DescribedConsumerGroup {
    this.#loading.assertLoaded(groupId);
    return this.#context.consumers.describe(groupId);
  }

  /** The groups of the share protocol (KIP-932). @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS */
  get shares(): ShareGroups {
    this.#loading.assertLoaded();
    return this.#context.shares;
  }

  /** The streams groups (KIP-1071). @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS */
  get streams(): StreamsGroups {
    this.#loading.assertLoaded();
    return this.#context.streams;
  }

  /** The same, for one group. @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR */
  sharesOf(groupId: string): ShareGroups {
    this.#loading.assertLoaded(groupId);
    return this.#context.shares;
  }

  /** @throws KafkaError as {@link sharesOf} */
  streamsOf(groupId: string): StreamsGroups {
    this.#loading.assertLoaded(groupId);
    return this.#context.streams;
  }

  /** @throws KafkaError see heartbeat.ts */
  heartbeat(request: HeartbeatRequest): void {
    // While groups are read, members are told that all is well.
    if (this.#loading.isLoaded && !this.#loading.isLoading(request.groupId)) heartbeat(this.#context, request);
  }

  /** @throws KafkaError INVALID_GROUP_ID, COORDINATOR_LOAD_IN_PROGRESS */
  leave(groupId: string, members: readonly LeavingMember[]): LeaveResult[] {
    this.#loading.assertLoaded(groupId);
    return leaveGroup(this.#context, groupId, members);
  }

  /** Error codes by topic and partition, in the order of the commit. @throws KafkaError see commit.ts */
  commit(commit: Commit, apiVersion: number): number[][] {
    this.#loading.assertLoaded(commit.groupId);
    return commitOffsets(this.#context, commit, apiVersion);
  }

  /** The same in a transaction: the offsets count when it is committed. @throws KafkaError see commit.ts */
  commitInTransaction(commit: Commit, producer: OffsetsProducer): number[][] {
    this.#loading.assertLoaded(commit.groupId);
    return commitTransactionalOffsets(this.#context, commit, producer);
  }

  /** The end of a producer's transaction was written to a partition of `__consumer_offsets`. */
  transactionEnded(statePartition: number, producerId: number, isCommit: boolean): void {
    this.#context.pending.decide(statePartition, producerId, isCommit);
  }

  /** Whether an offset is committed for this partition in a transaction that is not decided. */
  hasPendingOffset(groupId: string, topic: string, partition: number): boolean {
    return this.#context.pending.has(groupId, topic, partition);
  }

  /** The partition of `__consumer_offsets` that keeps a group; it is there when this returns. @throws KafkaError */
  statePartitionFor(groupId: string): number {
    this.#store.prepare();
    return this.#store.partitionFor(groupId);
  }

  /**
   * What a group has committed, by topic and partition; empty for one that does not exist.
   * @param member who asks, in a group of the consumer protocol
   * @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS, UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH
   */
  offsets(
    groupId: string,
    { memberId, memberEpoch }: FetchingMember = NO_MEMBER,
  ): ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> {
    this.#loading.assertLoaded(groupId);
    kindOf(this.#context.kinds, groupId)?.validateFetch(groupId, memberId, memberEpoch);
    return this.#context.offsets.ofGroup(groupId);
  }

  /** @throws KafkaError see delete.ts */
  deleteOffsets(groupId: string, topics: readonly TopicPartitions[]): number[][] {
    this.#loading.assertLoaded(groupId);
    return deleteOffsets(this.#context, groupId, topics);
  }

  /** @throws KafkaError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP, COORDINATOR_LOAD_IN_PROGRESS */
  deleteGroup(groupId: string): void {
    this.#loading.assertLoaded(groupId);
    deleteGroup(this.#context, groupId);
  }

  describe(groupId: string, apiVersion: number): DescribedGroup {
    this.#loading.assertLoaded(groupId);
    return describeGroup(this.#context, groupId, apiVersion);
  }

  /** @param states @param types see describe.ts */
  list(states: readonly string[] = [], types: readonly string[] = []): ListedGroup[] {
    this.#loading.assertLoaded();
    const { groups, kinds } = this.#context;
    const modern = kinds.flatMap((kind) => kind.all());
    const groupIds = [...groups.keys(), ...modern.map(({ groupId }) => groupId)];
    return listGroups(this.#context, this.#store.inListOrder(groupIds), { states, types });
  }

  /** Drops what was committed for a topic that is gone, and what is noted about its share partitions. */
  topicDeleted({ name, id }: { readonly name: string; readonly id: string }): void {
    this.#run(`drop the offsets of ${name}`, () => forgetTopic(this.#context, name));
    this.#run(`drop the share partitions of ${name}`, () => this.#context.shares.topicDeleted(id));
  }

  /** What groups were kept in is gone, and all groups with it. Members that wait look for their coordinator again. */
  storeDeleted(): void {
    for (const group of this.#context.groups.values()) group.dispose(ErrorCode.NOT_COORDINATOR);
    this.#context.groups.clear();
    for (const kind of this.#context.kinds) kind.clear();
    this.#context.offsets.clear();
    this.#context.pending.clear();
  }

  /** Expires offsets now; the broker does it every offsets.retention.check.interval.ms. */
  expireOffsets(): void {
    // Of a group that is read half nothing can be said.
    if (this.#loading.isUnderWay) return;
    this.#run('expire offsets', () => expireOffsets(this.#context));
  }

  /** Ends all waiting: members that wait for a rebalance are told to look for their coordinator again. */
  close(): void {
    this.#loading.close();
    this.#expiryTimer?.cancel();
    for (const kind of this.#context.kinds) kind.close();
    for (const group of this.#context.groups.values()) group.dispose(ErrorCode.NOT_COORDINATOR);
  }

  #scheduleExpiry(): void {
    const { clock, config } = this.#context;
    this.#expiryTimer = clock.setTimer(config.offsetsRetentionCheckIntervalMs, () => {
      this.expireOffsets();
      this.#scheduleExpiry();
    });
  }

  /** What a timer or another part of the broker sets off has nobody to answer. */
  #run(what: string, step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#context.logger.error(`Failed to ${what}`, error);
    }
  }
}
