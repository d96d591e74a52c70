// Committed offsets of streams groups (KIP-1071).
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/protocol/errors.ts';
import { errorOf } from '../memory-store.ts';
import { committing } from './commits.ts';
import { tasks, World } from './world.ts';

describe('offsets', () => {
  test('are committed and fetched with the epoch of the member, and with an older one for tasks it has had since', async () => {
    const world = await World.open();
    world.join('m1');
    const { groups } = world;
    expect(groups.commit(committing('m1', 2, 1), 9)).toEqual([[0]]);
    expect(groups.offsets('g', { memberId: 'm1', memberEpoch: 2 }).get('a')?.get(1)?.offset).toBe(5);
    expect(errorOf(() => groups.offsets('g', { memberId: 'm1', memberEpoch: 1 }))).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(errorOf(() => groups.commit(committing('m1', 3, 1), 9))).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(errorOf(() => groups.commit(committing('m1', 2, 1), 8))).toBe(ErrorCode.UNSUPPORTED_VERSION);
    expect(errorOf(() => groups.commit(committing('m9', 2, 1), 9))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    world.join('m2');
    world.beat('m1', 2);
    world.beat('m1', 2, tasks('0:0,1'));
    expect(groups.commit(committing('m1', 2, 1), 9)).toEqual([[0]]);
    expect(errorOf(() => groups.commit(committing('m1', 2, 3), 9))).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    expect(errorOf(() => groups.commit(committing('m1', 2, 0, 'z'), 9))).toBe(ErrorCode.STALE_MEMBER_EPOCH);
    const producer = { producerId: 1, producerEpoch: 0 };
    expect(groups.commitInTransaction(committing('', -1, 2), producer)).toEqual([[0]]);
  });

  test('of topics that are read stay; an empty group is deleted with what it committed, also for a classic one', async () => {
    const world = await World.open();
    world.join('m1');
    world.groups.commit(committing('m1', 2, 1), 9);
    expect(world.groups.deleteOffsets('g', [{ name: 'a', partitions: [1] }])).toEqual([
      [ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC],
    ]);
    expect(errorOf(() => world.groups.deleteGroup('g'))).toBe(ErrorCode.NON_EMPTY_GROUP);
    world.beat('m1', -1);
    world.groups.deleteGroup('g');
    expect(world.groups.list()).toEqual([]);
    expect(world.groups.offsets('g').size).toBe(0);
    await world.restart();
    expect(world.groups.list()).toEqual([]);
  });
});
