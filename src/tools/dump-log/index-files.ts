// Offset and time indexes, and whether they agree with their segment (DumpLogSegments.dumpIndex, dumpTimeIndex).
import type { Files, OpenFile } from '../../log/files.ts';
import { type Long, readLong } from '../../protocol/records/int64.ts';
import { JavaException } from '../java-exception.ts';
import type { DumpEvent } from './event.ts';
import { batchSpans, checkPosition, type FileBatch, fileBatches } from './file-batch.ts';
import { absolute, type IndexMismatches } from './found-wrong.ts';
import { recordsIn } from './log-file.ts';

const OFFSET_ENTRY_BYTES = 8;
const TIME_ENTRY_BYTES = 12;

/** What is done with an index: shown, checked against its segment only, or looked at by itself. */
export type IndexMode = 'print' | 'verify' | 'sanity';

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

export function* dumpOffsetIndex(dump: IndexDump): Generator<DumpEvent> {
  const { files, path, startOffset, mode, maxMessageSize, mismatches } = dump;
  const logPath = absolute(sibling(path, '.log'));
  const log = files.open(logPath);
  try {
    const bytes = files.readFile(path);
    const entries = entriesOf(bytes, OFFSET_ENTRY_BYTES);
    if (entries.length === 0) {
      yield { type: 'index-empty', file: path };
      return;
    }
    if (mode === 'sanity') {
      checkOffsetIndex(absolute(path), bytes, startOffset);
      yield { type: 'index-sane', file: path };
      return;
    }
    for (const at of entries) {
      const entry = offsetEntry(bytes, at, startOffset);
      // Behind the last entry of a file that Kafka made in full size there are zeros.
      if (entry.offset === startOffset && at > 0) return;
      const first = firstBatch(log, logPath, entry.position, maxMessageSize);
      if (first !== entry.offset) mismatches.offsets.set(entry.offset, first);
      if (mode === 'print') yield { type: 'offset-index-entry', ...entry };
    }
  } finally {
    log.close();
  }
}

/** The last offset of the batch at a position. @throws JavaException where there is none */
function firstBatch(log: OpenFile, path: string, position: number, maxBytes: number): Long {
  checkPosition(log, path, position);
  const end = Math.min(log.size(), position + maxBytes);
  for (const { lastOffset } of fileBatches(log, path, position, end)) return lastOffset;
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
      `Corrupt index found, index file ${path} has non-zero size but the last offset is ${last.offset} which is less than the base offset ${startOffset}`,
    );
  if (bytes.length % OFFSET_ENTRY_BYTES !== 0)
    throw corrupt(
      `Index file ${path} is corrupt, found ${bytes.length} bytes which is neither positive nor a multiple of ${OFFSET_ENTRY_BYTES}`,
    );
}

const corrupt = (message: string) =>
  new JavaException('org.apache.kafka.storage.internals.log.CorruptIndexException', message);

export async function* dumpTimeIndex(dump: IndexDump): AsyncGenerator<Iterable<DumpEvent>> {
  const { files, path, startOffset, mode, mismatches } = dump;
  const logPath = absolute(sibling(path, '.log'));
  const log = files.open(logPath);
  try {
    const bytes = files.readFile(path);
    // Kafka's index, opened without a size, cannot be made.
    if (files.stat(sibling(path, '.index')) === undefined)
      throw new JavaException('java.lang.IllegalArgumentException', 'Invalid max index size: -1');
    if (mode === 'sanity') {
      checkTimeIndex(absolute(path), bytes, startOffset);
      yield [{ type: 'index-sane', file: path }];
      return;
    }
    const spans = new WalkedSpans(log, logPath);
    const positions = offsetPositions(files, sibling(path, '.index'), startOffset);
    let previous: Long = -1;
    for (const at of entriesOf(bytes, TIME_ENTRY_BYTES)) {
      const timestamp = readLong(bytes, at);
      const offset = startOffset + bytes.readInt32BE(at + 8);
      if (offset === startOffset && at > 0) return;
      const batch = batchAround(log, logPath, spans.checked(positions(offset)), offset);
      await checkTimestamp(batch, { timestamp, offset, previous }, mismatches);
      if (mode === 'print') yield [{ type: 'time-index-entry', timestamp, offset }];
      previous = timestamp;
    }
  } finally {
    log.close();
  }
}

async function checkTimestamp(
  batch: FileBatch | undefined,
  { timestamp, offset, previous }: { timestamp: Long; offset: number; previous: Long },
  { timestamps, outOfOrder, notFound }: IndexMismatches,
): Promise<void> {
  const found = batch?.lastOffset ?? -1;
  if (!batch || found !== offset) {
    notFound.push(`Indexed offset: ${offset}, found log offset: ${found}`);
    return;
  }
  const largest = await largestTimestamp(batch);
  if (largest !== timestamp) timestamps.push(`  Index timestamp: ${timestamp}, log timestamp: ${largest}`);
  if (previous >= timestamp)
    outOfOrder.push(`  Index timestamp: ${timestamp}, Previously indexed timestamp: ${previous}`);
}

/** @throws JavaException for damaged records */
async function largestTimestamp(batch: FileBatch): Promise<Long> {
  let largest: Long = -1;
  for (const { metadata } of await recordsIn(batch)) if (metadata.timestamp > largest) largest = metadata.timestamp;
  return largest;
}

function batchAround(log: OpenFile, path: string, from: number, offset: number): FileBatch | undefined {
  for (const batch of fileBatches(log, path, from, log.size())) if (batch.lastOffset >= offset) return batch;
  return undefined;
}

/** Kafka's tool goes through all that follows before it looks at the first of them, which is done here once. */
class WalkedSpans {
  readonly #log: OpenFile;
  readonly #path: string;
  readonly #sound = new Set<number>();

  constructor(log: OpenFile, path: string) {
    this.#log = log;
    this.#path = path;
  }

  /** A position from which there are only whole batches. @throws JavaException for any other */
  checked(from: number): number {
    checkPosition(this.#log, this.#path, from);
    const walked: number[] = [];
    for (const { position } of batchSpans(this.#log, this.#path, from, this.#log.size())) {
      if (this.#sound.has(position)) break;
      walked.push(position);
    }
    for (const position of walked) this.#sound.add(position);
    return from;
  }
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
    const [first, last] = [readLong(bytes, 0), readLong(bytes, at)];
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
      `Time index file ${path} is corrupt, found ${bytes.length} bytes which is neither positive nor a multiple of ${TIME_ENTRY_BYTES}`,
    );
}
