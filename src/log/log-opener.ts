// How logs come into being and go: found in a log directory, made, copied to another directory, taken away.
import path from 'node:path';
import type { Logger } from '../util/logger.ts';
import { chooseDuplicate } from './duplicates.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { Files } from './files.ts';
import type { LogConfig } from './log-config.ts';
import type { LogDirectory } from './log-directory.ts';
import { deleteDirectoryName, futureDirectoryName, partitionDirectoryName, type TopicPartition } from './log-names.ts';
import type { LogContext } from './log-state.ts';
import type { LogTable, OpenLog, PlacedLog } from './log-table.ts';
import { openPartition } from './open-partition.ts';
import type { PartitionLog } from './partition-log.ts';
import type { Schedule } from './schedule.ts';

/** Partitions opened before other work gets its turn. */
const OPEN_AT_ONCE = 50;

interface Parts {
  readonly files: Files;
  readonly logger: Logger;
  readonly context: LogContext;
  readonly table: LogTable;
  readonly schedule: Schedule;
  readonly producerIdExpirationMs: number;
  configFor(topic: string): LogConfig;
}

export class LogOpener {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A new log, empty but for what a crash left of it. @throws LogError INCONSISTENT_TOPIC_ID; a system error */
  create({ topic, partition }: TopicPartition, directory: LogDirectory, topicId: string): PartitionLog {
    const partitionDirectory = path.join(directory.path, partitionDirectoryName(topic, partition));
    this.#parts.files.makeDirectory(partitionDirectory);
    directory.forget(topic, partition);
    const log = this.#open(topic, partition, directory, partitionDirectory);
    if (log.failure === undefined) log.assignTopicId(topicId);
    this.#parts.table.put({ log, directory });
    return log;
  }

  /** Opens the logs in a log directory. */
  async openAll(directory: LogDirectory): Promise<void> {
    const { logger, files } = this.#parts;
    for (const deleted of directory.deleted()) this.#parts.schedule.after(0, () => files.removeDirectory(deleted));
    const found = directory.partitions();
    const how = directory.isClean ? 'clean' : 'unclean';
    if (found.length > 0)
      logger.info(`Loading ${found.length} logs from ${directory.path} since the last shutdown was ${how}`);
    for (const [i, { topic, partition, directory: partitionDirectory }] of found.entries()) {
      this.#openFound({ topic, partition }, directory, partitionDirectory);
      if (i % OPEN_AT_ONCE === OPEN_AT_ONCE - 1) await new Promise(setImmediate);
    }
  }

  #openFound({ topic, partition }: TopicPartition, directory: LogDirectory, partitionDirectory: string): void {
    const found = { log: this.#open(topic, partition, directory, partitionDirectory), directory };
    const other = this.#parts.table.get(topic, partition);
    if (other === undefined) {
      this.#parts.table.put(found);
      return;
    }
    const { kept, dropped } = chooseDuplicate(other, found);
    dropped.log.abandon();
    this.discard(dropped);
    this.#parts.table.put(kept);
  }

  /** Opens the copies in a log directory; moves that a stop interrupted go on once they are told to. */
  openCopies(directory: LogDirectory): void {
    for (const { topic, partition, directory: partitionDirectory } of directory.futures()) {
      const open = this.#parts.table.get(topic, partition);
      const log = this.#open(topic, partition, directory, partitionDirectory);
      const isUsable = open !== undefined && open.copy === undefined && open.directory !== directory;
      if (isUsable && log.failure === undefined) open.copy = { log, directory };
      else {
        log.abandon();
        this.discard({ log, directory });
      }
    }
  }

  #open(
    topic: string,
    partition: number,
    directory: LogDirectory,
    partitionDirectory: string,
    logStartOffset?: number,
  ): PartitionLog {
    return openPartition(this.#parts.context, {
      topic,
      partition,
      partitionDirectory,
      directory,
      config: this.#parts.configFor(topic),
      producerIdExpirationMs: this.#parts.producerIdExpirationMs,
      logStartOffset,
    });
  }

  /** Begins a copy of a log in another log directory. @throws LogError; a system error */
  createCopy({ log }: OpenLog, directory: LogDirectory): PlacedLog {
    const { topic, partition, topicId } = log;
    const name = futureDirectoryName(topic, partition);
    if (name === undefined) throw new LogError(LogErrorCode.INVALID_TOPIC_EXCEPTION, 'The topic name is too long.');
    const partitionDirectory = path.join(directory.path, name);
    this.#parts.files.makeDirectory(partitionDirectory);
    directory.forget(topic, partition);
    // What precedes the log start offset in the first segment comes along.
    const copy = this.#open(topic, partition, directory, partitionDirectory, log.segmentBaseOffsets[0]);
    if (copy.failure !== undefined) throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, copy.failure);
    if (topicId !== undefined) copy.assignTopicId(topicId);
    return { log: copy, directory };
  }

  /** Takes a log's files away: the directory is renamed at once and removed after `file.delete.delay.ms`. */
  discard({ log, directory }: PlacedLog): void {
    const { files } = this.#parts;
    const { topic, partition } = log;
    const renamed = path.join(directory.path, deleteDirectoryName(topic, partition));
    files.rename(log.directory, renamed);
    files.syncDirectory(directory.path);
    this.#parts.schedule.attempt(`forget the checkpoints of ${topic}-${partition}`, () =>
      directory.forget(topic, partition),
    );
    this.#parts.schedule.after(log.config.fileDeleteDelayMs, () => files.removeDirectory(renamed));
  }
}
