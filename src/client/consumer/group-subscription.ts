// A consumer's part in its group: it joins when it must, follows the topics of its subscription, commits what was seen
// (org.apache.kafka.clients.consumer.internals.ConsumerCoordinator).
import type { Timer } from '../../util/clock.ts';
import { partitionKey } from '../admin/by-topic.ts';
import type { TopicPartition } from '../admin/types.ts';
import type { Cluster, ClusterOptions } from '../cluster.ts';
import { ClassicMember } from '../group/classic-member.ts';
import { ConsumerProtocolMember } from '../group/consumer-member.ts';
import { CoordinatorLink } from '../group/coordinator-link.ts';
import type { CommitOccasion, GroupListener, GroupMember, GroupOffset } from '../group/types.ts';
import type { ConsumerSettings } from '../settings/consumer.ts';
import { startOffsets } from './positions.ts';
import { SubscribedTopics, type TopicSelection } from './topics.ts';

/** Told what the group gives and takes. */
export interface AssignmentListener {
  onAssigned?(partitions: readonly TopicPartition[]): void;
  /** Before the consumer joins again or leaves: whatever it had. */
  onRevoked?(partitions: readonly TopicPartition[]): void;
}

/** The consumer, as its subscription sees it. */
export interface Subscriber {
  readonly options: ClusterOptions & { readonly listener?: AssignmentListener };
  /** Offsets of the next records that were not seen yet, by partitionKey: what is committed. */
  readonly positions: Map<string, GroupOffset>;
  /** Reads these partitions from now on, and no others. */
  begin(positions: readonly GroupOffset[]): void;
  /** Has it look again at what there is to do. */
  wake(): void;
  /** A failure of `work` ends the reading. */
  watch(work: Promise<void>): void;
  fail(error: Error): void;
}

export class GroupSubscription {
  readonly #cluster: Cluster;
  readonly #settings: ConsumerSettings;
  readonly #subscriber: Subscriber;
  readonly #topics: SubscribedTopics;
  readonly #timers = new Set<Timer>();
  #member!: GroupMember;
  #topicsAsked = false;
  #joining = false;
  #mustJoin = true;
  #assigned: readonly TopicPartition[] | undefined;

