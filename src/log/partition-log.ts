// One partition's log (org.apache.kafka.storage.internals.log.UnifiedLog): appends, reads, offsets, retention.
import path from 'node:path';
import { type AppendOptions, type AppendResult, appendRecords } from './append.ts';
import { codecNeeded } from './append-validator.ts';
import { type CleanOptions, type CleanResult, cleanLog } from './cleaner/clean-log.ts';
import { type CleanableRange, cleanableRange } from './cleaner/cleanable.ts';
import { LogError, LogErrorCode } from './errors.ts';
import { Flusher } from './flusher.ts';
import type { EpochEndOffset } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import type { LoadedLog } from './log-loader.ts';
import { partitionDirectoryName } from './log-names.ts';
import { deleteOldSegments, deleteRecordsBefore } from './log-start.ts';
import { assertOnline, type LogContext, type LogState, notify, storageError } from './log-state.ts';
import { appendCopied } from './moves/append-copied.ts';
import { completeCopy, openCopy, retire } from './moves/switch-over.ts';
import { PARTITION_METADATA, writePartitionMetadata } from './partition-metadata.ts';
import type { ProducerEntry } from './producer-entry.ts';
import { abortedTransactions, type ReadOptions, type ReadResult, readRecords, readSegments } from './read.ts';
import { rollSegment } from './roll.ts';
import { TailCache } from './tail-cache.ts';
import { type FoundTimestamp, searchMaxTimestamp, searchTimestamp } from './timestamp-search.ts';
import type { AbortedTransaction } from './transaction-index.ts';

export type { AppendOptions, AppendResult } from './append.ts';
export type { ReadOptions, ReadResult } from './read.ts';

/** What DescribeProducers says of a producer. */
export type ProducerInfo = Readonly<
  Pick<
    ProducerEntry,
    'producerId' | 'epoch' | 'coordinatorEpoch' | 'lastSequence' | 'lastTimestamp' | 'currentTxnFirstOffset'
  >
>;

export interface PartitionLogOptions {
  context: LogContext;
  topic: string;
  partition: number;
  /** Of the partition. */
  directory: string;
  config: LogConfig;
  loaded: LoadedLog;
  /** Why the log cannot be used, if it cannot. */
  failure?: string;
}

export class PartitionLog {
  readonly topic: string;
  readonly partition: number;
  #state: LogState;
  #flusher: Flusher;

