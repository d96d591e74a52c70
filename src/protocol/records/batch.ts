// The record batch header, message format version 2 (magic 2; KIP-98, org.apache.kafka.common.record.DefaultRecordBatch).
//
// A batch is 61 bytes of header and then its records. The CRC covers everything from the attributes on: base offset,
// length and leader epoch stay outside, so that a broker can set them in place without a new sum.
import { crc32c } from './crc32c.ts';
import { RecordError } from './error.ts';
import { readInt64, writeInt64 } from './int64.ts';
import type { TimestampType } from './record.ts';

/** Header bytes of a version 2 batch (RECORD_BATCH_OVERHEAD). */
export const BATCH_OVERHEAD = 61;
/** Base offset and length, which come before the bytes that the length counts (LOG_OVERHEAD). */
export const LOG_OVERHEAD = 12;

/** Where each header field begins. */
export const FIELD = {
  baseOffset: 0,
  batchLength: 8,
  partitionLeaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;

export const CODEC_MASK = 0x07;
export const LOG_APPEND_TIME_FLAG = 0x08;
export const TRANSACTIONAL_FLAG = 0x10;
export const CONTROL_FLAG = 0x20;
export const DELETE_HORIZON_FLAG = 0x40;

export interface BatchHeader {
  baseOffset: number;
  /** Bytes behind this field: the size of the batch less {@link LOG_OVERHEAD}. */
  batchLength: number;
  partitionLeaderEpoch: number;
  magic: number;
  /** As stored, unsigned. */
  crc: number;
  attributes: number;
  lastOffsetDelta: number;
  /** Milliseconds; of the first record, or the delete horizon where that flag is set; -1 in an emptied batch. */
  baseTimestamp: number;
  /** Milliseconds; the append time where that flag is set. */
  maxTimestamp: number;
  /** -1 without idempotence. */
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  /** Records in the batch; fewer than lastOffsetDelta + 1 after compaction. */
  count: number;
}

/** Bytes of the whole batch, as it claims. */
export function batchSizeInBytes(buf: Buffer, pos = 0): number {
  return buf.readInt32BE(pos + FIELD.batchLength) + LOG_OVERHEAD;
}

/**
 * The header at `pos`, unchecked but for its magic. int64 fields are exact within ±2^53.
 * @throws RecordError `corrupt` if fewer than 61 bytes are left or for an unknown magic, `unsupported` for magic 0 and 1
 */
export function readBatchHeader(buf: Buffer, pos = 0): BatchHeader {
  if (buf.length - pos > FIELD.magic) checkMagic(buf.readInt8(pos + FIELD.magic));
  if (buf.length - pos < BATCH_OVERHEAD) throw tooSmall(buf.length - pos);
  return parseBatchHeader(buf, pos);
}

/** The 61 bytes at `pos` as a header, whatever they are. int64 fields are exact within ±2^53. */
export function parseBatchHeader(buf: Buffer, pos = 0): BatchHeader {
  return {
    baseOffset: readInt64(buf, pos),
    batchLength: buf.readInt32BE(pos + FIELD.batchLength),
    partitionLeaderEpoch: buf.readInt32BE(pos + FIELD.partitionLeaderEpoch),
    magic: buf.readInt8(pos + FIELD.magic),
    crc: buf.readUInt32BE(pos + FIELD.crc),
    attributes: buf.readInt16BE(pos + FIELD.attributes),
    lastOffsetDelta: buf.readInt32BE(pos + FIELD.lastOffsetDelta),
    baseTimestamp: readInt64(buf, pos + FIELD.baseTimestamp),
    maxTimestamp: readInt64(buf, pos + FIELD.maxTimestamp),
    producerId: readInt64(buf, pos + FIELD.producerId),
    producerEpoch: buf.readInt16BE(pos + FIELD.producerEpoch),
    baseSequence: buf.readInt32BE(pos + FIELD.baseSequence),
    count: buf.readInt32BE(pos + FIELD.count),
  };
}

/** @throws RecordError `corrupt` for an unknown magic, `unsupported` for 0 and 1 */
export function checkMagic(magic: number): void {
  if (magic === 2) return;
  if (magic === 0 || magic === 1) {
    throw new RecordError('unsupported', `Message format with magic ${magic} is not supported, only magic 2 is`);
  }
  throw new RecordError('corrupt', `Invalid magic found in record: ${magic}`);
}

/** Compression codec number of the attributes: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd, 5 to 7 unknown. */
export function codecOf(attributes: number): number {
  return attributes & CODEC_MASK;
}

export function isLogAppendTime(attributes: number): boolean {
  return (attributes & LOG_APPEND_TIME_FLAG) !== 0;
}

export function isTransactional(attributes: number): boolean {
  return (attributes & TRANSACTIONAL_FLAG) !== 0;
}

export function isControl(attributes: number): boolean {
  return (attributes & CONTROL_FLAG) !== 0;
}

/** Whether baseTimestamp is the time after which tombstones and markers of this batch may go (KIP-534). */
export function hasDeleteHorizon(attributes: number): boolean {
  return (attributes & DELETE_HORIZON_FLAG) !== 0;
}

export function lastOffset(header: BatchHeader): number {
  return header.baseOffset + header.lastOffsetDelta;
}

/** -1 where the batch has no sequence. */
export function lastSequence(header: BatchHeader): number {
  return header.baseSequence === -1 ? -1 : incrementSequence(header.baseSequence, header.lastOffsetDelta);
}

/** Sequence numbers wrap from 2^31 - 1 to 0; in 32 bits, where damaged increments have a meaning of their own. */
export function incrementSequence(sequence: number, increment: number): number {
  if (sequence > ((0x7fffffff - increment) | 0)) return (increment - (0x7fffffff - sequence) - 1) | 0;
  return (sequence + increment) | 0;
}

/** The number so many before a sequence number. */
export function decrementSequence(sequence: number, decrement: number): number {
  return (sequence < decrement ? 0x7fffffff - (decrement - sequence) + 1 : sequence - decrement) | 0;
}

/** CRC-32C over the attributes and what follows them, of a batch that lies in `buf` whole. */
export function computeCrc(buf: Buffer, pos = 0, size = batchSizeInBytes(buf, pos)): number {
  return crc32c(buf, pos + FIELD.attributes, pos + size);
}

/**
 * Checks size and checksum (DefaultRecordBatch.ensureValid).
 * @throws RecordError `corrupt` if the batch is smaller than a header, does not lie in `buf` whole, or has another sum
 */
export function checkCrc(buf: Buffer, pos = 0): void {
  if (buf.length - pos < LOG_OVERHEAD) throw tooSmall(buf.length - pos);
  const size = batchSizeInBytes(buf, pos);
  if (size < BATCH_OVERHEAD) throw tooSmall(size);
  if (size > buf.length - pos) {
    const message = `Record batch is corrupt (its size is ${size}, but only ${buf.length - pos} bytes are left)`;
    throw new RecordError('corrupt', message);
  }
  const stored = buf.readUInt32BE(pos + FIELD.crc);
  const computed = computeCrc(buf, pos, size);
  if (stored === computed) return;
  throw new RecordError('corrupt', `Record is corrupt (stored crc = ${stored}, computed crc = ${computed})`);
}

/** Sets offset and leader epoch in place. Both lie outside the CRC. */
export function patchOffsetAndEpoch(buf: Buffer, pos: number, baseOffset: number, leaderEpoch: number): void {
  writeInt64(buf, pos + FIELD.baseOffset, baseOffset);
  buf.writeInt32BE(leaderEpoch, pos + FIELD.partitionLeaderEpoch);
}

/**
 * Sets maxTimestamp (milliseconds) and the timestamp type in place and, if that changes anything, the CRC
 * (DefaultRecordBatch.setMaxTimestamp). With `LogAppendTime` every record of the batch has this timestamp.
 */
export function patchMaxTimestamp(buf: Buffer, pos: number, timestampType: TimestampType, maxTimestamp: number): void {
  const attributes = buf.readInt16BE(pos + FIELD.attributes);
  const flag = timestampType === 'LogAppendTime' ? LOG_APPEND_TIME_FLAG : 0;
  const patched = (attributes & ~LOG_APPEND_TIME_FLAG) | flag;
  if (patched === attributes && readInt64(buf, pos + FIELD.maxTimestamp) === maxTimestamp) return;
  buf.writeInt16BE(patched, pos + FIELD.attributes);
  writeInt64(buf, pos + FIELD.maxTimestamp, maxTimestamp);
  buf.writeUInt32BE(computeCrc(buf, pos), pos + FIELD.crc);
}

function tooSmall(size: number): RecordError {
  const message = `Record batch is corrupt (the size ${size} is smaller than the minimum allowed overhead ${BATCH_OVERHEAD})`;
  return new RecordError('corrupt', message);
}
