// A batch of one record, with what is asked for wrong in it.
import { BATCH_OVERHEAD, computeCrc, FIELD, LOG_OVERHEAD } from '../../../src/protocol/records/batch.ts';
import { writeInt64 } from '../../../src/protocol/records/int64.ts';

export interface BatchOf {
  readonly magic?: number;
  readonly wrongCrc?: boolean;
  /** What the header says of how many records there are. */
  readonly count?: number;
  readonly baseOffset?: number;
  readonly timestamp?: number;
  readonly attributes?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly sequence?: number;
  /** Bytes of the value; default 1. */
  readonly size?: number;
}

/** One record without a key whose value is `size` bytes of x. */
export function batchOf({ count = 1, timestamp = 1_700_000_000_000, size = 1, ...fields }: BatchOf): Buffer {
  const value = Buffer.alloc(size, 'x');
  const body = [Buffer.of(0, 0, 0), varint(-1), varint(size), value, varint(0)];
  const length = body.reduce((sum, { length }) => sum + length, 0);
  const batch = Buffer.concat([Buffer.alloc(BATCH_OVERHEAD), varint(length), ...body]);
  writeInt64(batch, FIELD.baseOffset, fields.baseOffset ?? 0);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, FIELD.batchLength);
  batch.writeInt32BE(-1, FIELD.partitionLeaderEpoch);
  batch.writeInt8(fields.magic ?? 2, FIELD.magic);
  batch.writeInt16BE(fields.attributes ?? 0, FIELD.attributes);
  batch.writeInt32BE(Math.max(count - 1, 0), FIELD.lastOffsetDelta);
  writeInt64(batch, FIELD.baseTimestamp, timestamp);
  writeInt64(batch, FIELD.maxTimestamp, timestamp);
  writeInt64(batch, FIELD.producerId, fields.producerId ?? -1);
  batch.writeInt16BE(fields.producerEpoch ?? -1, FIELD.producerEpoch);
  batch.writeInt32BE(fields.sequence ?? -1, FIELD.baseSequence);
  batch.writeInt32BE(count, FIELD.count);
  batch.writeUInt32BE((computeCrc(batch) ^ (fields.wrongCrc ? 1 : 0)) >>> 0, FIELD.crc);
  return batch;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
  return Buffer.of(...bytes, left);
}
