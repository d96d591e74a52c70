// Members of a share group, step by step. Epochs, texts and answers as Apache Kafka 4.3.1 gives them to the same requests.
import { expect, test } from 'vitest';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import { errorOf, joinRequest } from '../memory-store.ts';
import { World } from './world.ts';

function textOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof KafkaError) return error.message;
    throw error;
  }
  return '';
}

test('a member hears of its partitions with the heartbeat after their state is there', async () => {
  const world = await World.open();
  const joined = world.join('m1');
  expect(joined).toMatchObject({ memberId: 'm1', memberEpoch: 2, heartbeatIntervalMs: 5000 });
  expect(world.assigned(joined)).toBe('');
  expect(world.state.states.size).toBe(2);
  expect([...world.state.states.values()][0]).toEqual({ stateEpoch: 2, startOffset: -1 });
  const second = world.beat('m1', 2);
  expect(world.assigned(second)).toBe('a:0,1');
  expect(second.memberEpoch).toBe(3);
  expect(world.beat('m1', 3).assignment).toBeNull();
  expect(world.summary).toBe('Stable 3/3');
  expect(world.describe()).toMatchObject({
    assignorName: 'simple',
    members: [{ memberId: 'm1', memberEpoch: 3, clientId: 'c', clientHost: '/127.0.0.1', subscribedTopicNames: ['a'] }],
  });
});

test('partitions are shared when there are more members, and nobody has to give any up', async () => {
  const world = await World.open();
  world.join('m1');
  world.beat('m1', 2);
  expect(world.assigned(world.join('m2'))).toBe('a:0');
  expect(world.assigned(world.beat('m1', 3))).toBe('a:1');
  expect(world.assigned(world.join('m3'))).toMatch(/^a:[01]$/);
  const each = world.describe().members.map(({ assignment }) => assignment.topicPartitions[0]?.partitions.length);
  expect(each.reduce((sum = 0, count = 0) => sum + count, 0)).toBeGreaterThanOrEqual(3);
});

test('with too little time since the last assignment the next one waits', async () => {
  const world = await World.open({ groupShareAssignmentIntervalMs: 1000 });
  world.join('m1');
  expect(world.beat('m1', 2)).toMatchObject({ memberEpoch: 2 });
  world.clock.advance(1000);
  expect(world.assigned(world.beat('m1', 2))).toBe('a:0,1');
});

test('a topic that grows brings its new partitions', async () => {
  const world = await World.open();
  world.join('m1');
  world.beat('m1', 2);
  world.topics.set('a', 3);
  expect(world.beat('m1', 3)).toMatchObject({ memberEpoch: 4, assignment: null });
  expect(world.assigned(world.beat('m1', 4))).toBe('a:0,1,2');
});

test('epochs: the previous one counts if the answer may have been lost', async () => {
  const world = await World.open();
  world.join('m1');
  world.beat('m1', 2);
  expect(world.beat('m1', 2).memberEpoch).toBe(3);
  expect(textOf(() => world.beat('m1', 1))).toBe(
    'The share group member has a smaller member epoch (1) than the one known by the group coordinator (3), and it does not match the previous member epoch (2). The member must abandon all its partitions and rejoin.',
  );
  expect(textOf(() => world.beat('m1', 9))).toBe(
    'The share group member has a greater member epoch (9) than the one known by the group coordinator (3). The member must abandon all its partitions and rejoin.',
  );
  expect(errorOf(() => world.beat('m1', 9))).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  expect(textOf(() => world.beat('zz', 3))).toBe('Member zz is not a member of group g.');
  expect(world.join('m1')).toMatchObject({ memberEpoch: 3 });
});

test('what a heartbeat must say', async () => {
  const world = await World.open();
  expect(textOf(() => world.beat('', 0))).toBe("MemberId can't be empty.");
  expect(textOf(() => world.beat('m', 0, { groupId: ' ' }))).toBe("GroupId can't be empty.");
  expect(textOf(() => world.beat('m', 0, { rackId: '' }))).toBe("RackId can't be empty.");
  expect(textOf(() => world.beat('m', 0))).toBe('SubscribedTopicNames must be set in first request.');
  expect(textOf(() => world.join('m', []))).toBe('SubscribedTopicNames must be set in first request.');
  expect(textOf(() => world.beat('m', -2))).toBe('MemberEpoch is invalid.');
  expect(textOf(() => world.beat('m', 1))).toBe('Share group g not found.');
  expect(textOf(() => world.beat('m', -1))).toBe('Group g not found.');
});

