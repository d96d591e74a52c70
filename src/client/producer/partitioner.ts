// Which partition a record goes to (KIP-794): by murmur2 of its key, or, without one, to a partition that it sticks to
// until about a batch has gone there.
import { partitionForKey } from '../../util/murmur2.ts';
import type { ProducerSettings } from '../settings/producer.ts';

export class Partitioner {
  readonly #settings: ProducerSettings;
  #current = -1;
  #bytesToCurrent = 0;

  constructor(settings: ProducerSettings) {
    this.#settings = settings;
  }

  /** @param available partitions that have a leader, of `count`; empty if unknown */
  choose(key: Buffer | null, count: number, available: readonly number[]): number {
    if (this.#settings.roundRobin) {
      this.#current++;
      return available.length > 0 ? available[this.#current % available.length]! : this.#current % count;
    }
    if (key !== null && !this.#settings.ignoreKeys) return partitionForKey(key, count);
    if (this.#current < 0 || this.#current >= count) this.#switch(count, available);
    return this.#current;
  }

  /**
   * A batch has been closed; after `batch.size` bytes the next record without a key goes elsewhere.
   * @param bytes of its records
   */
  batchClosed(partition: number, bytes: number, count: number, available: readonly number[]): void {
    if (partition !== this.#current || this.#settings.roundRobin) return;
    this.#bytesToCurrent += bytes;
    // A full batch stops a little short of batch.size: what did not fit in would have filled it.
    if (this.#bytesToCurrent >= this.#settings.batchSize * 0.9) this.#switch(count, available);
  }

  #switch(count: number, available: readonly number[]): void {
    const among = available.length > 0 ? available.length : count;
    const pick = Math.floor(Math.random() * among);
    this.#current = available.length > 0 ? available[pick]! : pick;
    this.#bytesToCurrent = 0;
  }
}
