// A consumer: a subscription in a group, or one partition on its own. What it reads comes as batches, each partition's in
// the order of its log (org.apache.kafka.clients.consumer.KafkaConsumer).
import { partitionKey } from './admin/by-topic.ts';
import type { TopicPartition } from './admin/types.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { ConsumerError } from './consumer/errors.ts';
import { type Fetched, Fetcher } from './consumer/fetcher.ts';
import { type AssignmentListener, GroupSubscription } from './consumer/group-subscription.ts';
import { afterOutOfRange, type Edge, edgeOffsets } from './consumer/positions.ts';
import { findTopic, type TopicSelection } from './consumer/topics.ts';
import { Waiter } from './consumer/waiter.ts';
import { ClientCreationError, ConfigError } from './errors.ts';
import { commitStandalone } from './group/standalone-commit.ts';
import type { GroupOffset } from './group/types.ts';
import { KeepAlive } from './keep-alive.ts';
import { withClientId } from './settings/client-id.ts';
import { type ConsumerSettings, consumerSettings } from './settings/consumer.ts';

export type { Fetched } from './consumer/fetcher.ts';
export type { AssignmentListener } from './consumer/group-subscription.ts';
export { type VisibleBatch, visibleBatches } from './consumer/visible-batches.ts';
export type { GroupOffset } from './group/types.ts';

export interface ConsumerOptions extends ClusterOptions {
  readonly listener?: AssignmentListener;
}

/** How long closing waits for a cluster that does not answer. */
const CLOSE_TIMEOUT_MS = 5000;

/** @throws ConfigError for an impossible value, ClientCreationError for what no consumer can be made with */
function checkedSettings(
  properties: Readonly<Record<string, string>>,
  creationMessage: string,
  { logger }: ConsumerOptions,
): ConsumerSettings {
  try {
    return consumerSettings(properties, logger);
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
  /** Offsets of the next records that the owner has not seen, by partitionKey. */
  readonly #positions = new Map<string, GroupOffset>();
  #subscription: GroupSubscription | undefined;
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
    const settings = withClientId(checkedSettings(properties, message, options));
    if (settings.groupId === '') {
      const text = 'The configured group.id should not be an empty string or whitespace.';
      const cause = new ConsumerError('org.apache.kafka.common.errors.InvalidGroupIdException', text);
      throw new ClientCreationError(message, { cause });
    }
    const { groupId = null, groupInstanceId } = settings;
    const named = { ...options, ...(groupInstanceId !== undefined && { instanceId: groupInstanceId }) };
    return new Consumer(settings, await Cluster.create(settings, 'Consumer', { ...named, groupId }, message), named);
  }

  /** Reads topics as a member of the group of the settings. */
  async subscribe(selection: TopicSelection): Promise<void> {
    this.#subscription = await GroupSubscription.open(this.#cluster, this.settings, selection, {
      ...{ options: this.#options, positions: this.#positions },
      begin: (positions) => this.#begin(positions),
      wake: () => this.#waiter.wake(),
      watch: (work) => this.#watch(work),
      fail: (error) => this.#fail(error),
    });
  }

  /** Reads one partition from an offset on, in no group. */
  assign(partition: TopicPartition, offset: number | Edge): void {
    const start = async () =>
      typeof offset === 'number'
        ? [{ ...partition, offset, leaderEpoch: -1 }]
        : edgeOffsets(this.#cluster, [partition], offset, this.settings);
    const found = findTopic(this.#cluster, partition.topic, this.settings).then(start);
    this.#watch(found.then((positions) => this.#begin(positions)));
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
        this.#subscription?.joinIfNeeded();
        const fetched = this.#subscription?.isJoining ? undefined : this.#fetcher.take();
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
    await this.#keepAlive.during(async () => this.#subscription?.commit(offsets));
  }

  /**
   * Commits what was seen of partitions that were assigned by hand, tried until `default.api.timeout.ms` is over.
   * @throws KafkaError if the group refuses
   */
  async commitAssigned(): Promise<void> {
    const { groupId } = this.settings;
    if (groupId === undefined || this.#subscription !== undefined) return;
    const commit = () => commitStandalone(this.settings, groupId, [...this.#positions.values()], this.#options);
    await this.#keepAlive.during(commit);
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
    this.#fetcher.stop();
    await this.#subscription?.close(this.#cluster.sleep(CLOSE_TIMEOUT_MS));
    this.#cluster.close();
  }

  #begin(positions: readonly GroupOffset[]): void {
    for (const position of positions) this.#positions.set(partitionKey(position.topic, position.partition), position);
    this.#fetcher.assign(positions);
  }

  async #reset(partition: TopicPartition, offset: number): Promise<void> {
    for (const position of await afterOutOfRange(this.#cluster, partition, offset, this.settings)) {
      this.seen(position, position.offset, position.leaderEpoch);
      this.#fetcher.seek(position);
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