test('who leaves or is not heard of is taken out', async () => {
  const world = await World.open();
  world.join('m1');
  world.join('m2');
  expect(world.beat('m2', -1)).toMatchObject({ memberId: 'm2', memberEpoch: -1 });
  expect(world.summary).toBe('Stable 4/3');
  world.clock.advance(44_999);
  expect(world.describe().members).toHaveLength(1);
  world.clock.advance(1);
  expect(world.summary).toBe('Empty 5/3');
  expect(errorOf(() => world.beat('m1', 3))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
});

test('a group takes no more members than group.share.max.size', async () => {
  const world = await World.open({ groupShareMaxSize: 1 });
  world.join('m1');
  expect(textOf(() => world.join('m2'))).toBe('The share group has reached its maximum capacity of 1 members.');
  expect(world.join('m1').memberEpoch).toBe(3);
});

test('state that could not be made is asked for again', async () => {
  const world = await World.open();
  world.state.failure = ErrorCode.COORDINATOR_NOT_AVAILABLE;
  world.join('m1');
  world.state.throws = true;
  expect(world.assigned(world.join('m1'))).toBe('');
  world.state.failure = undefined;
  world.beat('m1', 2);
  expect(world.assigned(world.beat('m1', 2))).toBe('a:0,1');
});

test('a group is what it was after a restart', async () => {
  const world = await World.open();
  world.join('m1');
  world.beat('m1', 2);
  world.join('m2', ['a', 'b']);
  const before = [world.describe(), world.offsets()];
  await world.restart();
  expect([world.describe(), world.offsets()]).toEqual(before);
  world.clock.advance(45_000);
  expect(world.describe()).toMatchObject({ groupState: 'Empty', members: [] });
});

test('a name belongs to one kind of group', async () => {
  const world = await World.open();
  world.join('m1');
  const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 1 };
  const join = await world.groups.join(client, joinRequest());
  expect(join.errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  world.beat('m1', -1);
  expect((await world.groups.join(client, joinRequest())).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  expect(world.groups.describe('g', 6)).toMatchObject({
    errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
    errorMessage: 'Group g is not a classic group.',
  });
  expect(world.groups.describeConsumerGroup('g').errorMessage).toBe('Group g is not a consumer group.');
  const commit = {
    groupId: 'g',
    generationId: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [],
  };
  expect(errorOf(() => world.groups.commit(commit, 9))).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  expect(errorOf(() => world.groups.deleteOffsets('g', []))).toBe(ErrorCode.GROUP_ID_NOT_FOUND);
  expect(world.groups.offsets('g').size).toBe(0);
  world.groups.commit({ ...commit, groupId: 'classic' }, 9);
  expect(textOf(() => world.beat('m', 0, { groupId: 'classic', subscribedTopicNames: ['a'] }))).toBe(
    'Group classic is not a share group.',
  );
  expect(world.describe('classic').errorMessage).toBe('Group classic is not a share group.');
  expect(world.describe('none').errorMessage).toBe('Group none not found.');
});

test('share groups are listed by type and state, and stay when they are empty', async () => {
  const world = await World.open();
  world.join('m1');
  const listed = { groupId: 'g', protocolType: 'share', groupState: 'Stable', groupType: 'share' };
  expect(world.groups.list()).toEqual([listed]);
  expect(world.groups.list([], ['Share'])).toEqual([listed]);
  expect(world.groups.list(['empty'])).toEqual([]);
  expect(world.groups.list([], ['consumer'])).toEqual([]);
  world.beat('m1', -1);
  world.clock.advance(30 * 86_400_000);
  expect(world.groups.list(['Empty'])).toHaveLength(1);
});
