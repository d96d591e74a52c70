// The topics of a streams group (KIP-1071): those it reads, those it asks for.
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/protocol/errors.ts';
import { errorOf } from '../memory-store.ts';
import { textOf } from './commits.ts';
import { internalTopic, PLAIN, shown, statuses, subtopology, WORD_COUNT, World } from './world.ts';

describe('topics', () => {
  test('internal topics are asked for with their numbers of partitions, and tasks run when they are there', async () => {
    const world = await World.open();
    const first = world.join('m1', { topology: WORD_COUNT });
    expect(statuses(first)).toEqual([3]);
    expect(world.describe().groupState).toBe('NotReady');
    expect(world.topics.topic('g-words-repartition')?.partitions.length).toBe(4);
    expect(world.topics.topic('g-counts-changelog')?.partitions.length).toBe(4);
    const next = world.beat('m1', first.memberEpoch);
    expect([shown(next.activeTasks), statuses(next)]).toEqual(['0:0,1,2,3 1:0,1,2,3', []]);
    expect(world.describe().topology?.subtopologies?.[1]?.stateChangelogTopics[0]?.partitions).toBe(4);
  });

  test('a source that is missing is named; when it comes, tasks run, and when it goes, they stop', async () => {
    const world = await World.open();
    world.topics.delete('a');
    const first = world.join('m1');
    expect(first.status).toEqual([{ statusCode: 1, statusDetail: 'Source topics a are missing.' }]);
    world.topics.set('a', 2);
    const next = world.beat('m1', first.memberEpoch);
    expect(shown(next.activeTasks)).toBe('0:0,1');
    world.topics.delete('a');
    expect(statuses(world.beat('m1', next.memberEpoch))).toEqual([1]);
    expect(world.describe().groupState).toBe('NotReady');
  });

  test('an internal topic of another size, or topics to be joined that are not alike, are told apart', async () => {
    const world = await World.open();
    world.topics.set('g-words-repartition', 3);
    expect(world.join('m1', { topology: WORD_COUNT }).status?.[0]).toEqual({
      statusCode: 2,
      statusDetail: 'Existing topic g-words-repartition has different number of partitions: expected 4, found 3',
    });
    world.topics.set('b', 2);
    const copartitionGroups = [{ sourceTopics: [0, 1], sourceTopicRegex: [], repartitionSourceTopics: [] }];
    const joined = { epoch: 0, subtopologies: [subtopology('0', { sourceTopics: ['a', 'b'], copartitionGroups })] };
    const other = { ...PLAIN, ...joined };
    world.beat('m1', -1);
    world.groups.deleteGroup('g');
    expect(world.join('m1', { topology: other }).status?.[0]).toEqual({
      statusCode: 2,
      statusDetail: 'Following topics do not have the same number of partitions: [{a=4, b=2}]',
    });
  });

  test('a repartition topic follows the topic it is joined with, unless its number is fixed', async () => {
    const world = await World.open();
    const withRepartition = (partitions: number) => ({
      epoch: 0,
      subtopologies: [
        subtopology('0', { sourceTopics: ['b'], repartitionSinkTopics: ['r'] }),
        subtopology('1', {
          sourceTopics: ['a'],
          repartitionSourceTopics: [internalTopic('r', partitions)],
          copartitionGroups: [{ sourceTopics: [0], sourceTopicRegex: [], repartitionSourceTopics: [0] }],
        }),
      ],
    });
    world.topics.set('b', 7);
    world.join('m1', { topology: withRepartition(0) });
    expect(world.topics.topic('r')?.partitions.length).toBe(4);
    world.beat('m1', -1);
    world.groups.deleteGroup('g');
    world.topics.delete('r');
    expect(world.join('m1', { topology: withRepartition(3) }).status?.[0]?.statusDetail).toBe(
      "Number of partitions [3] of repartition topic [r] doesn't match number of partitions [4] of the source topic.",
    );
  });

  test('a topology that can never run is refused', async () => {
    const world = await World.open();
    const loop = {
      epoch: 0,
      subtopologies: [
        subtopology('0', { repartitionSourceTopics: [internalTopic('x')], repartitionSinkTopics: ['y'] }),
        subtopology('1', { repartitionSourceTopics: [internalTopic('y')], repartitionSinkTopics: ['x'] }),
      ],
    };
    expect(errorOf(() => world.join('m1', { topology: loop }))).toBe(ErrorCode.STREAMS_INVALID_TOPOLOGY);
    const unwritten = {
      epoch: 0,
      subtopologies: [subtopology('0', { repartitionSourceTopics: [internalTopic('x')] })],
    };
    expect(errorOf(() => world.join('m1', { topology: unwritten }))).toBe(ErrorCode.STREAMS_INVALID_TOPOLOGY);
    const sized = {
      epoch: 0,
      subtopologies: [subtopology('0', { sourceTopics: ['a'], stateChangelogTopics: [internalTopic('c', 3)] })],
    };
    expect(errorOf(() => world.join('m1', { topology: sized }))).toBe(ErrorCode.STREAMS_INVALID_TOPOLOGY);
    expect(world.groups.list()).toEqual([]);
  });

  test('another topology is refused, an older one is let in and told so', async () => {
    const world = await World.open();
    world.join('m1', { topology: { ...PLAIN, epoch: 3 } });
    expect(statuses(world.join('m2', { topology: { ...PLAIN, epoch: 2 } }))).toEqual([0]);
    const newer = { topology: { ...PLAIN, epoch: 4 } };
    expect(textOf(() => world.join('m3', newer))).toBe('Topology updates are not supported yet.');
  });
});
