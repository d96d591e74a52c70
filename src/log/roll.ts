// Starting a new segment (UnifiedLog.roll).
import type { Flusher } from './flusher.ts';
import type { LogState } from './log-state.ts';
import { Segment } from './segment.ts';
import { segmentOptions } from './segment-options.ts';

/**
 * Closes the active segment to appends and starts one at the log end offset. The producers at that point are written
 * down, so that recovery of the new segment need not look at older ones. The old segment is flushed afterwards, without
 * waiting for it.
 * @throws a system error; the old segment goes on being the active one then
 */
export function rollSegment(state: LogState, flusher: Flusher, nowMs: number): void {
  const { segments, context, directory, config, logEndOffset } = state;
  const old = segments.active;
  if (old.baseOffset === logEndOffset) return;
  old.completeIndexes();
  old.persistIndexes({ sync: false });
  // A flush may have moved the recovery point to the end of this segment: nobody would look at it again.
  old.transactions.persist({ sync: true });
  state.snapshots.take(logEndOffset, state.producers.entries.values(), { sync: false });
  segments.add(Segment.create(context, segmentOptions(directory, config, logEndOffset, nowMs)));
  old.markSealed();
  context.later(0, () => void flusher.flushUpTo(logEndOffset));
}
