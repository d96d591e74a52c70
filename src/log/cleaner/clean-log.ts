// One cleaning of one log (org.apache.kafka.storage.internals.log.Cleaner): remembers the newest offset of each key in the
// dirty section, then writes all segments up to there anew, without the records that have a newer one.
import { FIELD, isControl, lastOffset } from '../../protocol/records/batch.ts';
import { readInt64 } from '../../protocol/records/int64.ts';
import { openRecords } from '../../protocol/records/read.ts';
import type { Flusher } from '../flusher.ts';
import { SUFFIX } from '../log-names.ts';
import type { LogState } from '../log-state.ts';
import { abortedTransactions } from '../read.ts';
import { Segment } from '../segment.ts';
import { segmentOptions } from '../segment-options.ts';
import type { Throttle } from '../throttle.ts';
import type { AbortedTransaction } from '../transaction-index.ts';
import type { CleanableRange } from './cleanable.ts';
import { CleanedTransactions } from './cleaned-transactions.ts';
import { OffsetMap } from './offset-map.ts';
import { CleaningAborted, Pace } from './pace.ts';
import { type FilterOptions, filterBatch } from './record-filter.ts';
import { replaceSegments } from './replace-segments.ts';
import { assertIntact, segmentChunks } from './segment-chunks.ts';
import { groupSegments } from './segment-groups.ts';

export interface CleanOptions {
  range: CleanableRange;
  /** Memory for keys. What does not fit waits for the next cleaning. */
  maxMapBytes: number;
  nowMs: number;
  /** Asked from time to time: whether the broker stops. */
  isStopped(): boolean;
  /** Slows the cleaning down. */
  throttle?: Throttle;
}

export interface CleanResult {
  /** Everything below is clean now. */
  endOffset: number;
  /** Of the segments before and after. */
  bytesRead: number;
  bytesWritten: number;
}

/**
 * Cleans a log while it is in use; reads under way go on in the old files.
 * @throws CleaningAborted if the log is closed, deleted, no longer compacted, or loses segments meanwhile; RecordError for
 *   damaged batches, and nothing of their segment is changed then; system errors; LogError if the log had to go offline
 */
export async function cleanLog(state: LogState, flusher: Flusher, options: CleanOptions): Promise<CleanResult> {
  const { range, nowMs } = options;
  const pace = new Pace(
    () => options.isStopped() || state.failure !== undefined || !state.config.compact,
    options.throttle,
  );
  // Nobody flushes the segments again later, when they may be gone.
  await flusher.flushUpTo(state.segments.active.baseOffset);
  pace.check();
  const map = await buildOffsetMap(state, range, new OffsetMap(options.maxMapBytes), pace);
  const endOffset = map.latestOffset + 1;
  const segments = state.segments.all.filter((one) => one !== state.segments.active && one.baseOffset < endOffset);
  const transactions = new CleanedTransactions();
  const result: CleanResult = { endOffset, bytesRead: 0, bytesWritten: 0 };
  for (const group of groupSegments(segments, state.config, range.firstUncleanableOffset)) {
    const cleaned = await cleanGroup(state, group, pace, {
      map,
      transactions,
      producers: state.producers.entries,
      endOffset: range.firstUncleanableOffset,
      nowMs,
      deleteRetentionMs: state.config.deleteRetentionMs,
    });
    result.bytesRead += group.reduce((sum, one) => sum + one.size, 0);
    result.bytesWritten += cleaned.size;
  }
  return result;
}

async function buildOffsetMap(state: LogState, range: CleanableRange, map: OffsetMap, pace: Pace): Promise<OffsetMap> {
  const { firstDirtyOffset, firstUncleanableOffset: end } = range;
  const transactions = new CleanedTransactions();
  transactions.add(abortedTransactions(state, firstDirtyOffset, end));
  const dirty = state.segments.from(firstDirtyOffset).filter((segment) => segment.baseOffset < end);
  for (const [i, segment] of dirty.entries()) {
    const isWhole = await addSegment(segment, firstDirtyOffset, map, transactions, pace);
    if (!isWhole) return map;
    map.latestOffset = (dirty[i + 1]?.baseOffset ?? end) - 1;
  }
  return map;
}

