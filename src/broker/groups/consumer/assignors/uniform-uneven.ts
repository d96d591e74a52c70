// `uniform` where subscriptions differ (after UniformHeterogeneousAssignmentBuilder): members keep what they have, what is
// free goes to the subscriber with the least, then partitions move from those with more to those with less.
import { AssignmentBuilder, type Assignor, type AssignorInput, topicIdsOfAll } from '../../modern/assignor.ts';

export const assignUnevenly: Assignor = (input) => {
  const loads = new Map(input.members.map(({ memberId }) => [memberId, 0]));
  const topics = [...topicIdsOfAll(input.members)]
    .map((topicId) => new TopicShare(input, topicId, loads))
    .sort((a, b) => b.perSubscriber - a.perSubscriber || a.subscribers.length - b.subscribers.length);
  for (const topic of topics) topic.assignFree();
  for (let moved = true; moved; ) {
    moved = false;
    for (const topic of topics) moved = topic.balance() || moved;
  }
  const builder = new AssignmentBuilder(input.members);
  for (const { topicId, owners } of topics) {
    for (const [partition, owner] of owners.entries()) builder.add(owner, topicId, partition);
  }
  return builder.build();
};

/** The partitions of one topic among those who want it. */
class TopicShare {
  readonly topicId: string;
  readonly subscribers: readonly string[];
  /** By partition; empty while it has none. */
  readonly owners: string[];
  /** Partitions of each member, over all topics. */
  readonly #loads: Map<string, number>;

  constructor({ members, partitionCount }: AssignorInput, topicId: string, loads: Map<string, number>) {
    this.topicId = topicId;
    this.#loads = loads;
    const subscribers = members.filter(({ topicIds }) => topicIds.has(topicId));
    this.subscribers = subscribers.map(({ memberId }) => memberId);
    this.owners = Array.from({ length: partitionCount(topicId) }, () => '');
    for (const { memberId, current } of subscribers) {
      for (const partition of current.get(topicId) ?? []) {
        if (partition < this.owners.length) this.#give(partition, memberId);
      }
    }
  }

  get perSubscriber(): number {
    return this.owners.length / this.subscribers.length;
  }

  assignFree(): void {
    for (const [partition, owner] of this.owners.entries()) if (owner === '') this.#give(partition, this.#least());
  }

  /** Moves partitions, the last ones first, while that makes two members more equal; tells whether it moved any. */
  balance(): boolean {
    let moved = false;
    for (const [partition, owner] of [...this.owners.entries()].reverse()) {
      const least = this.#least();
      if (this.#load(owner) - this.#load(least) < 2) continue;
      this.#loads.set(owner, this.#load(owner) - 1);
      this.#give(partition, least);
      moved = true;
    }
    return moved;
  }

  #least(): string {
    return this.subscribers.reduce((least, memberId) => (this.#load(memberId) < this.#load(least) ? memberId : least));
  }

  #load(memberId: string): number {
    return this.#loads.get(memberId) ?? 0;
  }

  #give(partition: number, memberId: string): void {
    this.owners[partition] = memberId;
    this.#loads.set(memberId, this.#load(memberId) + 1);
  }
}
