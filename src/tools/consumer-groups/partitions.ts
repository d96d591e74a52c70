import type { TopicPartition } from '../../client/admin.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import { byCodeUnits } from '../topics/matching.ts';

/** TopicPartition.toString; also the key of maps. */
export const partitionKey = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** By topic, then by number. */
export const byPartition = (a: TopicPartition, b: TopicPartition): number =>
  byCodeUnits(a.topic, b.topic) || a.partition - b.partition;

/** In the order of the hash tables that Kafka's scripts keep partitions in. */
export const inHashOrder = <T extends TopicPartition>(partitions: Iterable<T>): T[] =>
  hashMapOrder(partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));
