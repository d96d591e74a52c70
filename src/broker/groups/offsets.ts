/** What a group committed for a partition. */
export interface CommittedOffset {
  readonly offset: number;
  /** -1 if the client did not say. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** Wall-clock milliseconds. */
  readonly commitTimestampMs: number;
  /** Wall-clock milliseconds, -1 without a limit of its own (OffsetCommit up to version 4 could give one). */
  readonly expireTimestampMs: number;
  /** Id of the topic when it was committed; the zero id if not known. */
  readonly topicId: string;
}

type PartitionOffsets = Map<number, CommittedOffset>;

/** Committed offsets by group, topic and partition, as the records of `__consumer_offsets` give them. */
export class Offsets {
  readonly #byGroup = new Map<string, Map<string, PartitionOffsets>>();
  /** When each was written, by the count of writes. */
  readonly #order = new WeakMap<CommittedOffset, number>();
  #writes = 0;

  get(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#byGroup.get(groupId)?.get(topic)?.get(partition);
  }

  set(groupId: string, topic: string, partition: number, offset: CommittedOffset): void {
    const topics = getOrAdd(this.#byGroup, groupId);
    const partitions = getOrAdd(topics, topic);
    if (!this.#order.has(offset)) this.stamp(offset);
    partitions.set(partition, offset);
  }

  /** Remembers that the offset is written now, though it counts later. */
  stamp(offset: CommittedOffset): void {
    this.#order.set(offset, ++this.#writes);
  }

  /** Sets an offset that was written before, unless one that was written later is there. */
  setIfNewer(groupId: string, topic: string, partition: number, offset: CommittedOffset): void {
    const existing = this.get(groupId, topic, partition);
    const orderOf = (one: CommittedOffset) => this.#order.get(one) ?? 0;
    if (existing === undefined || orderOf(offset) > orderOf(existing)) this.set(groupId, topic, partition, offset);
  }

  delete(groupId: string, topic: string, partition: number): void {
    const topics = this.#byGroup.get(groupId);
    const partitions = topics?.get(topic);
    if (!topics || !partitions) return;
    partitions.delete(partition);
    if (partitions.size === 0) topics.delete(topic);
    if (topics.size === 0) this.#byGroup.delete(groupId);
  }

  /** Offsets of a group by topic and partition; empty if it has none. */
  ofGroup(groupId: string): ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>> {
    return this.#byGroup.get(groupId) ?? new Map();
  }

  /** Drops all of a group. */
  forget(groupId: string): void {
    this.#byGroup.delete(groupId);
  }

  clear(): void {
    this.#byGroup.clear();
  }

  groupIds(): Iterable<string> {
    return this.#byGroup.keys();
  }
}

function getOrAdd<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const found = maps.get(key);
  if (found) return found;
  const added = new Map<K, V>();
  maps.set(key, added);
  return added;
}
