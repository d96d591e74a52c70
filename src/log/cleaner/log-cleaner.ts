// Compacts the logs of a broker in the background, the dirtiest first (LogCleaner, LogCleanerManager).
import type { Clock, Timer } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import { errnoOf } from '../files.ts';
import type { LogDirectory } from '../log-directory.ts';
import { partitionDirectoryName } from '../log-names.ts';
import type { OpenLog } from '../log-table.ts';
import type { PartitionLog } from '../partition-log.ts';
import { Throttle } from '../throttle.ts';
import type { CleanableRange } from './cleanable.ts';
import { CleaningAborted } from './pace.ts';

/** Its records have no keys. */
const METADATA_TOPIC = '__cluster_metadata';

export interface CleanerSettings {
  /** `log.cleaner.enable` */
  isEnabled: boolean;
  /** `log.cleaner.backoff.ms`: pause between two looks for something to clean. */
  backoffMs: number;
  /** `log.cleaner.dedupe.buffer.size`: memory for keys; used up to `log.cleaner.io.buffer.load.factor`. */
  dedupeBufferBytes: number;
  dedupeLoadFactor: number;
  /** `log.cleaner.io.max.bytes.per.second`: of what is read and written together. */
  maxBytesPerSecond?: number;
}

/** Kafka's defaults. */
export const DEFAULT_CLEANER_SETTINGS: Readonly<CleanerSettings> = Object.freeze({
  isEnabled: true,
  backoffMs: 15_000,
  dedupeBufferBytes: 128 * 1024 * 1024,
  dedupeLoadFactor: 0.9,
});

interface Dirty {
  open: OpenLog;
  range: CleanableRange;
}

export interface LogCleanerOptions {
  logs(): Iterable<OpenLog>;
  clock: Clock;
  logger: Logger;
  settings(): CleanerSettings;
}

export class LogCleaner {
  readonly #options: LogCleanerOptions;
  /** Damaged logs, which are left alone until the next start. */
  readonly #uncleanable = new WeakSet<PartitionLog>();
  readonly #throttle: Throttle;
  #timer: Timer | undefined;
  #running: Promise<number> | undefined;
  #isStopped = false;

  constructor(options: LogCleanerOptions) {
    this.#options = options;
    this.#throttle = new Throttle(options.clock, () => options.settings().maxBytesPerSecond ?? Infinity);
  }

  /** Cleans what there is to clean, waits `log.cleaner.backoff.ms`, and so on. */
  start(): void {
    if (this.#isStopped) return;
    const { clock, settings } = this.#options;
    this.#timer = clock.setTimer(settings().backoffMs, () => void this.run().then(() => this.start()));
  }

  /** Nothing is written any more once this has resolved; a cleaning under way is given up. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#throttle.stop();
    await this.#running;
  }

  /** Cleans until no log is dirty enough. Returns how many times it cleaned one. Never rejects. */
  run(): Promise<number> {
    this.#running ??= this.#cleanAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Resolves when no cleaning is under way. Never rejects. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #cleanAll(): Promise<number> {
    const failed = new Set<PartitionLog>();
    let count = 0;
    while (!this.#isStopped && this.#options.settings().isEnabled) {
      const dirtiest = this.#dirtiest(failed);
      if (dirtiest === undefined) break;
      if (await this.#clean(dirtiest)) count++;
      else failed.add(dirtiest.open.log);
    }
    return count;
  }

  #dirtiest(failed: ReadonlySet<PartitionLog>): Dirty | undefined {
    const nowMs = this.#options.clock.nowMs();
    let dirtiest: Dirty | undefined;
    for (const open of this.#options.logs()) {
      const { log, directory, copy } = open;
      const isUsable = log.failure === undefined && copy === undefined;
      const isCandidate = log.config.compact && isUsable && log.topic !== METADATA_TOPIC;
      if (!isCandidate || failed.has(log) || this.#uncleanable.has(log)) continue;
      const range = this.#rangeOf(log, directory, nowMs);
      if (range === undefined) continue;
      const isDirty = range.isOverdue || range.cleanableRatio > log.config.minCleanableDirtyRatio;
      const isDirtier = dirtiest === undefined || range.cleanableRatio > dirtiest.range.cleanableRatio;
      if (isDirty && isDirtier) dirtiest = { open, range };
    }
    return dirtiest;
  }

  /** undefined if the log cannot be looked at. */
  #rangeOf(log: PartitionLog, directory: LogDirectory, nowMs: number): CleanableRange | undefined {
    try {
      return log.cleanableRange(directory.cleanerOffsets.get(nameOf(log)), nowMs);
    } catch (error) {
      this.#failed(log, error);
      return undefined;
    }
  }

  async #clean({ open, range }: Dirty): Promise<boolean> {
    const { log, directory } = open;
    const { clock, logger, settings } = this.#options;
    const { dedupeBufferBytes, dedupeLoadFactor } = settings();
    try {
      const { endOffset, bytesRead, bytesWritten } = await log.clean({
        range,
        maxMapBytes: dedupeBufferBytes * dedupeLoadFactor,
        nowMs: clock.nowMs(),
        isStopped: () => this.#isStopped || open.copy !== undefined,
        throttle: this.#throttle,
      });
      logger.info(`Cleaned log ${nameOf(log)} up to offset ${endOffset}: ${bytesRead} bytes are ${bytesWritten} now`);
      // A log that was deleted meanwhile must not leave a checkpoint to one of the same name.
      if (log.failure === undefined) {
        directory.cleanerOffsets.set(nameOf(log), endOffset);
        directory.writeCleanerOffsets();
      }
      return true;
    } catch (error) {
      if (!(error instanceof CleaningAborted) && log.failure === undefined) this.#failed(log, error);
      return false;
    }
  }

  /** A system error may pass; a damaged log stays so. */
  #failed(log: PartitionLog, error: unknown): void {
    const mayPass = errnoOf(error) !== undefined;
    if (!mayPass) this.#uncleanable.add(log);
    const outlook = mayPass ? 'It will be tried again.' : 'It will not be cleaned until the next start.';
    this.#options.logger.error(`Failed to clean log ${nameOf(log)}. ${outlook}`, error);
  }
}

function nameOf(log: PartitionLog): string {
  return partitionDirectoryName(log.topic, log.partition);
}
