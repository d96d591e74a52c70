// Kafka's placement of replicas (org.apache.kafka.metadata.placement.StripedReplicaPlacer): leaders go round the racks,
// the replicas of a partition lie on as many racks as there are, fenced brokers come last and lead nothing.

export interface UsableBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly fenced: boolean;
}

/** A random integer from 0 up to `end`, without it. */
export type Random = (end: number) => number;

/**
 * Replicas for so many partitions, in order, the leader first.
 * @param brokers as many as there are to be replicas at least, one of them not fenced
 */
export function stripedReplicas(
  brokers: readonly UsableBroker[],
  partitions: number,
  replicationFactor: number,
  random: Random,
): number[][] {
  const racks = new RackList(brokers, random);
  return Array.from({ length: partitions }, () => racks.place(replicationFactor));
}

/** Brokers of a rack, taken in turns; each epoch begins one further. */
class BrokerList {
  readonly #brokers: number[];
  #epoch = 0;
  #index = 0;
  #offset: number;

  constructor(brokers: number[], random: Random) {
    this.#brokers = shuffled(brokers, random);
    this.#offset = brokers.length === 0 ? 0 : random(brokers.length);
  }

  shuffle(random: Random): void {
    this.#brokers.splice(0, this.#brokers.length, ...shuffled(this.#brokers, random));
  }

  reset(): void {
    this.#epoch = 0;
    this.#index = 0;
    this.#offset = 0;
  }

  /** Undefined when this epoch has had them all. */
  next(epoch: number): number | undefined {
    const { length } = this.#brokers;
    if (length === 0) return undefined;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#index = 0;
      this.#offset = (this.#offset + 1) % length;
    }
    if (this.#index >= length) return undefined;
    return this.#brokers[(this.#index++ + this.#offset) % length];
  }
}

interface Rack {
  readonly unfenced: BrokerList;
  readonly fenced: BrokerList;
}

class RackList {
  readonly #racks: readonly Rack[];
  readonly #unfencedCount: number;
  readonly #random: Random;
  #epoch = 0;
  #offset: number;

  constructor(brokers: readonly UsableBroker[], random: Random) {
    const names = [...new Set(brokers.map(({ rack }) => rack))].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
    const of = (name: string | null, isFenced: boolean) =>
      brokers.filter(({ rack, fenced }) => rack === name && fenced === isFenced).map(({ id }) => id);
    this.#racks = names.map((name) => ({
      unfenced: new BrokerList(of(name, false), random),
      fenced: new BrokerList(of(name, true), random),
    }));
    this.#unfencedCount = brokers.filter(({ fenced }) => !fenced).length;
    this.#random = random;
    this.#offset = random(names.length);
  }

  place(replicationFactor: number): number[] {
    // Every broker has led once: another order, so that the same assignments do not come again.
    if (this.#epoch === this.#unfencedCount && this.#unfencedCount > 1) this.#reshuffle();
    const first = this.#firstRack();
    const replicas = [first.broker];
    let skip: number | undefined = first.at;
    for (let at = this.#offset % this.#racks.length; replicas.length < replicationFactor; at = this.#after(at)) {
      if (at === skip) {
        // The leader's rack has given one in this round.
        skip = undefined;
        continue;
      }
      const { unfenced, fenced } = this.#racks[at]!;
      const next = unfenced.next(this.#epoch) ?? fenced.next(this.#epoch);
      if (next !== undefined) replicas.push(next);
    }
    this.#epoch++;
    this.#offset = this.#after(this.#offset);
    return replicas;
  }

  #firstRack(): { at: number; broker: number } {
    for (let at = this.#offset; ; at = this.#after(at)) {
      const broker = this.#racks[at]!.unfenced.next(this.#epoch);
      if (broker !== undefined) return { at, broker };
    }
  }

  #after(at: number): number {
    return (at + 1) % this.#racks.length;
  }

  #reshuffle(): void {
    for (const { unfenced, fenced } of this.#racks)
      for (const list of [unfenced, fenced]) {
        list.shuffle(this.#random);
        list.reset();
      }
    this.#epoch = 0;
  }
}

/** Fisher and Yates. */
function shuffled(ids: readonly number[], random: Random): number[] {
  const mixed = [...ids];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