  private constructor(cluster: Cluster, settings: ConsumerSettings, topics: SubscribedTopics, subscriber: Subscriber) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#topics = topics;
    this.#subscriber = subscriber;
  }

  /** Joins nothing yet: that is for {@link joinIfNeeded}. */
  static async open(
    cluster: Cluster,
    settings: ConsumerSettings,
    selection: TopicSelection,
    subscriber: Subscriber,
  ): Promise<GroupSubscription> {
    const { allowAutoCreateTopics: allowAutoCreate, excludeInternalTopics: excludeInternal, groupId = '' } = settings;
    const topics = new SubscribedTopics(cluster, selection, { allowAutoCreate, excludeInternal, firstRequest: 2 });
    const subscription = new GroupSubscription(cluster, settings, topics, subscriber);
    subscription.#member = await subscription.#openMember(groupId);
    if (settings.enableAutoCommit) subscription.#commitRegularly(settings.autoCommitIntervalMs);
    return subscription;
  }

  /** Whether it is between two assignments: nothing may be read. */
  get isJoining(): boolean {
    return this.#joining;
  }

  /** Joins if the group, or the topics, have changed since. */
  joinIfNeeded(): void {
    if (this.#mustJoin && !this.#joining) this.#subscriber.watch(this.#join());
  }

  /** @throws KafkaError if the group refuses, for example since it has moved on */
  commit(offsets: readonly GroupOffset[]): Promise<void> {
    return this.#member.commit(offsets);
  }

  /** Commits what was seen, if that is automatic, and leaves the group. @param giveUp ends the waiting for each of both */
  async close(giveUp: Promise<unknown>): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    if (!this.#joining) await Promise.race([this.#commitSeen('close'), giveUp]);
    this.#revoke();
    await Promise.race([this.#member.leave(), giveUp]);
  }

  async #openMember(groupId: string): Promise<GroupMember> {
    const settings = this.#settings;
    const link = await CoordinatorLink.create(settings, groupId, this.#subscriber.options);
    const listener: GroupListener = {
      onRebalance: () => this.#rebalance(),
      onFailure: (error) => this.#subscriber.fail(error),
    };
    const instanceId = settings.groupInstanceId ?? null;
    const rebalanceTimeoutMs = settings.maxPollIntervalMs;
    if (settings.groupProtocol === 'classic')
      return new ClassicMember(link, { ...settings, instanceId, rebalanceTimeoutMs }, listener);
    const assignor = settings.groupRemoteAssignor ?? null;
    const rackId = settings.clientRack ?? null;
    return new ConsumerProtocolMember(link, { instanceId, rebalanceTimeoutMs, assignor, rackId }, listener);
  }

  async #join(): Promise<void> {
    this.#joining = true;
    this.#mustJoin = false;
    this.#subscriber.begin([]);
    try {
      await this.#commitSeen('rebalance');
      this.#revoke();
      const before = this.#forgetPositions();
      if (!this.#topicsAsked) await this.#refreshTopics();
      const partitions = await this.#member.join(this.#topics.names);
      this.#assigned = partitions;
      this.#subscriber.options.listener?.onAssigned?.(partitions);
      const kept = this.#settings.enableAutoCommit ? [] : partitions.flatMap((each) => before.get(keyOf(each)) ?? []);
      const others = partitions.filter((each) => !kept.some((position) => keyOf(position) === keyOf(each)));
      const committed = [...kept, ...(await this.#member.committed(others))];
      this.#subscriber.begin(await startOffsets(this.#cluster, partitions, committed, this.#settings));
    } finally {
      this.#joining = false;
      this.#subscriber.wake();
    }
  }

  #revoke(): void {
    if (this.#assigned) this.#subscriber.options.listener?.onRevoked?.(this.#assigned);
    this.#assigned = undefined;
  }

  /** Without commits, positions outlast a rebalance here alone, for the partitions that come back. */
  #forgetPositions(): ReadonlyMap<string, GroupOffset> {
    const { positions } = this.#subscriber;
    const before = new Map(positions);
    positions.clear();
    return before;
  }

  #rebalance(): void {
    this.#mustJoin = true;
    this.#subscriber.wake();
  }

  /** Asks for the topics now and again later, as often as that makes sense. */
  async #refreshTopics(): Promise<void> {
    const isFirst = !this.#topicsAsked;
    let changed = await this.#topics.refresh();
    if (isFirst && this.#topics.isMissing && this.#settings.allowAutoCreateTopics) {
      // A broker that creates it has it the next time; what is shared out without it would be shared out again.
      await this.#cluster.sleep(this.#topics.refreshMs);
      changed = await this.#topics.refresh();
    }
    this.#topicsAsked = true;
    if (changed && !isFirst) this.#rebalance();
    this.#after(this.#topics.refreshMs, () => this.#refreshTopics());
  }

  #commitRegularly(intervalMs: number): void {
    this.#after(intervalMs, async () => {
      if (!this.#joining) await this.#commitSeen('interval');
      this.#commitRegularly(intervalMs);
    });
  }

  #after(delayMs: number, work: () => Promise<void>): void {
    if (this.#cluster.closed) return;
    const timer = this.#cluster.clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.#subscriber.watch(work());
    });
    this.#timers.add(timer);
  }

  async #commitSeen(occasion: CommitOccasion): Promise<void> {
    const { positions } = this.#subscriber;
    if (!this.#settings.enableAutoCommit || positions.size === 0) return;
    await this.#member.autoCommit([...positions.values()], occasion);
  }
}

const keyOf = ({ topic, partition }: TopicPartition): string => partitionKey(topic, partition);
