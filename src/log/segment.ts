// One segment of a log: the file of batches and its three indexes (org.apache.kafka.storage.internals.log.LogSegment).
import path from 'node:path';
import type { BatchHeader } from '../protocol/records/batch.ts';
import type { PooledFile } from './file-pool.ts';
import type { LogConfig } from './log-config.ts';
import { offsetFileName, SUFFIX } from './log-names.ts';
import type { OffsetPosition } from './offset-index.ts';
import { type IndexedLog, SegmentIndexes } from './segment-indexes.ts';
import type { SegmentContext, SegmentOptions } from './segment-options.ts';
import { scanBatches } from './segment-scan.ts';
import type { TimestampOffset } from './time-index.ts';
import { TransactionIndex } from './transaction-index.ts';

const MAX_RELATIVE_OFFSET = 0x7fffffff;

/** A write failed and left bytes behind that could not be removed: nothing may be appended any more. */
export class CutBackFailed extends Error {}

export class Segment implements IndexedLog {
  readonly baseOffset: number;
  readonly file: PooledFile;
  readonly transactions: TransactionIndex;
  readonly createdMs: number;
  readonly #context: SegmentContext;
  readonly #indexIntervalBytes: number;
  readonly #indexBytes: number;
  readonly #rollJitterMs: number;
  readonly #indexes: SegmentIndexes;
  #size: number;
  #bytesSinceIndexEntry = 0;
  #max: TimestampOffset | undefined;
  #firstTimestamp: number | undefined;

  private constructor(
    context: SegmentContext,
    options: SegmentOptions,
    size: number,
    hasTransactionIndex: boolean,
    nameSuffix = '',
  ) {
    const { baseOffset, directory } = options;
    const files = context.pool.files;
    const nameWith = (suffix: string) => path.join(directory, offsetFileName(baseOffset, suffix) + nameSuffix);
    this.#context = context;
    this.baseOffset = baseOffset;
    this.createdMs = options.createdMs;
    this.#indexIntervalBytes = options.indexIntervalBytes;
    this.#indexBytes = options.indexBytes;
    this.#rollJitterMs = options.rollJitterMs;
    this.#size = size;
    this.file = context.pool.file(nameWith(SUFFIX.log));
    this.#indexes = new SegmentIndexes(files, context.indexes, baseOffset, nameWith, this);
    this.transactions = new TransactionIndex(files, nameWith(SUFFIX.transactionIndex), hasTransactionIndex);
  }

  /**
   * A new, empty segment with its files; files of that name that a crash left are emptied.
   * @param nameSuffix behind the names of all files, see {@link changeSuffix}
   */
  static create(context: SegmentContext, options: SegmentOptions, nameSuffix = ''): Segment {
    const segment = new Segment(context, options, 0, false, nameSuffix);
    const log = context.pool.files.open(segment.file.path, { create: true });
    try {
      log.truncate(0);
    } finally {
      log.close();
    }
    segment.startRecovery();
    segment.growIndexes();
    return segment;
  }

  /** Gives the index files their full size; they have it from the first entry on at the latest. */
  growIndexes(): void {
    this.#indexes.reserve(this.#indexBytes);
    this.#indexes.persist({ sync: false });
  }

  /** A segment whose files are there; nothing is read yet. */
  static open(
    context: SegmentContext,
    options: SegmentOptions & { size: number; hasTransactionIndex: boolean },
  ): Segment {
    return new Segment(context, options, options.size, options.hasTransactionIndex);
  }

  /** Bytes of batches. */
  get size(): number {
    return this.#size;
  }

  /** The largest timestamp and the last offset of the first batch that has it; -1 if no batch has one. */
  get maxTimestamp(): TimestampOffset {
    if (this.#max === undefined) {
      this.#indexes.load();
      this.#max = this.#indexes.times.last;
    }
    return this.#max;
  }

