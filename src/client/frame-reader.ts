// Cuts the byte stream of a connection into frames: a big-endian int32 size, then that many bytes.

/** No broker answers with more; the first bytes of TLS and HTTP, read as a size, lie beyond it. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;

/** What came is no frame. `first` are the first bytes of it. */
export class FrameError extends Error {
  override name = 'FrameError';
  readonly first: Buffer;

  constructor(size: number, first: Buffer) {
    super(`frame of ${size} bytes`);
    this.first = first;
  }
}

const NOTHING = Buffer.alloc(0);

export class FrameReader {
  readonly #onFrame: (frame: Buffer) => void;
  /** Bytes of a size field that came in part. */
  #rest: Buffer = NOTHING;
  /** The frame that came in part. */
  #partial: Buffer | undefined;
  #filled = 0;

  constructor(onFrame: (frame: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /** Bytes that no whole frame was made of yet. */
  get hasPartialFrame(): boolean {
    return this.#partial !== undefined || this.#rest.length > 0;
  }

  /**
   * Takes the next bytes; hands on every frame that they complete. Frames that lie in one chunk are views of it.
   * @throws FrameError for a size that is negative or beyond {@link MAX_FRAME_BYTES}
   */
  push(chunk: Buffer): void {
    let at = this.#continueFrame(chunk);
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk.subarray(at)]) : chunk;
    if (bytes !== chunk) at = 0;
    this.#rest = NOTHING;
    while (bytes.length - at >= 4) {
      const size = bytes.readInt32BE(at);
      if (size < 0 || size > MAX_FRAME_BYTES) throw new FrameError(size, bytes.subarray(at, at + 16));
      at += 4;
      if (bytes.length - at < size) {
        this.#partial = Buffer.allocUnsafe(size);
        this.#filled = bytes.copy(this.#partial, 0, at);
        return;
      }
      this.#onFrame(bytes.subarray(at, at + size));
      at += size;
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at);
  }

  /** Fills the frame that has begun; returns how many bytes of the chunk that took. */
  #continueFrame(chunk: Buffer): number {
    const frame = this.#partial;
    if (frame === undefined) return 0;
    const taken = chunk.copy(frame, this.#filled);
    this.#filled += taken;
    if (this.#filled === frame.length) {
      this.#partial = undefined;
      this.#onFrame(frame);
    }
    return taken;
  }
}