/** Returns whether all of the segment found room. */
async function addSegment(
  segment: Segment,
  firstDirtyOffset: number,
  map: OffsetMap,
  transactions: CleanedTransactions,
  pace: Pace,
): Promise<boolean> {
  for await (const { buf, batches } of segmentChunks(segment, segment.lookup(firstDirtyOffset).position, pace)) {
    for (const batch of batches) {
      const { header, pos, size } = batch;
      if (map.isFull) return false;
      assertIntact(segment, buf, batch);
      let bytes = size;
      if (isControl(header.attributes)) transactions.readMarker(buf, pos, header);
      else if (!transactions.readBatch(header)) {
        const records = openRecords(buf, pos, header);
        while (records.next()) {
          bytes += records.sizeInBytes;
          const { key } = records;
          if (key !== null && records.offset >= firstDirtyOffset) map.put(key, records.offset);
        }
      }
      if (lastOffset(header) >= firstDirtyOffset) map.latestOffset = lastOffset(header);
      if (pace.spend(bytes)) await pace.yield();
    }
  }
  return true;
}

async function cleanGroup(
  state: LogState,
  group: readonly Segment[],
  pace: Pace,
  options: FilterOptions,
): Promise<Segment> {
  const { context, directory, config } = state;
  const { baseOffset } = group[0]!;
  const modifiedMs = context.pool.files.stat(group.at(-1)!.file.path)?.modifiedMs ?? options.nowMs;
  pace.check();
  const cleaned = Segment.create(context, segmentOptions(directory, config, baseOffset, modifiedMs), SUFFIX.cleaned);
  try {
    for (const [i, segment] of group.entries()) {
      const end =
        group[i + 1]?.baseOffset ?? state.segments.from(segment.baseOffset)[1]?.baseOffset ?? state.logEndOffset;
      options.transactions.add(abortedTransactions(state, segment.baseOffset, end));
      await cleanInto(cleaned, segment, options, pace);
    }
    cleaned.completeIndexes();
    await cleaned.file.pinned((file) => file.syncAsync());
    cleaned.persistIndexes({ sync: true });
    pace.check();
    if (!group.every((segment) => state.segments.all.includes(segment))) throw new CleaningAborted();
  } catch (error) {
    if (state.failure === undefined) cleaned.remove();
    else cleaned.close();
    throw error;
  }
  context.pool.files.setModified(cleaned.file.path, modifiedMs);
  replaceSegments(state, group, cleaned, options.endOffset);
  return cleaned;
}

async function cleanInto(target: Segment, source: Segment, options: FilterOptions, pace: Pace): Promise<void> {
  for await (const { buf, batches } of segmentChunks(source, 0, pace)) {
    const kept: Kept[] = [];
    for (const batch of batches) {
      assertIntact(source, buf, batch);
      const { batch: stays, aborted, bytesRead } = filterBatch(buf, batch.pos, batch.size, batch.header, options);
      if (stays !== undefined) kept.push({ batch: stays, lastOffset: lastOffset(batch.header), aborted });
      if (pace.spend(bytesRead)) await pace.yield();
    }
    append(target, kept);
  }
}

interface Kept {
  batch: Buffer;
  lastOffset: number;
  aborted: AbortedTransaction | undefined;
}

function append(target: Segment, kept: readonly Kept[]): void {
  if (kept.length === 0) return;
  target.write(Buffer.concat(kept.map((one) => one.batch)));
  for (const { batch, lastOffset, aborted } of kept) {
    target.added({ maxTimestamp: readInt64(batch, FIELD.maxTimestamp) }, lastOffset, batch.length);
    if (aborted !== undefined) target.transactions.append(aborted);
  }
}
