// What the tests of the log share: log managers in tmp directories or in memory, batches, and a check of index files.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../../src/log/log-config.ts';
import { LogManager, type LogManagerOptions } from '../../src/log/log-manager.ts';
import type { AppendOptions, AppendResult, PartitionLog } from '../../src/log/partition-log.ts';
import { BATCH_OVERHEAD } from '../../src/protocol/records/batch.ts';
import { buildEndTxnMarker } from '../../src/protocol/records/control.ts';
import { batches, readRecordsSync } from '../../src/protocol/records/read.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { ManualClock } from '../../src/util/clock.ts';
import type { Logger } from '../../src/util/logger.ts';

export const TOPIC_ID = 'x9YdtqzRRE-ZEaAXRz-jrw';

/** An empty directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ktool-log-'));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A logger that remembers. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];
  error(message: string): void {
    this.lines.push(`ERROR ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`WARN ${message}`);
  }
  info(message: string): void {
    this.lines.push(`INFO ${message}`);
  }
  debug(): void {}
  matching(pattern: RegExp): string[] {
    return this.lines.filter((line) => pattern.test(line));
  }
}

export interface TestManager {
  manager: LogManager;
  clock: ManualClock;
  logger: RecordingLogger;
  directory: string;
}

export interface TestOptions extends Partial<Omit<LogManagerOptions, 'configFor' | 'dirs'>> {
  directory?: string;
  config?: Partial<LogConfig>;
}

/** Opens a log manager; real files in a tmp directory unless told otherwise. */
export async function openManager(options: TestOptions = {}): Promise<TestManager> {
  const { config, directory = temporaryDirectory(), ...rest } = options;
  const clock = options.clock instanceof ManualClock ? options.clock : new ManualClock();
  const logger = new RecordingLogger();
  const manager = await LogManager.open({
    files: nodeFiles,
    nodeId: 1,
    ...rest,
    dirs: [directory],
    clock,
    logger,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, ...config }),
  });
  return { manager, clock, logger, directory };
}

/** A manager with one log, `orders-0`. */
export async function openLog(options: TestOptions = {}): Promise<TestManager & { log: PartitionLog }> {
  const opened = await openManager(options);
  return { ...opened, log: opened.manager.create('orders', 0, TOPIC_ID) };
}

export const NOW_MS = Date.UTC(2026, 0, 1);
export const CLIENT: AppendOptions = { leaderEpoch: 0, nowMs: NOW_MS, origin: 'client' };
export const COORDINATOR: AppendOptions = { ...CLIENT, origin: 'coordinator' };

export interface BatchOptions {
  count?: number;
  timestamp?: number;
  valueBytes?: number;
  value?: string;
  key?: string | null;
  codec?: number;
  producerId?: number;
  producerEpoch?: number;
  baseSequence?: number;
  transactional?: boolean;
}

export function batch(options: BatchOptions = {}): Buffer {
  const { count = 1, timestamp = NOW_MS, valueBytes, value, key = 'k', ...rest } = options;
  const bytes = valueBytes === undefined ? Buffer.from(value ?? 'v') : Buffer.alloc(valueBytes, value ?? 'v');
  const record = { timestamp, key: key === null ? null : Buffer.from(key), value: bytes };
  return buildBatch(
    Array.from({ length: count }, () => record),
    rest,
  );
}

export function append(log: PartitionLog, options: BatchOptions = {}, how: AppendOptions = CLIENT): AppendResult {
  return log.append(batch(options), how);
}

export interface MarkerOptions {
  type: 'COMMIT' | 'ABORT';
  producerId: number;
  producerEpoch: number;
  coordinatorEpoch?: number;
  transactionVersion?: number;
}

export function appendMarker(log: PartitionLog, options: MarkerOptions): AppendResult {
  const { transactionVersion, coordinatorEpoch = 0, ...marker } = options;
  const bytes = buildEndTxnMarker({ ...marker, coordinatorEpoch, timestampMs: NOW_MS });
  return log.append(bytes, { ...COORDINATOR, ...(transactionVersion === undefined ? {} : { transactionVersion }) });
}

