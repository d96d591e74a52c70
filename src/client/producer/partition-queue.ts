// What waits for one partition: the open batch that records go into, closed ones in order, and those that are sent.

import { incrementSequence } from '../../protocol/records/batch.ts';
import { BatchBuilder } from '../../protocol/records/builder.ts';
import { type Codec, codecByName } from '../../protocol/records/compression.ts';
import type { CompressionRatioEstimator } from '../../protocol/records/compression-ratio.ts';
import type { RecordHeader } from '../../protocol/records/record.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import { type Batch, type BatchQueue, type Delivery, renumber } from './batch.ts';
import type { ProducerIdentity } from './identity.ts';

export class PartitionQueue implements BatchQueue {
  readonly topic: string;
  readonly partition: number;
  /** Closed, to be sent, in order; those to be sent again come first. */
  readonly closed: Batch[] = [];
  /** Sent and not answered, in order. */
  readonly sent: Batch[] = [];
  /** When the open batch got its first record, on the monotonic clock. */
  openSinceMs = 0;
  readonly #settings: ProducerSettings;
  readonly #identity: ProducerIdentity;
  readonly #ratios: CompressionRatioEstimator;
  readonly #codec: Codec;
  #builder: BatchBuilder;
  #deliveries: (Delivery | undefined)[] | undefined;
  #order = 0;
  #nextSequence = 0;
  /** The epoch that the numbers belong to. */
  #producerId = -1;
  #epoch = -1;

  constructor(
    topic: string,
    partition: number,
    settings: ProducerSettings,
    identity: ProducerIdentity,
    ratios: CompressionRatioEstimator,
  ) {
    this.topic = topic;
    this.partition = partition;
    this.#settings = settings;
    this.#identity = identity;
    this.#ratios = ratios;
    this.#codec = codecByName(settings.compression);
    this.#builder = this.#newBuilder();
  }

  /** Records in the open batch. */
  get openCount(): number {
    return this.#builder.count;
  }

  /** Bytes of the open batch so far. */
  get openBytes(): number {
    return this.#builder.uncompressedSizeInBytes;
  }

  get isEmpty(): boolean {
    return this.#builder.count === 0 && this.closed.length === 0 && this.sent.length === 0;
  }

  hasRoomFor(key: Uint8Array | null, value: Uint8Array | null, headers: readonly RecordHeader[]): boolean {
    return this.#builder.hasRoomFor(key, value, headers);
  }

  append(
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[],
    timestampMs: number,
    delivery: Delivery | undefined,
  ): void {
    if (delivery) {
      this.#deliveries ??= [];
      this.#deliveries[this.#builder.count] = delivery;
    }
    this.#builder.append(timestampMs, key, value, headers);
  }

  /** Builds and numbers the open batch, which must have records, and puts it behind the closed ones. */
  close(): Batch {
    this.#adoptIdentity();
    const { count, uncompressedSizeInBytes } = this.#builder;
    const baseSequence = this.#identity.enabled ? this.#takeSequence(count) : -1;
    const records = this.#builder.build({
      producerId: this.#producerId,
      producerEpoch: this.#epoch,
      baseSequence,
      transactional: this.#settings.transactionalId !== undefined,
    });
    const batch: Batch = {
      queue: this,
      records,
      count,
      memory: uncompressedSizeInBytes,
      order: this.#order++,
      span: 1,
      deadlineMs: this.openSinceMs + this.#settings.deliveryTimeoutMs,
      deliveries: this.#deliveries,
      baseSequence,
      attempts: 0,
      correlationId: -1,
      notBeforeMs: 0,
      isPart: false,
      renumbered: false,
    };
    this.#deliveries = undefined;
    this.closed.push(batch);
    if (this.#codec !== 0) {
      this.#ratios.update(this.topic, this.#codec, this.#builder.actualCompressionRatio);
      this.#builder = this.#newBuilder();
    }
    return batch;
  }

  /**
   * The closed batch that may be sent now. One that is sent again goes alone: only when all before it are answered, so
   * that the broker sees the numbers in order.
   */
  sendable(nowMs: number): Batch | undefined {
    const head = this.closed[0];
    if (!head || head.notBeforeMs > nowMs) return undefined;
    if (this.#identity.enabled) {
      if ((head.attempts > 0 || head.isPart) && this.sent.length > 0) return undefined;
      if (!this.#hasCurrentIdentity && !this.#renumberAll()) return undefined;
    }
    return head;
  }

  /** Takes {@link sendable} out as sent. */
  markSent(batch: Batch): void {
    this.closed.shift();
    this.sent.push(batch);
    batch.attempts++;
  }

  /** A sent batch has been answered. */
  remove(batch: Batch): void {
    const at = this.sent.indexOf(batch);
    if (at >= 0) this.sent.splice(at, 1);
  }

  /** Puts batches back to their place among those to be sent. */
  putBack(...batches: Batch[]): void {
    this.closed.push(...batches);
    this.closed.sort((a, b) => a.order - b.order);
  }

  /**
   * The broker has not taken a batch and never will: later ones move up by its numbers. Those that are on their way are
   * refused as out of order and sent again with the new ones.
   */
  closeGap(failed: Batch): void {
    if (!this.#identity.enabled) return;
    for (const batch of [...this.sent, ...this.closed]) {
      if (batch.order <= failed.order) continue;
      renumber(batch, this.#producerId, this.#epoch, batch.baseSequence - failed.count);
    }
    this.#nextSequence -= failed.count;
  }

  get #hasCurrentIdentity(): boolean {
    return this.#producerId === this.#identity.id && this.#epoch === this.#identity.epoch;
  }

  /** With a new epoch numbers begin at 0, once nothing of the old one is on its way. */
  #renumberAll(): boolean {
    if (this.sent.length > 0 || !this.#identity.ready) return false;
    this.#takeIdentity();
    for (const batch of this.closed) {
      renumber(batch, this.#producerId, this.#epoch, this.#takeSequence(batch.count));
    }
    return true;
  }

  #adoptIdentity(): void {
    if (this.closed.length === 0 && this.sent.length === 0 && !this.#hasCurrentIdentity) this.#takeIdentity();
  }

  #takeIdentity(): void {
    this.#producerId = this.#identity.id;
    this.#epoch = this.#identity.epoch;
    this.#nextSequence = 0;
  }

  #takeSequence(count: number): number {
    const sequence = this.#nextSequence;
    this.#nextSequence = incrementSequence(sequence, count);
    return sequence;
  }

  #newBuilder(): BatchBuilder {
    const { batchSize, compressionLevel } = this.#settings;
    return new BatchBuilder({
      codec: this.#codec,
      maxBytes: batchSize,
      initialCapacity: batchSize,
      compressionRatio: this.#ratios.estimate(this.topic, this.#codec),
      ...(compressionLevel === undefined ? {} : { level: compressionLevel }),
    });
  }
}
