// What server-side assignors are asked (ConsumerGroupPartitionAssignor).
import type { Assignment } from './assignment.ts';

export interface AssignorMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  /** Of topics that exist. */
  readonly topicIds: ReadonlySet<string>;
  /** What the target assignment gives it so far. */
  readonly current: Assignment;
}

export interface AssignorInput {
  /** In the order in which Kafka's assignors see them. */
  readonly members: readonly AssignorMember[];
  partitionCount(topicId: string): number;
}

/** The new target assignment of each member, with partitions in ascending order. */
export type Assignor = (input: AssignorInput) => Map<string, Assignment>;

export function topicIdsOfAll(members: readonly AssignorMember[]): Set<string> {
  return new Set(members.flatMap(({ topicIds }) => [...topicIds]));
}

export function isHomogeneous(members: readonly AssignorMember[]): boolean {
  const all = topicIdsOfAll(members).size;
  return members.every(({ topicIds }) => topicIds.size === all);
}

/** Collects partitions one by one. */
export class AssignmentBuilder {
  readonly #byMember = new Map<string, Map<string, Set<number>>>();

  constructor(members: readonly AssignorMember[]) {
    for (const { memberId } of members) this.#byMember.set(memberId, new Map());
  }

  add(memberId: string, topicId: string, partition: number): void {
    const topics = this.#byMember.get(memberId)!;
    const partitions = topics.get(topicId);
    if (partitions) partitions.add(partition);
    else topics.set(topicId, new Set([partition]));
  }

  build(): Map<string, Assignment> {
    const sorted = (topics: Map<string, Set<number>>): Assignment =>
      new Map([...topics].map(([topicId, partitions]) => [topicId, [...partitions].sort((a, b) => a - b)]));
    return new Map([...this.#byMember].map(([memberId, topics]) => [memberId, sorted(topics)]));
  }
}
