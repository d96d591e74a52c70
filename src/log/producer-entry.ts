// What the log remembers of one producer in one partition (org.apache.kafka.storage.internals.log.ProducerStateEntry).
import { type BatchHeader, lastSequence } from '../protocol/records/batch.ts';

/** Batches whose repetition is recognised; also how many requests an idempotent producer may have in flight. */
const BATCHES_TO_RETAIN = 5;
const SEQUENCES = 0x80000000;

export interface BatchMetadata {
  lastSequence: number;
  lastOffset: number;
  /** Last offset less first offset; the same for the sequences. */
  offsetDelta: number;
  /** Milliseconds. */
  timestamp: number;
}

export class ProducerEntry {
  readonly producerId: number;
  /** -1 before the first batch. */
  epoch: number;
  /** Of the last transaction marker, -1 for none. */
  coordinatorEpoch: number;
  /** Milliseconds, -1 for none. */
  lastTimestamp: number;
  /** -1 without an open transaction. */
  currentTxnFirstOffset: number;
  /** The newest last. */
  readonly batches: BatchMetadata[];

  constructor(producerId: number) {
    this.producerId = producerId;
    this.epoch = -1;
    this.coordinatorEpoch = -1;
    this.lastTimestamp = -1;
    this.currentTxnFirstOffset = -1;
    this.batches = [];
  }

  copy(): ProducerEntry {
    const copy = new ProducerEntry(this.producerId);
    copy.epoch = this.epoch;
    copy.coordinatorEpoch = this.coordinatorEpoch;
    copy.lastTimestamp = this.lastTimestamp;
    copy.currentTxnFirstOffset = this.currentTxnFirstOffset;
    copy.batches.push(...this.batches);
    return copy;
  }

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  /** -1 if there is none. */
  get lastSequence(): number {
    return this.batches.at(-1)?.lastSequence ?? -1;
  }

  /** -1 if there is none. */
  get lastOffset(): number {
    return this.batches.at(-1)?.lastOffset ?? -1;
  }

  /** One of the last five batches with the same epoch and sequences as `batch`. */
  duplicateOf(batch: BatchHeader): BatchMetadata | undefined {
    if (batch.producerEpoch !== this.epoch) return undefined;
    const last = lastSequence(batch);
    return this.batches.find((one) => one.lastSequence === last && firstSequence(one) === batch.baseSequence);
  }

  /** Takes a data batch, with its offsets assigned, into account. Returns whether it opened a transaction. */
  addBatch(batch: BatchHeader, baseOffset: number, isTransactional: boolean): boolean {
    this.#useEpoch(batch.producerEpoch);
    if (this.batches.length === BATCHES_TO_RETAIN) this.batches.shift();
    this.batches.push({
      lastSequence: lastSequence(batch),
      lastOffset: baseOffset + batch.lastOffsetDelta,
      offsetDelta: batch.lastOffsetDelta,
      timestamp: batch.maxTimestamp,
    });
    this.lastTimestamp = batch.maxTimestamp;
    const opens = isTransactional && this.currentTxnFirstOffset < 0;
    if (opens) this.currentTxnFirstOffset = baseOffset;
    return opens;
  }

  /** Takes a transaction marker into account. Returns the first offset of the transaction it ended, -1 if none was open. */
  addMarker(batch: BatchHeader, coordinatorEpoch: number): number {
    const firstOffset = this.currentTxnFirstOffset;
    this.#useEpoch(batch.producerEpoch);
    this.coordinatorEpoch = coordinatorEpoch;
    this.lastTimestamp = batch.maxTimestamp;
    this.currentTxnFirstOffset = -1;
    return firstOffset;
  }

  #useEpoch(epoch: number): void {
    if (this.epoch === epoch) return;
    this.batches.length = 0;
    this.epoch = epoch;
  }
}

/** Sequences wrap, so a batch that ends at 2 may have begun at 2^31 - 1. */
function firstSequence(batch: BatchMetadata): number {
  const first = batch.lastSequence - batch.offsetDelta;
  return first < 0 && batch.lastSequence >= 0 ? first + SEQUENCES : first;
}
