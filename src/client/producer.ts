// The producer: takes records without waiting, sends them in batches, and says which could not be written.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { BATCH_OVERHEAD } from '../protocol/records/batch.ts';
import { codecByName, loadCodec } from '../protocol/records/compression.ts';
import { CompressionRatioEstimator } from '../protocol/records/compression-ratio.ts';
import { openRecords } from '../protocol/records/read.ts';
import type { RecordHeader } from '../protocol/records/record.ts';
import type { Timer } from '../util/clock.ts';
import { type Deferred, deferred } from '../util/deferred.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { TimeoutError } from './errors.ts';
import { KeepAlive } from './keep-alive.ts';
import type { Batch, Delivery } from './producer/batch.ts';
import { ProducerIdentity } from './producer/identity.ts';
import type { PartitionQueue } from './producer/partition-queue.ts';
import { Sender } from './producer/sender.ts';
import { TopicQueues } from './producer/topic-queues.ts';
import { type ProducerSettings, producerSettings } from './settings/producer.ts';

export type { Delivery } from './producer/batch.ts';

/** A record that was not written. */
export interface FailedRecord {
  readonly topic: string;
  /** -1 if it failed before it had one. */
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface ProducerOptions extends ClusterOptions {
  /** Called for every record that is given up and has no `delivery` of its own. */
  readonly onError?: (record: FailedRecord, error: KafkaError) => void;
}

export interface Producer {
  /**
   * Takes a record; never waits and never throws. Key and value are copied before it returns once the topic is known, and
   * must not be changed before {@link drain} until then.
   * @param partition null lets the partitioner choose
   * @param headers default none
   * @param timestampMs default now
   * @param delivery told what became of the record; leave it out where nobody waits: it costs an object per record
   * @returns false if `buffer.memory` is used up or the topic is not known yet: wait for {@link drain} before the next
   */
  append(
    topic: string,
    partition: number | null,
    key: Buffer | null,
    value: Buffer | null,
    headers?: readonly RecordHeader[],
    timestampMs?: number,
    delivery?: Delivery,
  ): boolean;
  /** Resolves when there is room again. */
  drain(): Promise<void>;
  /** Sends everything now; resolves when every record taken so far is written or given up. */
  flush(): Promise<void>;
  /** Flushes and closes the connections. */
  close(): Promise<void>;
}

/** Besides key, value and headers: batch header and the most that a record's own fields take. */
const RECORD_OVERHEAD = BATCH_OVERHEAD + 21;
const NO_HEADERS: readonly RecordHeader[] = [];

/**
 * A producer for a cluster.
 * @param properties settings by Kafka's names
 * @throws ConfigError for a setting with an impossible value
 * @throws ClientCreationError `Failed to construct kafka producer` for addresses that are none or do not resolve
 */
export async function createProducer(
  properties: Readonly<Record<string, string>>,
  options: ProducerOptions = {},
): Promise<Producer> {
  const settings = producerSettings(properties);
  const cluster = await Cluster.create(settings, 'Producer', options, 'Failed to construct kafka producer');
  await loadCodec(codecByName(settings.compression));
  return new BatchingProducer(cluster, settings, options);
}

class BatchingProducer implements Producer {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #onError: (record: FailedRecord, error: KafkaError) => void;
  readonly #identity: ProducerIdentity;
  readonly #sender: Sender;
  readonly #ratios = new CompressionRatioEstimator();
  readonly #topics = new Map<string, TopicQueues>();
  readonly #keepAlive = new KeepAlive();
  #lastTopic: TopicQueues | undefined;
  /** Bytes in closed batches that are not through. */
  #memory = 0;
  #flushing = 0;
  #drained: Deferred<void> | undefined;
  #flushed: Deferred<void> | undefined;
  #timer: Timer | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;

