import { LogError, LogErrorCode } from '../errors.ts';
import type { LogDirectories } from '../log-directories.ts';
import type { LogTable } from '../log-table.ts';
import type { PartitionLog } from '../partition-log.ts';
import type { LogMoves, LogMovesOptions } from './log-moves.ts';

interface Parts {
  readonly table: LogTable;
  readonly directories: LogDirectories;
  readonly moves: LogMoves;
  readonly createCopy: LogMovesOptions['createCopy'];
}

/**
 * Begins the move of a log, in place of one that is under way (ReplicaManager.alterReplicaLogDirs). To name the directory
 * that it is in only ends that.
 * @param target path of a log directory
 * @throws LogError KAFKA_STORAGE_ERROR if the log or one of the log directories is offline
 */
export function requestMove(log: PartitionLog, target: string, { table, directories, moves, createCopy }: Parts): void {
  const open = table.get(log.topic, log.partition);
  const directory = directories.find(target);
  if (open === undefined || directory === undefined || directory.failure !== undefined || log.failure !== undefined)
    throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, log.failure ?? `Log directory ${target} is offline`);
  if (open.copy?.directory === directory) return;
  directories.guarded(open.copy?.directory.path ?? target, () => moves.cancel(open));
  if (open.directory === directory) return;
  const failed = [...directories.failed.keys()];
  if (failed.length > 0) {
    const text = `Can not create log for ${log.topic}-${log.partition} because log directories ${failed.join(',')} are offline`;
    throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, text);
  }
  open.copy = directories.guarded(target, () => createCopy(open, directory));
  moves.start();
}
