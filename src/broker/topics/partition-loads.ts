// A coordinator whose broker becomes the leader of a partition of its topic reads what is in it; whose broker is that no more
// forgets it. Loads come one after the other, so that what an abandoned one has read does not mix with the next one's.
import type { Logger } from '../../util/logger.ts';

export interface PartitionLoadParts {
  readonly logger: Logger;
  read(partition: number): AsyncIterable<{ partition: number; batches: Buffer }>;
  /** Begins a load; the function takes the batches in their order. */
  start(): (partition: number, batches: Buffer) => Promise<void>;
  /** All of a partition is read. */
  loaded(partition: number): void;
  /** Forgets what was read of a partition. */
  drop(partition: number): void;
}

export class PartitionLoads {
  readonly #parts: PartitionLoadParts;
  /** By partition, what tells a load from a later one. */
  readonly #loading = new Map<number, symbol>();
  #last: Promise<void> = Promise.resolve();

  constructor(parts: PartitionLoadParts) {
    this.#parts = parts;
  }

  /** How many partitions are being read. */
  get size(): number {
    return this.#loading.size;
  }

  has(partition: number): boolean {
    return this.#loading.has(partition);
  }

  /** Resolves when the partition is read, or was lost before; one that cannot be read stays as if it were being read. */
  gained(partition: number): Promise<void> {
    const load = Symbol('load');
    this.#loading.set(partition, load);
    this.#last = this.#last
      .then(() => this.#load(partition, load))
      .catch((error) => this.#parts.logger.error(`Cannot read partition ${partition} of the state topic`, error));
    return this.#last;
  }

  lost(partition: number): void {
    this.#loading.delete(partition);
    this.#parts.drop(partition);
  }

  async #load(partition: number, load: symbol): Promise<void> {
    const isWanted = () => this.#loading.get(partition) === load;
    if (!isWanted()) return;
    this.#parts.drop(partition);
    const take = this.#parts.start();
    for await (const { batches } of this.#parts.read(partition)) {
      await take(partition, batches);
      if (!isWanted()) break;
    }
    if (!isWanted()) return this.#parts.drop(partition);
    this.#loading.delete(partition);
    this.#parts.loaded(partition);
  }
}