  constructor(cluster: Cluster, settings: ProducerSettings, options: ProducerOptions) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#onError = options.onError ?? (() => {});
    this.#identity = new ProducerIdentity(cluster, settings.idempotence);
    this.#sender = new Sender(cluster, settings, this.#identity, {
      done: (batch, error, answer) => this.#done(batch, error, answer?.baseOffset ?? -1),
      staleMetadata: (queue) => this.#topics.get(queue.topic)?.refresh(),
      wake: (delayMs) => this.#wake(delayMs),
      closeIfDue: (queue, nowMs) => this.#closeIfDue(queue, nowMs),
    });
  }

  append(
    topic: string,
    partition: number | null,
    key: Buffer | null,
    value: Buffer | null,
    headers: readonly RecordHeader[] = NO_HEADERS,
    timestampMs: number = this.#cluster.clock.nowMs(),
    delivery?: Delivery,
  ): boolean {
    const size = (key?.length ?? 0) + (value?.length ?? 0) + RECORD_OVERHEAD;
    if (size > this.#settings.maxRequestSize || size > this.#settings.bufferMemory) {
      this.#refuse({ topic, partition: partition ?? -1, key, value }, this.#tooLarge(size), delivery);
      return true;
    }
    const queues = this.#lastTopic?.topic === topic ? this.#lastTopic : this.#topicQueues(topic);
    if (!queues.ready) {
      queues.hold({ partition, key, value, headers, timestampMs, delivery });
      return false;
    }
    this.#appendTo(queues, partition, key, value, headers, timestampMs, delivery);
    return this.#memory <= this.#settings.bufferMemory;
  }

  drain(): Promise<void> {
    if (this.#hasRoom) return Promise.resolve();
    this.#drained ??= deferred();
    const { promise } = this.#drained;
    return this.#keepAlive.during(() => promise);
  }

  async flush(): Promise<void> {
    this.#flushing++;
    this.#sender.pump();
    try {
      if (this.#isIdle) return;
      this.#flushed ??= deferred();
      const { promise } = this.#flushed;
      await this.#keepAlive.during(() => promise);
    } finally {
      this.#flushing--;
    }
  }

  async close(): Promise<void> {
    await this.flush();
    this.#timer?.cancel();
    this.#cluster.close();
  }

  #appendTo(
    queues: TopicQueues,
    wanted: number | null,
    key: Buffer | null,
    value: Buffer | null,
    headers: readonly RecordHeader[],
    timestampMs: number,
    delivery: Delivery | undefined,
  ): void {
    const queue = queues.queueFor(wanted, key);
    if (!queue) {
      const error = new TimeoutError(
        `Partition ${wanted} of topic ${queues.topic} with partition count ${queues.partitionCount} is not present in metadata after ${this.#settings.maxBlockMs} ms.`,
      );
      this.#refuse({ topic: queues.topic, partition: wanted ?? -1, key, value }, error, delivery);
      return;
    }
    if (!queue.hasRoomFor(key, value, headers)) {
      this.#close(queue, queues);
      this.#sender.pumpFor(queue);
      if (wanted === null && key === null) {
        this.#appendTo(queues, wanted, key, value, headers, timestampMs, delivery);
        return;
      }
    }
    if (queue.openCount === 0) this.#opened(queue);
    queue.append(key, value, headers, timestampMs, delivery);
  }

  #opened(queue: PartitionQueue): void {
    queue.openSinceMs = this.#cluster.clock.monotonicMs();
    this.#wake(this.#settings.lingerMs);
  }

  #close(queue: PartitionQueue, queues: TopicQueues): void {
    const batch = queue.close();
    this.#memory += batch.memory;
    queues.batchClosed(queue.partition, batch.memory - BATCH_OVERHEAD);
    if (this.#cluster.metadata.isStale) queues.refresh();
  }

  /** The open batch goes when it has lingered long enough, or somebody waits for it. */
  #closeIfDue(queue: PartitionQueue, nowMs: number): void {
    const { bufferMemory, lingerMs } = this.#settings;
    const queues = this.#topics.get(queue.topic);
    const isDue = nowMs - queue.openSinceMs >= lingerMs || this.#flushing > 0 || this.#memory > bufferMemory;
    if (queues && isDue) this.#close(queue, queues);
  }

  #topicQueues(topic: string): TopicQueues {
    let queues = this.#topics.get(topic);
    if (!queues) {
      queues = new TopicQueues(topic, this.#cluster, this.#settings, this.#identity, this.#ratios, {
        added: (queue) => this.#sender.add(queue),
        changed: () => this.#topicChanged(),
        failed: (held, error) => {
          const { partition, key, value, delivery } = held;
          this.#refuse({ topic, partition: partition ?? -1, key, value }, error, delivery);
        },
        held: (held) => {
          const { partition, key, value, headers, timestampMs, delivery } = held;
          this.#appendTo(queues!, partition, key, value, headers, timestampMs, delivery);
        },
      });
      this.#topics.set(topic, queues);
    }
    this.#lastTopic = queues;
    return queues;
  }

  #topicChanged(): void {
    this.#sender.pump();
    this.#settle();
  }

  #done(batch: Batch, error: KafkaError | null, baseOffset: number): void {
    this.#memory -= batch.memory;
    if (error) this.#fail(batch, error);
    else this.#deliver(batch, baseOffset);
    this.#settle();
  }

  #deliver({ deliveries = [] }: Batch, baseOffset: number): void {
    for (const [i, delivery] of deliveries.entries()) delivery?.(null, baseOffset < 0 ? -1 : baseOffset + i);
  }

  #fail(batch: Batch, error: KafkaError): void {
    const { topic, partition } = batch.queue;
    const cursor = openRecords(batch.records);
    for (let i = 0; cursor.next(); i++) {
      this.#refuse({ topic, partition, key: cursor.key, value: cursor.value }, error, batch.deliveries?.[i]);
    }
  }

  #refuse(record: FailedRecord, error: KafkaError, delivery: Delivery | undefined): void {
    if (delivery) delivery(error, -1);
    else this.#onError(record, error);
  }

  #tooLarge(size: number): KafkaError {
    const { maxRequestSize } = this.#settings;
    const message =
      size > maxRequestSize
        ? `The message is ${size} bytes when serialized which is larger than ${maxRequestSize}, which is the value of the max.request.size configuration.`
        : `The message is ${size} bytes when serialized which is larger than the total memory buffer you have configured with the buffer.memory configuration.`;
    return new KafkaError(ErrorCode.MESSAGE_TOO_LARGE, message);
  }

  get #hasRoom(): boolean {
    if (this.#memory > this.#settings.bufferMemory / 2) return false;
    for (const queues of this.#topics.values()) if (queues.holding) return false;
    return true;
  }

  get #isIdle(): boolean {
    for (const queues of this.#topics.values()) if (queues.holding) return false;
    return this.#sender.queues.every((queue) => queue.isEmpty);
  }

  #settle(): void {
    if (this.#drained && this.#hasRoom) {
      this.#drained.resolve();
      this.#drained = undefined;
    }
    if (this.#flushed && this.#isIdle) {
      this.#flushed.resolve();
      this.#flushed = undefined;
    }
  }

  /** Pumps in so many milliseconds, or sooner if that is planned already. */
  #wake(delayMs: number): void {
    const due = this.#cluster.clock.monotonicMs() + delayMs;
    if (due >= this.#timerDueMs) return;
    this.#timer?.cancel();
    this.#timerDueMs = due;
    this.#timer = this.#cluster.clock.setTimer(delayMs, () => {
      this.#timerDueMs = Number.POSITIVE_INFINITY;
      this.#sender.pump();
      this.#planNext();
    });
  }

  /** Batches that still linger or wait need another look. */
  #planNext(): void {
    const now = this.#cluster.clock.monotonicMs();
    let delayMs = Number.POSITIVE_INFINITY;
    for (const queue of this.#sender.queues) {
      if (queue.openCount > 0) delayMs = Math.min(delayMs, queue.openSinceMs + this.#settings.lingerMs - now);
      const waiting = queue.closed[0];
      if (waiting) delayMs = Math.min(delayMs, Math.max(waiting.notBeforeMs - now, 100));
    }
    if (delayMs !== Number.POSITIVE_INFINITY) this.#wake(Math.max(1, delayMs));
  }
}
