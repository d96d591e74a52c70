// The life of a streams group (KIP-1071) on a clock that stands still.
import { describe, expect, test } from 'vitest';
import { ErrorCode, type KafkaError } from '../../../../src/protocol/errors.ts';
import { ZERO_UUID } from '../../../../src/util/uuid.ts';
import { errorOf } from '../memory-store.ts';
import { internalTopic, PLAIN, shown, statuses, subtopology, tasks, WORD_COUNT, World } from './world.ts';

function textOf(call: () => unknown): string {
  try {
    call();
    return '';
  } catch (error) {
    return (error as KafkaError).message;
  }
}

const NOBODY = { generationId: -1, memberId: '', groupInstanceId: null, retentionTimeMs: -1 };
const committing = (memberId: string, generationId: number, partitionIndex: number, name = 'a') => ({
  ...NOBODY,
  groupId: 'g',
  memberId,
  generationId,
  topics: [
    {
      name,
      topicId: ZERO_UUID,
      partitions: [{ partitionIndex, committedOffset: 5, committedLeaderEpoch: -1, committedMetadata: '' }],
    },
  ],
});

describe('a group of one topic', () => {
  test('the first member has all tasks, a second one gets half of them once they are given up', async () => {
    const world = await World.open();
    const first = world.join('m1');
    expect(first.memberEpoch).toBe(2);
    expect(shown(first.activeTasks)).toBe('0:0,1,2,3');
    expect(world.state).toBe('Stable 2/2');

    const second = world.join('m2');
    expect([second.memberEpoch, shown(second.activeTasks)]).toEqual([3, '']);
    const revoking = world.beat('m1', 2);
    expect([revoking.memberEpoch, shown(revoking.activeTasks)]).toEqual([2, '0:0,1']);
    expect(shown(world.beat('m2', 3).activeTasks)).toBeUndefined();
    expect(world.state).toBe('Reconciling 3/3');
    expect(world.beat('m1', 2, tasks('0:0,1')).memberEpoch).toBe(3);
    expect(shown(world.beat('m2', 3).activeTasks)).toBe('0:2,3');
    expect(world.state).toBe('Stable 3/3');
  });

  test('a member that leaves hands its tasks on; the last one leaves an empty group', async () => {
    const world = await World.open();
    world.join('m1');
    world.join('m2');
    expect(world.beat('m1', -1).memberEpoch).toBe(-1);
    expect(shown(world.beat('m2', 3).activeTasks)).toBe('0:0,1,2,3');
    world.beat('m2', -1);
    expect(world.describe().groupState).toBe('Empty');
  });

  test('a member that is silent is taken out after its session, one that gives nothing up after its rebalance timeout', async () => {
    const world = await World.open();
    world.join('m1');
    world.join('m2', { rebalanceTimeoutMs: 30_000 });
    world.beat('m1', 2);
    for (let i = 0; i < 7; i++) {
      world.clock.advance(5000);
      if (i < 5) world.beat('m1', 2);
    }
    expect(errorOf(() => world.beat('m1', 2))).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    world.beat('m2', 3);
    world.clock.advance(45_001);
    expect(world.describe().members).toEqual([]);
  });

  test('an answer that was lost is repeated; who knows too much or too little is fenced', async () => {
    const world = await World.open();
    world.join('m1');
    world.join('m2');
    world.beat('m1', 2);
    world.beat('m1', 2, tasks('0:0,1'));
    expect(world.beat('m1', 2, tasks('0:0,1')).memberEpoch).toBe(3);
    expect(errorOf(() => world.beat('m1', 2, tasks('0:0,1,2')))).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
    expect(errorOf(() => world.beat('m1', 9))).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
    expect(errorOf(() => world.beat('m1', 1, tasks('')))).toBe(ErrorCode.FENCED_MEMBER_EPOCH);
  });

  test('tasks that are none of the topology are refused', async () => {
    const world = await World.open();
    world.join('m1');
    expect(textOf(() => world.beat('m1', 2, tasks('7:0')))).toBe('Subtopology 7 does not exist in the topology.');
    expect(textOf(() => world.beat('m1', 2, tasks('0:4')))).toBe(
      'Task 4 for subtopology 0 is invalid. Number of tasks for this subtopology: 4',
    );
  });

  test('standbys are on another process than the task, and become active when its member goes', async () => {
    const world = await World.open({ groupStreamsNumStandbyReplicas: 1 });
    const stateful = {
      epoch: 0,
      subtopologies: [
        subtopology('0', { sourceTopics: ['a'], stateChangelogTopics: [internalTopic('g-s-changelog')] }),
      ],
    };
    world.join('m1', { topology: stateful });
    world.join('m2', { topology: stateful });
    const assignmentOf = (memberId: string) =>
      world.describe().members.find((member) => member.memberId === memberId)?.assignment;
    const settle = (...memberIds: string[]) => {
      for (let round = 0; round < 4; round++) {
        for (const memberId of memberIds) {
          const { memberEpoch } = world.describe().members.find((member) => member.memberId === memberId)!;
          const { activeTasks, standbyTasks } = assignmentOf(memberId)!;
          world.beat(memberId, memberEpoch, { activeTasks, standbyTasks, warmupTasks: [] });
        }
      }
      expect(world.describe().groupState).toBe('Stable');
    };
    settle('m1', 'm2');
    expect(shown(assignmentOf('m1')?.activeTasks ?? [])).toBe(shown(assignmentOf('m2')?.standbyTasks ?? []));
    expect(shown(assignmentOf('m2')?.activeTasks ?? [])).toBe(shown(assignmentOf('m1')?.standbyTasks ?? []));
    expect(assignmentOf('m1')?.activeTasks[0]?.partitions).toHaveLength(2);
    world.beat('m2', -1);
    settle('m1');
    expect(shown(assignmentOf('m1')?.activeTasks ?? [])).toBe('0:0,1,2,3');
    expect(assignmentOf('m1')?.standbyTasks).toEqual([]);
  });

  test('a full group takes nobody; shutdownApplication tells all; epochs of endpoints grow with tasks', async () => {
    const world = await World.open({ groupStreamsMaxSize: 2 });
    const userEndpoint = { host: 'h', port: 80 };
    const first = world.join('m1', { userEndpoint });
    expect(first.partitionsByUserEndpoint).toEqual([
      { userEndpoint, activePartitions: [{ topic: 'a', partitions: [0, 1, 2, 3] }], standbyPartitions: [] },
    ]);
    world.join('m2', {});
    expect(errorOf(() => world.join('m3'))).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    const { endpointInformationEpoch } = world.beat('m1', 2);
    expect(endpointInformationEpoch).toBe(1);
    expect(world.beat('m1', 2, { endpointInformationEpoch }).partitionsByUserEndpoint).toBeNull();
    expect(statuses(world.beat('m2', 3, { shutdownApplication: true }))).toEqual([4]);
    expect(statuses(world.beat('m1', 2))).toEqual([4]);
  });
});

