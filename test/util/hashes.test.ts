// Expected values: Java's own (String.hashCode, java.util.HashSet, Utils.murmur2, TopicPartition.hashCode of Kafka 4.3.1).
import { expect, test } from 'vitest';
import { hashMapOrder, javaAbs, javaStringHash, topicPartitionHash } from '../../src/util/java-hash.ts';
import { murmur2, partitionForKey } from '../../src/util/murmur2.ts';
import { isUuid, randomUuid, uuidFromBytes, uuidToBytes, ZERO_UUID } from '../../src/util/uuid.ts';

test('murmur2 is the one that Kafka places keys by', () => {
  const expected: [string, number][] = [
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ];
  for (const [key, hash] of expected) expect(murmur2(Buffer.from(key)), key).toBe(hash);
});

test('keys go where kafka-python, librdkafka and Java put them', () => {
  const partitions = ['user-123', 'user-456', 'user-789'].map((key) => partitionForKey(Buffer.from(key), 3));
  expect(partitions).toEqual([2, 2, 1]);
});

test('hash codes of strings and partitions wrap as in Java', () => {
  expect(javaStringHash('')).toBe(0);
  expect(javaStringHash('polygenelubricants')).toBe(-2147483648);
  expect(javaAbs(javaStringHash('polygenelubricants'))).toBe(0);
  expect(javaAbs(-7)).toBe(7);
  expect(topicPartitionHash('t', 0)).toBe(31 * 31 + 116);
});

test('a set of strings comes in the order of a HashSet', () => {
  const names = Array.from({ length: 14 }, (_, i) => `topic-${i}`);
  const order = hashMapOrder(names, javaStringHash);
  expect([...order].sort()).toEqual([...names].sort());
  // Neighbouring hash codes, neighbouring buckets; beyond twelve entries the table has 32 of them.
  expect(hashMapOrder(['c', 'b', 'a'], javaStringHash)).toEqual(['a', 'b', 'c']);
  expect(hashMapOrder(['q', 'a'], javaStringHash)).toEqual(['q', 'a']);
  expect(hashMapOrder([...'qabcdefghijklm'], javaStringHash)[0]).toBe('a');
});

test('ids are 22 characters that can follow an option', () => {
  for (let i = 0; i < 200; i++) {
    const id = randomUuid();
    expect(id).toMatch(/^\w[\w-]{21}$/);
    expect(uuidFromBytes(uuidToBytes(id), 0)).toBe(id);
  }
  expect(uuidToBytes(ZERO_UUID).equals(Buffer.alloc(16))).toBe(true);
  expect(isUuid('short')).toBe(false);
  expect(() => uuidToBytes('short')).toThrow('decoded as 3 bytes');
});
