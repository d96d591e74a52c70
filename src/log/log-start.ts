// Where the log starts, and what happens to segments before that (UnifiedLog.maybeIncrementLogStartOffset,
// deleteOldSegments).
import { LogError, LogErrorCode } from './errors.ts';
import type { Flusher } from './flusher.ts';
import { assertOnline, type LogState, notify, takeOffline } from './log-state.ts';
import { deletableSegments } from './retention.ts';
import { rollSegment } from './roll.ts';

/** See PartitionLog.deleteRecordsBefore. */
export function deleteRecordsBefore(state: LogState, offset: number): number {
  assertOnline(state);
  if (offset > state.logEndOffset) {
    const text = `Cannot increment the log start offset to ${offset} of partition ${state.topicPartition} since it is larger than the high watermark ${state.logEndOffset}`;
    throw new LogError(LogErrorCode.OFFSET_OUT_OF_RANGE, text);
  }
  if (offset > state.logStartOffset) {
    raiseLogStart(state, offset, 'client delete records request');
    state.context.logStartChanged();
  }
  return state.logStartOffset;
}

function raiseLogStart(state: LogState, offset: number, reason: string): void {
  state.logStartOffset = offset;
  state.context.logger.info(`[${state.topicPartition}] Incremented log start offset to ${offset} due to ${reason}`);
  state.epochs.truncateFromStart(offset);
  notify(state);
}

/** See PartitionLog.deleteOldSegments. */
export function deleteOldSegments(state: LogState, flusher: Flusher, nowMs: number): number {
  const { segments, config, context } = state;
  if (state.failure !== undefined) return 0;
  try {
    const { count, reason } = deletableSegments(segments.all, state.logStartOffset, config, nowMs);
    if (count === 0) return 0;
    if (count === segments.all.length) rollSegment(state, flusher, nowMs);
    const removed = segments.removeFirst(count);
    const start = segments.first.baseOffset;
    if (start > state.logStartOffset) raiseLogStart(state, start, `segment deletion: ${reason}`);
    for (const segment of removed) context.later(config.fileDeleteDelayMs, segment.markDeleted());
    state.snapshots.removeBefore(start);
    return count;
  } catch (cause) {
    throw takeOffline(state, 'old segments could not be deleted', cause);
  }
}
