/** Collects output in one growing buffer, so that many records leave in one write. */
export class OutputBuffer {
  #buf: Buffer;
  #length = 0;

  constructor(initialCapacity = 64 * 1024) {
    this.#buf = Buffer.allocUnsafe(initialCapacity);
  }

  /** Bytes collected. */
  get length(): number {
    return this.#length;
  }

  bytes(bytes: Uint8Array): void {
    const size = bytes.length;
    const at = this.#reserve(size);
    this.#buf.set(bytes, at);
  }

  /** Two pieces in one go: a value and what ends the line. */
  pair(first: Uint8Array, second: Uint8Array): void {
    const size = first.length;
    const at = this.#reserve(size + second.length);
    this.#buf.set(first, at);
    if (second.length === 1) this.#buf[at + size] = second[0]!;
    else this.#buf.set(second, at + size);
  }

  text(text: string): void {
    const at = this.#reserve(text.length * 3);
    this.#length = at + this.#buf.write(text, at, 'utf8');
  }

  /** What was collected, for good: the next bytes go into a new buffer of the same size. */
  take(): Buffer {
    const taken = this.#buf.subarray(0, this.#length);
    this.#buf = Buffer.allocUnsafe(this.#buf.length);
    this.#length = 0;
    return taken;
  }

  #reserve(size: number): number {
    const at = this.#length;
    const needed = at + size;
    if (needed > this.#buf.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buf.length * 2));
      this.#buf.copy(grown, 0, 0, at);
      this.#buf = grown;
    }
    this.#length = needed;
    return at;
  }
}
