// What the coordinator does when time passes, on a clock that the tests move.
import { expect, test } from 'vitest';
import { GroupCoordinator } from '../../../src/broker/groups/group-coordinator.ts';
import type { JoinResponse } from '../../../src/broker/groups/messages.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { silentLogger } from '../../../src/util/logger.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { errorOf, joinRequest, MemoryStore, NO_TOPICS, openCoordinator } from './memory-store.ts';
import { MemoryShareState } from './share/memory-share-state.ts';

/** Before MEMBER_ID_REQUIRED: a join is one request. */
const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 3 };
const newClient = { ...client, apiVersion: 9 };

const DAY_MS = 24 * 60 * 60 * 1000;

function sync(groups: GroupCoordinator, { memberId, generationId }: JoinResponse, assignments: string[] = []) {
  return groups.sync({
    groupId: 'g',
    generationId: generationId!,
    memberId,
    groupInstanceId: null,
    protocolType: null,
    protocolName: null,
    assignments: assignments.map((id) => ({ memberId: id, assignment: Buffer.from(id) })),
  });
}

function beat(groups: GroupCoordinator, { memberId, generationId }: JoinResponse): number {
  const request = { groupId: 'g', generationId: generationId!, memberId, groupInstanceId: null };
  return errorOf(() => groups.heartbeat(request));
}

function commit(groups: GroupCoordinator, change: { topic?: string; retentionTimeMs?: number; joined?: JoinResponse }) {
  const { topic = 't', retentionTimeMs = -1, joined } = change;
  const partition = { partitionIndex: 0, committedOffset: 5, committedLeaderEpoch: -1, committedMetadata: null };
  const topics = [{ name: topic, topicId: ZERO_UUID, partitions: [partition] }];
  const member = { generationId: joined?.generationId ?? -1, memberId: joined?.memberId ?? '', groupInstanceId: null };
  return groups.commit({ groupId: 'g', ...member, retentionTimeMs, topics }, 9);
}

/** A group with one stable member. */
async function stable(clock: ManualClock, groups: GroupCoordinator, change = {}): Promise<JoinResponse> {
  const joining = groups.join(client, joinRequest(change));
  clock.advance(0);
  const joined = await joining;
  await sync(groups, joined, [joined.memberId]);
  return joined;
}

const stateOf = (groups: GroupCoordinator) => groups.list()[0]?.groupState;

test('a member that is silent for its session timeout is removed, one that beats is not', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const joined = await stable(clock, groups);
  clock.advance(9999);
  expect(beat(groups, joined)).toBe(ErrorCode.NONE);
  clock.advance(9999);
  expect(stateOf(groups)).toBe('Stable');
  clock.advance(1);
  expect(stateOf(groups)).toBe('Empty');
  expect(beat(groups, joined)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a member that leaves leaves no timer behind', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const before = clock.pendingTimers;
  const { memberId } = await stable(clock, groups);
  groups.leave('g', [{ memberId, groupInstanceId: null }]);
  expect(clock.pendingTimers).toBe(before);
});

test('a commit of a member counts as a sign of life', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const joined = await stable(clock, groups);
  clock.advance(9000);
  commit(groups, { joined });
  clock.advance(9000);
  expect(stateOf(groups)).toBe('Stable');
});

test('members that do not join again within the rebalance timeout are left behind', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const first = await stable(clock, groups, { sessionTimeoutMs: 100_000 });
  const joining = groups.join(client, joinRequest());
  expect(beat(groups, first)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  clock.advance(59_999);
  expect(stateOf(groups)).toBe('PreparingRebalance');
  clock.advance(1);
  const second = await joining;
  expect(second).toMatchObject({ generationId: 2, leader: second.memberId, members: [{ memberId: second.memberId }] });
  expect(beat(groups, first)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('members that do not send SyncGroup within the rebalance timeout are removed', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const joining = groups.join(client, joinRequest({ rebalanceTimeoutMs: 7000 }));
  clock.advance(0);
  await joining;
  clock.advance(7000);
  expect(stateOf(groups)).toBe('Empty');
});

test('the first rebalance waits for group.initial.rebalance.delay.ms after each new member', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock, new MemoryStore(), { groupInitialRebalanceDelayMs: 3000 });
  const joins = [groups.join(client, joinRequest({ rebalanceTimeoutMs: 8000 }))];
  clock.advance(2000);
  joins.push(groups.join(client, joinRequest({ rebalanceTimeoutMs: 8000 })));
  clock.advance(3999);
  expect(stateOf(groups)).toBe('PreparingRebalance');
  clock.advance(1);
  const [first, second] = await Promise.all(joins);
  expect(first!.members).toHaveLength(2);
  expect(second).toMatchObject({ generationId: 1, leader: first!.memberId, members: [] });
});

