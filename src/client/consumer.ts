// A consumer: a subscription in a group, or one partition on its own. What it reads comes as batches, each partition's in
// the order of its log (org.apache.kafka.clients.consumer.KafkaConsumer).
import type { Timer } from '../util/clock.ts';
import { partitionKey } from './admin/by-topic.ts';
import type { TopicPartition } from './admin/types.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { ConsumerError } from './consumer/errors.ts';
import { type Fetched, Fetcher } from './consumer/fetcher.ts';
import { afterOutOfRange, type Edge, edgeOffsets, startOffsets } from './consumer/positions.ts';
import { SubscribedTopics, type TopicSelection } from './consumer/topics.ts';
import { Waiter } from './consumer/waiter.ts';
import { ClientCreationError, ConfigError } from './errors.ts';
import { ClassicMember } from './group/classic-member.ts';
import { ConsumerProtocolMember } from './group/consumer-member.ts';
import { CoordinatorLink } from './group/coordinator-link.ts';
import type { GroupListener, GroupMember, GroupOffset } from './group/types.ts';
import { KeepAlive } from './keep-alive.ts';
import { checkPlugins } from './settings/checked.ts';
import { withClientId } from './settings/client-id.ts';
import { type ConsumerSettings, consumerSettings } from './settings/consumer.ts';

export type { Fetched } from './consumer/fetcher.ts';
export { type VisibleBatch, visibleBatches } from './consumer/visible-batches.ts';
export type { GroupOffset } from './group/types.ts';

/** Told what the group gives and takes. */
export interface AssignmentListener {
  onAssigned?(partitions: readonly TopicPartition[]): void;
  /** Before the consumer joins again or leaves: whatever it had. */
  onRevoked?(partitions: readonly TopicPartition[]): void;
}

export interface ConsumerOptions extends ClusterOptions {
  readonly listener?: AssignmentListener;
}

/** How long closing waits for a cluster that does not answer. */
const CLOSE_TIMEOUT_MS = 5000;

/** @throws ConfigError for an impossible value, ClientCreationError for what no consumer can be made with */
function checkedSettings(properties: Readonly<Record<string, string>>, creationMessage: string): ConsumerSettings {
  try {
    const settings = consumerSettings(properties);
    checkPlugins(properties, creationMessage);
    return settings;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ClientCreationError) throw error;
    throw new ClientCreationError(creationMessage, { cause: error });
  }
}

export class Consumer {
  readonly settings: ConsumerSettings;
  readonly #cluster: Cluster;
  readonly #options: ConsumerOptions;
  readonly #fetcher: Fetcher;
  readonly #waiter: Waiter;
  readonly #keepAlive = new KeepAlive();
  /** Offsets of the next records that the owner has not seen. */
  readonly #positions = new Map<string, GroupOffset>();
  readonly #timers = new Set<Timer>();
  #member: GroupMember | undefined;
  #topics: SubscribedTopics | undefined;
  #topicsAsked = false;
  #joining = false;
  #mustJoin = false;
  #assigned: readonly TopicPartition[] | undefined;
  #failure: Error | undefined;
  #woken = false;