  /** The largest timestamp; when the file was written last if no batch has one. For retention. */
  get largestTimestamp(): number {
    const { timestamp } = this.maxTimestamp;
    return timestamp >= 0 ? timestamp : (this.#context.pool.files.stat(this.file.path)?.modifiedMs ?? this.createdMs);
  }

  /** Whether the segment must be rolled before `bytes` more are appended (LogSegment.shouldRoll). */
  shouldRoll(bytes: number, maxTimestamp: number, lastOffset: number, nowMs: number, config: LogConfig): boolean {
    if (lastOffset - this.baseOffset > MAX_RELATIVE_OFFSET) return true;
    if (this.#size === 0) return false;
    if (this.#size > config.segmentBytes - bytes) return true;
    const first = this.firstBatchTimestamp;
    const waited = first >= 0 ? maxTimestamp - first : nowMs - this.createdMs;
    return waited > config.segmentMs - this.#rollJitterMs || this.#indexes.isFull(config.segmentIndexBytes);
  }

  /** Largest timestamp of the first batch; -1 if it has none, or there is none. */
  get firstBatchTimestamp(): number {
    if (this.#firstTimestamp === undefined) {
      const first = scanBatches(this.file, 0, this.#size).next();
      this.#firstTimestamp = first.done === true ? -1 : first.value.header.maxTimestamp;
    }
    return this.#firstTimestamp;
  }

  /**
   * Writes batches behind the last one. They count only when {@link added} has been told of each. If the write fails,
   * the file is cut back, so that no part of them stays.
   * @throws the system error of the write, or CutBackFailed
   */
  write(data: Buffer): void {
    const file = this.file.get();
    try {
      file.write(data, this.#size);
    } catch (error) {
      this.#cutBack(error);
      throw error;
    }
  }

  #cutBack(cause: unknown): void {
    try {
      this.file.get().truncate(this.#size);
    } catch (error) {
      const message = `${this.file.path} could not be cut back after a failed write: ${String(error)}`;
      throw new CutBackFailed(message, { cause });
    }
  }

  /** Takes a batch that is in the file now into account: size, largest timestamp, index entries. */
  added(batch: Pick<BatchHeader, 'maxTimestamp'>, lastOffset: number, size: number): void {
    const { maxTimestamp } = batch;
    if (this.#size === 0) this.#firstTimestamp = maxTimestamp;
    if (maxTimestamp > this.maxTimestamp.timestamp) this.#max = { timestamp: maxTimestamp, offset: lastOffset };
    if (this.#bytesSinceIndexEntry > this.#indexIntervalBytes) {
      this.#indexes.reserve(this.#indexBytes);
      this.#indexes.append(this.maxTimestamp, lastOffset, this.#size);
      this.#context.indexWriter.changed(this);
      this.#bytesSinceIndexEntry = 0;
    }
    this.#bytesSinceIndexEntry += size;
    this.#size += size;
  }

  /** Bytes of the offset and of the time index. */
  get indexSizes(): { offsets: number; times: number } {
    this.#indexes.load();
    return { offsets: this.#indexes.offsets.sizeInBytes, times: this.#indexes.times.sizeInBytes };
  }

  /** A position from which a scan finds `offset`. */
  lookup(offset: number): OffsetPosition {
    this.#indexes.load();
    return this.#indexes.offsets.lookup(offset);
  }

  /** The last index entry whose timestamp is not above. */
  lookupTimestamp(timestamp: number): TimestampOffset {
    this.#indexes.load();
    return this.#indexes.times.lookup(timestamp);
  }

  /**
   * Reads the indexes of a segment that was there and goes through what lies behind their last entry, so that it can be
   * appended to. Returns the offset behind the last batch, or what does not fit.
   * @throws CorruptIndex
   */
  openTail(): { nextOffset: number } | { problem: string } {
    this.#indexes.loadAsTheyAre();
    const last = this.#indexes.offsets.last;
    this.#max = this.#indexes.times.last;
    const scan = scanBatches(this.file, last.position, this.#size);
    let nextOffset = this.baseOffset;
    let step = scan.next();
    for (; step.done !== true; step = scan.next()) {
      const { header, position, size } = step.value;
      const lastOffset = header.baseOffset + header.lastOffsetDelta;
      if (position === last.position && position > 0 && lastOffset !== last.offset) {
        return { problem: `the offset index has offset ${last.offset} where the log has ${lastOffset}` };
      }
      if (header.maxTimestamp > this.#max.timestamp) this.#max = { timestamp: header.maxTimestamp, offset: lastOffset };
      this.#bytesSinceIndexEntry = position - last.position + size;
      nextOffset = lastOffset + 1;
    }
    return step.value.problem === undefined ? { nextOffset } : { problem: step.value.problem };
  }

  /** Forgets the indexes and all batches; {@link added} brings back those that recovery finds. */
  startRecovery(): void {
    this.#indexes.reset();
    this.transactions.reset();
    this.#size = 0;
    this.#bytesSinceIndexEntry = 0;
    this.#max = { timestamp: -1, offset: this.baseOffset };
    this.#firstTimestamp = undefined;
  }

  /** Cuts the file to the batches that count and puts the indexes in place. */
  finishRecovery(): void {
    const file = this.file.get();
    if (file.size() > this.#size) file.truncate(this.#size);
    this.completeIndexes();
    this.persistIndexes({ sync: false });
  }

  /** Makes new offset and time indexes from the log. */
  rebuildIndexes(): void {
    const size = this.#size;
    const transactions = this.transactions.aborted;
    this.startRecovery();
    for (const { header, size: batchSize } of scanBatches(this.file, 0, size)) {
      this.added(header, header.baseOffset + header.lastOffsetDelta, batchSize);
    }
    for (const transaction of transactions) this.transactions.append(transaction);
    this.#size = size;
    this.completeIndexes();
    this.persistIndexes({ sync: false });
  }

  /** No more appends: the indexes, which are complete and in their files, may be dropped from memory. */
  markSealed(): void {
    this.#indexes.allowUnload();
  }

  /** Before a roll and a clean stop: the time index says the largest timestamp, and the files end with what they have. */
  completeIndexes(): void {
    if (!this.#indexes.isLoaded) return;
    this.#indexes.addTime(this.maxTimestamp);
    this.#indexes.trim();
  }

  persistIndexes(options: { sync: boolean }): void {
    this.#indexes.persist(options);
    this.transactions.persist(options);
  }

  /** For a clean stop: the offset and the time index are complete and on disk. Nothing may be appended meanwhile. */
  completeIndexesAsync(): Promise<void> {
    this.completeIndexes();
    return this.#indexes.persistAsync();
  }

  close(): void {
    this.#context.indexWriter.forget(this);
    this.#indexes.forget();
    this.file.close();
  }

  /** Renames all files, the log first: what tells a start after a crash how far this got. */
  changeSuffix(from: string, to: string): void {
    const renamed = (file: string) => file.slice(0, file.length - from.length) + to;
    this.file.rename(renamed(this.file.path));
    this.#indexes.rename(renamed);
    this.transactions.rename(renamed(this.transactions.path));
  }

  /** Renames the files so that the log no longer has them. Returns what removes them for good. */
  markDeleted(): () => void {
    this.changeSuffix('', SUFFIX.deleted);
    return () => this.remove();
  }

  /** Removes all files. */
  remove(): void {
    const { files } = this.#context.pool;
    this.close();
    this.#indexes.removeFiles(files);
    files.remove(this.transactions.path);
    files.remove(this.file.path);
  }
}
