// When snapshots of the metadata are written, and what they make superfluous (SnapshotGenerator, KafkaMetadataLog.maybeClean).
import type { Files } from '../../log/files.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { Clock, Timer } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { ClusterImage } from './cluster-image.ts';
import { imageRecords } from './image-records.ts';
import type { Quorum } from './quorum.ts';
import { listSnapshots, type Snapshot, writeSnapshot } from './snapshot.ts';

export interface SnapshotSettings {
  /** `metadata.log.max.record.bytes.between.snapshots` */
  readonly maxBytes: number;
  /** `metadata.log.max.snapshot.interval.ms`; 0 for never. */
  readonly maxIntervalMs: number;
  /** `metadata.max.retention.bytes`, of log and snapshots together; negative for no limit. */
  readonly retentionBytes: number;
  /** `metadata.max.retention.ms`; negative for no limit. */
  readonly retentionMs: number;
}

export interface SnapshotsOptions {
  readonly log: PartitionLog;
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly image: ClusterImage;
  readonly quorum: () => Quorum;
  readonly settings: SnapshotSettings;
}

export class Snapshots {
  readonly #options: SnapshotsOptions;
  #bytes = 0;
  #isDue = false;
  #timer: Timer | undefined;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#startTimer();
    options.log.onChange(() => {
      if (options.log.failure !== undefined) this.#timer?.cancel();
    });
  }

  /** Counts what was appended; a snapshot that it makes due is written after the request in hand. */
  appended(values: readonly Buffer[]): void {
    for (const { length } of values) this.#bytes += length;
    if (this.#bytes < this.#options.settings.maxBytes || this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => this.#attempt());
  }

  #startTimer(): void {
    const { clock, settings } = this.#options;
    if (settings.maxIntervalMs === 0) return;
    this.#timer = clock.setTimer(settings.maxIntervalMs, () => {
      if (this.#bytes > 0) this.#attempt();
      this.#startTimer();
    });
  }

  #attempt(): void {
    this.#isDue = false;
    const { log, logger } = this.#options;
    if (log.failure !== undefined) return;
    try {
      this.#write();
      this.#clean();
    } catch (error) {
      logger.error('Failed to write a snapshot of the metadata; the log keeps all of it', error);
    }
  }

  #write(): void {
    const { log, files, clock, image, quorum, logger } = this.#options;
    const nowMs = clock.nowMs();
    const id = { endOffset: log.logEndOffset, epoch: log.latestEpoch };
    this.#bytes = 0;
    const timestamps = { nowMs, lastContainedLogTimestamp: nowMs };
    const { path } = writeSnapshot(files, log.directory, id, imageRecords(image), timestamps, quorum());
    files.setModified(path, nowMs);
    logger.info(`Wrote the snapshot ${path}`);
  }

  /** Deletes old snapshots, and the log before those that stay. The newest snapshot always stays. */
  #clean(): void {
    const { log, files } = this.#options;
    const snapshots = listSnapshots(files, log.directory);
    while (snapshots.length > 1 && this.#isSuperfluous(snapshots)) {
      const { path } = snapshots.shift()!;
      log.deleteRecordsBefore(snapshots[0]!.endOffset);
      files.remove(path);
    }
    log.deleteOldSegments(this.#options.clock.nowMs());
  }

  #isSuperfluous(snapshots: readonly Snapshot[]): boolean {
    const { log, files, clock, settings } = this.#options;
    const sizes = snapshots.map(({ path }) => files.stat(path)?.size ?? 0);
    const bytes = sizes.reduce((sum, size) => sum + size, log.sizeInBytes);
    if (settings.retentionBytes >= 0 && bytes > settings.retentionBytes) return true;
    const writtenMs = files.stat(snapshots[0]!.path)?.modifiedMs ?? clock.nowMs();
    return settings.retentionMs >= 0 && clock.nowMs() - writtenMs > settings.retentionMs;
  }
}