describe('the first assignment', () => {
  test('waits for further members', async () => {
    const world = await World.open({ groupStreamsInitialRebalanceDelayMs: 3000 });
    const first = world.join('m1');
    expect([first.memberEpoch, shown(first.activeTasks), statuses(first)]).toEqual([1, '', [5]]);
    world.clock.advance(1000);
    expect(statuses(world.join('m2'))).toEqual([5]);
    world.clock.advance(2000);
    expect(shown(world.beat('m1', 1).activeTasks)).toBe('0:0,2');
    expect(shown(world.beat('m2', 1).activeTasks)).toBe('0:1,3');
  });

  test('assignments keep their distance', async () => {
    const world = await World.open({ groupStreamsAssignmentIntervalMs: 1000 });
    world.join('m1');
    expect(statuses(world.join('m2'))).toEqual([5]);
    world.clock.advance(1000);
    expect(shown(world.beat('m1', 2).activeTasks)).toBe('0:0,1');
  });
});

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

describe('requests', () => {
  test.each([
    [{ memberId: '' }, "MemberId can't be empty."],
    [{ rebalanceTimeoutMs: -1 }, 'RebalanceTimeoutMs must be provided in first request.'],
    [{ activeTasks: null }, 'ActiveTasks must be empty when (re-)joining.'],
    [{ topology: null }, 'Topology must be non-null when (re-)joining.'],
    [{ instanceId: 'i' }, 'Static membership is not yet supported.'],
    [{ taskOffsets: [] }, 'TaskOffsets are not supported yet.'],
    [{ memberEpoch: -2 }, "InstanceId can't be null."],
    [{ memberEpoch: -3 }, 'MemberEpoch is -3, but must be greater than or equal to -2.'],
    [{ memberEpoch: 1 }, 'Topology can only be provided when (re-)joining.'],
    [{ warmupTasks: [{ subtopologyId: '0', partitions: [0] }] }, 'WarmupTasks are not supported yet.'],
  ])('%j is refused', async (change, text) => {
    const world = await World.open();
    expect(textOf(() => world.join('m1', change))).toBe(text);
    expect(errorOf(() => world.join('m1', change))).toBe(ErrorCode.INVALID_REQUEST);
  });

  test('groups that are not there, or of another kind, are told apart', async () => {
    const world = await World.open();
    expect(textOf(() => world.beat('m1', 3))).toBe('Streams group g not found.');
    expect(textOf(() => world.beat('m1', -1))).toBe('Group g not found.');
    expect(world.describe()).toMatchObject({
      errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
      errorMessage: 'Group g not found.',
    });
    world.groups.commit({ ...committing('', -1, 0) }, 9);
    expect(world.describe().errorMessage).toBe('Group g is not a streams group.');
    expect(world.join('m1').errorCode).toBe(0);
    expect(world.groups.list([], ['streams'])).toEqual([
      { groupId: 'g', protocolType: 'streams', groupState: 'Stable', groupType: 'streams' },
    ]);
  });
});

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

describe('a restart', () => {
  test('changes nothing', async () => {
    const world = await World.open({ groupStreamsNumStandbyReplicas: 1 });
    world.join('m1', {
      topology: WORD_COUNT,
      userEndpoint: { host: 'h', port: 1 },
      clientTags: [{ key: 'k', value: 'v' }],
    });
    world.beat('m1', 2);
    world.join('m2', { topology: WORD_COUNT, rackId: 'r' });
    world.beat('m1', 3);
    const before = world.describe();
    await world.restart();
    expect({ ...world.describe(), topology: null }).toEqual({ ...before, topology: null });
    world.beat('m1', 3);
    expect(world.describe()).toEqual(before);
    expect(world.clock.pendingTimers).toBeGreaterThan(0);
  });
});
