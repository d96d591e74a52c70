// All logs of a broker (org.apache.kafka.storage.internals.log.LogManager): opens them, makes and deletes them, and does
// from time to time what has to be done: retention, checkpoints, forgetting producers.
import path from 'node:path';
import { CheckpointWriter } from './checkpoint-writer.ts';
import { DEFAULT_CLEANER_SETTINGS, LogCleaner } from './cleaner/log-cleaner.ts';
import { closeDirectory } from './close-directory.ts';
import { LogError, LogErrorCode } from './errors.ts';
import { logContext } from './log-context.ts';
import { LogDirectories } from './log-directories.ts';
import type { LogDirectory } from './log-directory.ts';
import type { LogManagerOptions } from './log-manager-options.ts';
import { DEFAULT_LOG_MANAGER_SETTINGS, type LogManagerSettings } from './log-manager-settings.ts';
import { LogOpener } from './log-opener.ts';
import type { LogContext } from './log-state.ts';
import { LogTable } from './log-table.ts';
import { LogUpkeep } from './log-upkeep.ts';
import { LogMoves } from './moves/log-moves.ts';
import { requestMove } from './moves/request-move.ts';
import { type OpenedDirectories, openDirectories } from './open-directories.ts';
import type { PartitionLog } from './partition-log.ts';
import { Schedule } from './schedule.ts';

const METADATA_TOPIC = '__cluster_metadata';

export type { LogManagerOptions } from './log-manager-options.ts';
export { DEFAULT_LOG_MANAGER_SETTINGS, type LogManagerSettings } from './log-manager-settings.ts';

export class LogManager {
  readonly clusterId: string;
  readonly #options: LogManagerOptions;
  readonly #settings: LogManagerSettings;
  readonly #context: LogContext;
  readonly #directories: LogDirectories;
  readonly #opener: LogOpener;
  readonly #table = new LogTable();
  readonly #checkpoints: CheckpointWriter;
  readonly #upkeep: LogUpkeep;
  readonly #moves: LogMoves;
  readonly #movedListeners = new Set<(log: PartitionLog) => void>();
  readonly #schedule: Schedule;
  readonly #cleaner: LogCleaner;
  #isClosed = false;

