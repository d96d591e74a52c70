// Members of the classic protocol in a group of the consumer protocol, and groups that change from one to the other, step
// by step (KIP-848, GroupMetadataManager of Apache Kafka 4.3.1).
import { expect, test } from 'vitest';
import type { JoinResponse } from '../../../../src/broker/groups/messages.ts';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import type { JoinGroupRequest } from '../../../../src/protocol/messages/join-group.ts';
import { ZERO_UUID } from '../../../../src/util/uuid.ts';
import { World } from '../consumer/world.ts';
import { errorOf, joinRequest } from '../memory-store.ts';
import { assigned, assignment, subscription } from './embedded.ts';

function join(world: World, change: Partial<JoinGroupRequest> = {}, apiVersion = 3): Promise<JoinResponse> {
  const protocols = [{ name: 'range', metadata: subscription('a') }];
  const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion };
  return world.groups.join(client, joinRequest({ protocols, ...change }));
}

async function sync(world: World, memberId: string, generationId: number, given: [string, Buffer][] = []) {
  const answer = await world.groups.sync({
    groupId: 'g',
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: given.map(([member, bytes]) => ({ memberId: member, assignment: bytes })),
  });
  return { error: answer.errorCode, partitions: assigned(answer.assignment as Buffer) };
}

function heartbeat(world: World, memberId: string, generationId: number): number {
  return errorOf(() => world.groups.heartbeat({ groupId: 'g', memberId, generationId, groupInstanceId: null }));
}

/** A classic group with one member, which has everything in generation 1. */
async function classicGroup(world: World, bytes = assignment('a', [0, 1, 2, 3])): Promise<string> {
  const joining = join(world);
  world.clock.advance(0);
  const { memberId } = await joining;
  await sync(world, memberId, 1, [[memberId, bytes]]);
  return memberId;
}

function textOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof KafkaError) return error.message;
    throw error;
  }
  return '';
}

test('a member of the consumer protocol turns a classic group into one of its own, whose member keeps what stays its own', async () => {
  const world = await World.open();
  const classic = await classicGroup(world);
  expect(world.assigned(world.join('m'))).toBe('');
  expect(world.state).toBe('Reconciling 2/2');
  expect(
    world
      .describe()
      .members.map(({ memberId, memberType }) => [memberId === classic, memberType])
      .sort(),
  ).toEqual([
    [false, 1],
    [true, 0],
  ]);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  const owning = [{ name: 'range', metadata: subscription('a', [0, 1, 2, 3]) }];
  const kept = await join(world, { memberId: classic, protocols: owning });
  expect(kept).toMatchObject({ errorCode: 0, generationId: 1, leader: '', memberId: classic, protocolName: 'range' });
  expect(await sync(world, classic, 1)).toEqual({ error: ErrorCode.NONE, partitions: [0, 1] });
  // It has to tell that it gave up the rest before somebody else gets it.
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  expect(world.assigned(world.join('m', { memberEpoch: 2 }))).toBe('');
  const rest = [{ name: 'range', metadata: subscription('a', [0, 1]) }];
  expect((await join(world, { memberId: classic, protocols: rest })).generationId).toBe(2);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect(await sync(world, classic, 2)).toEqual({ error: ErrorCode.NONE, partitions: [0, 1] });
  expect(world.assigned(world.join('m', { memberEpoch: 2 }))).toBe('a:2,3');
  expect(heartbeat(world, classic, 2)).toBe(ErrorCode.NONE);
  expect(world.state).toBe('Stable 2/2');
});

