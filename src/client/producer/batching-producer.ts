// Records into batches: chooses the queue, counts memory, decides when an open batch goes, and tells callers what became of it.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { BATCH_OVERHEAD } from '../../protocol/records/batch.ts';
import { recordSizeUpperBound } from '../../protocol/records/builder.ts';
import { CompressionRatioEstimator } from '../../protocol/records/compression-ratio.ts';
import { openRecords } from '../../protocol/records/read.ts';
import type { RecordHeader } from '../../protocol/records/record.ts';
import { type Deferred, deferred } from '../../util/deferred.ts';
import type { Cluster } from '../cluster.ts';
import { TimeoutError, UnusableProducerError } from '../errors.ts';
import { KeepAlive } from '../keep-alive.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import type { Batch, Delivery } from './batch.ts';
import { ProducerIdentity } from './identity.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { PumpTimer } from './pump-timer.ts';
import { Sender } from './sender.ts';
import { TopicQueues } from './topic-queues.ts';
import { Transactions } from './transactions.ts';
import type { FailedRecord, Producer, ProducerOptions } from './types.ts';

const NO_HEADERS: readonly RecordHeader[] = [];

export class BatchingProducer implements Producer {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #onError: (record: FailedRecord, error: KafkaError) => void;
  readonly #identity: ProducerIdentity;
  readonly #transactions: Transactions | undefined;
  readonly #sender: Sender;
  readonly #timer: PumpTimer;
  readonly #ratios = new CompressionRatioEstimator();
  readonly #topics = new Map<string, TopicQueues>();
  readonly #keepAlive = new KeepAlive();
  #lastTopic: TopicQueues | undefined;
  /** Bytes in closed batches that are not through. */
  #memory = 0;
  #flushing = 0;
  #drained: Deferred<void> | undefined;
  #flushed: Deferred<void> | undefined;

  constructor(cluster: Cluster, settings: ProducerSettings, options: ProducerOptions) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#onError = options.onError ?? (() => {});
    const { transactionalId } = settings;
    this.#identity = new ProducerIdentity(cluster, {
      enabled: settings.idempotence,
      transactional: transactionalId !== undefined,
    });
    this.#transactions =
      transactionalId === undefined
        ? undefined
        : new Transactions(cluster, this.#identity, { ...settings, transactionalId }, () => this.#sender.pump());
    const parts = { identity: this.#identity, transactions: this.#transactions };
    this.#sender = new Sender(cluster, settings, parts, {
      done: (batch, error, answer) => this.#done(batch, error, answer?.baseOffset ?? -1),
      staleMetadata: (queue) => this.#topics.get(queue.topic)?.refresh(),
      wake: (delayMs) => this.#timer.wake(delayMs),
      closeIfDue: (queue, nowMs) => this.#closeIfDue(queue, nowMs),
    });
    this.#timer = new PumpTimer(cluster.clock, this.#sender, settings.lingerMs);
  }

  append(
    topic: string,
    partition: number | null,
    key: Buffer | null,
    value: Buffer | null,
    headers: readonly RecordHeader[] = NO_HEADERS,
    timestampMs?: number,
    delivery?: Delivery,
  ): boolean {
    const size = BATCH_OVERHEAD + recordSizeUpperBound(key, value, headers);
    if (size > this.#settings.maxRequestSize || size > this.#settings.bufferMemory) {
      this.#refuse({ topic, partition: partition ?? -1, key, value }, this.#tooLarge(size), delivery);
      return true;
    }
    const queues = this.#lastTopic?.topic === topic ? this.#lastTopic : this.#topicQueues(topic);
    if (!queues.ready) {
      queues.hold({ partition, key, value, headers, timestampMs, delivery });
      return false;
    }
    const timeMs = timestampMs ?? this.#cluster.clock.nowMs();
    this.#appendTo(queues, partition, key, value, headers, timeMs, delivery);
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

  initTransactions(): Promise<void> {
    return this.#transactional.init();
  }

  beginTransaction(): void {
    this.#transactional.begin();
  }

  async commitTransaction(): Promise<void> {
    await this.flush();
    await this.#transactional.end(true);
  }

  async abortTransaction(): Promise<void> {
    await this.flush();
    await this.#transactional.end(false);
  }

  get brokerIds(): number[] {
    return this.#cluster.metadata.nodes.map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.flush();
    this.#timer.cancel();
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
    const unusable = this.#whyUnusable(queue);
    if (unusable) {
      this.#refuse({ topic: queues.topic, partition: queue.partition, key, value }, unusable, delivery);
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
    this.#timer.wake(this.#settings.lingerMs);
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
          const { partition, key, value, headers, timestampMs = this.#cluster.clock.nowMs(), delivery } = held;
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

  #deliver({ deliveries = [], queue: { partition } }: Batch, baseOffset: number): void {
    for (const [i, delivery] of deliveries.entries()) delivery?.(null, baseOffset < 0 ? -1 : baseOffset + i, partition);
  }

  #fail(batch: Batch, error: KafkaError): void {
    this.#transactions?.failed(error);
    const { topic, partition } = batch.queue;
    const cursor = openRecords(batch.records);
    for (let i = 0; cursor.next(); i++) {
      this.#refuse({ topic, partition, key: cursor.key, value: cursor.value }, error, batch.deliveries?.[i]);
    }
  }

  #refuse(record: FailedRecord, error: KafkaError, delivery: Delivery | undefined): void {
    if (delivery) delivery(error, -1, record.partition);
    else this.#onError(record, error);
  }

  #whyUnusable({ topic, partition }: PartitionQueue): UnusableProducerError | undefined {
    const { batchSize, bufferMemory } = this.#settings;
    if (this.#transactions && !this.#transactions.initialized) {
      const message = `Cannot add partition ${topic}-${partition} to transaction before completing a call to initTransactions`;
      return new UnusableProducerError('java.lang.IllegalStateException', message);
    }
    if (batchSize <= bufferMemory) return undefined;
    const message = `Attempt to allocate ${batchSize} bytes, but there is a hard limit of ${bufferMemory} on memory allocations.`;
    return new UnusableProducerError('java.lang.IllegalArgumentException', message);
  }

  #tooLarge(size: number): KafkaError {
    const { maxRequestSize } = this.#settings;
    const message =
      size > maxRequestSize
        ? `The message is ${size} bytes when serialized which is larger than ${maxRequestSize}, which is the value of the max.request.size configuration.`
        : `The message is ${size} bytes when serialized which is larger than the total memory buffer you have configured with the buffer.memory configuration.`;
    return new KafkaError(ErrorCode.MESSAGE_TOO_LARGE, message);
  }

  get #transactional(): Transactions {
    if (this.#transactions) return this.#transactions;
    throw new Error(
      'Cannot use transactional methods without enabling transactions by setting the transactional.id configuration property',
    );
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
}
