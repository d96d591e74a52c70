// The clean stop of a log directory: logs to disk, checkpoints, and the marker that saves the next start a recovery.
import type { Logger } from '../util/logger.ts';
import { writeCheckpoints } from './checkpoint-writer.ts';
import type { LogDirectory } from './log-directory.ts';
import type { PartitionLog } from './partition-log.ts';
import type { Schedule } from './schedule.ts';

/** Logs that are flushed at the same time: Node's own four threads do it. */
const FLUSHED_AT_ONCE = 16;

/** Never fails: what could not be written leaves out the marker. */
export async function closeDirectory(
  directory: LogDirectory,
  logs: readonly PartitionLog[],
  schedule: Schedule,
  logger: Logger,
): Promise<void> {
  const isComplete = (await closeLogs(logs)) && directory.failure === undefined;
  if (directory.failure === undefined) {
    const isWritten = schedule.attempt(`write checkpoints in ${directory.path}`, () => {
      writeCheckpoints(directory, logs);
      if (isComplete) directory.markClean();
    });
    if (isComplete && isWritten) logger.info(`Closed ${logs.length} logs in ${directory.path}`);
  }
  schedule.attempt(`release the lock of ${directory.path}`, () => directory.release());
}

/** Returns whether all went to disk. */
async function closeLogs(logs: readonly PartitionLog[]): Promise<boolean> {
  let isComplete = true;
  const waiting = logs.values();
  const closeSome = async () => {
    for (const log of waiting) {
      try {
        await log.close();
      } catch {
        // The log has said so itself.
        isComplete = false;
      }
    }
  };
  await Promise.all(Array.from({ length: FLUSHED_AT_ONCE }, closeSome));
  return isComplete;
}
