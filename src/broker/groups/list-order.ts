// The order of ListGroups: Kafka collects the groups shard by shard, and both the shards (partitions of
// `__consumer_offsets`, in a ConcurrentHashMap) and the groups of one (in a TimelineHashMap) come in the order of hash
// tables. Kafka's tools print what they get.
import { hashMapOrder, javaStringHash, topicPartitionHash } from '../../util/java-hash.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';

/** 2^64 divided by the golden ratio, as BaseHashTable multiplies with. */
const FIBONACCI = -7046029254386353131n;

/**
 * Orders groups as Kafka's coordinator lists them.
 * @param shards groups by partition of `__consumer_offsets`, in the order in which they came to be
 * @param partitionCount partitions of `__consumer_offsets`, each of which is a shard with or without groups
 */
export function listOrder(shards: ReadonlyMap<number, readonly string[]>, partitionCount: number): string[] {
  const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);
  return hashMapOrder(partitions, (partition) => topicPartitionHash(InternalTopic.CONSUMER_OFFSETS, partition)).flatMap(
    (partition) => tableOrder(shards.get(partition) ?? []),
  );
}

/** The order of org.apache.kafka.timeline.BaseHashTable: it doubles when four thirds of its size are in use; of one slot the newest come first. */
export function tableOrder(names: readonly string[]): string[] {
  let bits = 1;
  while (names.length * 0.75 > 2 ** bits) bits++;
  return names
    .map((name, order) => ({ name, order, slot: slotOf(name, bits) }))
    .sort((a, b) => a.slot - b.slot || b.order - a.order)
    .map(({ name }) => name);
}

function slotOf(name: string, bits: number): number {
  return Number(BigInt.asUintN(64, BigInt(javaStringHash(name)) * FIBONACCI) >> BigInt(64 - bits));
}
