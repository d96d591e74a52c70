// What the tests of compaction share: a log of tiny segments, and what it has as a naive reader sees it.
import type { LogConfig } from '../../../src/log/log-config.ts';
import type { LogManager } from '../../../src/log/log-manager.ts';
import type { PartitionLog } from '../../../src/log/partition-log.ts';
import { type BatchHeader, isControl } from '../../../src/protocol/records/batch.ts';
import { batches, loadCodecsFor, readRecordsSync } from '../../../src/protocol/records/read.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';
import { CLIENT, NOW_MS, openLog, readAll, type TestManager, type TestOptions } from '../helpers.ts';

/** Every batch can be its own segment, and one superseded record is reason enough to clean. */
export const COMPACTED: Partial<LogConfig> = {
  compact: true,
  delete: false,
  segmentBytes: 300,
  indexIntervalBytes: 100,
  minCleanableDirtyRatio: 0,
  fileDeleteDelayMs: 0,
};

export function openCompacted(
  options: Omit<TestOptions, 'config'> & { config?: Partial<LogConfig> } = {},
): Promise<TestManager & { log: PartitionLog }> {
  return openLog({ ...options, config: { ...COMPACTED, ...options.config } });
}

export interface Record {
  key: string | null;
  value: string | null;
  timestamp?: number;
  headers?: { key: string; value: Buffer | null }[];
}

const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));

/** Appends one batch. */
export function put(
  log: PartitionLog,
  records: readonly Record[],
  options: Parameters<typeof buildBatch>[1] = {},
): number {
  const inputs = records.map(({ key, value, timestamp = NOW_MS, headers = [] }) => ({
    timestamp,
    key: bytes(key),
    value: bytes(value),
    headers,
  }));
  return log.append(buildBatch(inputs, options), CLIENT).baseOffset;
}

/** Starts a new segment, so that all before can be cleaned, and cleans. */
export async function rollAndCompact({ manager, log, clock }: TestManager & { log: PartitionLog }): Promise<number> {
  log.roll(clock.nowMs());
  return manager.compact();
}

export interface SeenRecord {
  offset: number;
  key: string | null;
  value: string | null;
  timestamp: number;
  headers: string;
}

export interface SeenBatch {
  header: BatchHeader;
  records: SeenRecord[];
}

export async function seenBatches(log: PartitionLog): Promise<SeenBatch[]> {
  const buf = await readAll(log);
  await loadCodecsFor(buf);
  return [...batches(buf)].map(({ header, pos }) => ({
    header,
    records: readRecordsSync(buf, pos, header).map((one) => ({
      offset: one.offset,
      key: one.key && String(one.key),
      value: one.value && String(one.value),
      timestamp: one.timestamp,
      headers: one.headers.map(({ key, value }) => `${key}=${value}`).join(),
    })),
  }));
}

/** The records of clients, without markers. */
export async function seenRecords(log: PartitionLog): Promise<SeenRecord[]> {
  const all = await seenBatches(log);
  return all.filter(({ header }) => !isControl(header.attributes)).flatMap(({ records }) => records);
}

/** `key=value@offset` of all records of clients. */
export async function seen(log: PartitionLog): Promise<string[]> {
  return (await seenRecords(log)).map(({ key, value, offset }) => `${key}=${value}@${offset}`);
}

/** Removes from memory what was appended recently, so that reads come from files. */
export async function reopen(manager: LogManager, options: TestOptions): Promise<TestManager & { log: PartitionLog }> {
  await manager.close();
  return openCompacted(options);
}
