// The newest offset of each key in the dirty section of a log (OffsetMap). Kafka's SkimpyOffsetMap keeps MD5 sums, 24 bytes
// for a key whatever its length; this one keeps the keys themselves, so that no two are ever taken for each other.

/** What an entry takes besides its key: 60 to 65 bytes as measured on Node 20, and some while the table grows. */
const ENTRY_BYTES = 80;
/** A JavaScript Map takes no more entries than this. */
const MAX_ENTRIES = 2 ** 24 - 1;

export class OffsetMap {
  readonly #maxBytes: number;
  readonly #offsets = new Map<string, number>();
  #bytes = 0;
  /** Keys up to this offset are in the map; -1 if none are. */
  latestOffset = -1;

  /** @param maxBytes memory at which the map counts as full: `log.cleaner.dedupe.buffer.size`, times the load factor */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Asked between batches, each of which is taken whole: whatever the bound, the map has room for one. */
  get isFull(): boolean {
    return this.#bytes >= this.#maxBytes || this.#offsets.size >= MAX_ENTRIES - 2 ** 20;
  }

  get size(): number {
    return this.#offsets.size;
  }

  put(key: Buffer, offset: number): void {
    const text = key.toString('latin1');
    const before = this.#offsets.size;
    this.#offsets.set(text, offset);
    if (this.#offsets.size > before) this.#bytes += ENTRY_BYTES + text.length;
  }

  /** Whether a record may be dropped because a newer one with its key is in the map. */
  isSuperseded(key: Buffer, offset: number): boolean {
    const newest = this.#offsets.get(key.toString('latin1'));
    return newest !== undefined && newest > offset;
  }
}
