// Members of a group of the consumer protocol, step by step. Epochs, texts and answers as Apache Kafka 4.3.1 gave them
// to the same requests.
import { expect, test } from 'vitest';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import { ZERO_UUID } from '../../../../src/util/uuid.ts';
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

/** m1 and m2 with two partitions each, in epoch 3. */
async function pair(world: World): Promise<void> {
  world.join('m1');
  world.join('m2');
  world.beat('m1', 2);
  world.beat('m1', 2, { topicPartitions: world.owned('a:0,1') });
  world.beat('m2', 3);
}

test('what one member gives up another one gets, and not before', async () => {
  const world = await World.open();
  const joined = world.join('m1');
  expect(joined).toMatchObject({ memberEpoch: 2, heartbeatIntervalMs: 5000 });
  expect(world.assigned(joined)).toBe('a:0,1,2,3');
  expect(world.state).toBe('Stable 2/2');
  expect(world.assigned(world.join('m2'))).toBe('');
  expect(world.state).toBe('Reconciling 3/3');
  expect(world.assigned(world.beat('m1', 2))).toBe('a:0,1');
  expect(world.beat('m1', 2)).toMatchObject({ memberEpoch: 2, assignment: null });
  expect(world.beat('m2', 3).assignment).toBeNull();
  expect(world.beat('m1', 2, { topicPartitions: world.owned('a:0,1') })).toMatchObject({
    memberEpoch: 3,
    assignment: null,
  });
  expect(world.assigned(world.beat('m2', 3))).toBe('a:2,3');
  expect(world.state).toBe('Stable 3/3');
});

test('epochs: the previous one counts if the answer may have been lost', async () => {
  const world = await World.open();
  await pair(world);
  expect(world.beat('m1', 2, { topicPartitions: world.owned('a:0,1') }).memberEpoch).toBe(3);
  const smaller =
    'The consumer group member has a smaller member epoch (2) than the one known by the group coordinator (3). The member must abandon all its partitions and rejoin.';
  expect(textOf(() => world.beat('m1', 2, { topicPartitions: world.owned('a:3') }))).toBe(smaller);
  expect(textOf(() => world.beat('m1', 2))).toBe(smaller);
  expect(errorOf(() => world.beat('m1', 9))).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  expect(textOf(() => world.beat('zz', 3))).toBe('Member zz is not a member of group g.');
});

