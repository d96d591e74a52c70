// All logs of a broker (org.apache.kafka.storage.internals.log.LogManager): opens them, makes and deletes them, and does
// from time to time what has to be done: retention, checkpoints, forgetting producers.
import path from 'node:path';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import { CheckpointWriter } from './checkpoint-writer.ts';
import { type CleanerSettings, DEFAULT_CLEANER_SETTINGS, LogCleaner } from './cleaner/log-cleaner.ts';
import { closeDirectory } from './close-directory.ts';
import { isDeviceError } from './directory-failure.ts';
import { chooseDuplicate } from './duplicates.ts';
import { LogError, LogErrorCode } from './errors.ts';
import { FilePool } from './file-pool.ts';
import type { Files } from './files.ts';
import { IndexCache } from './index-cache.ts';
import { IndexWriter } from './index-writer.ts';
import type { LogConfig } from './log-config.ts';
import type { LogDirectory } from './log-directory.ts';
import { DEFAULT_LOG_MANAGER_SETTINGS, type LogManagerSettings } from './log-manager-settings.ts';
import { deleteDirectoryName, futureDirectoryName, partitionDirectoryName, type TopicPartition } from './log-names.ts';
import type { LogContext } from './log-state.ts';
import { LogTable, type OpenLog, type PlacedLog } from './log-table.ts';
import { LogMoves } from './moves/log-moves.ts';
import { type OpenedDirectories, openDirectories } from './open-directories.ts';
import { openPartition } from './open-partition.ts';
import type { PartitionLog } from './partition-log.ts';
import { ReadBuffers } from './read-buffers.ts';
import { Schedule } from './schedule.ts';
import { TailBudget } from './tail-cache.ts';

/** Partitions opened before other work gets its turn. */
const OPEN_AT_ONCE = 50;
const METADATA_TOPIC = '__cluster_metadata';

export { DEFAULT_LOG_MANAGER_SETTINGS, type LogManagerSettings } from './log-manager-settings.ts';

export interface LogManagerOptions {
  files: Files;
  /** `log.dirs`, at least one. The first also has the metadata log. */
  dirs: readonly string[];
  clock: Clock;
  logger: Logger;
  nodeId: number;
  /** The cluster that the directories must belong to. Default: the one they say; for new ones one is made. */
  clusterId?: string;
  /** Topic configuration, asked when a log is opened or made, and by {@link LogManager.updateConfigs}. */
  configFor(topic: string): LogConfig;
  settings?: Partial<LogManagerSettings>;
  /** Asked before each compaction, as they may change. Kafka's defaults if absent. */
  cleanerSettings?: () => CleanerSettings;
  /** Of copies to another log directory, asked each time; no limit if absent. */
  moveBytesPerSecond?: () => number;
  /** Told once that the broker cannot go on: every log directory has failed, or that of the metadata. */
  onFatal?: (message: string) => void;
}

export class LogManager {
  readonly clusterId: string;
  readonly #options: LogManagerOptions;
  readonly #settings: LogManagerSettings;
  readonly #context: LogContext;
  readonly #directories: LogDirectory[];
  /** Reasons why directories could not be opened, by path. */
  readonly #unopened: ReadonlyMap<string, string>;
  readonly #table = new LogTable();
  readonly #checkpoints: CheckpointWriter;
  readonly #moves: LogMoves;
  readonly #movedListeners = new Set<(log: PartitionLog) => void>();
  readonly #failureListeners = new Set<(directoryId: string) => void>();
  readonly #schedule: Schedule;
  readonly #cleaner: LogCleaner;
  #isClosed = false;

