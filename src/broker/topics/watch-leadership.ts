import type { MetadataStore } from '../metadata/metadata-store.ts';

export interface LeadershipWatch {
  /** The node has become the leader of a partition that was there before. */
  gained(partition: number): void;
  /** Another node leads it, or none. */
  lost(partition: number): void;
}

/** Tells of the partitions of a topic that a node begins or ceases to lead. A new partition is led without a word: it is empty. */
export function watchLeadership(metadata: MetadataStore, topic: string, nodeId: number, watch: LeadershipWatch): void {
  const ledNow = () =>
    new Set(
      (metadata.topic(topic)?.partitions ?? []).filter(({ leader }) => leader === nodeId).map(({ index }) => index),
    );
  let led = ledNow();
  metadata.onChange((change) => {
    if ('topic' in change && change.topic.name === topic) led = ledNow();
    if (change.kind !== 'partitions') return;
    const topicId = metadata.topic(topic)?.id;
    if (!change.changed.some((one) => one.topicId === topicId)) return;
    const before = led;
    led = ledNow();
    for (const partition of before) if (!led.has(partition)) watch.lost(partition);
    for (const partition of led) if (!before.has(partition)) watch.gained(partition);
  });
}
