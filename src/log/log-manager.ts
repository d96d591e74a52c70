// All logs of a broker (org.apache.kafka.storage.internals.log.LogManager): opens them, makes and deletes them, and does
// from time to time what has to be done: retention, checkpoints, forgetting producers.
import path from 'node:path';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import { type CleanerSettings, DEFAULT_CLEANER_SETTINGS, LogCleaner } from './cleaner/log-cleaner.ts';
import { FilePool } from './file-pool.ts';
import type { Files } from './files.ts';
import { IndexCache } from './index-cache.ts';
import type { LogConfig } from './log-config.ts';
import { LogDirectory } from './log-directory.ts';
import { DEFAULT_LOG_MANAGER_SETTINGS, type LogManagerSettings } from './log-manager-settings.ts';
import { deleteDirectoryName, partitionDirectoryName } from './log-names.ts';
import type { LogContext } from './log-state.ts';
import { openPartition } from './open-partition.ts';
import type { PartitionLog } from './partition-log.ts';
import { ReadBuffers } from './read-buffers.ts';
import { Schedule } from './schedule.ts';
import { TailBudget } from './tail-cache.ts';

/** Partitions opened before other work gets its turn. */
const OPEN_AT_ONCE = 50;

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
}

export class LogManager {
  readonly clusterId: string;
  readonly #options: LogManagerOptions;
  readonly #settings: LogManagerSettings;
  readonly #context: LogContext;
  readonly #directories: LogDirectory[];
  readonly #logs = new Map<string, { log: PartitionLog; directory: LogDirectory }>();
  readonly #schedule: Schedule;
  readonly #cleaner: LogCleaner;
  #isClosed = false;