test('an id that was given out is only good for the session timeout', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const { memberId, errorCode } = await groups.join(newClient, joinRequest());
  expect(errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
  expect(memberId).toMatch(/^c-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  clock.advance(10_000);
  expect((await groups.join(newClient, joinRequest({ memberId }))).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('an id that was given out is not good for a static member', async () => {
  const groups = await openCoordinator(new ManualClock());
  const { memberId } = await groups.join(newClient, joinRequest());
  const joined = await groups.join(newClient, joinRequest({ memberId, groupInstanceId: 'i' }));
  expect(joined.errorCode).toBe(ErrorCode.UNKNOWN_SERVER_ERROR);
});

test('a new member that is never heard of again is removed after five minutes although its join waits', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const first = await stable(clock, groups, { rebalanceTimeoutMs: 600_000, sessionTimeoutMs: 600_000 });
  const joining = groups.join(client, joinRequest());
  clock.advance(5 * 60_000);
  expect((await joining).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  expect(groups.describe('g', 6).members.map(({ memberId }) => memberId)).toEqual([first.memberId]);
});

test('a group takes no more than group.max.size members', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock, new MemoryStore(), { groupMaxSize: 1 });
  await stable(clock, groups);
  expect((await groups.join(client, joinRequest())).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
});

test('an assignment that cannot be written is not handed out', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const groups = await openCoordinator(clock, store);
  const joining = groups.join(client, joinRequest());
  clock.advance(0);
  const joined = await joining;
  store.failure = ErrorCode.NOT_COORDINATOR;
  expect(await sync(groups, joined, [joined.memberId])).toMatchObject({ errorCode: ErrorCode.NOT_COORDINATOR });
  expect(stateOf(groups)).toBe('PreparingRebalance');
});

test('offsets of an empty group expire with the group when it has been empty for the retention time', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  const joined = await stable(clock, groups);
  commit(groups, { joined });
  clock.advance(10_000);
  expect(stateOf(groups)).toBe('Empty');
  clock.advance(7 * DAY_MS - 600_000);
  expect(groups.offsets('g').size).toBe(1);
  clock.advance(1_200_000);
  expect(groups.offsets('g').size).toBe(0);
  expect(groups.list()).toEqual([]);
});

test('commits outside of the group protocol expire by their own time, or by the retention time given', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock);
  commit(groups, { topic: 'short', retentionTimeMs: 3_600_000 });
  commit(groups, { topic: 'long' });
  clock.advance(3_600_000 + 600_000);
  expect([...groups.offsets('g').keys()]).toEqual(['long']);
  clock.advance(7 * DAY_MS);
  expect(groups.list()).toEqual([]);
});

test('a deleted topic takes its offsets along', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const groups = await openCoordinator(clock, store);
  commit(groups, { topic: 'gone' });
  commit(groups, { topic: 'kept' });
  groups.topicDeleted({ name: 'gone', id: ZERO_UUID });
  expect([...groups.offsets('g').keys()]).toEqual(['kept']);
  expect([...(await openCoordinator(clock, store)).offsets('g').keys()]).toEqual(['kept']);
});

test('members come back from the records and have their session timeout to be heard of', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const groups = await openCoordinator(clock, store);
  const joined = await stable(clock, groups);
  const described = groups.describe('g', 6);
  groups.close();
  expect(clock.pendingTimers).toBe(0);

  const again = await openCoordinator(clock, store);
  expect(again.describe('g', 6)).toEqual(described);
  clock.advance(9999);
  expect(beat(again, joined)).toBe(ErrorCode.NONE);
  clock.advance(10_000);
  expect(stateOf(again)).toBe('Empty');
});

test('a group that is over capacity after a restart begins a rebalance', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  await stable(clock, await openCoordinator(clock, store));
  const groups = await openCoordinator(clock, store, { groupMaxSize: 0 });
  expect(stateOf(groups)).toBe('PreparingRebalance');
});

test('until it has loaded the coordinator says so, and lets heartbeats pass', async () => {
  const clock = new ManualClock();
  const config = () => {
    throw new Error('not asked');
  };
  const groups = new GroupCoordinator({
    clock,
    logger: silentLogger,
    store: new MemoryStore(),
    topics: NO_TOPICS,
    shareState: new MemoryShareState(),
    config,
  });
  expect((await groups.join(client, joinRequest())).errorCode).toBe(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  expect(errorOf(() => groups.offsets('g'))).toBe(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  expect(
    beat(groups, { memberId: 'm', generationId: 1, errorCode: 0, protocolName: null, leader: '', members: [] }),
  ).toBe(0);
});

test('closing answers those who wait and leaves no timer behind', async () => {
  const clock = new ManualClock();
  const groups = await openCoordinator(clock, new MemoryStore(), { groupInitialRebalanceDelayMs: 3000 });
  const joining = groups.join(client, joinRequest());
  void groups.join(newClient, joinRequest());
  groups.close();
  expect((await joining).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  expect(clock.pendingTimers).toBe(0);
});
