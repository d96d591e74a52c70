// Orders that Kafka's tools inherit from java.util.HashMap, and hashes that its coordinators route by.

/** String.hashCode: a 32-bit signed integer. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Math.abs as Kafka's Utils.abs has it: the smallest int becomes 0. */
export function javaAbs(value: number): number {
  return value === -0x80000000 ? 0 : Math.abs(value);
}

/** The number of buckets a HashMap has after `count` single insertions (initial 16, load factor 0.75, doubling). */
export function hashMapBuckets(count: number, initialCapacity: number): number {
  let size = 1;
  while (size < initialCapacity) size *= 2;
  while (count > size * 0.75) size *= 2;
  return size;
}

/**
 * The order in which a java.util.HashMap (or HashSet) iterates `items` inserted one by one.
 * Buckets in rising order of spread hash, insertion order within one; buckets that became trees (eight or more
 * collisions) are not imitated.
 * @param hashOf hashCode of an item's key, e.g. javaStringHash
 */
export function hashMapOrder<T>(items: Iterable<T>, hashOf: (item: T) => number, initialCapacity = 16): T[] {
  const list = [...items];
  const mask = hashMapBuckets(list.length, initialCapacity) - 1;
  return list
    .map((item, order) => {
      const hash = hashOf(item);
      return { item, order, bucket: (hash ^ (hash >>> 16)) & mask };
    })
    .sort((a, b) => a.bucket - b.bucket || a.order - b.order)
    .map(({ item }) => item);
}

/** The order of `new HashMap(map)`, whose table has the size that all of the map's entries need. */
export function copiedMapOrder<T>(items: Iterable<T>, hashOf: (item: T) => number): T[] {
  const list = [...items];
  return hashMapOrder(list, hashOf, Math.floor(list.length / 0.75 + 1));
}

/** TopicPartition.hashCode: topic and partition as Kafka's class combines them. */
export function topicPartitionHash(topic: string, partition: number): number {
  return (Math.imul(31, 31 + partition) + javaStringHash(topic)) | 0;
}
