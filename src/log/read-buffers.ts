// Memory for reads from files, used over and over: a fetch of older data fills a megabyte, and taking that afresh each
// time means pages for the kernel to clear and buffers for the garbage collector to find, about half of what such a fetch
// costs otherwise.
//
// A buffer is lent to one read. Whoever has sent what was read may give it back; one that never comes back (the client has
// gone, the answer was read again) is garbage like any other.

const MIB = 1024 * 1024;
/** What a consumer asks of a partition by default (max.partition.fetch.bytes), and what a search reads beyond. */
const BUFFER_BYTES = MIB + 16 * 1024;
/** Less than this is taken afresh. */
const SMALLEST_BYTES = 128 * 1024;
/** As many as may wait to be used again. */
const MOST_FREE = 8;

export class ReadBuffers {
  readonly #free: Buffer[] = [];
  readonly #lent = new WeakMap<ArrayBufferLike, Buffer>();

  /** Memory for a read, with whatever is in it. */
  take(bytes: number): Buffer {
    if (bytes < SMALLEST_BYTES || bytes > BUFFER_BYTES) return Buffer.allocUnsafe(bytes);
    const whole = this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
    this.#lent.set(whole.buffer, whole);
    return whole.subarray(0, bytes);
  }

  /** Takes back the memory that `part` lies in, if it is of here; nobody may look at any part of it from now on. */
  giveBack(part: Buffer): void {
    const whole = this.#lent.get(part.buffer);
    if (whole === undefined) return;
    this.#lent.delete(part.buffer);
    if (this.#free.length < MOST_FREE) this.#free.push(whole);
  }
}
