// Collects records into one batch. Records are encoded straight into one growing buffer that already has room for the
// batch header in front, so that an uncompressed batch is built without a copy.
import { BATCH_OVERHEAD } from './batch.ts';
import { compress } from './compression.ts';
import { type BatchProperties, writeBatchHeader } from './header-writer.ts';
import type { RecordHeader } from './record.ts';
import { sizeOfVarint, sizeOfVarlong, writeVarint, writeVarlong } from './varint.ts';

/** Kafka allows 5 % for the estimate being wrong (COMPRESSION_RATE_ESTIMATION_FACTOR). */
const ESTIMATION_FACTOR = 1.05;
/** Most bytes that a record takes besides key, value and headers (DefaultRecord.MAX_RECORD_OVERHEAD). */
const MAX_RECORD_OVERHEAD = 21;
const NULL_SIZE = 1;
const NO_HEADERS: readonly RecordHeader[] = [];

export interface BatchBuilderOptions {
  /** Codec number, default 0. Any other must be loaded when build() is called. */
  codec?: number;
  /** Compression level, where the codec has levels. */
  level?: number;
  /** Bytes that {@link BatchBuilder.hasRoomFor} keeps the estimated size within: `batch.size`. No limit by default. */
  maxBytes?: number;
  /** Bytes allocated at first. */
  initialCapacity?: number;
  /** Compressed to uncompressed size to expect (see CompressionRatioEstimator), default 1. */
  compressionRatio?: number;
  /** Milliseconds; stored in place of the first timestamp, for the log cleaner (KIP-534). */
  deleteHorizonMs?: number;
}

export interface BuildOptions extends BatchProperties {
  /** Default: of the last record. Larger where compaction removed the last records. */
  lastOffsetDelta?: number;
  /** Milliseconds. Default: the largest of the records. With LogAppendTime: the append time. */
  maxTimestamp?: number;
}

export class BatchBuilder {
  readonly codec: number;
  /** Records so far. */
  count = 0;
  /** Of the first record, milliseconds; -1 while there is none. */
  baseTimestamp = -1;
  /** Largest of the records, milliseconds; -1 while there is none. */
  maxTimestamp = -1;
  /** Offset of the last record relative to the batch's; -1 while there is none. */
  lastOffsetDelta = -1;
  /** Compressed to uncompressed size of the batch that was built last: what to tell a CompressionRatioEstimator. */
  actualCompressionRatio = 1;

  readonly #level: number | undefined;
  readonly #maxBytes: number;
  readonly #initialCapacity: number;
  readonly #ratio: number;
  readonly #deleteHorizonMs: number | undefined;
  #buf: Buffer;
  #pos = BATCH_OVERHEAD;

  constructor(options: BatchBuilderOptions = {}) {
    this.codec = options.codec ?? 0;
    this.#level = options.level;
    this.#maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#initialCapacity = Math.max(options.initialCapacity ?? 1024, 2 * BATCH_OVERHEAD);
    this.#ratio = (options.compressionRatio ?? 1) * ESTIMATION_FACTOR;
    this.#deleteHorizonMs = options.deleteHorizonMs;
    this.#buf = Buffer.allocUnsafe(this.#initialCapacity);
  }

  /** Bytes of header and records without compression. */
  get uncompressedSizeInBytes(): number {
    return this.#pos;
  }

