// Orders that clients of Kafka's broker see because it passes through Scala's collections (2.13).
import { javaStringHash } from './java-hash.ts';

/** The order of a scala.collection.mutable.HashSet of strings: it doubles early, and sorts what shares a bucket. */
export function mutableSetOrder<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  let size = 16;
  while (items.length >= size * 0.75) size *= 2;
  const hashed = items.map((item) => {
    const hash = javaStringHash(nameOf(item));
    return { item, hash: hash ^ (hash >>> 16) };
  });
  const bucket = (hash: number) => hash & (size - 1);
  return hashed.sort((a, b) => bucket(a.hash) - bucket(b.hash) || a.hash - b.hash).map(({ item }) => item);
}

/** scala.collection.Hashing.improve. */
function improved(code: number): number {
  let hash = (code + ~(code << 9)) | 0;
  hash ^= hash >>> 14;
  hash = (hash + (hash << 4)) | 0;
  return hash ^ (hash >>> 10);
}

/** The order of the keys of a scala.collection.immutable.HashMap: a trie of five bits a level, whose nodes tell their own keys first. */
export function immutableMapOrder(keys: readonly string[]): string[] {
  return trieOrder(
    keys.map((key) => ({ key, hash: improved(javaStringHash(key)) })),
    0,
  ).map(({ key }) => key);
}

interface Hashed {
  readonly key: string;
  readonly hash: number;
}

function trieOrder(keys: readonly Hashed[], shift: number): readonly Hashed[] {
  if (shift >= 32 || keys.length < 2) return keys;
  const branches: Hashed[][] = Array.from({ length: 32 }, () => []);
  for (const one of keys) branches[(one.hash >>> shift) & 31]!.push(one);
  return [
    ...branches.filter(({ length }) => length === 1).flat(),
    ...branches.filter(({ length }) => length > 1).flatMap((branch) => trieOrder(branch, shift + 5)),
  ];
}
