// The moment in which a copy takes the place of its log (LogManager.replaceCurrentWithFutureLog).
import type { Flusher } from '../flusher.ts';
import { loadPartition } from '../log-loader.ts';
import { type LogState, notify } from '../log-state.ts';

/** Has a copy, which has all records, on disk with all that belongs to it. @throws LogError KAFKA_STORAGE_ERROR */
export function completeCopy(current: LogState, copy: LogState, flusher: Flusher): void {
  copy.logStartOffset = Math.max(copy.logStartOffset, current.logStartOffset);
  copy.epochs.truncateFromStart(copy.logStartOffset);
  // The log knows producers whose records are gone by now; the copy cannot.
  copy.snapshots.removeAll([copy.logEndOffset]);
  copy.snapshots.take(copy.logEndOffset, current.producers.entries.values(), { sync: true });
  flusher.complete();
}

/** What the log of `current` is from now on: the files in `directory`, and what is in memory. */
export function openCopy(current: LogState, directory: string): LogState {
  const { context, topicPartition, config, logEndOffset, logStartOffset, producers, topicId } = current;
  const loaded = loadPartition(context, {
    directory,
    topicPartition,
    config,
    nowMs: context.clock.nowMs(),
    isClean: true,
    recoveryPoint: logEndOffset,
    logStartOffset,
    producerIdExpirationMs: Number.POSITIVE_INFINITY,
    logger: context.logger,
  });
  if (loaded.logEndOffset !== logEndOffset)
    throw new Error(`The copy in ${directory} ends at offset ${loaded.logEndOffset}, not at ${logEndOffset}`);
  return { ...current, ...loaded, topicId: loaded.topicId ?? topicId, producers, directory };
}

/** Lets go of the old files; who is reading them goes on in the new ones. */
export function retire(old: LogState, state: LogState): void {
  old.movedTo = state;
  old.failure = `Partition ${old.topicPartition} was moved to ${state.directory}`;
  for (const segment of old.segments.all) segment.close();
  notify(state);
}
