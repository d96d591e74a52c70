// Offsets committed in transactions that are not decided (OffsetMetadataManager.pendingTransactionalOffsets). A
// transaction ends in each partition of `__consumer_offsets` by itself, so they are kept by partition and producer.
import type { CommittedOffset, Offsets } from './offsets.ts';

interface PendingOffset {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly committed: CommittedOffset;
}

export class PendingOffsets {
  readonly #offsets: Offsets;
  /** By partition of `__consumer_offsets` and producer id. */
  readonly #transactions = new Map<string, PendingOffset[]>();

  /** @param offsets takes what is committed */
  constructor(offsets: Offsets) {
    this.#offsets = offsets;
  }

  /** @param statePartition the partition of `__consumer_offsets` that the offset was written to */
  add(statePartition: number, producerId: number, offset: PendingOffset): void {
    const key = keyOf(statePartition, producerId);
    const pending = (this.#transactions.get(key) ?? []).filter((other) => !isSame(other, offset));
    this.#offsets.stamp(offset.committed);
    this.#transactions.set(key, [...pending, offset]);
  }

  /** Ends a producer's transaction in a partition. An offset that was committed after the transaction's stays. */
  decide(statePartition: number, producerId: number, isCommit: boolean): void {
    const key = keyOf(statePartition, producerId);
    const pending = this.#transactions.get(key) ?? [];
    this.#transactions.delete(key);
    if (!isCommit) return;
    for (const { groupId, topic, partition, committed } of pending) {
      this.#offsets.setIfNewer(groupId, topic, partition, committed);
    }
  }

  has(groupId: string, topic: string, partition: number): boolean {
    return this.ofGroup(groupId).some((pending) => pending.topic === topic && pending.partition === partition);
  }

  ofGroup(groupId: string): PendingOffset[] {
    return [...this.#transactions.values()].flat().filter((pending) => pending.groupId === groupId);
  }

  groupIds(): string[] {
    return [...this.#transactions.values()].flat().map(({ groupId }) => groupId);
  }

  /** Drops what is pending for a partition of a group, in every transaction. */
  delete(groupId: string, topic: string, partition: number): void {
    for (const [key, pending] of this.#transactions) {
      const left = pending.filter((offset) => !isSame(offset, { groupId, topic, partition }));
      if (left.length > 0) this.#transactions.set(key, left);
      else this.#transactions.delete(key);
    }
  }

  /** Drops what was written to a partition of `__consumer_offsets`. */
  forgetPartition(statePartition: number): void {
    for (const key of [...this.#transactions.keys()])
      if (key.startsWith(`${statePartition}/`)) this.#transactions.delete(key);
  }

  clear(): void {
    this.#transactions.clear();
  }
}

function keyOf(statePartition: number, producerId: number): string {
  return `${statePartition}/${producerId}`;
}

type Key = Pick<PendingOffset, 'groupId' | 'topic' | 'partition'>;

function isSame(a: Key, b: Key): boolean {
  return a.groupId === b.groupId && a.topic === b.topic && a.partition === b.partition;
}
