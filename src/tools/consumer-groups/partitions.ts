import type { TopicPartition } from '../../client/admin.ts';
import { byCodeUnits } from '../topics/matching.ts';

/** TopicPartition.toString; also the key of maps. */
export const partitionKey = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** By topic, then by number. */
export const byPartition = (a: TopicPartition, b: TopicPartition): number =>
  byCodeUnits(a.topic, b.topic) || a.partition - b.partition;
