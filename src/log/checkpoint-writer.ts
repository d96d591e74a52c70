// Writes the checkpoints of all log directories. A failure leaves the old one in place, which is as good, only older.
import type { LogDirectory } from './log-directory.ts';
import type { LogTable } from './log-table.ts';
import type { PartitionLog } from './partition-log.ts';
import type { Schedule } from './schedule.ts';

export class CheckpointWriter {
  readonly #directories: readonly LogDirectory[];
  readonly #table: LogTable;
  readonly #schedule: Schedule;

  constructor(directories: readonly LogDirectory[], table: LogTable, schedule: Schedule) {
    this.#directories = directories;
    this.#table = table;
    this.#schedule = schedule;
  }

  writeRecoveryPoints(): void {
    this.#each((directory, logs) => directory.writeRecoveryPoints(logs));
  }

  writeLogStarts(): void {
    this.#each((directory, logs) => directory.writeLogStartOffsets(logs));
  }

  writeHighWatermarks(): void {
    this.#each((directory, logs) => directory.writeHighWatermarks(logs));
  }

  /** All checkpoints of one directory. @throws a system error */
  write(directory: LogDirectory): void {
    writeCheckpoints(directory, this.#table.in(directory));
  }

  #each(write: (directory: LogDirectory, logs: PartitionLog[]) => void): void {
    for (const directory of this.#directories) {
      if (directory.failure !== undefined) continue;
      const logs = this.#table.in(directory);
      this.#schedule.attempt(`write a checkpoint in ${directory.path}`, () => write(directory, logs));
    }
  }
}

export function writeCheckpoints(directory: LogDirectory, logs: readonly PartitionLog[]): void {
  directory.writeRecoveryPoints(logs);
  directory.writeLogStartOffsets(logs);
  directory.writeHighWatermarks(logs);
}
