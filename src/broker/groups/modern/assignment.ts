// Partitions by topic id, as the consumer group protocol names them.

/** Partitions that a member should have, in ascending order, by topic id. Topics without partitions are left out. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

/** Partitions that a member has, with the group epoch in which each was given to it, by topic id. */
export type OwnedPartitions = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** As requests, responses and records list partitions. */
export interface TopicPartitions {
  readonly topicId: string;
  readonly partitions: readonly number[];
}

export const NO_ASSIGNMENT: Assignment = new Map();
export const NOTHING_OWNED: OwnedPartitions = new Map();

export function assignmentOf(topics: readonly TopicPartitions[]): Assignment {
  return new Map(topics.map(({ topicId, partitions }) => [topicId, ascending(partitions)]));
}

export function toTopicPartitions(assignment: Assignment): { topicId: string; partitions: number[] }[] {
  return [...assignment].map(([topicId, partitions]) => ({ topicId, partitions: [...partitions] }));
}

/** The partitions of what a member has, without the epochs. */
export function partitionsOf(owned: OwnedPartitions): Assignment {
  return new Map([...owned].map(([topicId, epochs]) => [topicId, ascending(epochs.keys())]));
}

export function sameAssignment(a: Assignment, b: Assignment): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([topicId, partitions]) => {
    const others = b.get(topicId);
    return others?.length === partitions.length && partitions.every((partition, i) => partition === others[i]);
  });
}

export function isOwned(owned: OwnedPartitions, topicId: string, partition: number): boolean {
  return owned.get(topicId)?.has(partition) ?? false;
}

/** Those for which `keep` holds; topics of which nothing is left are dropped. */
export function filterOwned(
  owned: OwnedPartitions,
  keep: (topicId: string, partition: number) => boolean,
): OwnedPartitions {
  const kept = new Map<string, ReadonlyMap<number, number>>();
  for (const [topicId, epochs] of owned) {
    const left = new Map([...epochs].filter(([partition]) => keep(topicId, partition)));
    if (left.size > 0) kept.set(topicId, left);
  }
  return kept;
}

/** Both together. */
export function mergeOwned(a: OwnedPartitions, b: OwnedPartitions): OwnedPartitions {
  const merged = new Map(a);
  for (const [topicId, epochs] of b) merged.set(topicId, new Map([...(merged.get(topicId) ?? []), ...epochs]));
  return merged;
}

/** All partitions that somebody has, by topic id. */
export function partitionsIn(assignments: Iterable<Assignment>): ReadonlyMap<string, ReadonlySet<number>> {
  const all = new Map<string, Set<number>>();
  for (const assignment of assignments) {
    for (const [topicId, partitions] of assignment) {
      all.set(topicId, new Set([...(all.get(topicId) ?? []), ...partitions]));
    }
  }
  return all;
}

export function ascending(partitions: Iterable<number>): number[] {
  return [...partitions].sort((a, b) => a - b);
}
