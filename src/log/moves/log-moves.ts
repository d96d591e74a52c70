// Moves logs between log directories while they are in use (KIP-113; ReplicaAlterLogDirsThread, LogManager): a copy grows
// in `orders-0.<uuid>-future` of the other directory, a slice at a time, and takes the log's place once it has caught up.
import path from 'node:path';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { Files } from '../files.ts';
import type { LogDirectory } from '../log-directory.ts';
import { deleteDirectoryName, partitionDirectoryName } from '../log-names.ts';
import type { LogTable, OpenLog, PlacedLog } from '../log-table.ts';
import { Throttle } from '../throttle.ts';

/** Bytes copied before others get their turn. */
const SLICE_BYTES = 256 * 1024;

export interface LogMovesOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly table: LogTable;
  /** `replica.alter.log.dirs.io.max.bytes.per.second` */
  readonly maxBytesPerSecond: () => number;
  /** Makes an empty copy of a log, or one anew. */
  createCopy(open: OpenLog, directory: LogDirectory): PlacedLog;
  /** Writes the checkpoints of a log directory. */
  checkpoint(directory: LogDirectory): void;
  /** Removes a directory of files that nobody needs any more, later. */
  removeLater(directory: string, delayMs: number): void;
  /** Says that the file system failed in a log directory. */
  failed(directory: LogDirectory, error: unknown): void;
  /** A log is in another directory now. */
  moved(open: OpenLog): void;
}

export class LogMoves {
  readonly #options: LogMovesOptions;
  readonly #throttle: Throttle;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: LogMovesOptions) {
    this.#options = options;
    this.#throttle = new Throttle(options.clock, options.maxBytesPerSecond);
  }

  /** Goes on with all copies that there are, or begins with them. */
  start(): void {
    if (this.#isStopped || this.#running !== undefined) return;
    // Whoever asked for a move is answered before the work begins.
    this.#running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#copyAll())
      .finally(() => {
        this.#running = undefined;
        if ([...this.#moving()].length > 0) this.start();
      });
  }

  /** Resolves when no log is being moved any more. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Nothing is copied any more once this has resolved. The copies stay, for the next start to go on with. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#throttle.stop();
    await this.#running;
  }

  /** Gives a move up: the log stays where it is. */
  cancel(open: OpenLog): void {
    const { copy } = open;
    if (copy === undefined) return;
    open.copy = undefined;
    copy.log.abandon();
    if (copy.directory.failure === undefined) this.#discard(copy);
  }

  *#moving(): Generator<OpenLog> {
    for (const open of this.#options.table.all()) if (open.copy !== undefined) yield open;
  }

  async #copyAll(): Promise<void> {
    for (let isBusy = true; isBusy && !this.#isStopped; ) {
      isBusy = false;
      for (const open of [...this.#moving()]) {
        if (this.#isStopped) return;
        isBusy = true;
        await this.#step(open);
        await new Promise(setImmediate);
      }
    }
  }

  /** One slice of one log. */
  async #step(open: OpenLog): Promise<void> {
    const { copy, log } = open;
    if (copy === undefined) return;
    try {
      if (log.failure !== undefined) throw new Error(log.failure);
      const bytes = await this.#copySlice(open, copy);
      if (bytes > 0) await this.#throttle.spend(bytes);
      else if (open.copy === copy) await copy.log.flushAsync();
      // What came in the meantime is copied without a pause, or in the next round.
      if (open.copy === copy && bytes === 0 && !this.#isStopped) await this.#finish(open, copy);
    } catch (error) {
      if (open.copy !== copy) return;
      this.#options.logger.error(
        `Moving ${nameOf(open)} to ${copy.directory.path} failed; it stays in ${open.directory.path}`,
        error,
      );
      this.#giveUp(open);
    }
  }

  #giveUp(open: OpenLog): void {
    try {
      this.cancel(open);
    } catch (error) {
      this.#options.logger.error(`The copy of ${nameOf(open)} could not be put away`, error);
    }
  }

  /** Returns how many bytes were copied; 0 when the copy has caught up. */
  async #copySlice(open: OpenLog, copy: PlacedLog): Promise<number> {
    const { log } = open;
    const next = copy.log.logEndOffset;
    if (next < log.segmentBaseOffsets[0]! || next > log.logEndOffset) {
      this.#startOver(open, copy);
      return 1;
    }
    if (next === log.logEndOffset) return 0;
    const { records, sizeInBytes } = await log.readForCopy(next, SLICE_BYTES);
    if (open.copy !== copy) return 0;
    if (sizeInBytes === 0) throw new Error(`There is nothing at offset ${next} of ${nameOf(open)}`);
    for (const piece of records) copy.log.appendCopied(piece, this.#options.clock.nowMs());
    return sizeInBytes;
  }

  /** The log has lost what the copy needs next, to retention for example, or was cut by a recovery. */
  #startOver(open: OpenLog, copy: PlacedLog): void {
    const { directory } = copy;
    this.cancel(open);
    open.copy = this.#options.createCopy(open, directory);
  }

  async #finish(open: OpenLog, copy: PlacedLog): Promise<void> {
    const bytes = await this.#copySlice(open, copy);
    if (bytes > 0 || open.copy !== copy || open.log.logEndOffset !== copy.log.logEndOffset) return;
    this.#switchOver(open, copy);
  }

  #switchOver(open: OpenLog, copy: PlacedLog): void {
    const { files, logger, checkpoint, moved } = this.#options;
    const { log, directory: source } = open;
    const target = copy.directory;
    const name = nameOf(open);
    const place = path.join(target.path, name);
    const from = log.directory;
    const future = copy.log.directory;
    try {
      log.switchTo(copy.log, () => {
        checkpoint(target);
        files.rename(future, place);
        files.syncDirectory(target.path);
        return place;
      });
    } catch (error) {
      this.#options.failed(target, error);
      if (files.stat(place) !== undefined) files.rename(place, future);
      throw error;
    }
    open.directory = target;
    open.copy = undefined;
    logger.info(`Partition ${name} was moved from ${source.path} to ${target.path}`);
    try {
      this.#moveCleanerOffset(name, source, target);
      this.#discard({ log, directory: source }, from);
      checkpoint(source);
      checkpoint(target);
    } catch (error) {
      // The next start finds the log twice, and keeps the one that goes further.
      logger.error(`The files of ${name} in ${source.path} could not be put away`, error);
      this.#options.failed(source, error);
    }
    moved(open);
  }

  #moveCleanerOffset(name: string, source: LogDirectory, target: LogDirectory): void {
    const offset = source.cleanerOffsets.get(name);
    if (offset === undefined) return;
    target.cleanerOffsets.set(name, offset);
    target.writeCleanerOffsets();
  }

  /** Renames a directory at once, and has it removed later. */
  #discard({ log, directory }: PlacedLog, files = log.directory): void {
    const renamed = path.join(directory.path, deleteDirectoryName(log.topic, log.partition));
    this.#options.files.rename(files, renamed);
    this.#options.files.syncDirectory(directory.path);
    directory.forget(log.topic, log.partition);
    this.#options.removeLater(renamed, log.config.fileDeleteDelayMs);
  }
}

function nameOf({ log }: OpenLog): string {
  return partitionDirectoryName(log.topic, log.partition);
}
