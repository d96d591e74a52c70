// Cuts the bytes of a connection into frames: a size as int32, then that many bytes. A frame that lies within one chunk of
// the socket is a view of it, so small requests are never copied; a frame over several chunks is gathered in a buffer that
// grows with what has arrived, never with what the size claims.

/** The size of a frame cannot be right; what follows on the connection cannot be read. */
export class FrameSizeError extends Error {
  override name = 'FrameSizeError';
  readonly size: number;
  /** The first bytes of the frame, its size included: what a client of another protocol sent. */
  readonly start: Buffer;

  constructor(size: number, start: Buffer) {
    super(`frame size ${size}`);
    this.size = size;
    this.start = start;
  }
}

const SIZE_BYTES = 4;
const FIRST_CAPACITY = 64 * 1024;
// Each growth copies what is there: with four, a third more bytes are copied than arrive.
const GROWTH = 4;
const SHOWN_BYTES = 32;

export class FrameReader {
  /** Of the frames that follow; larger ones are refused before anything is allocated. */
  maxFrameBytes: number;
  #chunks: Buffer[] = [];
  #pos = 0;
  #waitingBytes = 0;
  readonly #sizeBytes = Buffer.alloc(SIZE_BYTES);
  #sizeFilled = 0;
  #frame: Buffer | undefined;
  #frameSize = 0;
  #frameFilled = 0;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Bytes pushed and not yet part of a frame. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Whether the beginning of a frame is there and its end is not. True only after `next` has returned undefined. */
  get insideFrame(): boolean {
    return this.#sizeFilled > 0;
  }

  /** The size that the unfinished frame claims, 0 while that is not known. */
  get claimedSize(): number {
    return this.#frame === undefined ? 0 : this.#frameSize;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.length;
  }

  /**
   * The next whole frame without its size, undefined if more bytes are needed.
   * @throws FrameSizeError if the size is negative or too large
   */
  next(): Buffer | undefined {
    for (;;) {
      const chunk = this.#chunks[0];
      if (chunk === undefined) return undefined;
      const frame = this.#frame === undefined ? this.#begin(chunk) : this.#continue(chunk, this.#frame);
      if (this.#pos === chunk.length) {
        this.#chunks.shift();
        this.#pos = 0;
      }
      if (frame !== undefined) return frame;
    }
  }

  #take(bytes: number): void {
    this.#pos += bytes;
    this.#waitingBytes -= bytes;
  }

  /** Reads the size, and the frame at once if the chunk has all of it. */
  #begin(chunk: Buffer): Buffer | undefined {
    const start = this.#pos;
    const size = this.#readSize(chunk);
    if (size === undefined) return undefined;
    if (size < 0 || size > this.maxFrameBytes) throw new FrameSizeError(size, this.#shown(chunk, start));
    if (chunk.length - this.#pos >= size) {
      const frame = chunk.subarray(this.#pos, this.#pos + size);
      this.#take(size);
      this.#sizeFilled = 0;
      return frame;
    }
    this.#frameSize = size;
    this.#frameFilled = 0;
    this.#frame = Buffer.allocUnsafe(Math.min(size, Math.max(FIRST_CAPACITY, chunk.length - this.#pos)));
    return undefined;
  }

  #readSize(chunk: Buffer): number | undefined {
    if (this.#sizeFilled === 0 && chunk.length - this.#pos >= SIZE_BYTES) {
      const size = chunk.readInt32BE(this.#pos);
      this.#take(SIZE_BYTES);
      this.#sizeFilled = SIZE_BYTES;
      return size;
    }
    const copied = chunk.copy(this.#sizeBytes, this.#sizeFilled, this.#pos);
    this.#take(copied);
    this.#sizeFilled += copied;
    return this.#sizeFilled === SIZE_BYTES ? this.#sizeBytes.readInt32BE() : undefined;
  }

  #shown(chunk: Buffer, start: number): Buffer {
    const here = chunk.subarray(start, start + SHOWN_BYTES);
    const split = this.#pos - start < SIZE_BYTES;
    return split ? Buffer.concat([this.#sizeBytes, chunk.subarray(this.#pos, this.#pos + SHOWN_BYTES)]) : here;
  }

  #continue(chunk: Buffer, frame: Buffer): Buffer | undefined {
    const wanted = Math.min(this.#frameSize - this.#frameFilled, chunk.length - this.#pos);
    const target = this.#withRoom(frame, wanted);
    chunk.copy(target, this.#frameFilled, this.#pos, this.#pos + wanted);
    this.#frameFilled += wanted;
    this.#take(wanted);
    this.#frame = target;
    if (this.#frameFilled < this.#frameSize) return undefined;
    this.#frame = undefined;
    this.#sizeFilled = 0;
    return target;
  }

  #withRoom(frame: Buffer, wanted: number): Buffer {
    const needed = this.#frameFilled + wanted;
    if (needed <= frame.length) return frame;
    const grown = Buffer.allocUnsafe(Math.min(this.#frameSize, Math.max(needed, frame.length * GROWTH)));
    frame.copy(grown, 0, 0, this.#frameFilled);
    return grown;
  }
}
