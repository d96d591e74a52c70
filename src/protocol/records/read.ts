// From the bytes of a fetch or a segment to batches and records.
import {
  BATCH_OVERHEAD,
  type BatchHeader,
  batchSizeInBytes,
  checkMagic,
  codecOf,
  FIELD,
  LOG_OVERHEAD,
  readBatchHeader,
} from './batch.ts';
import { DEFAULT_MAX_OUTPUT_BYTES, decompress, loadCodec } from './compression.ts';
import { type RecordBytes, RecordCursor } from './cursor.ts';
import { RecordError } from './error.ts';
import type { KafkaRecord } from './record.ts';

/** Overhead of a message of format 0: no entry of any format is smaller. */
const MIN_RECORD_SIZE = 14;

export interface BatchPosition {
  header: BatchHeader;
  /** Where the batch begins in the buffer. */
  pos: number;
  /** Its bytes, header included. */
  size: number;
}

/**
 * The batches of `buf[pos, end)`, one after the other, up to a partial one at the end, which fetches and torn segments
 * have. CRCs are not checked.
 * @throws RecordError `corrupt` for an impossible size or magic (ByteBufferLogInputStream), `unsupported` for magic 0 and 1
 */
export function* batches(buf: Buffer, pos = 0, end = buf.length): Generator<BatchPosition, void, undefined> {
  let at = pos;
  while (end - at >= LOG_OVERHEAD) {
    const length = buf.readInt32BE(at + FIELD.batchLength);
    if (length < MIN_RECORD_SIZE) {
      const message = `Record size ${length} is less than the minimum record overhead (${MIN_RECORD_SIZE})`;
      throw new RecordError('corrupt', message);
    }
    const size = length + LOG_OVERHEAD;
    if (end - at > FIELD.magic) checkMagic(buf.readInt8(at + FIELD.magic));
    if (size > end - at) return;
    yield { header: readWholeHeader(buf, at, size), pos: at, size };
    at += size;
  }
}

/** A header whose 61 bytes lie in the batch: not in what follows a batch that claims to be smaller. */
function readWholeHeader(buf: Buffer, pos: number, size: number): BatchHeader {
  return readBatchHeader(size < BATCH_OVERHEAD ? buf.subarray(0, pos + size) : buf, pos);
}

/** Loads every codec that the batches of `buf` need, so that they can be read synchronously afterwards. */
export async function loadCodecsFor(buf: Buffer, pos = 0, end = buf.length): Promise<void> {
  let seen = 0;
  for (const { header } of batches(buf, pos, end)) seen |= 1 << codecOf(header.attributes);
  for (let codec = 1; codec < 8; codec++) if ((seen & (1 << codec)) !== 0) await loadCodec(codec);
}

/**
 * A cursor over the records of the batch at `pos`: the fast way to read, see {@link RecordCursor}. The batch's codec
 * must be loaded.
 * @param maxOutputBytes bound for what a compressed batch may become
 * @throws RecordError `corrupt` if the batch is not whole or does not decompress, `too-large` beyond the bound
 */
export function openRecords(
  buf: Buffer,
  pos = 0,
  header: BatchHeader = readBatchHeader(buf, pos),
  maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES,
): RecordCursor {
  return new RecordCursor(recordBytes(buf, pos, header, maxOutputBytes), header);
}

/** What {@link openRecords} reads, for who needs several cursors over one batch: it is decompressed once. */
export function recordBytes(
  buf: Buffer,
  pos: number,
  header: BatchHeader,
  maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES,
): RecordBytes {
  const start = pos + BATCH_OVERHEAD;
  const end = pos + batchSizeInBytes(buf, pos);
  if (end < start || end > buf.length) {
    throw new RecordError('corrupt', `Record batch of ${end - pos} bytes, but ${buf.length - pos} are there`);
  }
  const codec = codecOf(header.attributes);
  // An emptied batch keeps its codec but has nothing to decompress.
  if (codec === 0 || header.count === 0) return { buf, start, end, compressed: false };
  const records = decompress(codec, buf.subarray(start, end), maxOutputBytes);
  return { buf: records, start: 0, end: records.length, compressed: true };
}

/** All records of the batch at `pos`; errors as {@link openRecords} and RecordCursor.next. */
export function readRecordsSync(
  buf: Buffer,
  pos = 0,
  header: BatchHeader = readBatchHeader(buf, pos),
  maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES,
): KafkaRecord[] {
  const cursor = openRecords(buf, pos, header, maxOutputBytes);
  const records: KafkaRecord[] = [];
  while (cursor.next()) {
    const { offset, timestamp, timestampType, key, value, headers, sequence } = cursor;
    records.push({ offset, timestamp, timestampType, key, value, headers, sequence });
  }
  return records;
}

/** Header and records of the batch at `pos`, with the codec loaded first if it has to be. */
export async function readBatch(
  buf: Buffer,
  pos = 0,
  maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES,
): Promise<{ header: BatchHeader; records: KafkaRecord[] }> {
  const header = readBatchHeader(buf, pos);
  await loadCodec(codecOf(header.attributes));
  return { header, records: readRecordsSync(buf, pos, header, maxOutputBytes) };
}