  /** What build() will about return: exact without compression. */
  get estimatedSizeInBytes(): number {
    if (this.codec === 0) return this.#pos;
    return BATCH_OVERHEAD + Math.floor((this.#pos - BATCH_OVERHEAD) * this.#ratio);
  }

  /** Whether one more record keeps the batch within maxBytes; the first always may (MemoryRecordsBuilder.hasRoomFor). */
  hasRoomFor(key: Uint8Array | null, value: Uint8Array | null, headers: readonly RecordHeader[] = NO_HEADERS): boolean {
    if (this.count === 0) return true;
    const more = recordSizeUpperBound(key, value, headers);
    return this.estimatedSizeInBytes + more <= this.#maxBytes;
  }

  /**
   * Appends a record at the next offset; key and value are copied.
   * @returns the estimated size of the batch in bytes
   */
  append(
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): number {
    return this.appendAt(this.lastOffsetDelta + 1, timestampMs, key, value, headers);
  }

  /** As {@link append}, at an offset relative to the batch's, which must be larger than the one before. */
  appendAt(
    offsetDelta: number,
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): number {
    if (offsetDelta <= this.lastOffsetDelta || offsetDelta > 0x7fffffff) {
      throw new RangeError(`offset delta ${offsetDelta} after ${this.lastOffsetDelta}`);
    }
    if (this.count === 0) this.baseTimestamp = this.#deleteHorizonMs ?? timestampMs;
    const timestampDelta = timestampMs - this.baseTimestamp;
    const size = 1 + sizeOfVarlong(timestampDelta) + sizeOfVarint(offsetDelta) + sizeOfFields(key, value, headers);
    const buf = this.#reserve(size + 5);
    let at = writeVarint(buf, this.#pos, size);
    buf[at++] = 0;
    at = writeVarlong(buf, at, timestampDelta);
    at = writeVarint(buf, at, offsetDelta);
    at = writeBytes(buf, at, key);
    at = writeBytes(buf, at, value);
    this.#pos = writeHeaders(buf, at, headers);

    this.count++;
    this.lastOffsetDelta = offsetDelta;
    if (timestampMs > this.maxTimestamp) this.maxTimestamp = timestampMs;
    return this.estimatedSizeInBytes;
  }

  /**
   * The batch, complete with CRC. The builder is empty afterwards and can be used for the next one; the buffer returned
   * is the caller's.
   */
  build(options: BuildOptions = {}): Buffer {
    const batch = this.codec === 0 || this.count === 0 ? this.#buf.subarray(0, this.#pos) : this.#compressed();
    writeBatchHeader(batch, {
      ...options,
      codec: this.codec,
      count: this.count,
      lastOffsetDelta: options.lastOffsetDelta ?? Math.max(this.lastOffsetDelta, 0),
      baseTimestamp: this.baseTimestamp,
      maxTimestamp: options.maxTimestamp ?? this.maxTimestamp,
      deleteHorizon: this.#deleteHorizonMs !== undefined && this.count > 0,
    });
    this.#reset();
    return batch;
  }

  #compressed(): Buffer {
    const records = this.#buf.subarray(BATCH_OVERHEAD, this.#pos);
    const compressed = compress(this.codec, records, this.#level);
    this.actualCompressionRatio = compressed.length / records.length;
    const batch = Buffer.allocUnsafe(BATCH_OVERHEAD + compressed.length);
    compressed.copy(batch, BATCH_OVERHEAD);
    return batch;
  }

  #reset(): void {
    // What was built without compression lives on in the old buffer.
    if (this.codec === 0) this.#buf = Buffer.allocUnsafe(this.#initialCapacity);
    this.#pos = BATCH_OVERHEAD;
    this.count = 0;
    this.baseTimestamp = -1;
    this.maxTimestamp = -1;
    this.lastOffsetDelta = -1;
  }

  #reserve(bytes: number): Buffer {
    const needed = this.#pos + bytes;
    if (needed > this.#buf.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buf.length * 2));
      this.#buf.copy(grown, 0, 0, this.#pos);
      this.#buf = grown;
    }
    return this.#buf;
  }
}

/** The most bytes that a record takes in a batch (DefaultRecord.recordSizeUpperBound). */
export function recordSizeUpperBound(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[],
): number {
  return MAX_RECORD_OVERHEAD + sizeOfFields(key, value, headers);
}

function sizeOfFields(key: Uint8Array | null, value: Uint8Array | null, headers: readonly RecordHeader[]): number {
  let size = sizeOfBytes(key) + sizeOfBytes(value) + sizeOfVarint(headers.length);
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i]!;
    const keySize = Buffer.byteLength(header.key);
    size += sizeOfVarint(keySize) + keySize + sizeOfBytes(header.value);
  }
  return size;
}

function sizeOfBytes(bytes: Uint8Array | null): number {
  return bytes === null ? NULL_SIZE : sizeOfVarint(bytes.length) + bytes.length;
}

function writeBytes(buf: Buffer, pos: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(buf, pos, -1);
  const size = bytes.length;
  const at = writeVarint(buf, pos, size);
  buf.set(bytes, at);
  return at + size;
}

function writeHeaders(buf: Buffer, pos: number, headers: readonly RecordHeader[]): number {
  let at = writeVarint(buf, pos, headers.length);
  for (let i = 0; i < headers.length; i++) {
    const header = headers[i]!;
    const keySize = Buffer.byteLength(header.key);
    at = writeVarint(buf, at, keySize);
    at += buf.write(header.key, at, keySize, 'utf8');
    at = writeBytes(buf, at, header.value);
  }
  return at;
}
