// The read path (LocalLog.read): from memory if the batches were appended recently, else from the segment files.
import type { BatchRange, RangeLimits } from './batch-range.ts';
import { LogError, LogErrorCode } from './errors.ts';
import { assertOnline, type LogState, storageError } from './log-state.ts';
import { readSegment } from './segment-reader.ts';
import type { AbortedTransaction } from './transaction-index.ts';

export interface ReadOptions {
  /** Return the first batch even if it is larger than maxBytes (KIP-74). */
  minOneMessage: boolean;
  /** Only batches that begin below this offset: the high watermark, or the last stable offset for read_committed. */
  upTo: number;
}

/**
 * What a read found. `records` are whole batches in order, in as few pieces as they lie in memory, ready for a writev;
 * they are views that nobody may write to. The first batch may begin before the offset asked for.
 */
export type ReadResult = BatchRange;

/** See PartitionLog.read. */
export function readRecords(state: LogState, offset: number, limits: RangeLimits): ReadResult | Promise<ReadResult> {
  assertOnline(state);
  checkRange(state, offset);
  if (offset >= limits.upTo) return { records: [], sizeInBytes: 0, nextOffset: offset };
  return state.tail.read(offset, limits) ?? readFiles(state, offset, limits);
}

/** As {@link readRecords}, in what lies before the log start offset too, as long as its segment is there. */
export function readSegments(state: LogState, offset: number, limits: RangeLimits): ReadResult | Promise<ReadResult> {
  assertOnline(state);
  return state.tail.read(offset, limits) ?? readFiles(state, offset, limits);
}

async function readFiles(state: LogState, offset: number, limits: RangeLimits): Promise<ReadResult> {
  const segments = state.segments.from(offset);
  try {
    for (const segment of segments) {
      const range = await readSegment(segment, offset, limits, state.context.readBuffers);
      if (range !== undefined) return range;
    }
    return { records: [], sizeInBytes: 0, nextOffset: offset };
  } catch (error) {
    if (state.movedTo !== undefined) return readRecords(state.movedTo, offset, limits);
    // The log may have gone offline, or retention may have taken the segment away, in the meantime.
    assertOnline(state);
    checkRange(state, offset);
    // Compaction has put another segment in its place, and the old file is gone by now.
    if (segments.some((segment) => !state.segments.all.includes(segment))) return readFiles(state, offset, limits);
    throw error instanceof LogError ? error : storageError(state, 'reading from', error);
  }
}

function checkRange(state: LogState, offset: number): void {
  const { topicPartition, logStartOffset, logEndOffset } = state;
  if (offset >= logStartOffset && offset <= logEndOffset) return;
  const bound = offset < logStartOffset ? `starting from offset: ${logStartOffset}` : `upto ${logEndOffset}`;
  const received = `Received request for offset ${offset} for partition ${topicPartition}`;
  throw new LogError(LogErrorCode.OFFSET_OUT_OF_RANGE, `${received}, but we only have log segments ${bound}.`);
}

/** See PartitionLog.abortedTransactions. */
export function abortedTransactions(state: LogState, from: number, to: number): AbortedTransaction[] {
  assertOnline(state);
  const found: AbortedTransaction[] = [];
  for (const segment of state.segments.from(from)) {
    for (const aborted of segment.transactions.aborted) {
      if (aborted.lastOffset >= from && aborted.firstOffset < to) found.push(aborted);
      if (aborted.lastStableOffset >= to) return found;
    }
  }
  return found;
}
