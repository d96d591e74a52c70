// Reads a sealed segment in pieces of whole batches, checks them, and has their codecs loaded.
import { BATCH_OVERHEAD, batchSizeInBytes, checkCrc } from '../../protocol/records/batch.ts';
import { RecordError } from '../../protocol/records/error.ts';
import { type BatchPosition, batches, loadCodecsFor } from '../../protocol/records/read.ts';
import type { Segment } from '../segment.ts';
import { readBytes } from '../segment-reader.ts';
import type { Pace } from './pace.ts';

const CHUNK_BYTES = 256 * 1024;

export interface Chunk {
  buf: Buffer;
  batches: BatchPosition[];
}

/**
 * Chunks from a position to the end of the segment.
 * @throws RecordError if what is there is no batch, or damaged: it must not get a new checksum
 */
export async function* segmentChunks(segment: Segment, from: number, pace: Pace): AsyncGenerator<Chunk> {
  for (let position = from; position < segment.size; ) {
    pace.check();
    const left = segment.size - position;
    let buf = await readBytes(segment, position, Math.min(left, CHUNK_BYTES));
    const first = buf.length < BATCH_OVERHEAD ? Number.NaN : batchSizeInBytes(buf);
    if (!(first >= BATCH_OVERHEAD && first <= left)) throw damaged(segment, position, `its size is ${first}`);
    if (first > buf.length) buf = await readBytes(segment, position, first);
    const found = [...batches(buf)];
    await loadCodecsFor(buf);
    pace.check();
    yield { buf, batches: found };
    const last = found.at(-1)!;
    position += last.pos + last.size;
  }
}

/** @throws RecordError if the checksum is wrong */
export function assertIntact(segment: Segment, buf: Buffer, { header, pos }: BatchPosition): void {
  try {
    checkCrc(buf, pos);
  } catch (error) {
    throw damaged(segment, `with base offset ${header.baseOffset}`, String(error));
  }
}

function damaged(segment: Segment, where: number | string, what: string): RecordError {
  const place = typeof where === 'number' ? `at position ${where}` : where;
  return new RecordError('corrupt', `The batch ${place} of ${segment.file.path} is damaged: ${what}`);
}
