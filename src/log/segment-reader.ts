// Reads batches of a segment from its file, asynchronously.
import { BATCH_OVERHEAD, batchSizeInBytes, FIELD } from '../protocol/records/batch.ts';
import { type BatchRange, lastOffsetAt, type RangeLimits, wholeBatches } from './batch-range.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { ReadBuffers } from './read-buffers.ts';
import type { Segment } from './segment.ts';

/** Behind an index entry comes about one index interval of batches before the one that is looked for. */
const SEARCH_BYTES = 8192;
const MAGIC = 2;

/**
 * Batches of `segment` from the one with `offset` on; undefined if the segment ends before that offset.
 * @throws LogError CORRUPT_MESSAGE if the bytes there are no batches
 */
export async function readSegment(
  segment: Segment,
  offset: number,
  limits: RangeLimits,
  buffers: ReadBuffers,
): Promise<BatchRange | undefined> {
  const take = (bytes: number) => buffers.take(bytes);
  const found = await findBatch(segment, offset, limits.maxBytes + SEARCH_BYTES, take);
  if (found === undefined) return undefined;
  let batches = found.chunk.subarray(found.at);
  const firstSize = sizeOfBatch(segment, found.position, batches, 0);
  if (firstSize > batches.length) {
    if (firstSize > limits.maxBytes && !limits.minOneMessage)
      return { records: [], sizeInBytes: 0, nextOffset: offset };
    const wanted = Math.max(firstSize, limits.maxBytes);
    buffers.giveBack(found.chunk);
    batches = await readBytes(segment, found.position, Math.min(segment.size - found.position, wanted), take);
  }
  const { start, end, nextOffset } = wholeBatches(batches, batches.length, offset, limits, true);
  const records = end > start ? [batches.subarray(start, end)] : [];
  return { records, sizeInBytes: end - start, nextOffset };
}

interface FoundBatch {
  position: number;
  /** Bytes of the file with the batch, or its beginning, at `at`. */
  chunk: Buffer;
  at: number;
}

/** The first batch that ends at `offset` or later. */
export async function findBatch(
  segment: Segment,
  offset: number,
  chunkBytes: number,
  take: (bytes: number) => Buffer = Buffer.allocUnsafe,
): Promise<FoundBatch | undefined> {
  const end = segment.size;
  let position = segment.lookup(offset).position;
  let isFirst = true;
  while (position < end) {
    const chunk = await readBytes(segment, position, Math.min(end - position, chunkBytes), take);
    if (isFirst && !agreesWithIndex(segment, offset, position, chunk)) {
      segment.rebuildIndexes();
      position = segment.lookup(offset).position;
      isFirst = false;
      continue;
    }
    isFirst = false;
    let at = 0;
    while (chunk.length - at >= BATCH_OVERHEAD) {
      const size = sizeOfBatch(segment, position + at, chunk, at);
      if (lastOffsetAt(chunk, at) >= offset) return { position: position + at, chunk, at };
      at += size;
    }
    if (at === 0) throw corrupt(segment, position, `${chunk.length} bytes are no batch`);
    position += at;
  }
  return undefined;
}

/** An index entry is believed only if the batch it points to ends where the entry says. */
function agreesWithIndex(segment: Segment, offset: number, position: number, chunk: Buffer): boolean {
  if (position === 0) return true;
  const isBatch = chunk.length >= BATCH_OVERHEAD && chunk[FIELD.magic] === MAGIC;
  return isBatch && lastOffsetAt(chunk, 0) === segment.lookup(offset).offset;
}

function sizeOfBatch(segment: Segment, position: number, chunk: Buffer, at: number): number {
  const size = batchSizeInBytes(chunk, at);
  const magic = chunk[at + FIELD.magic];
  if (magic !== MAGIC) throw corrupt(segment, position, `magic ${magic}`);
  if (size < BATCH_OVERHEAD || position + size > segment.size) throw corrupt(segment, position, `size ${size}`);
  return size;
}

function corrupt(segment: Segment, position: number, what: string): LogError {
  return new LogError(
    LogErrorCode.CORRUPT_MESSAGE,
    `Invalid batch at position ${position} of ${segment.file.path}: ${what}`,
  );
}

/** Bytes of the segment's file, which it has. */
export async function readBytes(
  segment: Segment,
  position: number,
  length: number,
  take: (bytes: number) => Buffer = Buffer.allocUnsafe,
): Promise<Buffer> {
  const bytes = take(length);
  const read = await segment.file.pinned((file) => file.readAsync(bytes, position));
  if (read < length) throw corrupt(segment, position + read, 'the file ends');
  return bytes;
}
