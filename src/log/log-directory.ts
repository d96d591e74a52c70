// One of the broker's log directories: its lock, its identity, its checkpoints, and the partitions in it.
import path from 'node:path';
import type { Logger } from '../util/logger.ts';
import { randomUuid } from '../util/uuid.ts';
import { replaceFile } from './atomic-file.ts';
import {
  MalformedCheckpoint,
  OFFSET_CHECKPOINTS,
  offsetCheckpointText,
  type PartitionOffsets,
  readOffsetCheckpoint,
} from './checkpoint-file.ts';
import { takeCleanShutdown, writeCleanShutdown } from './clean-shutdown.ts';
import type { Files } from './files.ts';
import { type DirectoryLock, lockDirectory } from './lock-file.ts';
import {
  isDeleteDirectory,
  parseFutureDirectory,
  parsePartitionDirectory,
  partitionDirectoryName,
  type TopicPartition,
} from './log-names.ts';
import { META_PROPERTIES, type MetaProperties, readMetaProperties, writeMetaProperties } from './meta-properties.ts';
import type { PartitionLog } from './partition-log.ts';

export interface Identity {
  nodeId: number;
  /** undefined takes what the directory says; if it says nothing, a new one is made. */
  clusterId: string | undefined;
}

export class LogDirectory {
  readonly path: string;
  /** Whether the last stop was clean. */
  readonly isClean: boolean;
  readonly meta: MetaProperties;
  readonly recoveryPoints: PartitionOffsets;
  readonly logStartOffsets: PartitionOffsets;
  /** Where the last cleaning of compacted logs ended. */
  readonly cleanerOffsets: PartitionOffsets;
  readonly #files: Files;
  readonly #lock: DirectoryLock;
  /** Why nothing here is served any more. */
  failure: string | undefined;
  /** Content of the checkpoints, by name. */
  readonly #written = new Map<string, string>();

  private constructor(
    files: Files,
    directory: string,
    lock: DirectoryLock,
    meta: MetaProperties,
    checkpoints: Pick<LogDirectory, 'isClean' | 'recoveryPoints' | 'logStartOffsets' | 'cleanerOffsets'>,
  ) {
    this.path = directory;
    this.meta = meta;
    this.isClean = checkpoints.isClean;
    this.recoveryPoints = checkpoints.recoveryPoints;
    this.logStartOffsets = checkpoints.logStartOffsets;
    this.cleanerOffsets = checkpoints.cleanerOffsets;
    this.#files = files;
    this.#lock = lock;
  }

