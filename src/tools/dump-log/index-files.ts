// Offset and time indexes, and whether they agree with their segment (DumpLogSegments.dumpIndex, dumpTimeIndex).
import type { Files, OpenFile } from '../../log/files.ts';
import { codecOf, lastOffset } from '../../protocol/records/batch.ts';
import { loadCodec } from '../../protocol/records/compression.ts';
import { readInt64 } from '../../protocol/records/int64.ts';
import { openRecords } from '../../protocol/records/read.ts';
import { JavaException } from '../java-exception.ts';
import type { DumpEvent } from './event.ts';
import { checkPosition, type FileBatch, fileBatches } from './log-file.ts';

const OFFSET_ENTRY_BYTES = 8;
const TIME_ENTRY_BYTES = 12;

/** What is done with an index: shown, checked against its segment only, or looked at by itself. */
export type IndexMode = 'print' | 'verify' | 'sanity';

/** What an index says otherwise than its segment, by file, with the lines that tell it. */
export interface IndexMismatches {
  readonly offsets: string[];
  readonly timestamps: string[];
  readonly outOfOrder: string[];
  readonly notFound: string[];
}

export interface IndexDump {
  readonly files: Files;
  readonly path: string;
  /** Of the segment. */
  readonly startOffset: number;
  readonly mode: IndexMode;
  /** Bytes of the segment to look at behind each entry. */
  readonly maxMessageSize: number;
  readonly mismatches: IndexMismatches;
}

interface OffsetEntry {
  readonly offset: number;
  readonly position: number;
}

/** The entries of an index file, the zeros included that Kafka keeps behind those of an active segment. */
function entriesOf(bytes: Buffer, size: number): number[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => i * size);
}

const offsetEntry = (bytes: Buffer, at: number, startOffset: number): OffsetEntry => ({
  offset: startOffset + bytes.readInt32BE(at),
  position: bytes.readInt32BE(at + 4),
});

const sibling = (path: string, suffix: string): string => `${path.slice(0, path.lastIndexOf('.'))}${suffix}`;

export async function* dumpOffsetIndex(dump: IndexDump): AsyncGenerator<DumpEvent> {
  const { files, path, startOffset, mode, maxMessageSize, mismatches } = dump;
  const logPath = sibling(path, '.log');
  const log = files.open(logPath);
  try {
    const bytes = files.readFile(path);
    const entries = entriesOf(bytes, OFFSET_ENTRY_BYTES);
    if (entries.length === 0) {
      yield { type: 'index-empty', file: path };
      return;
    }
    if (mode === 'sanity') {
      checkOffsetIndex(path, bytes, startOffset);
      yield { type: 'index-sane', file: path };
      return;
    }
    for (const at of entries) {
      const entry = offsetEntry(bytes, at, startOffset);
      // Behind the last entry of a file that Kafka made in full size there are zeros.
      if (entry.offset === startOffset && at > 0) return;
      const first = firstBatch(log, logPath, entry.position, maxMessageSize);
      if (first !== entry.offset) mismatches.offsets.push(`  Index offset: ${entry.offset}, log offset: ${first}`);
      if (mode === 'print') yield { type: 'offset-index-entry', ...entry };
    }
  } finally {
    log.close();
  }
}

/** The last offset of the batch at a position. @throws JavaException where there is none */
function firstBatch(log: OpenFile, path: string, position: number, maxBytes: number): number {
  checkPosition(log, path, position);
  const end = Math.min(log.size(), position + maxBytes);
  for (const { header } of fileBatches(log, path, position, end)) return lastOffset(header);
  throw new JavaException('java.util.NoSuchElementException');
}

function checkOffsetIndex(path: string, bytes: Buffer, startOffset: number): void {
  const last = offsetEntry(
    bytes,
    Math.floor(bytes.length / OFFSET_ENTRY_BYTES) * OFFSET_ENTRY_BYTES - OFFSET_ENTRY_BYTES,
    startOffset,
  );
  if (last.offset < startOffset)
    throw corrupt(
      `Corrupt index found, index file (${path}) has non-zero size but the last offset is ${last.offset} which is less than the base offset ${startOffset}.`,
    );
  if (bytes.length % OFFSET_ENTRY_BYTES !== 0)
    throw corrupt(
      `Index file ${path} is corrupt, found ${bytes.length} bytes which is neither positive nor a multiple of ${OFFSET_ENTRY_BYTES}.`,
    );
}

