// What is in a partition's directory, after what a crash interrupted was finished or undone (LogLoader, first passes).
import path from 'node:path';
import type { FilePool } from './file-pool.ts';
import type { Files } from './files.ts';
import { offsetFileName, parseOffsetFileName, SUFFIX } from './log-names.ts';
import { scanBatches } from './segment-scan.ts';

export interface SegmentFiles {
  baseOffset: number;
  size: number;
  modifiedMs: number;
  hasTransactionIndex: boolean;
}

export interface PartitionFiles {
  /** In the order of their offsets. */
  segments: SegmentFiles[];
  /** Offsets of the producer snapshots. */
  snapshots: number[];
}

/** Finishes interrupted deletions and compactions, removes indexes without a log, and lists what is left. */
export function preparePartition(pool: FilePool, directory: string): PartitionFiles {
  const files = pool.files;
  const names = namesIn(files, directory);
  const changed = [removeDeleted(files, directory, names), finishCompaction(pool, directory, names)];
  return listFiles(files, directory, changed.includes(true) ? namesIn(files, directory) : names);
}

function namesIn(files: Files, directory: string): string[] {
  return files
    .readDirectory(directory)
    .filter((entry) => !entry.isDirectory)
    .map((entry) => entry.name);
}

function removeDeleted(files: Files, directory: string, names: readonly string[]): boolean {
  // `.checkpoint.deleted` are snapshots of KRaft metadata, which are not the log's.
  const deleted = names.filter((name) => name.endsWith(SUFFIX.deleted) && !name.endsWith('.checkpoint.deleted'));
  for (const name of deleted) files.remove(path.join(directory, name));
  return deleted.length > 0;
}

/** A compaction that got to `.swap` files is finished; anything before that is undone. */
function finishCompaction(pool: FilePool, directory: string, names: readonly string[]): boolean {
  const files = pool.files;
  const cleaned = names.filter((name) => name.endsWith(SUFFIX.cleaned));
  const firstCleaned = Math.min(...cleaned.map((name) => parseOffsetFileName(name)?.offset ?? Infinity));
  const swapped = names.filter((name) => name.endsWith(SUFFIX.swap));
  const valid = swapped.filter((name) => (parseOffsetFileName(name)?.offset ?? Infinity) < firstCleaned);
  for (const name of [...cleaned, ...swapped.filter((one) => !valid.includes(one))])
    files.remove(path.join(directory, name));
  const range = swapRange(pool, directory, valid);
  for (const name of names) {
    const offset = parseOffsetFileName(name)?.offset ?? -1;
    const isReplaced = offset >= range.from && offset < range.to;
    if (isReplaced && !swapped.includes(name)) files.remove(path.join(directory, name));
  }
  for (const name of valid) {
    const file = path.join(directory, name);
    files.rename(file, file.slice(0, -SUFFIX.swap.length));
  }
  return cleaned.length + swapped.length > 0;
}

/** The offsets that the compacted segments stand for. */
function swapRange(pool: FilePool, directory: string, names: readonly string[]): { from: number; to: number } {
  const range = { from: Infinity, to: -Infinity };
  for (const name of names) {
    const parsed = parseOffsetFileName(name);
    if (parsed?.suffix !== SUFFIX.log + SUFFIX.swap) continue;
    const file = pool.file(path.join(directory, name));
    range.from = Math.min(range.from, parsed.offset);
    range.to = Math.max(range.to, parsed.offset + 1);
    for (const { header } of scanBatches(file, 0, file.get().size())) {
      range.to = Math.max(range.to, header.baseOffset + header.lastOffsetDelta + 1);
    }
    file.close();
  }
  return range;
}

function listFiles(files: Files, directory: string, names: readonly string[]): PartitionFiles {
  const present = new Set(names);
  const found: PartitionFiles = { segments: [], snapshots: [] };
  for (const name of [...names].sort()) {
    const parsed = parseOffsetFileName(name);
    if (parsed === undefined) continue;
    const { offset, suffix } = parsed;
    if (suffix === SUFFIX.snapshot) found.snapshots.push(offset);
    else if (suffix === SUFFIX.log) found.segments.push(describe(files, directory, offset, present));
    else if (isIndex(suffix) && !present.has(offsetFileName(offset, SUFFIX.log)))
      files.remove(path.join(directory, name));
  }
  return found;
}

function isIndex(suffix: string): boolean {
  return suffix === SUFFIX.offsetIndex || suffix === SUFFIX.timeIndex || suffix === SUFFIX.transactionIndex;
}

function describe(files: Files, directory: string, baseOffset: number, present: ReadonlySet<string>): SegmentFiles {
  const info = files.stat(path.join(directory, offsetFileName(baseOffset, SUFFIX.log)));
  return {
    baseOffset,
    size: info?.size ?? 0,
    modifiedMs: info?.modifiedMs ?? 0,
    hasTransactionIndex: present.has(offsetFileName(baseOffset, SUFFIX.transactionIndex)),
  };
}
