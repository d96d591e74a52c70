// A batch on its way: built, numbered, waiting to be sent, sent, or waiting to be sent again.
import type { KafkaError } from '../../protocol/errors.ts';
import { computeCrc, FIELD } from '../../protocol/records/batch.ts';
import { writeInt64 } from '../../protocol/records/int64.ts';

/**
 * Told what became of one record: its offset (-1 if the broker does not say), or why it was not written; and its partition,
 * -1 if it failed before it had one.
 */
export type Delivery = (error: KafkaError | null, offset: number, partition: number) => void;

/** Where a batch waits: a PartitionQueue. */
export interface BatchQueue {
  readonly topic: string;
  readonly partition: number;
  readonly sent: readonly Batch[];
  remove(batch: Batch): void;
  putBack(...batches: Batch[]): void;
  closeGap(failed: Batch): void;
}

export interface Batch {
  readonly queue: BatchQueue;
  /** The batch as it goes out. */
  records: Buffer;
  readonly count: number;
  /** Bytes it counts for against buffer.memory. */
  readonly memory: number;
  /** Place among the batches of its partition. */
  readonly order: number;
  /** Distance to the next batch's place; the parts of a split batch share it. */
  readonly span: number;
  /** When delivery.timeout.ms is over, on the monotonic clock. */
  readonly deadlineMs: number;
  /** By record, only those that somebody waits for. */
  readonly deliveries: readonly (Delivery | undefined)[] | undefined;
  /** -1 without idempotence. */
  baseSequence: number;
  attempts: number;
  /** Of the last request that it was in. */
  correlationId: number;
  /** Not to be sent again before. */
  notBeforeMs: number;
  /** It is a part of a batch that was too large. */
  readonly isPart: boolean;
  /** Its numbering was begun anew once already. */
  renumbered: boolean;
}

/**
 * Numbers a batch anew. The bytes are copied: the old ones may still be on their way into a socket.
 */
export function renumber(batch: Batch, producerId: number, producerEpoch: number, baseSequence: number): void {
  const records = Buffer.from(batch.records);
  writeInt64(records, FIELD.producerId, producerId);
  records.writeInt16BE(producerEpoch, FIELD.producerEpoch);
  records.writeInt32BE(baseSequence, FIELD.baseSequence);
  records.writeUInt32BE(computeCrc(records), FIELD.crc);
  batch.records = records;
  batch.baseSequence = baseSequence;
}
