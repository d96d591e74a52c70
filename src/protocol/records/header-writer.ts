// Writes the 61 bytes in front of the records (DefaultRecordBatch.writeHeader).
import {
  BATCH_OVERHEAD,
  CONTROL_FLAG,
  computeCrc,
  DELETE_HORIZON_FLAG,
  FIELD,
  LOG_APPEND_TIME_FLAG,
  LOG_OVERHEAD,
  TRANSACTIONAL_FLAG,
} from './batch.ts';
import { writeInt64 } from './int64.ts';
import type { TimestampType } from './record.ts';

/** What a batch says of itself besides its records. */
export interface BatchProperties {
  /** Default 0: the broker sets it. */
  baseOffset?: number;
  /** Default -1: the broker sets it. */
  leaderEpoch?: number;
  /** Default -1. */
  producerId?: number;
  /** Default -1. */
  producerEpoch?: number;
  /** Default -1. */
  baseSequence?: number;
  transactional?: boolean;
  control?: boolean;
  /** Default CreateTime. */
  timestampType?: TimestampType;
}

export interface HeaderFields extends BatchProperties {
  codec: number;
  count: number;
  lastOffsetDelta: number;
  baseTimestamp: number;
  maxTimestamp: number;
  deleteHorizon?: boolean;
}

/** Fills in the header of `batch`, whose records are in place already, and its CRC. */
export function writeBatchHeader(batch: Buffer, fields: HeaderFields): void {
  writeInt64(batch, FIELD.baseOffset, fields.baseOffset ?? 0);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, FIELD.batchLength);
  batch.writeInt32BE(fields.leaderEpoch ?? -1, FIELD.partitionLeaderEpoch);
  batch.writeInt8(2, FIELD.magic);
  batch.writeInt16BE(attributesOf(fields), FIELD.attributes);
  batch.writeInt32BE(fields.lastOffsetDelta, FIELD.lastOffsetDelta);
  writeInt64(batch, FIELD.baseTimestamp, fields.baseTimestamp);
  writeInt64(batch, FIELD.maxTimestamp, fields.maxTimestamp);
  writeInt64(batch, FIELD.producerId, fields.producerId ?? -1);
  batch.writeInt16BE(fields.producerEpoch ?? -1, FIELD.producerEpoch);
  batch.writeInt32BE(fields.baseSequence ?? -1, FIELD.baseSequence);
  batch.writeInt32BE(fields.count, FIELD.count);
  batch.writeUInt32BE(computeCrc(batch), FIELD.crc);
}

/** A batch without records, as the log cleaner keeps one to remember a producer's last sequence (writeEmptyHeader). */
export function emptyBatch(fields: BatchProperties & { lastOffsetDelta: number; maxTimestamp: number }): Buffer {
  const batch = Buffer.alloc(BATCH_OVERHEAD);
  writeBatchHeader(batch, { ...fields, codec: 0, count: 0, baseTimestamp: -1 });
  return batch;
}

function attributesOf(fields: HeaderFields): number {
  let attributes = fields.codec;
  if (fields.timestampType === 'LogAppendTime') attributes |= LOG_APPEND_TIME_FLAG;
  if (fields.transactional === true) attributes |= TRANSACTIONAL_FLAG;
  if (fields.control === true) attributes |= CONTROL_FLAG;
  if (fields.deleteHorizon === true) attributes |= DELETE_HORIZON_FLAG;
  return attributes;
}