  /**
   * Makes the directory if it is not there and takes its lock. From here on it counts as not stopped cleanly.
   * @throws Error if another process has the lock, or the directory belongs to another cluster or node
   */
  static async open(files: Files, directory: string, identity: Identity, logger: Logger): Promise<LogDirectory> {
    files.makeDirectory(directory);
    const lock = await lockDirectory(files, directory);
    try {
      const meta = takeIdentity(files, directory, identity);
      const read = (name: string) => readCheckpoint(files, path.join(directory, name), logger);
      return new LogDirectory(files, directory, lock, meta, {
        isClean: takeCleanShutdown(files, directory),
        recoveryPoints: read(OFFSET_CHECKPOINTS.recoveryPoint),
        logStartOffsets: read(OFFSET_CHECKPOINTS.logStart),
        cleanerOffsets: read(OFFSET_CHECKPOINTS.cleaner),
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The partitions that have a directory here. */
  partitions(): (TopicPartition & { directory: string })[] {
    const found: (TopicPartition & { directory: string })[] = [];
    for (const { name, isDirectory } of this.#files.readDirectory(this.path)) {
      const parsed = isDirectory ? parsePartitionDirectory(name) : undefined;
      if (parsed !== undefined) found.push({ ...parsed, directory: path.join(this.path, name) });
    }
    return found;
  }

  /** Copies of partitions that were being moved here. */
  futures(): (TopicPartition & { directory: string })[] {
    return this.#files.readDirectory(this.path).flatMap(({ name, isDirectory }) => {
      const parsed = isDirectory ? parseFutureDirectory(name) : undefined;
      return parsed === undefined ? [] : [{ ...parsed, directory: path.join(this.path, name) }];
    });
  }

  /** Directories of deleted partitions that are still there. */
  deleted(): string[] {
    const names = this.#files
      .readDirectory(this.path)
      .filter((entry) => entry.isDirectory && isDeleteDirectory(entry.name));
    return names.map((entry) => path.join(this.path, entry.name));
  }

  /** What the checkpoints say of a deleted partition is not true of one of the same name. */
  forget(topic: string, partition: number): void {
    const name = partitionDirectoryName(topic, partition);
    this.recoveryPoints.delete(name);
    this.logStartOffsets.delete(name);
    if (this.cleanerOffsets.delete(name)) this.writeCleanerOffsets();
  }

  writeRecoveryPoints(logs: Iterable<PartitionLog>): void {
    this.#write(OFFSET_CHECKPOINTS.recoveryPoint, logs, (log) => log.recoveryPoint);
  }

  /** Only of logs that start later than their first segment: the others need no entry. */
  writeLogStartOffsets(logs: Iterable<PartitionLog>): void {
    const moved = [...logs].filter((log) => log.logStartOffset > (log.segmentBaseOffsets[0] ?? 0));
    this.#write(OFFSET_CHECKPOINTS.logStart, moved, (log) => log.logStartOffset);
  }

  writeHighWatermarks(logs: Iterable<PartitionLog>): void {
    this.#write(OFFSET_CHECKPOINTS.highWatermark, logs, (log) => log.highWatermark);
  }

  writeCleanerOffsets(): void {
    const text = offsetCheckpointText(this.cleanerOffsets);
    replaceFile(this.#files, path.join(this.path, OFFSET_CHECKPOINTS.cleaner), text, { sync: true });
  }

  /** Replaces a checkpoint, unless it says the same already; the old one is intact if that fails. */
  #write(name: string, logs: Iterable<PartitionLog>, offsetOf: (log: PartitionLog) => number): void {
    const text = offsetCheckpointText(new Map([...logs].map((log) => [nameOf(log), offsetOf(log)])));
    if (this.#written.get(name) === text) return;
    replaceFile(this.#files, path.join(this.path, name), text, { sync: true });
    this.#written.set(name, text);
  }

  /** The last step of a clean stop. */
  markClean(): void {
    writeCleanShutdown(this.#files, this.path);
  }

  release(): void {
    this.#lock.release();
  }

  diskSpace(): { totalBytes: number; usableBytes: number } {
    return this.#files.diskSpace(this.path);
  }
}

/** A copy on its way counts under the partition's name, as in Kafka: its original is in another log directory. */
function nameOf({ topic, partition }: PartitionLog): string {
  return partitionDirectoryName(topic, partition);
}

function takeIdentity(files: Files, directory: string, identity: Identity): MetaProperties {
  const found = readMetaProperties(files, directory);
  if (found === undefined) {
    const meta = {
      clusterId: identity.clusterId ?? randomUuid(),
      nodeId: identity.nodeId,
      directoryId: randomUuid(),
    };
    writeMetaProperties(files, directory, meta);
    return meta;
  }
  const file = path.join(directory, META_PROPERTIES);
  if (identity.clusterId !== undefined && found.clusterId !== identity.clusterId) {
    throw new Error(`Invalid cluster.id in: ${file}. Expected ${identity.clusterId}, but read ${found.clusterId}`);
  }
  if (found.nodeId !== identity.nodeId) {
    throw new Error(`Stored node id ${found.nodeId} doesn't match previous node id ${identity.nodeId} in ${file}`);
  }
  return found;
}

/** A damaged checkpoint counts as empty: recovery looks at more than it would have to then. */
function readCheckpoint(files: Files, file: string, logger: Logger): PartitionOffsets {
  try {
    return readOffsetCheckpoint(files, file);
  } catch (error) {
    if (!(error instanceof MalformedCheckpoint)) throw error;
    logger.warn(`${error.message}. Going on without it.`);
    return new Map();
  }
}
