// Puts a cleaned segment in the place of those it was made from (LocalLog.replaceSegments).
//
// `.cleaned` files become `.swap`, the old files `.deleted`, and `.swap` loses its suffix. A start after a crash undoes
// what did not get to `.swap` with all files, and finishes everything after that (partition-files.ts). The directory is
// synced in between, as otherwise a power loss could keep the deletion but not the replacement.
import { SUFFIX } from '../log-names.ts';
import { type LogState, notify, takeOffline } from '../log-state.ts';
import type { Segment } from '../segment.ts';

/**
 * @param cleaned with all its files on disk
 * @param endOffset below which the log has changed
 * @throws LogError KAFKA_STORAGE_ERROR, and the log is offline then, as memory and disk differ
 */
export function replaceSegments(state: LogState, old: readonly Segment[], cleaned: Segment, endOffset: number): void {
  const { context, segments, config, directory } = state;
  const { files } = context.pool;
  try {
    cleaned.changeSuffix(SUFFIX.cleaned, SUFFIX.swap);
    files.syncDirectory(directory);
    for (const segment of old) context.later(config.fileDeleteDelayMs, segment.markDeleted());
    cleaned.changeSuffix(SUFFIX.swap, '');
    files.syncDirectory(directory);
    segments.replace(old, cleaned);
    cleaned.markSealed();
    state.snapshots.removeAll(old.slice(1).map((segment) => segment.baseOffset));
  } catch (cause) {
    throw takeOffline(state, 'cleaned segments could not be put in place', cause);
  }
  state.tail.dropBelow(endOffset);
  notify(state);
}
