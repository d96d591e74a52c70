// The newest batches of a log in memory, as they were appended: consumers that keep up are served from here, without
// touching a file.
//
// Small batches are copied into slabs, so that a fetch of many of them is a few long pieces and the garbage collector
// has few to find; those of 16 KB, a producer's default, count as small (a tenth of the CPU of Kafka's producer at 1 KB a
// record). A large batch is kept as it
// came, unless it is a small part of a larger buffer, which it would keep alive.
import { type BatchRange, type RangeLimits, wholeBatches } from './batch-range.ts';

const SMALL_BATCH_BYTES = 32 * 1024;
const FIRST_SLAB_BYTES = 4096;
const LAST_SLAB_BYTES = 256 * 1024;

interface Chunk {
  buf: Buffer;
  /** Bytes of batches in `buf`. */
  length: number;
  /** Bytes that the chunk keeps alive. */
  cost: number;
  baseOffset: number;
  lastOffset: number;
}

/** What the tails of all partitions may take together. */
export class TailBudget {
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
  #bytes = 0;
  /** Least recently appended to first. */
  readonly #caches = new Set<TailCache>();
  #newest: TailCache | undefined;

  constructor(maxBytes: number, maxBytesPerPartition: number) {
    this.maxBytes = maxBytes;
    this.maxBytesPerPartition = Math.min(maxBytes, maxBytesPerPartition);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Says that `cache` holds `bytes` more (or fewer). Takes from the partitions that were not written to for longest. */
  charge(cache: TailCache, bytes: number): void {
    this.#bytes += bytes;
    if (bytes < 0) return;
    if (this.#newest !== cache) {
      this.#caches.delete(cache);
      this.#caches.add(cache);
      this.#newest = cache;
    }
    while (this.#bytes > this.maxBytes) {
      const oldest = this.#caches.values().next().value;
      if (oldest === undefined) return;
      if (!oldest.dropOldest()) this.forget(oldest);
    }
  }

  forget(cache: TailCache): void {
    this.#caches.delete(cache);
    if (this.#newest === cache) this.#newest = undefined;
  }
}

export class TailCache {
  readonly #budget: TailBudget;
  #chunks: Chunk[] = [];
  #bytes = 0;
  /** The last chunk, if it is a slab with room. */
  #slab: Chunk | undefined;

  constructor(budget: TailBudget) {
    this.#budget = budget;
  }

  /** Adds batches that were just appended; nobody may write to `records` any more. */
  add(records: Buffer, baseOffset: number, lastOffset: number): void {
    if (records.length <= SMALL_BATCH_BYTES) this.#addSmall(records, baseOffset, lastOffset);
    else this.#addLarge(records, baseOffset, lastOffset);
    while (this.#bytes > this.#budget.maxBytesPerPartition && this.dropOldest());
  }

  #addSmall(records: Buffer, baseOffset: number, lastOffset: number): void {
    let slab = this.#slab;
    if (slab === undefined || slab.length + records.length > slab.buf.length) {
      const capacity = Math.max(
        FIRST_SLAB_BYTES,
        records.length,
        Math.min(LAST_SLAB_BYTES, (slab?.buf.length ?? 0) * 2),
      );
      slab = { buf: Buffer.allocUnsafeSlow(capacity), length: 0, cost: capacity, baseOffset, lastOffset };
      this.#slab = slab;
      this.#push(slab);
    }
    records.copy(slab.buf, slab.length);
    slab.length += records.length;
    slab.lastOffset = lastOffset;
  }

  #addLarge(records: Buffer, baseOffset: number, lastOffset: number): void {
    const ownsItsMemory = records.length * 2 >= records.buffer.byteLength;
    const buf = ownsItsMemory ? records : copyOf(records);
    this.#slab = undefined;
    this.#push({ buf, length: buf.length, cost: buf.buffer.byteLength, baseOffset, lastOffset });
  }

  #push(chunk: Chunk): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.cost;
    this.#budget.charge(this, chunk.cost);
  }

  /** Makes room. False if there was nothing. */
  dropOldest(): boolean {
    const oldest = this.#chunks.shift();
    if (oldest === undefined) return false;
    if (oldest === this.#slab) this.#slab = undefined;
    this.#bytes -= oldest.cost;
    this.#budget.charge(this, -oldest.cost);
    return true;
  }

  /** Forgets all chunks with a batch below `offset`, which the log no longer has as it was appended. */
  dropBelow(offset: number): void {
    while (this.#chunks.length > 0 && this.#chunks[0]!.baseOffset < offset) this.dropOldest();
  }

  clear(): void {
    while (this.dropOldest());
    this.#budget.forget(this);
  }

  /** Batches from the one with `offset` on; undefined if that one is not here (any more). */
  read(offset: number, limits: RangeLimits): BatchRange | undefined {
    const chunks = this.#chunks;
    if (chunks.length === 0 || offset < chunks[0]!.baseOffset || offset > chunks.at(-1)!.lastOffset) return undefined;
    const range: BatchRange = { records: [], sizeInBytes: 0, nextOffset: offset };
    for (let i = this.#chunkOf(offset); i < chunks.length; i++) {
      if (!takeFrom(chunks[i]!, offset, limits, range)) break;
    }
    return range;
  }

  #chunkOf(offset: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Adds the batches of a chunk that fit. Returns whether the next chunk's may follow. */
function takeFrom(chunk: Chunk, offset: number, limits: RangeLimits, range: BatchRange): boolean {
  const room = limits.maxBytes - range.sizeInBytes;
  const isWhole = chunk.baseOffset >= offset && chunk.lastOffset < limits.upTo && chunk.length <= room;
  const { start, end, nextOffset } = isWhole
    ? { start: 0, end: chunk.length, nextOffset: chunk.lastOffset + 1 }
    : wholeBatches(chunk.buf, chunk.length, offset, { ...limits, maxBytes: room }, range.sizeInBytes === 0);
  if (end > start) {
    range.records.push(chunk.buf.subarray(start, end));
    range.sizeInBytes += end - start;
    range.nextOffset = nextOffset;
  }
  return end === chunk.length && range.sizeInBytes < limits.maxBytes;
}

/** In memory of its own, unlike what Buffer.from may return. */
function copyOf(records: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(records.length);
  records.copy(copy);
  return copy;
}
