import { expect, it } from 'vitest';
import { placeReplicas } from '../../../src/broker/topics/place-replicas.ts';
import type { Random, UsableBroker } from '../../../src/util/replica-placer.ts';

/** Numbers that look random and are the same each time. */
function seeded(seed: number): Random {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * end);
  };
}

const broker = (id: number, rack: string | null = null, fenced = false): UsableBroker => ({ id, rack, fenced });
const rackOf = (brokers: readonly UsableBroker[]) => (id: number) => brokers.find((one) => one.id === id)!.rack;

it.each([1, 2, 3, 4, 5])('lets every broker lead as often as the others, seed %i', (seed) => {
  const brokers = [1, 2, 3, 4].map((id) => broker(id));
  const placed = placeReplicas(brokers, 12, 3, seeded(seed));
  for (const { id } of brokers) expect(placed.filter(([leader]) => leader === id)).toHaveLength(3);
  for (const replicas of placed) expect(new Set(replicas).size).toBe(3);
});

it.each([1, 2, 3, 4, 5])('puts the replicas of a partition on as many racks as there are, seed %i', (seed) => {
  const brokers = [broker(1, 'a'), broker(2, 'a'), broker(3, 'b'), broker(4, 'b'), broker(5, 'c'), broker(6, 'c')];
  for (const replicas of placeReplicas(brokers, 18, 3, seeded(seed)))
    expect(replicas.map(rackOf(brokers)).sort()).toEqual(['a', 'b', 'c']);
});

it.each([1, 2, 3])('gives fenced brokers replicas where it must, and never the lead, seed %i', (seed) => {
  const brokers = [broker(1), broker(2, null, true), broker(3)];
  for (const replicas of placeReplicas(brokers, 8, 3, seeded(seed))) {
    expect([...replicas].sort()).toEqual([1, 2, 3]);
    expect(replicas[0]).not.toBe(2);
    expect(replicas[2]).toBe(2);
  }
});

it('uses one broker on a rack of two if the other rack has but one', () => {
  const brokers = [broker(1, 'a'), broker(2, 'b'), broker(3, 'b')];
  for (const replicas of placeReplicas(brokers, 9, 2, seeded(7)))
    expect(new Set(replicas.map(rackOf(brokers))).size).toBe(2);
});

it('refuses more replicas than brokers, and a cluster of which nobody runs', () => {
  expect(() => placeReplicas([broker(1)], 1, 2)).toThrow(/^Unable to replicate the partition 2 time\(s\): The target/);
  expect(() => placeReplicas([broker(1, null, true)], 1, 1)).toThrow(
    'All brokers are currently fenced, or have all their log directories cordoned.',
  );
});
