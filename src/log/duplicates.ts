// A log that is in two log directories: a crash, or a failing disk, came between the two renames that end a move.
import type { PlacedLog } from './log-table.ts';

/**
 * The one that has all that the other has. Where that cannot be said, nobody knows which one is meant.
 * @throws Error with Kafka's text (LogManager.loadLog)
 */
export function chooseDuplicate(one: PlacedLog, other: PlacedLog): { kept: PlacedLog; dropped: PlacedLog } {
  if (includes(one, other)) return { kept: one, dropped: other };
  if (includes(other, one)) return { kept: other, dropped: one };
  throw new Error(
    `Duplicate log directories found: ${one.log.directory}, ${other.log.directory}! Take one of them away, or give it another name.`,
  );
}

function includes({ log: one }: PlacedLog, { log: other }: PlacedLog): boolean {
  if (one.failure !== undefined || other.failure !== undefined) return false;
  // A power loss may have taken the id of one.
  if (one.topicId !== undefined && other.topicId !== undefined && one.topicId !== other.topicId) return false;
  return one.logStartOffset <= other.logStartOffset && one.logEndOffset >= other.logEndOffset;
}
