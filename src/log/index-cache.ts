// Indexes of sealed segments are read when they are needed and dropped again, so that a log of a thousand segments does
// not keep a thousand indexes in memory.

export interface Evictable {
  readonly indexBytes: number;
  unloadIndexes(): void;
}

export class IndexCache {
  readonly #maxBytes: number;
  readonly #used = new Map<Evictable, number>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Says that a sealed segment's indexes are loaded and in use; the least recently used ones go for them. */
  touch(segment: Evictable): void {
    this.forget(segment);
    this.#used.set(segment, segment.indexBytes);
    this.#bytes += segment.indexBytes;
    for (const oldest of this.#used.keys()) {
      if (this.#bytes <= this.#maxBytes || oldest === segment) return;
      this.forget(oldest);
      oldest.unloadIndexes();
    }
  }

  forget(segment: Evictable): void {
    this.#bytes -= this.#used.get(segment) ?? 0;
    this.#used.delete(segment);
  }
}