  private constructor(settings: ConsumerSettings, cluster: Cluster, options: ConsumerOptions) {
    this.settings = settings;
    this.#cluster = cluster;
    this.#options = options;
    this.#waiter = new Waiter(cluster.clock);
    this.#fetcher = new Fetcher(cluster, settings, {
      onData: () => this.#waiter.wake(),
      onOutOfRange: (partition, offset) => this.#watch(this.#reset(partition, offset)),
      onFailure: (error) => this.#fail(error),
    });
  }

  /**
   * Connects nowhere yet.
   * @param properties settings by Kafka's names
   * @throws ClientCreationError with the cause: a ConfigError, a ConsumerError, or what is wrong with the addresses
   */
  static async create(properties: Readonly<Record<string, string>>, options: ConsumerOptions): Promise<Consumer> {
    const message = 'Failed to construct kafka consumer';
    const settings = withClientId(checkedSettings(properties, message));
    if (settings.groupId === '') {
      const text = 'The configured group.id should not be an empty string or whitespace.';
      const cause = new ConsumerError('org.apache.kafka.common.errors.InvalidGroupIdException', text);
      throw new ClientCreationError(message, { cause });
    }
    return new Consumer(settings, await Cluster.create(settings, 'Consumer', options, message), options);
  }

  /** Reads topics as a member of the group of the settings. */
  async subscribe(selection: TopicSelection): Promise<void> {
    const {
      allowAutoCreateTopics: allowAutoCreate,
      excludeInternalTopics: excludeInternal,
      groupId = '',
    } = this.settings;
    const label = `[Consumer clientId=${this.#cluster.clientId}, groupId=${groupId}]`;
    this.#topics = new SubscribedTopics(this.#cluster, selection, { allowAutoCreate, excludeInternal, label });
    this.#member = await this.#openMember(groupId);
    this.#mustJoin = true;
    if (this.settings.enableAutoCommit) this.#commitRegularly(this.settings.autoCommitIntervalMs);
  }

  /** Reads one partition from an offset on, in no group. */
  assign(partition: TopicPartition, offset: number | Edge): void {
    const start =
      typeof offset === 'number'
        ? Promise.resolve([{ ...partition, offset, leaderEpoch: -1 }])
        : edgeOffsets(this.#cluster, [partition], offset, this.settings);
    this.#watch(start.then((positions) => this.#begin(positions)));
  }

  /** Reads partitions from known offsets on, in no group. */
  assignAt(positions: readonly GroupOffset[]): void {
    this.#begin(positions);
  }

  /**
   * The next batches; undefined if none came in `timeoutMs` or after wake().
   * @throws Error when reading cannot go on
   */
  next(timeoutMs: number): Promise<Fetched | undefined> {
    const { clock } = this.#cluster;
    const deadline = clock.monotonicMs() + timeoutMs;
    return this.#keepAlive.during(async () => {
      for (;;) {
        if (this.#failure) throw this.#failure;
        if (this.#woken) return undefined;
        if (this.#mustJoin && !this.#joining) this.#watch(this.#join());
        const fetched = this.#joining ? undefined : this.#fetcher.take();
        if (fetched) return fetched;
        const left = deadline - clock.monotonicMs();
        if (left <= 0) return undefined;
        await this.#waiter.wait(left);
      }
    });
  }

  /** Ids of the brokers that it knows. */
  get brokerIds(): number[] {
    return this.#cluster.metadata.nodes.map(({ id }) => id);
  }

  /** Whether `next` would answer at once. */
  get hasMore(): boolean {
    return this.#fetcher.queued > 0;
  }

  /** Says that the owner has seen all records of a partition before an offset: that is what gets committed. */
  seen({ topic, partition }: TopicPartition, offset: number, leaderEpoch: number): void {
    const key = partitionKey(topic, partition);
    if (this.#positions.has(key)) this.#positions.set(key, { topic, partition, offset, leaderEpoch });
  }

  /**
   * Commits these offsets, of the next records to read, for the group.
   * @throws KafkaError if the group refuses, for example since it has moved on
   */
  async commit(offsets: readonly GroupOffset[]): Promise<void> {
    await this.#keepAlive.during(async () => this.#member?.commit(offsets));
  }

  /** Whether wake() was called. */
  get isWoken(): boolean {
    return this.#woken;
  }

  /** Ends a waiting `next` and all later ones. */
  wake(): void {
    this.#woken = true;
    this.#waiter.wake();
  }

  /** Commits what was seen, if that is automatic, leaves the group and closes every connection. */
  async close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    this.#fetcher.stop();
    const giveUp = this.#cluster.sleep(CLOSE_TIMEOUT_MS);
    if (!this.#joining) await Promise.race([this.#commit(), giveUp]);
    this.#revoke();
    await Promise.race([this.#member?.leave(), giveUp]);
    this.#cluster.close();
  }

  async #openMember(groupId: string): Promise<GroupMember> {
    const { settings } = this;
    const link = await CoordinatorLink.create(settings, groupId, this.#options);
    const listener: GroupListener = {
      onRebalance: () => this.#rebalance(),
      onFailure: (error) => this.#fail(error),
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
    const [topics, member] = [this.#topics!, this.#member!];
    this.#joining = true;
    this.#mustJoin = false;
    this.#fetcher.assign([]);
    try {
      await this.#commit();
      this.#revoke();
      const before = this.#forgetPositions();
      if (!this.#topicsAsked) await this.#refreshTopics();
      const partitions = await member.join(topics.names);
      this.#assigned = partitions;
      this.#options.listener?.onAssigned?.(partitions);
      const kept = this.settings.enableAutoCommit ? [] : partitions.flatMap((each) => before.get(keyOf(each)) ?? []);
      const others = partitions.filter((each) => !kept.some((position) => keyOf(position) === keyOf(each)));
      const committed = [...kept, ...(await member.committed(others))];
      this.#begin(await startOffsets(this.#cluster, partitions, committed, this.settings));
    } finally {
      this.#joining = false;
      this.#waiter.wake();
    }
  }

  #revoke(): void {
    if (this.#assigned) this.#options.listener?.onRevoked?.(this.#assigned);
    this.#assigned = undefined;
  }

  /** Without commits, positions outlast a rebalance here alone, for the partitions that come back. */
  #forgetPositions(): ReadonlyMap<string, GroupOffset> {
    const before = new Map(this.#positions);
    this.#positions.clear();
    return before;
  }

  #begin(positions: readonly GroupOffset[]): void {
    for (const position of positions) this.#positions.set(keyOf(position), position);
    this.#fetcher.assign(positions);
  }

  async #reset(partition: TopicPartition, offset: number): Promise<void> {
    for (const position of await afterOutOfRange(this.#cluster, partition, offset, this.settings)) {
      this.seen(position, position.offset, position.leaderEpoch);
      this.#fetcher.seek(position);
    }
  }

  #rebalance(): void {
    this.#mustJoin = true;
    this.#waiter.wake();
  }

  /** Asks for the topics now and again later, as often as that makes sense. */
  async #refreshTopics(): Promise<void> {
    const topics = this.#topics!;
    const isFirst = !this.#topicsAsked;
    const changed = await topics.refresh();
    this.#topicsAsked = true;
    if (changed && !isFirst) this.#rebalance();
    this.#every(topics.refreshMs, () => this.#refreshTopics());
  }

  #commitRegularly(intervalMs: number): void {
    this.#every(intervalMs, async () => {
      if (!this.#joining) await this.#commit();
      this.#commitRegularly(intervalMs);
    });
  }

  #every(delayMs: number, work: () => Promise<void>): void {
    if (this.#cluster.closed) return;
    const timer = this.#cluster.clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.#watch(work());
    });
    this.#timers.add(timer);
  }

  /** A commit that the group refuses is no failure: its members have changed, and the records are read again. */
  async #commit(): Promise<void> {
    if (!this.settings.enableAutoCommit || this.#positions.size === 0) return;
    try {
      await this.#member?.commit([...this.#positions.values()]);
    } catch (error) {
      this.#cluster.logger.warn(`Offset commit failed: ${(error as Error).message}`);
    }
  }

  #watch(work: Promise<void>): void {
    work.catch((error) => this.#fail(error));
  }

  #fail(error: Error): void {
    if (this.#cluster.closed) return;
    this.#failure ??= error;
    this.#waiter.wake();
  }
}

const keyOf = ({ topic, partition }: TopicPartition): string => partitionKey(topic, partition);
