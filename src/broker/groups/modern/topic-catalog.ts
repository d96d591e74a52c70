// The cluster's topics as groups look at them.
import { createHash } from 'node:crypto';
import type { TopicImage } from '../../metadata/image.ts';
import type { Assignment } from './assignment.ts';

/** The cluster's topics, as far as groups look at them. */
export interface TopicCatalog {
  topic(name: string): TopicImage | undefined;
  topicById(id: string): TopicImage | undefined;
  topics(): Iterable<TopicImage>;
  /** Grows with every change of the metadata. */
  readonly lastOffset: number;
}

/** Ids of the topics among these names that exist. */
export function topicIdsOf(topics: TopicCatalog, names: Iterable<string>): Set<string> {
  const ids = new Set<string>();
  for (const name of names) {
    const topic = topics.topic(name);
    if (topic) ids.add(topic.id);
  }
  return ids;
}

/** An assignment as descriptions show it. Topics that are gone are left out. */
export function namedPartitions(topics: TopicCatalog, assignment: Assignment) {
  return {
    topicPartitions: [...assignment].flatMap(([topicId, partitions]) => {
      const topic = topics.topicById(topicId);
      return topic ? [{ topicId, topicName: topic.name, partitions: [...partitions] }] : [];
    }),
  };
}

/** Fits into a number (records keep 64 bits, Kafka uses all of them). */
const HASH_BYTES = 6;

/** Changes when one of the topics of these names comes, goes or grows; 0 if there is none of them. */
export function hashOfTopics(topics: TopicCatalog, names: ReadonlySet<string>): number {
  const known = [...names].sort().flatMap((name) => topics.topic(name) ?? []);
  if (known.length === 0) return 0;
  const hash = createHash('sha256');
  for (const { id, name, partitions } of known) hash.update(`${id}/${name}/${partitions.length};`);
  return hash.digest().readUIntBE(0, HASH_BYTES);
}