test('mixed groups outlive a restart, sessions of classic members included', async () => {
  const world = await World.open();
  const classic = await classicGroup(world);
  world.join('m');
  const before = world.describe();
  await world.restart();
  expect(world.describe()).toEqual(before);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  world.clock.advance(10_000);
  expect(world.describe().members.map(({ memberId }) => memberId)).toEqual(['m']);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('the last member of the consumer protocol leaves a classic group behind, which rebalances', async () => {
  const world = await World.open();
  const classic = await classicGroup(world);
  world.join('m');
  await join(world, { memberId: classic });
  await sync(world, classic, 2);
  world.beat('m', -1);
  expect(world.groups.list()).toMatchObject([{ groupType: 'classic', groupState: 'PreparingRebalance' }]);
  expect(world.describe().errorMessage).toBe('Group g is not a consumer group.');
  expect(heartbeat(world, classic, 2)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  await world.restart();
  expect(heartbeat(world, classic, 2)).toBe(ErrorCode.NONE);
  expect(await sync(world, classic, 2)).toEqual({ error: ErrorCode.NONE, partitions: [0, 1] });
  expect(
    await join(world, { memberId: classic, protocols: [{ name: 'range', metadata: subscription('a', [0]) }] }),
  ).toMatchObject({
    errorCode: 0,
    generationId: 3,
    leader: classic,
  });
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});

test('static members change the protocol and keep what they have', async () => {
  const world = await World.open();
  world.join('m', { instanceId: 'i' });
  const joined = await join(world, { groupInstanceId: 'i' });
  expect(joined).toMatchObject({ errorCode: 0, generationId: 2 });
  expect(world.groups.list()).toMatchObject([{ groupType: 'classic', groupState: 'Stable' }]);
  expect(errorOf(() => world.beat('m', 2, { instanceId: 'i' }))).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  const { memberId } = joined;
  const synced = { groupId: 'g', generationId: 2, memberId, groupInstanceId: 'i', assignments: [] };
  const answer = await world.groups.sync({ ...synced, protocolType: 'consumer', protocolName: 'range' });
  expect(assigned(answer.assignment as Buffer)).toEqual([0, 1, 2, 3]);
  await world.restart();
  expect(world.assigned(world.join('n', { instanceId: 'i' }))).toBe('a:0,1,2,3');
  const old = { groupId: 'g', generationId: 2, memberId, groupInstanceId: 'i' };
  expect(errorOf(() => world.groups.heartbeat(old))).toBe(ErrorCode.FENCED_INSTANCE_ID);
  expect(world.groups.list()).toMatchObject([{ groupType: 'consumer', groupState: 'Stable' }]);
});

test('what waits for a rebalance of the classic group is told to join anew', async () => {
  const world = await World.open();
  const classic = await classicGroup(world);
  const waiting = join(world, { memberId: 'unknown' });
  expect((await waiting).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  const second = join(world);
  world.join('m');
  expect((await second).errorCode).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  expect(world.describe().members).toHaveLength(3);
  expect((await join(world, { memberId: classic })).errorCode).toBe(ErrorCode.NONE);
});

test('classic members have to join and to sync within their rebalance timeout', async () => {
  const world = await World.open();
  world.join('m');
  const { memberId, generationId } = await join(world, { rebalanceTimeoutMs: 3000 });
  world.clock.advance(3000);
  expect(await sync(world, memberId, generationId!)).toMatchObject({ error: ErrorCode.UNKNOWN_MEMBER_ID });
  const second = await join(world, { rebalanceTimeoutMs: 3000 });
  await sync(world, second.memberId, second.generationId!);
  world.clock.advance(4000);
  expect(heartbeat(world, second.memberId, second.generationId!)).toBe(ErrorCode.NONE);
  world.join('n');
  expect(heartbeat(world, second.memberId, second.generationId!)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  world.clock.advance(2000);
  expect(heartbeat(world, second.memberId, second.generationId!)).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  world.clock.advance(1000);
  expect(heartbeat(world, second.memberId, second.generationId!)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a dynamic member is given its id first, from version 4 on', async () => {
  const world = await World.open();
  world.join('m');
  const told = await join(world, {}, 9);
  expect(told.errorCode).toBe(ErrorCode.MEMBER_ID_REQUIRED);
  expect(world.describe().members).toHaveLength(1);
  expect(await join(world, { memberId: told.memberId }, 9)).toMatchObject({ errorCode: 0, memberId: told.memberId });
});

test('who cannot be in one group is refused', async () => {
  const world = await World.open({ groupConsumerMaxSize: 2 });
  world.join('m');
  const connect = await join(world, { protocolType: 'connect' });
  expect(connect.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  const broken = await join(world, { protocols: [{ name: 'range', metadata: Buffer.from([0]) }] });
  expect(broken.errorCode).toBe(ErrorCode.UNKNOWN_SERVER_ERROR);
  await join(world);
  expect((await join(world)).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
  world.beat('m', -1);
  const other = [{ name: 'sticky', metadata: subscription('a') }];
  expect((await join(world, { protocols: other })).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
});

test('a classic member without protocols in common is refused in a mixed group', async () => {
  const world = await World.open();
  world.join('m');
  await join(world);
  const sticky = { name: 'sticky', metadata: subscription('a') };
  expect((await join(world, { protocols: [sticky] })).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  const both = [sticky, { name: 'range', metadata: subscription('a') }];
  expect(await join(world, { protocols: both })).toMatchObject({ errorCode: 0, protocolName: 'sticky' });
});

test.each([
  [{ groupConsumerMigrationPolicy: 'downgrade' }, 'online upgrade is disabled.', undefined],
  [{ groupConsumerMaxSize: 0 }, 'the group size exceeds the consumer group maximum size.', undefined],
  [{}, 'the embedded consumer protocol is malformed.', Buffer.from([0, 1, 0, 0, 0, 0])],
  [
    {},
    'an unsupported custom assignor is in use. Please refer to the documentation or switch to a default assignor before re-attempting the upgrade.',
    assignment('a', [0], Buffer.from('mine')),
  ],
] as const)('a classic group stays one, %j: %s', async (config, reason, bytes) => {
  const world = await World.open(config);
  const classic = await classicGroup(world, bytes);
  const text = `Cannot upgrade classic group g to consumer group because ${reason}`;
  expect(textOf(() => world.join('m'))).toBe(text);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.NONE);
});

test('a classic group of another kind of members stays one', async () => {
  const world = await World.open();
  const joining = join(world, { protocolType: 'connect' });
  world.clock.advance(0);
  await joining;
  expect(textOf(() => world.join('m'))).toContain('because the group does not use the consumer embedded protocol.');
});

test('without downgrade the group stays one of the consumer protocol', async () => {
  const world = await World.open({ groupConsumerMigrationPolicy: 'UPGRADE' });
  const classic = await classicGroup(world);
  world.join('m');
  world.beat('m', -1);
  expect(world.groups.list()).toMatchObject([{ groupType: 'consumer' }]);
  const { generationId } = await join(world, { memberId: classic });
  expect(await sync(world, classic, generationId!)).toEqual({ error: 0, partitions: [0, 1, 2, 3] });
});

test('an upgrade that is not written changes nothing', async () => {
  const world = await World.open();
  const classic = await classicGroup(world);
  world.store.failure = ErrorCode.NOT_COORDINATOR;
  expect(errorOf(() => world.join('m'))).toBe(ErrorCode.NOT_COORDINATOR);
  expect(heartbeat(world, classic, 1)).toBe(ErrorCode.NONE);
  world.store.failure = undefined;
  world.join('m');
  world.store.failure = ErrorCode.NOT_COORDINATOR;
  expect(errorOf(() => world.beat('m', -1))).toBe(ErrorCode.NOT_COORDINATOR);
  expect(world.groups.list()).toMatchObject([{ groupType: 'consumer' }]);
});

test('an administrator takes out members of either protocol, by id or instance id', async () => {
  const world = await World.open();
  world.join('m');
  world.join('s', { instanceId: 'i' });
  const { memberId } = await join(world);
  const results = world.groups.leave('g', [
    { memberId: 'm', groupInstanceId: null },
    { memberId: '', groupInstanceId: 'i' },
    { memberId: '', groupInstanceId: 'none' },
    { memberId: 'zz', groupInstanceId: null },
  ]);
  expect(results.map(({ errorCode }) => errorCode)).toEqual([0, 0, 25, 25]);
  expect(world.groups.list()).toMatchObject([{ groupType: 'classic' }]);
  expect(world.groups.describe('g', 6).members.map((member) => member.memberId)).toEqual([memberId]);
});

test('classic members commit and fetch by their generation', async () => {
  const world = await World.open();
  world.join('m');
  const { memberId, generationId } = await join(world);
  const partitions = [{ partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: '' }];
  const topics = [{ name: 'a', topicId: world.topics.topic('a')?.id ?? ZERO_UUID, partitions }];
  const commit = (generation: number, version = 8) =>
    errorOf(() =>
      world.groups.commit(
        { groupId: 'g', generationId: generation, memberId, groupInstanceId: null, retentionTimeMs: -1, topics },
        version,
      ),
    );
  expect(commit(generationId!)).toBe(ErrorCode.NONE);
  expect(commit(generationId! - 1)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect(commit(generationId! + 1)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect(errorOf(() => world.groups.offsets('g', { memberId, memberEpoch: 99 }))).toBe(ErrorCode.ILLEGAL_GENERATION);
});