test('who is not heard of is taken out, and who gives nothing up too', async () => {
  const world = await World.open();
  await pair(world);
  world.clock.advance(44_999);
  world.beat('m2', 3);
  world.clock.advance(1);
  expect(world.describe().members).toMatchObject([{ memberId: 'm2' }]);
  expect(world.assigned(world.beat('m2', 3))).toBe('a:0,1,2,3');
  world.join('m3', { rebalanceTimeoutMs: 5000 });
  world.beat('m2', 4);
  for (let i = 0; i < 2; i++) {
    world.clock.advance(14_999);
    world.beat('m2', 4);
    world.beat('m3', 5);
  }
  expect(world.describe().members).toHaveLength(2);
  world.clock.advance(2);
  expect(world.describe().members).toMatchObject([{ memberId: 'm3' }]);
  expect(errorOf(() => world.beat('m2', 4))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  expect(world.assigned(world.beat('m3', 5))).toBe('a:0,1,2,3');
});

test('a static member that leaves for the moment finds what it had', async () => {
  const world = await World.open();
  expect(world.join('s1', { instanceId: 'i' }).memberEpoch).toBe(2);
  expect(textOf(() => world.join('s2', { instanceId: 'i' }))).toBe(
    'Static member s2 with instance id i cannot join the group because the instance id is owned by s1 member.',
  );
  expect(textOf(() => world.beat('s2', 2, { instanceId: 'i' }))).toBe(
    'Static member s2 with instance id i was fenced by member s1.',
  );
  expect(textOf(() => world.beat('s2', 2, { instanceId: 'j' }))).toBe('Instance id j is unknown.');
  expect(world.beat('s1', -2, { instanceId: 'i' })).toMatchObject({ memberEpoch: -2, heartbeatIntervalMs: 0 });
  const back = world.join('s2', { instanceId: 'i' });
  expect(back).toMatchObject({ memberId: 's2', memberEpoch: 2 });
  expect(world.assigned(back)).toBe('a:0,1,2,3');
  expect(world.state).toBe('Stable 2/2');
  world.beat('s2', -1, { instanceId: 'i' });
  expect(world.state).toBe('Empty 3/2');
  expect(world.clock.pendingTimers, 'only the next look for expired offsets').toBe(1);
});

test('new partitions, deleted topics and new subscriptions bring new assignments', async () => {
  const world = await World.open();
  world.join('m1');
  world.topics.set('a', 6);
  expect(world.assigned(world.beat('m1', 2))).toBe('a:0,1,2,3,4,5');
  world.topics.set('b', 2);
  expect(world.beat('m1', 3).assignment).toBeNull();
  expect(world.assigned(world.beat('m1', 3, { subscribedTopicNames: ['b'] }))).toBe('');
  expect(world.assigned(world.beat('m1', 3, { topicPartitions: [] }))).toBe('b:0,1');
  world.topics.delete('b');
  world.beat('m1', 4);
  expect(world.state).toBe('Reconciling 5/5');
  expect(world.beat('m1', 4, { topicPartitions: [] }).memberEpoch).toBe(5);
  expect(world.state).toBe('Stable 5/5');
});

test('a regular expression means whole names, also of topics that come later', async () => {
  const world = await World.open();
  const regex = { subscribedTopicNames: null, subscribedTopicRegex: 'a|b+' };
  expect(world.assigned(world.join('m1', regex))).toBe('a:0,1,2,3');
  world.topics.set('ab', 1);
  expect(world.beat('m1', 2).memberEpoch).toBe(2);
  world.topics.set('bb', 1);
  expect(world.assigned(world.beat('m1', 2))).toBe('a:0,1,2,3 bb:0');
  await world.restart();
  expect(world.describe()).toMatchObject({
    groupState: 'Stable',
    members: [{ subscribedTopicNames: [], subscribedTopicRegex: 'a|b+' }],
  });
  expect(textOf(() => world.join('m2', { ...regex, subscribedTopicRegex: '[' }))).toBe(
    'SubscribedTopicRegex `[` is not a valid regular expression: missing closing ].',
  );
});

test('assignments that follow each other closely are one', async () => {
  const world = await World.open({ groupConsumerAssignmentIntervalMs: 1000 });
  world.join('m1');
  world.join('m2');
  expect(world.state).toBe('Assigning 3/2');
  world.clock.advance(999);
  world.join('m3');
  expect(world.state).toBe('Assigning 4/2');
  world.clock.advance(1);
  expect(world.assigned(world.beat('m1', 2))).toMatch(/^a:\d(,\d)?$/);
  expect(world.state).toBe('Reconciling 4/4');
});

test('a request that is not written changes nothing', async () => {
  const world = await World.open();
  world.join('m1');
  world.store.failure = ErrorCode.COORDINATOR_NOT_AVAILABLE;
  expect(errorOf(() => world.join('m2'))).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  expect(world.describe().members).toHaveLength(1);
  expect(world.state).toBe('Stable 2/2');
});

test('members, epochs and sessions outlive a restart', async () => {
  const world = await World.open();
  await pair(world);
  const before = world.describe();
  await world.restart();
  expect(world.describe()).toEqual(before);
  world.clock.advance(44_999);
  expect(world.beat('m1', 3)).toMatchObject({ memberEpoch: 3, assignment: null });
  world.clock.advance(1);
  expect(world.describe().members).toMatchObject([{ memberId: 'm1' }]);
});

test('a full group takes nobody in', async () => {
  const world = await World.open({ groupConsumerMaxSize: 1 });
  world.join('m1');
  expect(textOf(() => world.join('m2'))).toBe('The consumer group has reached its maximum capacity of 1 members.');
  expect(world.beat('m1', 2).memberEpoch).toBe(2);
});

test.each([
  [{ groupId: '' }, "GroupId can't be empty."],
  [{ memberId: '' }, "MemberId can't be empty."],
  [{ rebalanceTimeoutMs: -1 }, 'RebalanceTimeoutMs must be provided in first request.'],
  [{ topicPartitions: null }, 'TopicPartitions must be empty when (re-)joining.'],
  [
    { subscribedTopicNames: null },
    'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.',
  ],
  [{ memberEpoch: -3 }, 'MemberEpoch is invalid.'],
  [{ memberEpoch: -2 }, "InstanceId can't be null."],
  [{ instanceId: '' }, "InstanceId can't be empty."],
  [{ rackId: '' }, "RackId can't be empty."],
  [{ serverAssignor: 'no' }, 'ServerAssignor no is not supported. Supported assignors: uniform, range.'],
  [{ memberEpoch: 1 }, 'Consumer group g not found.'],
  [{ memberEpoch: -1 }, 'Group g not found.'],
])('refuses %j', async (change, text) => {
  const world = await World.open();
  expect(textOf(() => world.join('m', change))).toBe(text);
});

test('commits and fetches are those of a member in its epoch', async () => {
  const world = await World.open();
  await pair(world);
  const commit = (memberId: string, generationId: number, partition: number, apiVersion = 9) => {
    const partitions = [
      { partitionIndex: partition, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: '' },
    ];
    const topics = [{ name: 'a', topicId: world.topics.topic('a')!.id, partitions }];
    const request = { groupId: 'g', generationId, memberId, groupInstanceId: null, retentionTimeMs: -1, topics };
    return errorOf(() => world.groups.commit(request, apiVersion));
  };
  expect(commit('m1', 3, 0)).toBe(ErrorCode.NONE);
  expect(commit('m1', 2, 0), 'what it has had since then').toBe(ErrorCode.NONE);
  expect(commit('m1', 2, 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(commit('m2', 2, 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(commit('m1', 4, 0)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(commit('m1', 3, 0, 8)).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect(commit('', -1, 0)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  const fetch = (memberId: string | null, memberEpoch: number) =>
    errorOf(() => world.groups.offsets('g', { memberId, memberEpoch }));
  expect([fetch('m1', 3), fetch(null, -1)]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
  expect(fetch('m1', 2)).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect(fetch('', -1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  await world.restart();
  expect(world.groups.list()).toEqual([
    { groupId: 'g', protocolType: 'consumer', groupState: 'Stable', groupType: 'consumer' },
  ]);
  world.beat('m1', -1);
  world.beat('m2', -1);
  expect(commit('', -1, 0), 'by hand, while nobody is in the group').toBe(ErrorCode.NONE);
});

test('deleting: neither a group with members nor offsets of what they want', async () => {
  const world = await World.open();
  world.join('m1');
  expect(errorOf(() => world.groups.deleteGroup('g'))).toBe(ErrorCode.NON_EMPTY_GROUP);
  const topics = [
    { name: 'a', partitions: [0] },
    { name: 'b', partitions: [0] },
  ];
  expect(world.groups.deleteOffsets('g', topics)).toEqual([[ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC], [ErrorCode.NONE]]);
  world.beat('m1', -1);
  world.groups.deleteGroup('g');
  await world.restart();
  expect(world.groups.list()).toEqual([]);
});

test('an empty group without offsets goes when offsets expire', async () => {
  const world = await World.open();
  world.join('m1');
  world.groups.expireOffsets();
  expect(world.state).toBe('Stable 2/2');
  world.beat('m1', -1);
  world.groups.expireOffsets();
  expect(world.describe().errorMessage).toBe('Group g not found.');
});

test('an empty group changes its protocol, one with members does not if migration is disabled', async () => {
  const world = await World.open({ groupConsumerMigrationPolicy: 'disabled' });
  const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 3 };
  world.join('m1');
  expect((await world.groups.join(client, joinRequest())).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  expect(world.groups.describe('g', 6)).toMatchObject({
    errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
    errorMessage: 'Group g is not a classic group.',
    groupState: 'Dead',
  });
  world.beat('m1', -1);
  const joining = world.groups.join(client, joinRequest());
  world.clock.advance(0);
  const joined = await joining;
  expect(joined.errorCode).toBe(ErrorCode.NONE);
  expect(world.describe().errorMessage).toBe('Group g is not a consumer group.');
  expect(textOf(() => world.join('m1'))).toBe(
    'Cannot upgrade classic group g to consumer group because online upgrade is disabled.',
  );
  world.groups.leave('g', [{ memberId: joined.memberId!, groupInstanceId: null }]);
  expect(world.join('m1').memberEpoch).toBe(2);
  await world.restart();
  expect(world.groups.list()).toMatchObject([{ groupType: 'consumer', groupState: 'Stable' }]);
});

test('a group that only holds offsets becomes one with members and keeps them', async () => {
  const world = await World.open();
  const partitions = [{ partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: '' }];
  const topics = [{ name: 'a', topicId: ZERO_UUID, partitions }];
  world.groups.commit(
    { groupId: 'g', generationId: -1, memberId: '', groupInstanceId: null, retentionTimeMs: -1, topics },
    9,
  );
  expect(world.join('m1').memberEpoch).toBe(2);
  await world.restart();
  expect(world.groups.list()).toMatchObject([{ groupType: 'consumer' }]);
  expect(world.groups.offsets('g').get('a')?.get(0)?.offset).toBe(7);
});
