import { expect, test } from 'vitest';
import { SplittableRandom } from '../../src/util/splittable-random.ts';

// Expected numbers are what java.util.SplittableRandom of Java 17 gives.

test('bounds of every kind', () => {
  const random = new SplittableRandom(42);
  const next = (count: number, bound: number) => Array.from({ length: count }, () => random.nextInt(bound));
  expect(next(4, 1_000_000_007)).toEqual([901845024, 454697556, 208822474, 635203165]);
  expect(next(4, 1_000_000_007)).toEqual([376986774, 274364064, 95458856, 373018512]);
  expect(next(4, 16)).toEqual([1, 4, 3, 14]);
  expect(next(4, 2_000_000_000)).toEqual([823239971, 1790603846, 177078128, 1065343553]);
});

test('a hundred thousand in a row', () => {
  const random = new SplittableRandom(7);
  let hash = 0;
  for (let i = 0; i < 100_000; i++) hash = (hash * 31 + random.nextInt(26)) % 1_000_003;
  expect(hash).toBe(138925);
});
