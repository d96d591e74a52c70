// The batches of a file one after the other (org.apache.kafka.common.record.FileLogInputStream).
import type { OpenFile } from '../../log/files.ts';
import { BATCH_OVERHEAD, type BatchHeader, LOG_OVERHEAD, parseBatchHeader } from '../../protocol/records/batch.ts';
import { addLong, type Long, readLong } from '../../protocol/records/int64.ts';
import { JavaException } from '../java-exception.ts';
import { legacyHeader } from './legacy.ts';

/** Up to the magic byte: what Kafka reads to know that there is a batch. */
const HEADER_UP_TO_MAGIC = 17;
const MAGIC_AT = 16;
/** Overhead of a record of the oldest format; nothing is smaller. */
const MIN_RECORD_SIZE = 14;
const MAX_INT = 2 ** 31 - 1;

/** A batch that lies in a file whole. */
export interface FileBatch {
  readonly header: BatchHeader;
  readonly baseOffset: Long;
  readonly lastOffset: Long;
  readonly position: number;
  readonly size: number;
  /** Nothing but the batch. */
  readonly bytes: Buffer;
  /** What its header was read from: of a batch that claims to be smaller than one, what follows it in the file as well. */
  readonly headerBytes: Buffer;
}

/** FileRecords.toString. */
export const fileText = (path: string, size: number): string =>
  `FileRecords(size=${size}, file=${path}, start=0, end=${MAX_INT})`;

/** @throws JavaException for a position that is none of the file's (FileRecords.slice) */
export function checkPosition(file: OpenFile, path: string, position: number): void {
  const text =
    position < 0
      ? `Invalid position: ${position} in read from ${fileText(path, file.size())}`
      : `Slice from position ${position} exceeds end position of ${fileText(path, file.size())}`;
  if (position < 0 || position > file.size()) throw new JavaException('java.lang.IllegalArgumentException', text);
}

/** Records before format 2 (2017, Kafka 0.11) stand alone where they are not compressed. */
export const isLegacy = ({ header }: FileBatch): boolean => header.magic < 2;

/** Where a batch is that lies in a file whole; `size` in bytes. */
export interface BatchSpan {
  readonly position: number;
  readonly size: number;
}

/** The whole batches of a file between two positions, by their sizes alone. @throws JavaException for an impossible size */
export function* batchSpans(file: OpenFile, path: string, from: number, to: number): Generator<BatchSpan> {
  const head = Buffer.alloc(HEADER_UP_TO_MAGIC);
  let position = from;
  while (position < to - HEADER_UP_TO_MAGIC) {
    file.read(head, position);
    const length = head.readInt32BE(LOG_OVERHEAD - 4);
    if (length < MIN_RECORD_SIZE)
      throw new JavaException(
        'org.apache.kafka.common.errors.CorruptRecordException',
        `Found record size ${length} smaller than minimum record overhead (${MIN_RECORD_SIZE}) in file ${path}.`,
      );
    const size = length + LOG_OVERHEAD;
    if (position + size > to) return;
    yield { position, size };
    position += size;
  }
}

/** The whole batches of a file between two positions. @throws JavaException for an impossible size */
export function* fileBatches(file: OpenFile, path: string, from: number, to: number): Generator<FileBatch> {
  for (const { position, size } of batchSpans(file, path, from, to)) {
    const bytes = Buffer.alloc(size);
    file.read(bytes, position);
    yield bytes.readInt8(MAGIC_AT) < 2 ? legacyBatch(bytes, position) : batchOf(bytes, position, file);
  }
}

function legacyBatch(bytes: Buffer, position: number): FileBatch {
  const offset = readLong(bytes, 0);
  const entry = { position, size: bytes.length, bytes, headerBytes: bytes };
  return { header: legacyHeader(bytes), baseOffset: offset, lastOffset: offset, ...entry };
}

function batchOf(bytes: Buffer, position: number, file: OpenFile): FileBatch {
  let headerBytes = bytes;
  if (bytes.length < BATCH_OVERHEAD) {
    headerBytes = Buffer.alloc(BATCH_OVERHEAD);
    file.read(headerBytes, position);
  }
  const header = parseBatchHeader(headerBytes);
  const baseOffset = readLong(bytes, 0);
  const lastOffset = addLong(baseOffset, header.lastOffsetDelta);
  return { header, baseOffset, lastOffset, position, size: bytes.length, bytes, headerBytes };
}
