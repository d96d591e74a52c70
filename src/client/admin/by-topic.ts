import type { TopicPartition } from './types.ts';

/** Partitions grouped under their topics, in order of first appearance, as most requests carry them. */
export function byTopic<T extends TopicPartition, P>(
  items: readonly T[],
  toPartition: (item: T) => P,
): { name: string; partitions: P[] }[] {
  const topics = new Map<string, P[]>();
  for (const item of items) {
    const partitions = topics.get(item.topic);
    if (partitions) partitions.push(toPartition(item));
    else topics.set(item.topic, [toPartition(item)]);
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}

/** A map's key for a partition. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
