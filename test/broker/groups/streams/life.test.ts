// The life of a streams group (KIP-1071) on a clock that stands still.
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/protocol/errors.ts';
import { errorOf } from '../memory-store.ts';
import { committing, textOf } from './commits.ts';
import { internalTopic, shown, statuses, subtopology, tasks, WORD_COUNT, World } from './world.ts';

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
