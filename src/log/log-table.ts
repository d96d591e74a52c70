// Which logs there are, and in which log directory each of them is.
import type { LogDirectory } from './log-directory.ts';
import { partitionDirectoryName } from './log-names.ts';
import type { PartitionLog } from './partition-log.ts';

/** A log with the log directory that it is in. */
export interface PlacedLog {
  log: PartitionLog;
  directory: LogDirectory;
}

export interface OpenLog extends PlacedLog {
  /** What is to take its place, in another log directory. */
  copy: PlacedLog | undefined;
}

export class LogTable {
  readonly #logs = new Map<string, OpenLog>();

  get(topic: string, partition: number): OpenLog | undefined {
    return this.#logs.get(partitionDirectoryName(topic, partition));
  }

  all(): Iterable<OpenLog> {
    return this.#logs.values();
  }

  put(placed: PlacedLog): void {
    const { topic, partition } = placed.log;
    this.#logs.set(partitionDirectoryName(topic, partition), { ...placed, copy: undefined });
  }

  remove({ topic, partition }: PartitionLog): void {
    this.#logs.delete(partitionDirectoryName(topic, partition));
  }

  /** What is in a log directory, copies included. */
  in(directory: LogDirectory): PartitionLog[] {
    const found: PartitionLog[] = [];
    for (const open of this.#logs.values()) {
      if (open.directory === directory) found.push(open.log);
      if (open.copy?.directory === directory) found.push(open.copy.log);
    }
    return found;
  }

  /** The directory with the fewest logs, not counting that of the metadata; of several the first. */
  emptiest(directories: readonly LogDirectory[]): LogDirectory | undefined {
    if (directories.length < 2) return directories[0];
    const counts = directories.map((directory) => ({
      directory,
      count: this.in(directory).filter(({ topic }) => topic !== '__cluster_metadata').length,
    }));
    return counts.reduce((fewest, one) => (one.count < fewest.count ? one : fewest)).directory;
  }
}