  private constructor(options: LogManagerOptions, opened: OpenedDirectories) {
    const { directories } = opened;
    this.#options = options;
    this.#settings = { ...DEFAULT_LOG_MANAGER_SETTINGS, ...options.settings };
    this.#directories = new LogDirectories(opened, {
      dirs: options.dirs,
      logger: options.logger,
      onFatal: options.onFatal,
      takeOffline: (directory) => this.#takeOffline(directory),
      hasMetadata: (directory) => this.#table.get(METADATA_TOPIC, 0)?.directory === directory,
    });
    this.#schedule = new Schedule(options.clock, options.logger);
    this.#cleaner = new LogCleaner({
      logs: () => this.#table.all(),
      clock: options.clock,
      logger: options.logger,
      settings: options.cleanerSettings ?? (() => DEFAULT_CLEANER_SETTINGS),
    });
    this.clusterId = directories[0]!.meta.clusterId;
    this.#context = logContext(options, this.#settings, {
      later: (delayMs, action) => this.#schedule.after(delayMs, action),
      logStartChanged: () => this.#checkpoints.writeLogStarts(),
      failed: (directory, cause) => this.#directories.fail(path.dirname(directory), cause),
    });
    this.#opener = new LogOpener({
      files: options.files,
      logger: options.logger,
      context: this.#context,
      table: this.#table,
      schedule: this.#schedule,
      producerIdExpirationMs: this.#settings.producerIdExpirationMs,
      configFor: (topic) => options.configFor(topic),
    });
    this.#checkpoints = new CheckpointWriter(directories, this.#table, this.#schedule);
    this.#upkeep = new LogUpkeep({
      table: this.#table,
      checkpoints: this.#checkpoints,
      schedule: this.#schedule,
      clock: options.clock,
      settings: this.#settings,
    });
    this.#moves = new LogMoves({
      files: options.files,
      clock: options.clock,
      logger: options.logger,
      table: this.#table,
      maxBytesPerSecond: options.moveBytesPerSecond ?? (() => Number.POSITIVE_INFINITY),
      createCopy: (open, directory) => this.#opener.createCopy(open, directory),
      checkpoint: (directory) => this.#checkpoints.write(directory),
      removeLater: (directory, delayMs) =>
        this.#schedule.after(delayMs, () => options.files.removeDirectory(directory)),
      failed: (directory, error) => this.#directories.fail(directory.path, error),
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
      for (const directory of opened.directories) await manager.#opener.openAll(directory);
    } catch (error) {
      for (const directory of opened.directories) directory.release();
      throw error;
    }
    for (const directory of opened.directories) manager.#opener.openCopies(directory);
    manager.#upkeep.start();
    return manager;
  }

  /** What a read gave is sent, and not needed any more: its memory may serve the next read of a file. */
  giveBack(records: Buffer): void {
    this.#context.readBuffers.giveBack(records);
  }

  /** Whether the last stop of all directories was clean, so that nothing had to be recovered. */
  get wasClean(): boolean {
    return this.#directories.wasClean;
  }

  /** The log directories that could be opened, in the order given; `failure` says why nothing is served of one. */
  get directories(): readonly Pick<LogDirectory, 'path' | 'meta' | 'diskSpace' | 'failure'>[] {
    return this.#directories.all;
  }

  /** Log directories of which nothing is served, by path, with the reason. */
  get failedDirectories(): ReadonlyMap<string, string> {
    return this.#directories.failed;
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
    const { usable } = this.#directories;
    const directory = topic === METADATA_TOPIC ? usable[0] : this.#table.emptiest(usable);
    if (directory === undefined) throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, 'No log directories are usable');
    return this.#directories.guarded(directory.path, () =>
      this.#opener.create({ topic, partition }, directory, topicId),
    );
  }

  /**
   * Moves a log to another log directory, beside its use. To name the one that it is in ends a move that is under way.
   * @throws LogError KAFKA_STORAGE_ERROR if the log or one of the log directories is offline
   */
  move(log: PartitionLog, target: string): void {
    requestMove(log, target, {
      table: this.#table,
      directories: this.#directories,
      moves: this.#moves,
      createCopy: (open, directory) => this.#opener.createCopy(open, directory),
    });
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
    this.#directories.onFailed(listener);
  }

  /** Calls `listener` after a log came to another log directory. */
  onMoved(listener: (log: PartitionLog) => void): void {
    this.#movedListeners.add(listener);
  }

  /** Deletes a partition: its directory is renamed at once and removed after `file.delete.delay.ms`. */
  delete(topic: string, partition: number): void {
    const open = this.#table.get(topic, partition);
    if (open === undefined) return;
    const { log, directory } = open;
    this.#moves.cancel(open);
    if (directory.failure === undefined) {
      this.#directories.guarded(directory.path, () => this.#opener.discard({ log, directory }));
    }
    this.#table.remove(log);
    log.abandon();
  }

  /** Of a log directory that failed. */
  #takeOffline(directory: LogDirectory): void {
    for (const open of this.#table.all()) {
      if (open.copy?.directory === directory) this.#moves.cancel(open);
      if (open.directory !== directory) continue;
      this.#moves.cancel(open);
      open.log.fail(`Log directory ${directory.path} is offline: ${directory.failure}`);
    }
  }

  /** Asks for the configuration of a topic (of all topics, without one) and applies it to its logs. */
  updateConfigs(topic?: string): void {
    for (const log of this.all()) {
      if (topic === undefined || log.topic === topic) log.updateConfig(this.#options.configFor(log.topic));
    }
  }

  /** Applies retention to all logs now. Returns how many segments went. */
  deleteOldSegments(): number {
    return this.#upkeep.deleteOldSegments();
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

  /**
   * Stops cleanly: logs to disk, checkpoints, and, if all went well, the marker that saves the next start a recovery.
   * Files that wait to be deleted are deleted by the next start.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#directories.stop();
    this.#schedule.stop();
    await Promise.all([this.#cleaner.stop(), this.#moves.stop()]);
    for (const directory of this.#directories.all) {
      await closeDirectory(directory, this.#table.in(directory), this.#schedule, this.#options.logger);
    }
  }
}