/** What `read` finds, joined. */
export async function readBytes(
  log: PartitionLog,
  offset: number,
  maxBytes = 1 << 24,
  upTo = Infinity,
): Promise<Buffer> {
  return Buffer.concat((await log.read(offset, maxBytes, { minOneMessage: true, upTo })).records);
}

/** Reads from `offset` to the end, in pieces of `maxBytes`. */
export async function readAll(log: PartitionLog, offset = log.logStartOffset, maxBytes = 1 << 20): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let at = offset; at < log.logEndOffset; ) {
    const { records, nextOffset } = await log.read(at, maxBytes, { minOneMessage: true, upTo: log.highWatermark });
    if (nextOffset === at) throw new Error(`nothing at offset ${at}, the log ends at ${log.logEndOffset}`);
    pieces.push(...records);
    at = nextOffset;
  }
  return Buffer.concat(pieces);
}

/** Offsets of all records, in order. */
export async function readOffsets(log: PartitionLog): Promise<number[]> {
  const bytes = await readAll(log);
  return [...batches(bytes)].flatMap(({ header, pos }) => readRecordsSync(bytes, pos, header).map((one) => one.offset));
}

/** Values of all records, in order. */
export async function readValues(log: PartitionLog): Promise<string[]> {
  const bytes = await readAll(log);
  return [...batches(bytes)].flatMap(({ header, pos }) =>
    readRecordsSync(bytes, pos, header).map((one) => String(one.value)),
  );
}

/** Sorted names in a directory. */
export function namesIn(directory: string): string[] {
  return fs.readdirSync(directory).sort();
}

/**
 * Checks the index files of a partition as kafka-dump-log does: every offset index entry is the last offset of the batch
 * at its position, every time index entry the largest timestamp up to its batch, both in order and inside the log.
 * Returns the number of entries.
 */
export function checkIndexFiles(directory: string): number {
  let entries = 0;
  for (const name of namesIn(directory).filter((one) => one.endsWith('.log'))) {
    const log = fs.readFileSync(path.join(directory, name));
    const read = (suffix: string, entryBytes: number) =>
      indexEntries(fs.readFileSync(path.join(directory, name.replace(/\.log$/, suffix))), entryBytes);
    entries += checkSegment(Number(name.slice(0, 20)), log, read('.index', 8), read('.timeindex', 12));
  }
  return entries;
}

/** The entries of an index file, without the zeros behind those of a segment that is appended to. */
export function indexEntries(file: Buffer, entryBytes: number): Buffer {
  let end = 0;
  while (end < file.length && file.subarray(end, end + entryBytes).some((byte) => byte !== 0)) end += entryBytes;
  return file.subarray(0, end);
}

function checkSegment(base: number, log: Buffer, index: Buffer, timeIndex: Buffer): number {
  const last = new Map<number, number>();
  const largest = new Map<number, number>();
  let max = -1;
  let end = 0;
  for (const { header, pos, size } of batches(log)) {
    const lastOffset = header.baseOffset + header.lastOffsetDelta;
    last.set(pos, lastOffset);
    max = Math.max(max, header.maxTimestamp);
    largest.set(lastOffset, max);
    end = pos + size;
  }
  if (end !== log.length) throw new Error(`${log.length - end} bytes behind the last batch of segment ${base}`);
  let before = -1;
  for (let at = 0; at < index.length; at += 8) {
    const [offset, position] = [base + index.readInt32BE(at), index.readInt32BE(at + 4)];
    if (last.get(position) !== offset || offset <= before)
      throw new Error(`offset index entry ${offset} -> ${position} of segment ${base}`);
    before = offset;
  }
  let beforeMs = -1;
  for (let at = 0; at < timeIndex.length; at += 12) {
    const [timestamp, offset] = [Number(timeIndex.readBigInt64BE(at)), base + timeIndex.readInt32BE(at + 8)];
    if (largest.get(offset) !== timestamp || timestamp <= beforeMs)
      throw new Error(`time index entry ${timestamp} -> ${offset} of segment ${base}`);
    beforeMs = timestamp;
  }
  return index.length / 8 + timeIndex.length / 12;
}

/** Bytes that a batch of one record with this value takes. */
export function batchBytes(options: BatchOptions): number {
  return batch(options).length;
}

export { BATCH_OVERHEAD };