const corrupt = (message: string) =>
  new JavaException('org.apache.kafka.storage.internals.log.CorruptIndexException', message);

export async function* dumpTimeIndex(dump: IndexDump): AsyncGenerator<DumpEvent> {
  const { files, path, startOffset, mode, mismatches } = dump;
  const logPath = sibling(path, '.log');
  const log = files.open(logPath);
  try {
    const bytes = files.readFile(path);
    // Kafka's index, opened without a size, cannot be made.
    if (files.stat(sibling(path, '.index')) === undefined)
      throw new JavaException('java.lang.IllegalArgumentException', 'Invalid max index size: -1');
    if (mode === 'sanity') {
      checkTimeIndex(path, bytes, startOffset);
      yield { type: 'index-sane', file: path };
      return;
    }
    const positions = offsetPositions(files, sibling(path, '.index'), startOffset);
    let previous = -1;
    for (const at of entriesOf(bytes, TIME_ENTRY_BYTES)) {
      const timestamp = readInt64(bytes, at);
      const offset = startOffset + bytes.readInt32BE(at + 8);
      if (offset === startOffset && at > 0) return;
      const batch = batchAround(log, logPath, positions(offset), offset);
      await checkTimestamp(batch, { timestamp, offset, previous }, mismatches);
      if (mode === 'print') yield { type: 'time-index-entry', timestamp, offset };
      previous = timestamp;
    }
  } finally {
    log.close();
  }
}

async function checkTimestamp(
  batch: FileBatch | undefined,
  { timestamp, offset, previous }: { timestamp: number; offset: number; previous: number },
  { timestamps, outOfOrder, notFound }: IndexMismatches,
): Promise<void> {
  const found = batch ? lastOffset(batch.header) : -1;
  if (!batch || found !== offset) {
    notFound.push(`Indexed offset: ${offset}, found log offset: ${found}`);
    return;
  }
  const largest = await largestTimestamp(batch);
  if (largest !== timestamp) timestamps.push(`  Index timestamp: ${timestamp}, log timestamp: ${largest}`);
  if (previous >= timestamp)
    outOfOrder.push(`  Index timestamp: ${timestamp}, Previously indexed timestamp: ${previous}`);
}

async function largestTimestamp({ bytes, header }: FileBatch): Promise<number> {
  await loadCodec(codecOf(header.attributes));
  let largest = -1;
  const cursor = openRecords(bytes);
  while (cursor.next()) largest = Math.max(largest, cursor.timestamp);
  return largest;
}

function batchAround(log: OpenFile, path: string, from: number, offset: number): FileBatch | undefined {
  checkPosition(log, path, from);
  for (const batch of fileBatches(log, path, from, log.size())) if (lastOffset(batch.header) >= offset) return batch;
  return undefined;
}

/** Where to begin to look for an offset. */
function offsetPositions(files: Files, path: string, startOffset: number): (offset: number) => number {
  const bytes = files.readFile(path);
  const entries = entriesOf(bytes, OFFSET_ENTRY_BYTES).map((at) => offsetEntry(bytes, at, startOffset));
  return (offset) => entries.findLast((entry) => entry.offset <= offset && entry.position > 0)?.position ?? 0;
}

function checkTimeIndex(path: string, bytes: Buffer, startOffset: number): void {
  const count = Math.floor(bytes.length / TIME_ENTRY_BYTES);
  if (count > 0) {
    const at = (count - 1) * TIME_ENTRY_BYTES;
    const [first, last] = [readInt64(bytes, 0), readInt64(bytes, at)];
    const offset = startOffset + bytes.readInt32BE(at + 8);
    if (last < first)
      throw corrupt(
        `Corrupt time index found, time index file (${path}) has non-zero size but the last timestamp is ${last} which is less than the first timestamp ${first}`,
      );
    if (offset < startOffset)
      throw corrupt(
        `Corrupt time index found, time index file (${path}) has non-zero size but the last offset is ${offset} which is less than the first offset ${startOffset}`,
      );
  }
  if (bytes.length % TIME_ENTRY_BYTES !== 0)
    throw corrupt(
      `Time index file ${path} is corrupt, found ${bytes.length} bytes which is neither positive nor a multiple of ${TIME_ENTRY_BYTES}.`,
    );
}
