// Start offsets of share groups: described, set, deleted, with the group and with the topic.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/protocol/errors.ts';
import { errorOf } from '../memory-store.ts';
import { World } from './world.ts';

test('offsets are set in a group that is not there yet, which is then there', async () => {
  const world = await World.open();
  const { responses } = world.alter({ 'a:0': 3, 'a:7': 0, 'x:0': 0 });
  expect(responses).toMatchObject([
    {
      topicName: 'a',
      partitions: [{ partitionIndex: 0, errorCode: 0 }, { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }],
    },
    { topicName: 'x', partitions: [{ errorMessage: 'This server does not host this topic-partition.' }] },
  ]);
  expect(world.offsets()).toBe('a:0=3,7');
  expect(world.summary).toBe('Empty 1/1');
  await world.restart();
  expect(world.offsets()).toBe('a:0=3,7');
  world.alter({ 'a:0': 5 });
  expect(world.offsets()).toBe('a:0=5,5');
});

test('no offsets are set while there are members', async () => {
  const world = await World.open();
  world.join('m1');
  expect(errorOf(() => world.alter({ 'a:0': 3 }))).toBe(ErrorCode.NON_EMPTY_GROUP);
  const topics = [{ topicName: 'a' }];
  expect(errorOf(() => world.groups.shares.deleteOffsets({ groupId: 'g', topics }))).toBe(ErrorCode.NON_EMPTY_GROUP);
});

test('what the share coordinator refuses is told, and not noted', async () => {
  const world = await World.open();
  world.state.failure = ErrorCode.COORDINATOR_NOT_AVAILABLE;
  expect(world.alter({ 'a:0': 3 }).responses[0]?.partitions[0]?.errorCode).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  world.state.failure = undefined;
  expect(world.offsets()).toBe('');
});

test('named partitions are described whether the group has read them or not', async () => {
  const world = await World.open();
  world.alter({ 'a:0': 4 });
  const topics = [
    { topicName: 'a', partitions: [0, 1] },
    { topicName: 'x', partitions: [0] },
  ];
  const described = world.groups.shares.describeOffsets({ groupId: 'g', topics }, () => ({ offset: 9 }));
  expect(described.topics).toMatchObject([
    {
      topicName: 'a',
      partitions: [
        { startOffset: 4, lag: 5 },
        { startOffset: -1, lag: -1 },
      ],
    },
    { topicName: 'x', partitions: [{ partitionIndex: 0, startOffset: -1 }] },
  ]);
  const failed = world.groups.shares.describeOffsets({ groupId: 'g', topics: null }, () => ({
    errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
  }));
  expect(failed.topics[0]?.partitions[0]?.errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
});

test('deleted offsets are gone, those that are not there are an error', async () => {
  const world = await World.open();
  world.topics.set('b', 1);
  world.alter({ 'a:0': 4 });
  const topics = [{ topicName: 'b' }, { topicName: 'a' }, { topicName: 'x' }];
  const { responses } = world.groups.shares.deleteOffsets({ groupId: 'g', topics });
  expect(responses).toMatchObject([
    { topicName: 'a', errorCode: ErrorCode.NONE },
    { topicName: 'b', errorMessage: 'There is no offset information to delete.' },
    { topicName: 'x', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
  ]);
  expect(world.offsets()).toBe('');
  expect(world.state.states.size).toBe(0);
  expect(errorOf(() => world.groups.shares.deleteOffsets({ groupId: 'none', topics }))).toBe(
    ErrorCode.GROUP_ID_NOT_FOUND,
  );
});

test('a deletion that failed is tried again', async () => {
  const world = await World.open();
  world.alter({ 'a:0': 4 });
  world.state.failure = ErrorCode.NOT_COORDINATOR;
  const request = { groupId: 'g', topics: [{ topicName: 'a' }] };
  expect(world.groups.shares.deleteOffsets(request).responses[0]?.errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  await world.restart();
  world.state.failure = undefined;
  expect(world.groups.shares.deleteOffsets(request).responses[0]?.errorCode).toBe(ErrorCode.NONE);
  expect(world.state.states.size).toBe(0);
});

test('a group goes with its state, and stays if that fails', async () => {
  const world = await World.open();
  world.join('m1');
  expect(errorOf(() => world.groups.deleteGroup('g'))).toBe(ErrorCode.NON_EMPTY_GROUP);
  world.beat('m1', -1);
  world.state.failure = ErrorCode.NOT_COORDINATOR;
  expect(errorOf(() => world.groups.deleteGroup('g'))).toBe(ErrorCode.NOT_COORDINATOR);
  expect(world.groups.list()).toHaveLength(1);
  world.state.failure = undefined;
  world.groups.deleteGroup('g');
  expect(world.groups.list()).toEqual([]);
  expect(world.state.states.size).toBe(0);
  await world.restart();
  expect(world.groups.list()).toEqual([]);
});

test('a deleted topic takes the notes about its state along', async () => {
  const world = await World.open();
  world.alter({ 'a:0': 4 });
  const id = world.topics.topic('a')!.id;
  world.topics.delete('a');
  world.groups.topicDeleted({ name: 'a', id });
  await world.restart();
  world.topics.set('a', 1);
  expect(world.offsets()).toBe('');
});