  private constructor(options: LogManagerOptions, directories: LogDirectory[]) {
    this.#options = options;
    this.#settings = { ...DEFAULT_LOG_MANAGER_SETTINGS, ...options.settings };
    this.#directories = directories;
    this.#schedule = new Schedule(options.clock, options.logger);
    this.#cleaner = new LogCleaner({
      logs: () => this.#logs.values(),
      clock: options.clock,
      logger: options.logger,
      settings: options.cleanerSettings ?? (() => DEFAULT_CLEANER_SETTINGS),
    });
    this.clusterId = directories[0]!.meta.clusterId;
    this.#context = {
      pool: new FilePool(options.files, this.#settings.maxOpenFiles),
      indexes: new IndexCache(this.#settings.indexBytes),
      tails: new TailBudget(this.#settings.tailBytes, this.#settings.tailBytesPerPartition),
      readBuffers: new ReadBuffers(),
      clock: options.clock,
      logger: options.logger,
      later: (delayMs, action) => this.#schedule.after(delayMs, action),
      logStartChanged: () => this.#checkpointLogStarts(),
    };
  }

  /**
   * Opens the log directories and all logs in them. A log that is damaged in the middle is opened too, but offline.
   * @throws Error if a directory cannot be used: another process has it, it belongs to another cluster or node, …
   */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const directories: LogDirectory[] = [];
    try {
      for (const dir of options.dirs) {
        const clusterId = options.clusterId ?? directories[0]?.meta.clusterId;
        const identity = { nodeId: options.nodeId, clusterId };
        directories.push(await LogDirectory.open(options.files, dir, identity, options.logger));
      }
    } catch (error) {
      for (const directory of directories) directory.release();
      throw error;
    }
    const manager = new LogManager(options, directories);
    for (const directory of directories) await manager.#openLogs(directory);
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
      this.#open(topic, partition, directory, partitionDirectory);
      if (i % OPEN_AT_ONCE === OPEN_AT_ONCE - 1) await new Promise(setImmediate);
    }
  }

  #open(topic: string, partition: number, directory: LogDirectory, partitionDirectory: string): PartitionLog {
    const log = openPartition(this.#context, {
      topic,
      partition,
      partitionDirectory,
      directory,
      config: this.#options.configFor(topic),
      producerIdExpirationMs: this.#settings.producerIdExpirationMs,
    });
    this.#logs.set(partitionDirectoryName(topic, partition), { log, directory });
    return log;
  }

  /** Whether the last stop of all directories was clean, so that nothing had to be recovered. */
  get wasClean(): boolean {
    return this.#directories.every((directory) => directory.isClean);
  }

  /** The log directories, in the order given. */
  get directories(): readonly Pick<LogDirectory, 'path' | 'meta' | 'diskSpace'>[] {
    return this.#directories;
  }

  /** All logs, those that are offline included. */
  *all(): Generator<PartitionLog> {
    for (const { log } of this.#logs.values()) yield log;
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    return this.#logs.get(partitionDirectoryName(topic, partition))?.log;
  }

  /** The log directory that a log is in. */
  directoryOf(log: PartitionLog): string {
    return path.dirname(log.directory);
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
    const directory = topic === '__cluster_metadata' ? this.#directories[0]! : this.#emptiestDirectory();
    const partitionDirectory = path.join(directory.path, partitionDirectoryName(topic, partition));
    this.#options.files.makeDirectory(partitionDirectory);
    directory.forget(topic, partition);
    const log = this.#open(topic, partition, directory, partitionDirectory);
    if (log.failure === undefined) log.assignTopicId(topicId);
    return log;
  }

  #emptiestDirectory(): LogDirectory {
    if (this.#directories.length === 1) return this.#directories[0]!;
    const counts = new Map(this.#directories.map((directory) => [directory, 0]));
    for (const { directory } of this.#logs.values()) counts.set(directory, counts.get(directory)! + 1);
    return [...counts].reduce((fewest, one) => (one[1] < fewest[1] ? one : fewest))[0];
  }

  /** Deletes a partition: its directory is renamed at once and removed after `file.delete.delay.ms`. */
  delete(topic: string, partition: number): void {
    const name = partitionDirectoryName(topic, partition);
    const entry = this.#logs.get(name);
    if (entry === undefined) return;
    const { log, directory } = entry;
    const { files } = this.#options;
    const renamed = path.join(directory.path, deleteDirectoryName(topic, partition));
    files.rename(log.directory, renamed);
    files.syncDirectory(directory.path);
    this.#logs.delete(name);
    log.abandon();
    this.#schedule.attempt(`forget the checkpoints of ${name}`, () => directory.forget(topic, partition));
    this.#schedule.after(log.config.fileDeleteDelayMs, () => files.removeDirectory(renamed));
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
      this.#eachDirectory((directory, logs) => directory.writeRecoveryPoints(logs));
      this.#checkpointLogStarts();
    });
    this.#schedule.every(settings.highWatermarkCheckpointIntervalMs, () =>
      this.#eachDirectory((directory, logs) => directory.writeHighWatermarks(logs)),
    );
    this.#schedule.every(settings.producerIdExpirationCheckIntervalMs, () => {
      for (const log of this.all()) log.removeExpiredProducers(clock.nowMs(), settings.producerIdExpirationMs);
    });
  }

  #checkpointLogStarts(): void {
    this.#eachDirectory((directory, logs) => directory.writeLogStartOffsets(logs));
  }

  /** A failure leaves the old checkpoint in place, which is as good, only older. */
  #eachDirectory(write: (directory: LogDirectory, logs: PartitionLog[]) => void): void {
    for (const directory of this.#directories) {
      const logs = [...this.#logs.values()].filter((entry) => entry.directory === directory).map((entry) => entry.log);
      this.#schedule.attempt(`write a checkpoint in ${directory.path}`, () => write(directory, logs));
    }
  }

  /**
   * Stops cleanly: logs to disk, checkpoints, and, if all went well, the marker that saves the next start a recovery.
   * Files that wait to be deleted are deleted by the next start.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#schedule.stop();
    await this.#cleaner.stop();
    for (const directory of this.#directories) {
      const logs = [...this.#logs.values()].filter((entry) => entry.directory === directory).map((entry) => entry.log);
      const isComplete = await this.#closeLogs(logs);
      const isWritten = this.#schedule.attempt(`write checkpoints in ${directory.path}`, () => {
        directory.writeRecoveryPoints(logs);
        directory.writeLogStartOffsets(logs);
        directory.writeHighWatermarks(logs);
        if (isComplete) directory.markClean();
      });
      if (isComplete && isWritten) this.#options.logger.info(`Closed ${logs.length} logs in ${directory.path}`);
      this.#schedule.attempt(`release the lock of ${directory.path}`, () => directory.release());
    }
  }

  async #closeLogs(logs: readonly PartitionLog[]): Promise<boolean> {
    let isComplete = true;
    for (const log of logs) {
      try {
        await log.close();
      } catch {
        // The log has said so itself.
        isComplete = false;
      }
    }
    return isComplete;
  }
}