  constructor(options: PartitionLogOptions) {
    const { context, topic, partition, directory, config, loaded } = options;
    this.topic = topic;
    this.partition = partition;
    this.#state = {
      ...loaded,
      context,
      topic,
      partition,
      topicPartition: partitionDirectoryName(topic, partition),
      directory,
      tail: new TailCache(context.tails),
      listeners: new Set(),
      config,
      failure: options.failure,
    };
    this.#flusher = new Flusher(this.#state);
  }

  /** Of the partition; another one after a move. */
  get directory(): string {
    return this.#state.directory;
  }

  /** 22-character id; undefined if the directory does not say. */
  get topicId(): string | undefined {
    return this.#state.topicId;
  }

  /** Why the log is offline; every use of it fails with KAFKA_STORAGE_ERROR then. */
  get failure(): string | undefined {
    return this.#state.failure;
  }

  get config(): LogConfig {
    return this.#state.config;
  }

  get logStartOffset(): number {
    return this.#state.logStartOffset;
  }

  /** The next record's offset. */
  get logEndOffset(): number {
    return this.#state.logEndOffset;
  }

  /** The log end offset: there is only this replica. */
  get highWatermark(): number {
    return this.#state.logEndOffset;
  }

  /** No transaction below is undecided. */
  get lastStableOffset(): number {
    const { producers, logStartOffset, logEndOffset } = this.#state;
    return Math.max(producers.firstUnstableOffset ?? logEndOffset, logStartOffset);
  }

  /** Everything below is on disk. */
  get recoveryPoint(): number {
    return this.#state.recoveryPoint;
  }

  /** Bytes of all segments. */
  get sizeInBytes(): number {
    return this.#state.segments.sizeInBytes;
  }

  /** Base offsets of the segments, in order. */
  get segmentBaseOffsets(): number[] {
    return this.#state.segments.all.map((segment) => segment.baseOffset);
  }

  /** Leader epoch of the newest batch, -1 if there is none. */
  get latestEpoch(): number {
    return this.#state.epochs.latest;
  }

  /**
   * Calls `listener` after every change that a waiting fetch may care about: an append (which may move the last stable
   * offset), a new log start offset, the log going offline or being deleted. Returns what takes the listener off.
   */
  onChange(listener: () => void): () => void {
    this.#state.listeners.add(listener);
    return () => void this.#state.listeners.delete(listener);
  }

  /**
   * The codec that must be loaded (`loadCodec`) before {@link append} can check these records of a client; undefined
   * nearly always, as only compacted topics and `message.timestamp.before.max.ms` make the log look into batches.
   */
  codecNeeded(records: Buffer): number | undefined {
    return codecNeeded(records, this.#state.config);
  }

  /**
   * Appends batches, which are in the file (not necessarily on disk: see `flush.messages`) and readable when this
   * returns. Offsets, leader epoch and, with LogAppendTime, the time are written into `records`, and the log keeps it to
   * serve reads: it belongs to the log from here on.
   * @throws LogError with Kafka's code and message: CORRUPT_MESSAGE, INVALID_RECORD, MESSAGE_TOO_LARGE,
   *   RECORD_LIST_TOO_LARGE, INVALID_TIMESTAMP, UNSUPPORTED_FOR_MESSAGE_FORMAT, UNSUPPORTED_COMPRESSION_TYPE,
   *   OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, TRANSACTION_COORDINATOR_FENCED,
   *   KAFKA_STORAGE_ERROR. Nothing was appended then.
   */
  append(records: Buffer, options: AppendOptions): AppendResult {
    return appendRecords(this.#state, this.#flusher, records, options);
  }

  /**
   * Whole batches from the one with `offset` on: at once if they were appended recently, else read from the file.
   * Nothing at all if `offset` is `upTo` or later.
   * @throws LogError OFFSET_OUT_OF_RANGE below the log start and above the log end offset, KAFKA_STORAGE_ERROR,
   *   CORRUPT_MESSAGE; a promise rejects with them
   */
  read(offset: number, maxBytes: number, options: ReadOptions): ReadResult | Promise<ReadResult> {
    return readRecords(this.#state, offset, { maxBytes, ...options });
  }

  /** Aborted transactions with records in `[from, to)`, for a read_committed fetch; `to` is the read's `nextOffset`. */
  abortedTransactions(from: number, to: number): AbortedTransaction[] {
    return abortedTransactions(this.#state, from, to);
  }

  /** The first record whose timestamp is `timestamp` (milliseconds) or later. */
  async offsetForTimestamp(timestamp: number): Promise<FoundTimestamp | undefined> {
    return this.#search(({ segments, logStartOffset }) => searchTimestamp(segments, timestamp, logStartOffset));
  }

  /** The first record with the largest timestamp (KIP-734). */
  async maxTimestampOffset(): Promise<FoundTimestamp | undefined> {
    return this.#search(({ segments, logStartOffset }) => searchMaxTimestamp(segments, logStartOffset));
  }

  /** Once more if the log was moved meanwhile, and its old files are gone. */
  async #search<T>(search: (state: LogState) => Promise<T>): Promise<T> {
    const state = this.#state;
    assertOnline(state);
    try {
      return await search(state);
    } catch (error) {
      if (state.movedTo === undefined) throw error;
      return this.#search(search);
    }
  }

  /** For a copy of the log: batches from `offset` on, in what lies before the log start offset too. */
  readForCopy(offset: number, maxBytes: number): ReadResult | Promise<ReadResult> {
    return readSegments(this.#state, offset, { maxBytes, minOneMessage: true, upTo: this.#state.logEndOffset });
  }

  /**
   * Appends batches of the log that this one is a copy of, as they are.
   * @throws LogError CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR; a system error
   */
  appendCopied(records: Buffer, nowMs: number): void {
    appendCopied(this.#state, this.#flusher, records, nowMs);
  }

  /**
   * Goes on in the files of `copy`, which has all records of this log, and is closed by this.
   * @param place told that the copy is complete and on disk; moves it to its place and returns that
   * @throws a system error or LogError, and this log goes on where it was
   */
  switchTo(copy: PartitionLog, place: () => string): void {
    const old = this.#state;
    completeCopy(old, copy.#state, copy.#flusher);
    copy.#release('moved');
    this.#state = openCopy(old, place());
    void this.#flusher.stop();
    this.#flusher = new Flusher(this.#state);
    retire(old, this.#state);
  }

  /** Takes the log offline because its log directory failed. */
  fail(reason: string): void {
    if (this.#state.failure !== undefined) return;
    this.#state.failure = reason;
    notify(this.#state);
  }

  /** Where a leader epoch ended (OffsetForLeaderEpoch, KIP-101); -1 and -1 for an unknown one. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.#state.epochs.endOffsetFor(epoch, this.#state.logEndOffset);
  }

  /** Leader epoch of the record at `offset`, -1 if it has none. */
  epochOf(offset: number): number {
    return this.#state.epochs.epochOf(offset) ?? -1;
  }

  /** Producers that the log remembers, for DescribeProducers. */
  producerStates(): ProducerInfo[] {
    return [...this.#state.producers.entries.values()];
  }

  /** Whether this producer has a transaction open here in this epoch. */
  hasOngoingTransaction(producerId: number, epoch: number): boolean {
    const entry = this.#state.producers.get(producerId);
    return entry !== undefined && entry.currentTxnFirstOffset >= 0 && entry.epoch === epoch;
  }

  /** Forgets producers that have not been heard of for `expirationMs` (`producer.id.expiration.ms`). */
  removeExpiredProducers(nowMs: number, expirationMs: number): void {
    this.#state.producers.removeExpired(nowMs, expirationMs);
  }

  /** From the next append on. */
  updateConfig(config: LogConfig): void {
    this.#state.config = config;
  }

  /** @throws LogError INCONSISTENT_TOPIC_ID if the directory has another id already */
  assignTopicId(topicId: string): void {
    const state = this.#state;
    if (state.topicId === topicId) return;
    if (state.topicId !== undefined) {
      const text = `Tried to assign topic ID ${topicId} to log for topic partition ${state.topicPartition}, but log already contained topic ID ${state.topicId}`;
      throw new LogError(LogErrorCode.INCONSISTENT_TOPIC_ID, text);
    }
    writePartitionMetadata(state.context.pool.files, path.join(state.directory, PARTITION_METADATA), topicId);
    state.topicId = topicId;
  }

  /**
   * Raises the log start offset (DeleteRecords). Returns it; it never goes back.
   * @throws LogError OFFSET_OUT_OF_RANGE above the high watermark
   */
  deleteRecordsBefore(offset: number): number {
    return deleteRecordsBefore(this.#state, offset);
  }

  /**
   * Deletes segments that retention or DeleteRecords no longer want, the active one too (after a roll). The files go
   * after `file.delete.delay.ms`; reads under way complete. Returns how many segments.
   */
  deleteOldSegments(nowMs: number): number {
    return deleteOldSegments(this.#state, this.#flusher, nowMs);
  }

  /**
   * What compaction would work on now.
   * @param checkpoint where the last one ended, if there was one
   */
  cleanableRange(checkpoint: number | undefined, nowMs: number): CleanableRange {
    return cleanableRange(this.#state, checkpoint, nowMs);
  }

  /** Compacts the log, see {@link cleanLog}. Offsets do not move; reads and appends go on meanwhile. */
  clean(options: CleanOptions): Promise<CleanResult> {
    return cleanLog(this.#state, this.#flusher, options);
  }

  /** Starts a new segment, unless the active one is empty. @throws LogError KAFKA_STORAGE_ERROR */
  roll(nowMs: number): void {
    assertOnline(this.#state);
    try {
      rollSegment(this.#state, this.#flusher, nowMs);
    } catch (cause) {
      throw storageError(this.#state, 'rolling log segment for', cause);
    }
  }

  /** Has everything on disk when it returns. @throws LogError KAFKA_STORAGE_ERROR, and the log is offline then */
  flush(): void {
    assertOnline(this.#state);
    this.#flusher.flush();
  }

  /** The same without blocking; a failure takes the log offline. */
  flushAsync(): Promise<void> {
    return this.#flusher.flushUpTo(this.#state.logEndOffset);
  }

  /** For a clean stop: everything goes to disk, so that the next start need not scan. @throws LogError KAFKA_STORAGE_ERROR */
  async close(): Promise<void> {
    await this.#flusher.stop();
    try {
      if (this.#state.failure === undefined) await this.#flusher.completeAsync();
    } finally {
      this.#release('closed');
    }
  }

  /** Lets go of the files without writing anything: before the partition is deleted. */
  abandon(): void {
    void this.#flusher.stop();
    this.#release('deleted');
  }

  #release(what: string): void {
    const state = this.#state;
    state.failure ??= `Partition ${state.topicPartition} is ${what}`;
    state.tail.clear();
    for (const segment of state.segments.all) segment.close();
    notify(state);
    state.listeners.clear();
  }
}
