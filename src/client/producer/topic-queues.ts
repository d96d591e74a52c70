// The partitions of one topic as the producer sees them, and what has to wait until they are known.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { CompressionRatioEstimator } from '../../protocol/records/compression-ratio.ts';
import type { RecordHeader } from '../../protocol/records/record.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, TimeoutError } from '../errors.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import { topicError } from '../topic-errors.ts';
import type { Delivery } from './batch.ts';
import type { ProducerIdentity } from './identity.ts';
import { PartitionQueue } from './partition-queue.ts';
import { Partitioner } from './partitioner.ts';

/** What Kafka's producer asks between its first two requests for metadata, which the numbers in its log count. */
const OTHER_REQUESTS = 3;

/** A record that came before the topic was known. */
export interface HeldRecord {
  readonly partition: number | null;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
  /** Undefined for the time at which the topic is known (KafkaProducer.doSend). */
  readonly timestampMs: number | undefined;
  readonly delivery: Delivery | undefined;
}

export interface TopicEvents {
  added(queue: PartitionQueue): void;
  /** Metadata is new, or given up. */
  changed(): void;
  held(record: HeldRecord): void;
  failed(record: HeldRecord, error: KafkaError): void;
}

export class TopicQueues {
  readonly topic: string;
  ready = false;
  partitionCount = 0;
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #identity: ProducerIdentity;
  readonly #ratios: CompressionRatioEstimator;
  readonly #events: TopicEvents;
  readonly #partitioner: Partitioner;
  readonly #queues: PartitionQueue[] = [];
  #available: readonly number[] = [];
  #held: HeldRecord[] = [];
  #refreshing = false;
  /** What is said of records of a topic whose name cannot be. */
  #invalid: KafkaError | undefined;
  #loadedMs = Number.NEGATIVE_INFINITY;

  constructor(
    topic: string,
    cluster: Cluster,
    settings: ProducerSettings,
    identity: ProducerIdentity,
    ratios: CompressionRatioEstimator,
    events: TopicEvents,
  ) {
    this.topic = topic;
    this.#cluster = cluster;
    this.#settings = settings;
    this.#identity = identity;
    this.#ratios = ratios;
    this.#events = events;
    this.#partitioner = new Partitioner(settings);
  }

  /** Whether records wait for metadata. */
  get holding(): boolean {
    return this.#held.length > 0;
  }

  /** Keeps a record until the topic is known. */
  hold(record: HeldRecord): void {
    this.#held.push(record);
    const invalid = this.#invalid;
    if (invalid === undefined) this.refresh();
    else queueMicrotask(() => this.#failed(invalid));
  }

  /** @returns undefined for a partition that the topic does not have */
  queueFor(wanted: number | null, key: Buffer | null): PartitionQueue | undefined {
    const partition = wanted ?? this.#partitioner.choose(key, this.partitionCount, this.#available);
    const known = this.#queues[partition];
    if (known || partition < 0 || partition >= this.partitionCount) return known;
    const queue = new PartitionQueue(this.topic, partition, this.#settings, this.#identity, this.#ratios);
    this.#queues[partition] = queue;
    this.#events.added(queue);
    return queue;
  }

  batchClosed(partition: number, bytes: number): void {
    this.#partitioner.batchClosed(partition, bytes, this.partitionCount, this.#available);
  }

  /** Asks the cluster about the topic, unless that is under way. */
  refresh(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    this.#load().then(
      () => this.#loaded(),
      (error) => this.#failed(asKafkaError(error)),
    );
  }

  /** Tries until the topic is there (auto-creation takes a moment) or max.block.ms is over. */
  async #load(): Promise<void> {
    const { clock } = this.#cluster;
    const sinceLoaded = clock.monotonicMs() - this.#loadedMs;
    if (sinceLoaded < this.#settings.retryBackoffMs)
      await this.#cluster.sleep(this.#settings.retryBackoffMs - sinceLoaded);
    const deadline = clock.monotonicMs() + this.#settings.maxBlockMs;
    for (let attempt = 1; ; attempt++) {
      await this.#ask(deadline);
      const known = this.#cluster.metadata.topic(this.topic);
      if (known?.errorCode === 0 && known.partitions.some(({ leader }) => leader >= 0)) break;
      const code = known?.errorCode || ErrorCode.LEADER_NOT_AVAILABLE;
      const failure = topicError(
        {
          logger: this.#cluster.logger,
          label: this.#cluster.label,
          attempt: attempt === 1 ? 1 : attempt + OTHER_REQUESTS,
        },
        this.topic,
        code,
      );
      if (failure) throw failure;
      const pause = this.#cluster.retryBackoffMs(attempt);
      if (clock.monotonicMs() + pause >= deadline) throw this.#notPresent(new KafkaError(code));
      await this.#cluster.sleep(pause);
    }
    await this.#identity.obtain();
  }

  /** Kafka's producer says of a cluster that it does not reach what it says of a topic that is not there. */
  async #ask(deadline: number): Promise<void> {
    const leftMs = Math.max(1, deadline - this.#cluster.clock.monotonicMs());
    try {
      await this.#cluster.metadata.refresh([this.topic], true, leftMs);
    } catch (error) {
      throw error instanceof TimeoutError ? this.#notPresent() : error;
    }
  }

  #notPresent(cause?: KafkaError): TimeoutError {
    return new TimeoutError(
      `Topic ${this.topic} not present in metadata after ${this.#settings.maxBlockMs} ms.`,
      cause,
    );
  }

  #loaded(): void {
    const { partitions } = this.#cluster.metadata.topic(this.topic)!;
    this.partitionCount = partitions.length;
    this.#available = partitions.filter(({ leader }) => leader >= 0).map(({ partition }) => partition);
    this.ready = true;
    this.#loadedMs = this.#cluster.clock.monotonicMs();
    this.#refreshing = false;
    for (const record of this.#held.splice(0)) this.#events.held(record);
    this.#events.changed();
  }

  #failed(error: KafkaError): void {
    this.#refreshing = false;
    const [first, ...others] = this.#held.splice(0);
    if (first) this.#events.failed(first, error);
    // The cluster remembers names that cannot be: it is not asked again, and Kafka's later message is the name alone.
    if (error.code === ErrorCode.INVALID_TOPIC_EXCEPTION) this.#invalid = new KafkaError(error.code, this.topic);
    for (const record of others) this.#events.failed(record, this.#invalid ?? error);
    this.#events.changed();
  }
}