  private constructor(options: LogManagerOptions, { directories, failed }: OpenedDirectories) {
    this.#options = options;
    this.#settings = { ...DEFAULT_LOG_MANAGER_SETTINGS, ...options.settings };
    this.#directories = directories;
    this.#unopened = failed;
    this.#schedule = new Schedule(options.clock, options.logger);
    this.#cleaner = new LogCleaner({
      logs: () => this.#table.all(),
      clock: options.clock,
      logger: options.logger,
      settings: options.cleanerSettings ?? (() => DEFAULT_CLEANER_SETTINGS),
    });
    this.clusterId = directories[0]!.meta.clusterId;
    const later = (delayMs: number, action: () => void) => this.#schedule.after(delayMs, action);
    this.#context = {
      pool: new FilePool(options.files, this.#settings.maxOpenFiles),
      indexes: new IndexCache(this.#settings.indexBytes),
      indexWriter: new IndexWriter(() => options.clock.monotonicMs(), later),
      tails: new TailBudget(this.#settings.tailBytes, this.#settings.tailBytesPerPartition),
      readBuffers: new ReadBuffers(),
      clock: options.clock,
      logger: options.logger,
      later,
      logStartChanged: () => this.#checkpoints.writeLogStarts(),
      failed: (directory, cause) => this.#logFailed(path.dirname(directory), cause),
    };
    this.#checkpoints = new CheckpointWriter(directories, this.#table, this.#schedule);
    this.#moves = new LogMoves({
      files: options.files,
      clock: options.clock,
      logger: options.logger,
      table: this.#table,
      maxBytesPerSecond: options.moveBytesPerSecond ?? (() => Number.POSITIVE_INFINITY),
      createCopy: (open, directory) => this.#createCopy(open, directory),
      checkpoint: (directory) => this.#checkpoints.write(directory),
      removeLater: (directory, delayMs) =>
        this.#schedule.after(delayMs, () => options.files.removeDirectory(directory)),
      failed: (directory, error) => this.#logFailed(directory.path, error),
      moved: ({ log }) => {
        for (const listener of this.#movedListeners) listener(log);
      },
    });
  }

  /**
   * Opens the log directories and all logs in them. A log that is damaged in the middle is opened too, but offline.
   * @throws Error if a directory cannot be used: another process has it, it belongs to another cluster or node, …
   */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const { files, dirs, nodeId, clusterId, logger } = options;
    const opened = await openDirectories(files, dirs, { nodeId, clusterId }, logger);
    const manager = new LogManager(options, opened);
    try {
      for (const directory of opened.directories) await manager.#openLogs(directory);
    } catch (error) {
      for (const directory of opened.directories) directory.release();
      throw error;
    }
    for (const directory of opened.directories) manager.#openCopies(directory);
    manager.#startTimers();
    return manager;
  }

  /** What a read gave is sent, and not needed any more: its memory may serve the next read of a file. */
  giveBack(records: Buffer): void {
    this.#context.readBuffers.giveBack(records);
  }

  async #openLogs(directory: LogDirectory): Promise<void> {
    const { logger, files } = this.#options;
    for (const deleted of directory.deleted()) this.#schedule.after(0, () => files.removeDirectory(deleted));
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
    const other = this.#table.get(topic, partition);
    if (other === undefined) {
      this.#table.put(found);
      return;
    }
    const { kept, dropped } = chooseDuplicate(other, found);
    dropped.log.abandon();
    this.#discard(dropped);
    this.#table.put(kept);
  }

  /** A move that a stop interrupted goes on once {@link startMoves} says so. */
  #openCopies(directory: LogDirectory): void {
    for (const { topic, partition, directory: partitionDirectory } of directory.futures()) {
      const open = this.#table.get(topic, partition);
      const log = this.#open(topic, partition, directory, partitionDirectory);
      const isUsable = open !== undefined && open.copy === undefined && open.directory !== directory;
      if (isUsable && log.failure === undefined) open.copy = { log, directory };
      else {
        log.abandon();
        this.#discard({ log, directory });
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
    return openPartition(this.#context, {
      topic,
      partition,
      partitionDirectory,
      directory,
      config: this.#options.configFor(topic),
      producerIdExpirationMs: this.#settings.producerIdExpirationMs,
      logStartOffset,
    });
  }

  /** Whether the last stop of all directories was clean, so that nothing had to be recovered. */
  get wasClean(): boolean {
    return this.#directories.every((directory) => directory.isClean);
  }

  /** The log directories that could be opened, in the order given; `failure` says why nothing is served of one. */
  get directories(): readonly Pick<LogDirectory, 'path' | 'meta' | 'diskSpace' | 'failure'>[] {
    return this.#directories;
  }

  /** Log directories of which nothing is served, by path, with the reason. */
  get failedDirectories(): ReadonlyMap<string, string> {
    const failed = this.#directories.flatMap(({ path, failure }) => (failure === undefined ? [] : [[path, failure]]));
    return new Map([...this.#unopened, ...(failed as [string, string][])]);
  }

  /** All logs, those that are offline included. */
  *all(): Generator<PartitionLog> {
    for (const { log } of this.#table.all()) yield log;
  }

  /** The copies that are to take the place of logs, with the log directories that they grow in. */
  *copies(): Generator<{ log: PartitionLog; copy: PartitionLog; directory: string }> {
    for (const { log, copy } of this.#table.all()) {
      if (copy !== undefined) yield { log, copy: copy.log, directory: copy.directory.path };
    }
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    return this.#table.get(topic, partition)?.log;
  }

  /** The log directory that a log is in. */
  directoryOf(log: PartitionLog): string {
    return path.dirname(log.directory);
  }

  /** `directory.id` of the log directory that a log is in. */
  directoryIdOf(log: PartitionLog): string | undefined {
    return this.#table.get(log.topic, log.partition)?.directory.meta.directoryId;
  }

  /**
   * The log of a partition, made if it is not there, in the directory with the fewest logs (`__cluster_metadata` always
   * in the first).
   * @throws LogError INCONSISTENT_TOPIC_ID if it is there with another id; a system error
   */
  create(topic: string, partition: number, topicId: string): PartitionLog {
    const existing = this.get(topic, partition);
    if (existing !== undefined) {
      if (existing.failure === undefined) existing.assignTopicId(topicId);
      return existing;
    }
    const usable = this.#directories.filter(({ failure }) => failure === undefined);
    const directory = topic === METADATA_TOPIC ? usable[0] : this.#table.emptiest(usable);
    if (directory === undefined) throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, 'No log directories are usable');
    const partitionDirectory = path.join(directory.path, partitionDirectoryName(topic, partition));
    const log = this.#guarded(directory.path, () => {
      this.#options.files.makeDirectory(partitionDirectory);
      directory.forget(topic, partition);
      const opened = this.#open(topic, partition, directory, partitionDirectory);
      if (opened.failure === undefined) opened.assignTopicId(topicId);
      return opened;
    });
    this.#table.put({ log, directory });
    return log;
  }

  /**
   * Moves a log to another log directory, beside its use. To name the one that it is in ends a move that is under way.
   * @throws LogError KAFKA_STORAGE_ERROR if the log or one of the log directories is offline
   */
  move(log: PartitionLog, target: string): void {
    const open = this.#table.get(log.topic, log.partition);
    const directory = this.#directories.find((one) => one.path === target);
    if (open === undefined || directory === undefined || directory.failure !== undefined || log.failure !== undefined)
      throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, log.failure ?? `Log directory ${target} is offline`);
    if (open.copy?.directory === directory) return;
    this.#guarded(open.copy?.directory.path ?? target, () => this.#moves.cancel(open));
    if (open.directory === directory) return;
    const failed = [...this.failedDirectories.keys()];
    if (failed.length > 0) {
      const text = `Can not create log for ${log.topic}-${log.partition} because log directories ${failed.join(',')} are offline`;
      throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, text);
    }
    open.copy = this.#guarded(target, () => this.#createCopy(open, directory));
    this.#moves.start();
  }

  /** Goes on with the moves that a stop interrupted: once `configFor` knows all topics. */
  startMoves(): void {
    this.#moves.start();
  }

  /** Resolves when no log is on its way to another directory any more. */
  movesSettled(): Promise<void> {
    return this.#moves.settled();
  }

  /** Calls `listener` after a log directory failed and others go on, at the end of what noticed it. */
  onDirectoryFailed(listener: (directoryId: string) => void): void {
    this.#failureListeners.add(listener);
  }

  /** Calls `listener` after a log came to another log directory. */
  onMoved(listener: (log: PartitionLog) => void): void {
    this.#movedListeners.add(listener);
  }

  #createCopy({ log }: OpenLog, directory: LogDirectory): PlacedLog {
    const { topic, partition, topicId } = log;
    const name = futureDirectoryName(topic, partition);
    if (name === undefined) throw new LogError(LogErrorCode.INVALID_TOPIC_EXCEPTION, 'The topic name is too long.');
    const partitionDirectory = path.join(directory.path, name);
    this.#options.files.makeDirectory(partitionDirectory);
    directory.forget(topic, partition);
    // What precedes the log start offset in the first segment comes along.
    const copy = this.#open(topic, partition, directory, partitionDirectory, log.segmentBaseOffsets[0]);
    if (copy.failure !== undefined) throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, copy.failure);
    if (topicId !== undefined) copy.assignTopicId(topicId);
    return { log: copy, directory };
  }

  /** Deletes a partition: its directory is renamed at once and removed after `file.delete.delay.ms`. */
  delete(topic: string, partition: number): void {
    const open = this.#table.get(topic, partition);
    if (open === undefined) return;
    const { log, directory } = open;
    this.#moves.cancel(open);
    if (directory.failure === undefined) {
      this.#guarded(directory.path, () => this.#discard({ log, directory }));
    }
    this.#table.remove(log);
    log.abandon();
  }

  #discard({ log, directory }: PlacedLog): void {
    const { files } = this.#options;
    const { topic, partition } = log;
    const renamed = path.join(directory.path, deleteDirectoryName(topic, partition));
    files.rename(log.directory, renamed);
    files.syncDirectory(directory.path);
    this.#schedule.attempt(`forget the checkpoints of ${topic}-${partition}`, () => directory.forget(topic, partition));
    this.#schedule.after(log.config.fileDeleteDelayMs, () => files.removeDirectory(renamed));
  }

  /** A failure of the device takes the log directory offline; the error is the caller's all the same. */
  #guarded<T>(directory: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.#logFailed(directory, error);
      throw error;
    }
  }

  /** What a log directory on a device that failed means (ReplicaManager.handleLogDirFailure). */
  #logFailed(directoryPath: string, cause: unknown): void {
    const directory = this.#directories.find(({ path }) => path === directoryPath);
    if (this.#isClosed || directory === undefined || directory.failure !== undefined || !isDeviceError(cause)) return;
    const { logger, onFatal } = this.#options;
    directory.failure = cause instanceof Error ? cause.message : String(cause);
    logger.error(`Stopping serving logs in dir ${directoryPath}`, cause);
    for (const open of this.#table.all()) {
      if (open.copy?.directory === directory) this.#moves.cancel(open);
      if (open.directory !== directory) continue;
      this.#moves.cancel(open);
      open.log.fail(`Log directory ${directoryPath} is offline: ${directory.failure}`);
    }
    const isLast = this.#directories.every(({ failure }) => failure !== undefined);
    const hasMetadata = this.#table.get(METADATA_TOPIC, 0)?.directory === directory;
    if (isLast) onFatal?.(`Shutdown broker because all log dirs in ${this.#paths()} have failed`);
    else if (hasMetadata) onFatal?.(`Shutdown broker because the metadata log dir ${directoryPath} has failed`);
    else queueMicrotask(() => this.#tellFailed(directory));
  }

  #tellFailed({ meta }: LogDirectory): void {
    if (!this.#isClosed) for (const listener of this.#failureListeners) listener(meta.directoryId);
  }

  #paths(): string {
    return this.#options.dirs.join(', ');
  }

  /** Asks for the configuration of a topic (of all topics, without one) and applies it to its logs. */
  updateConfigs(topic?: string): void {
    for (const log of this.all()) {
      if (topic === undefined || log.topic === topic) log.updateConfig(this.#options.configFor(log.topic));
    }
  }

  /** Applies retention to all logs now. Returns how many segments went. */
  deleteOldSegments(): number {
    const nowMs = this.#options.clock.nowMs();
    let count = 0;
    for (const log of this.all()) {
      this.#schedule.attempt('apply retention', () => {
        count += log.deleteOldSegments(nowMs);
      });
    }
    return count;
  }

  /** Compacts logs in the background from now on: once `configFor` knows all topics. */
  startCleaner(): void {
    this.#cleaner.start();
  }

  /** Compacts now all logs that are dirty enough. Returns how many compactions that took. */
  compact(): Promise<number> {
    return this.#cleaner.run();
  }

  /** Resolves when nothing that goes on in the background is under way. */
  settled(): Promise<void> {
    return this.#cleaner.settled();
  }

  #startTimers(): void {
    const { clock } = this.#options;
    const settings = this.#settings;
    this.#schedule.every(settings.retentionCheckIntervalMs, () => void this.deleteOldSegments());
    this.#schedule.every(settings.recoveryPointCheckpointIntervalMs, () => {
      this.#checkpoints.writeRecoveryPoints();
      this.#checkpoints.writeLogStarts();
    });
    this.#schedule.every(settings.highWatermarkCheckpointIntervalMs, () => this.#checkpoints.writeHighWatermarks());
    this.#schedule.every(settings.producerIdExpirationCheckIntervalMs, () => {
      for (const log of this.all()) log.removeExpiredProducers(clock.nowMs(), settings.producerIdExpirationMs);
    });
  }

  /**
   * Stops cleanly: logs to disk, checkpoints, and, if all went well, the marker that saves the next start a recovery.
   * Files that wait to be deleted are deleted by the next start.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#schedule.stop();
    await Promise.all([this.#cleaner.stop(), this.#moves.stop()]);
    for (const directory of this.#directories) {
      await closeDirectory(directory, this.#table.in(directory), this.#schedule, this.#options.logger);
    }
  }
}
