// Which batches answer a fetch.
import { BATCH_OVERHEAD, batchSizeInBytes, FIELD } from '../protocol/records/batch.ts';
import { readInt64 } from '../protocol/records/int64.ts';

export interface BatchRange {
  /** Whole batches, in order; views of memory that nobody writes to any more. */
  records: Buffer[];
  sizeInBytes: number;
  /** Behind the last record; the offset asked for if there are none. */
  nextOffset: number;
}

export interface RangeLimits {
  maxBytes: number;
  /** Return the first batch even if it is larger than maxBytes (KIP-74). */
  minOneMessage: boolean;
  /** Only batches that begin below this offset. */
  upTo: number;
}

/**
 * Which bytes of `buf[0, length)`, whole batches, to return for a fetch from `offset`. Only the last may be partial.
 * @param isFirst whether nothing was taken yet, so that one batch may be larger than the limit
 */
export function wholeBatches(
  buf: Buffer,
  length: number,
  offset: number,
  limits: RangeLimits,
  isFirst: boolean,
): { start: number; end: number; nextOffset: number } {
  let pos = 0;
  while (pos < length && lastOffsetAt(buf, pos) < offset) pos += batchSizeInBytes(buf, pos);
  const start = pos;
  let nextOffset = offset;
  while (length - pos >= BATCH_OVERHEAD && readInt64(buf, pos) < limits.upTo) {
    const end = pos + batchSizeInBytes(buf, pos);
    if (end > length) break;
    const isAllowed = end - start <= limits.maxBytes || (isFirst && pos === start && limits.minOneMessage);
    if (!isAllowed) break;
    nextOffset = lastOffsetAt(buf, pos) + 1;
    pos = end;
  }
  return { start, end: pos, nextOffset };
}

/** Offset of the last record of the batch at `pos`. */
export function lastOffsetAt(buf: Buffer, pos: number): number {
  return readInt64(buf, pos) + buf.readInt32BE(pos + FIELD.lastOffsetDelta);
}
