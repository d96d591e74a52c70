// Walks the batches of a segment file, synchronously: for recovery and start, when nothing is served yet.
import {
  BATCH_OVERHEAD,
  type BatchHeader,
  batchSizeInBytes,
  computeCrc,
  FIELD,
  readBatchHeader,
} from '../protocol/records/batch.ts';
import type { PooledFile } from './file-pool.ts';

const CHUNK_BYTES = 1024 * 1024;
const MAGIC = 2;

export interface ScannedBatch {
  header: BatchHeader;
  /** Position in the file. */
  position: number;
  size: number;
  /** Holds the whole batch at `pos`; only until the scan goes on. */
  buf: Buffer;
  pos: number;
}

export interface ScanEnd {
  /** Where the last good batch ends. */
  position: number;
  /** What is wrong there; undefined if all bytes were batches. */
  problem?: string;
}

/** Batches between two positions, up to the first that is damaged: cut short, of impossible size, or with another CRC. */
export function* scanBatches(file: PooledFile, from: number, to: number): Generator<ScannedBatch, ScanEnd> {
  let chunk: Buffer = Buffer.alloc(0);
  let chunkStart = from;
  let position = from;
  while (position < to) {
    const remaining = to - position;
    if (remaining < BATCH_OVERHEAD) return { position, problem: `only ${remaining} bytes are left` };
    if (position + BATCH_OVERHEAD > chunkStart + chunk.length) {
      chunk = readChunk(file, position, Math.min(remaining, CHUNK_BYTES));
      chunkStart = position;
    }
    const size = batchSizeInBytes(chunk, position - chunkStart);
    const problem = sizeProblem(size, remaining, chunk[position - chunkStart + FIELD.magic]!);
    if (problem !== undefined) return { position, problem };
    if (position + size > chunkStart + chunk.length) {
      chunk = readChunk(file, position, Math.min(remaining, Math.max(size, CHUNK_BYTES)));
      chunkStart = position;
    }
    const pos = position - chunkStart;
    const crc = chunk.readUInt32BE(pos + FIELD.crc);
    const computed = computeCrc(chunk, pos, size);
    if (crc !== computed) return { position, problem: `stored crc = ${crc}, computed crc = ${computed}` };
    yield { header: readBatchHeader(chunk, pos), position, size, buf: chunk, pos };
    position += size;
  }
  return { position };
}

/**
 * Whether a whole, undamaged batch with an offset from `minOffset` on begins anywhere between two positions: what tells
 * damage in the middle of a log from a write that was cut short.
 */
export function hasBatchBetween(file: PooledFile, from: number, to: number, minOffset: number): boolean {
  let overlap = 0;
  for (let start = from; to - start >= BATCH_OVERHEAD; start += CHUNK_BYTES - overlap) {
    const chunk = readChunk(file, start, Math.min(to - start, CHUNK_BYTES));
    overlap = BATCH_OVERHEAD - 1;
    for (let pos = 0; pos + BATCH_OVERHEAD <= chunk.length; pos++) {
      // The magic byte first: it rules out nearly every position.
      if (chunk[pos + FIELD.magic] === MAGIC && isBatchAt(file, start + pos, to, chunk, pos, minOffset)) return true;
    }
    if (start + chunk.length >= to) return false;
  }
  return false;
}

function isBatchAt(
  file: PooledFile,
  position: number,
  to: number,
  chunk: Buffer,
  pos: number,
  minOffset: number,
): boolean {
  const size = batchSizeInBytes(chunk, pos);
  if (size < BATCH_OVERHEAD || size > to - position) return false;
  const header = readBatchHeader(chunk, pos);
  if (header.baseOffset < minOffset || header.lastOffsetDelta < 0) return false;
  const batch = pos + size <= chunk.length ? chunk.subarray(pos, pos + size) : readChunk(file, position, size);
  return computeCrc(batch, 0, size) === header.crc;
}

function sizeProblem(size: number, remaining: number, magic: number): string | undefined {
  if (size < BATCH_OVERHEAD) return `a batch claims ${size} bytes, fewer than a header has`;
  if (magic !== MAGIC) return `a batch has magic ${magic}`;
  if (size > remaining) return `a batch of ${size} bytes has only ${remaining}`;
  return undefined;
}

function readChunk(file: PooledFile, position: number, length: number): Buffer {
  const chunk = Buffer.allocUnsafe(length);
  return chunk.subarray(0, file.get().read(chunk, position));
}
