// Which part of a log can be cleaned, and whether that is worth it (LogCleanerManager.cleanableOffsets, LogToClean).
import type { LogState } from '../log-state.ts';
import type { Segment } from '../segment.ts';

export interface CleanableRange {
  /** Everything below was cleaned. */
  firstDirtyOffset: number;
  /** Begin of the first segment that cannot be cleaned: it is active, has an undecided transaction, or is too new. */
  firstUncleanableOffset: number;
  /** Bytes between the two. */
  cleanableBytes: number;
  /** Their share of all bytes that may be cleaned, 0 to 1. */
  cleanableRatio: number;
  /** `max.compaction.lag.ms` is over for a dirty segment. */
  isOverdue: boolean;
}

/** @param checkpoint where the last cleaning ended, if there was one */
export function cleanableRange(state: LogState, checkpoint: number | undefined, nowMs: number): CleanableRange {
  const { segments, config } = state;
  const firstDirtyOffset = firstDirty(state, checkpoint);
  const dirty = segments.from(firstDirtyOffset).filter((segment) => segment !== segments.active);
  const tooNew =
    config.minCompactionLagMs > 0
      ? dirty.find((segment) => segment.largestTimestamp > nowMs - config.minCompactionLagMs)
      : undefined;
  const { firstUnstableOffset = Number.POSITIVE_INFINITY } = state.producers;
  const limit = Math.min(
    firstUnstableOffset,
    segments.active.baseOffset,
    tooNew?.baseOffset ?? Number.POSITIVE_INFINITY,
  );
  const firstUncleanableOffset = segments.from(Math.max(limit, firstDirtyOffset))[0]!.baseOffset;
  const start = dirty[0]?.baseOffset ?? firstUncleanableOffset;
  const bytes = (from: number, to: number) =>
    segments.all.reduce((sum, one) => (one.baseOffset >= from && one.baseOffset < to ? sum + one.size : sum), 0);
  const cleanableBytes = bytes(start, firstUncleanableOffset);
  const totalBytes = bytes(0, Math.min(start, firstUncleanableOffset)) + cleanableBytes;
  return {
    firstDirtyOffset,
    firstUncleanableOffset,
    cleanableBytes,
    cleanableRatio: totalBytes === 0 ? 0 : cleanableBytes / totalBytes,
    isOverdue: cleanableBytes > 0 && isOverdue(dirty, config.maxCompactionLagMs, nowMs),
  };
}

/** A checkpoint of what the log does not have (any more) counts as none. */
function firstDirty({ logStartOffset, logEndOffset }: LogState, checkpoint: number | undefined): number {
  const isValid = checkpoint !== undefined && checkpoint >= logStartOffset && checkpoint <= logEndOffset;
  return isValid ? checkpoint : logStartOffset;
}

function isOverdue(dirty: readonly Segment[], maxCompactionLagMs: number, nowMs: number): boolean {
  if (maxCompactionLagMs === Number.POSITIVE_INFINITY) return false;
  return dirty.some((one) => one.firstBatchTimestamp > 0 && one.firstBatchTimestamp < nowMs - maxCompactionLagMs);
}
