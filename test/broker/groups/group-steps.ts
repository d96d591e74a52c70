// What clients do to groups, with mistakes. Played against Apache Kafka once (group-session.txt) and against ktool in
// recorded-session.test.ts.
import { DeleteGroups } from '../../../src/protocol/messages/delete-groups.ts';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { LeaveGroup } from '../../../src/protocol/messages/leave-group.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../../src/protocol/messages/offset-delete.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { SyncGroup } from '../../../src/protocol/messages/sync-group.ts';
import type { RequestInput } from '../../../src/protocol/schema.ts';
import type { GroupSession } from './group-session.ts';

/** The topic that the steps commit for; it has three partitions. */
export const TOPIC = 'steps';

const SESSION_MS = 30_000;

/** A consumer's subscription (version 0) to TOPIC. */
const SUBSCRIPTION = Buffer.from(`\0\0\0\0\0\x01\0\x05${TOPIC}\xff\xff\xff\xff`, 'latin1');

export async function playGroupSteps(session: GroupSession): Promise<void> {
  await coordinators(session);
  await withoutGroup(session);
  await emptyGroupId(session);
  await oneMember(session);
  await twoMembers(session);
  await staticMember(session);
  await protocols(session);
  await everyVersion(session);
  await standalone(session);
  await manyGroups(session);
}

type Join = RequestInput<typeof JoinGroup>;

function join(groupId: string, memberId: string, change: Partial<Join> = {}): Join {
  return {
    groupId,
    memberId,
    sessionTimeoutMs: SESSION_MS,
    rebalanceTimeoutMs: SESSION_MS,
    protocolType: 'consumer',
    protocols: [
      { name: 'range', metadata: SUBSCRIPTION },
      { name: 'roundrobin', metadata: SUBSCRIPTION },
    ],
    ...change,
  };
}

function commit(groupId: string, change: Partial<RequestInput<typeof OffsetCommit>> = {}, metadata = 'note') {
  const partition = { committedOffset: 7, committedLeaderEpoch: 0, committedMetadata: metadata };
  return {
    groupId,
    memberId: '',
    topics: [{ name: TOPIC, partitions: [0, 1].map((partitionIndex) => ({ partitionIndex, ...partition })) }],
    ...change,
  };
}

async function coordinators(session: GroupSession): Promise<void> {
  while ((await session.send('a', FindCoordinator, 2, { key: 'first' })).errorCode !== 0);
  for (let version = 0; version <= 3; version++) await session.step('a', FindCoordinator, version, { key: 'g1' });
  for (let version = 4; version <= 6; version++) {
    await session.step('a', FindCoordinator, version, { coordinatorKeys: ['g1', 'g2', ''] });
  }
}

async function withoutGroup(session: GroupSession): Promise<void> {
  const groupId = 'nobody';
  await session.step('a', JoinGroup, 9, join(groupId, '', { sessionTimeoutMs: 5999 }));
  await session.step('a', JoinGroup, 9, join(groupId, '', { sessionTimeoutMs: 1_800_001 }));
  await session.step('a', JoinGroup, 9, join(groupId, 'stranger'));
  const member = { groupId, memberId: 'stranger', generationId: 1 };
  await session.step('a', SyncGroup, 5, {
    ...member,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [],
  });
  await session.step('a', SyncGroup, 3, { ...member, assignments: [] });
  await session.step('a', Heartbeat, 4, member);
  await session.step('a', LeaveGroup, 2, { groupId, memberId: 'stranger', members: [] });
  await session.step('a', LeaveGroup, 5, {
    groupId,
    members: [{ memberId: 'stranger' }, { memberId: '', groupInstanceId: 'i' }],
  });
  const generation = { generationIdOrMemberEpoch: 1, memberId: 'stranger' };
  await session.step('a', OffsetCommit, 8, commit(groupId, generation));
  await session.step('a', OffsetCommit, 9, commit(groupId, generation));
  await session.step(
    'a',
    OffsetCommit,
    9,
    commit(groupId, {
      topics: [{ name: 'unknown', partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: null }] }],
    }),
  );
  await session.step('a', DescribeGroups, 5, { groups: [groupId] });
  await session.step('a', DescribeGroups, 6, { groups: [groupId], includeAuthorizedOperations: true });
  await session.step('a', OffsetFetch, 1, { groupId, topics: [{ name: TOPIC, partitionIndexes: [0] }] });
  await session.step('a', OffsetFetch, 7, {
    groupId,
    topics: [
      { name: TOPIC, partitionIndexes: [0, 99] },
      { name: 'unknown', partitionIndexes: [0] },
    ],
  });
  await session.step('a', OffsetFetch, 9, { groups: [{ groupId, topics: null }] });
  await session.step('a', OffsetDelete, 0, { groupId, topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }] }] });
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
  await session.step('a', ListGroups, 5, {});
}

async function emptyGroupId(session: GroupSession): Promise<void> {
  const groupId = '';
  await session.step('a', JoinGroup, 9, join(groupId, ''));
  const member = { groupId, memberId: 'm', generationId: 1 };
  await session.step('a', SyncGroup, 3, { ...member, assignments: [] });
  await session.step('a', Heartbeat, 4, member);
  await session.step('a', LeaveGroup, 5, { groupId, members: [{ memberId: 'm' }] });
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', OffsetFetch, 7, { groupId, topics: [{ name: TOPIC, partitionIndexes: [0] }] });
  await session.step('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', OffsetFetch, 7, { groupId, topics: null });
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
}

async function oneMember(session: GroupSession): Promise<void> {
  const groupId = 'one';
  const { memberId } = await session.step('a', JoinGroup, 9, join(groupId, '', { reason: 'first' }));
  await session.until(groupId, 'Empty', 0);
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  const joined = await session.step('a', JoinGroup, 9, join(groupId, memberId));
  const member = { groupId, memberId, generationId: joined.generationId };
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  await session.step('a', JoinGroup, 9, join(groupId, memberId));
  await session.step('a', Heartbeat, 4, member);
  await session.step('a', OffsetCommit, 9, commit(groupId, { generationIdOrMemberEpoch: 1, memberId }));
  await session.step('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', SyncGroup, 5, { ...member, assignments: [] });
  await session.step('a', SyncGroup, 5, { ...member, ...protocol, protocolName: 'roundrobin', assignments: [] });
  await session.step('a', SyncGroup, 5, { ...member, ...protocol, generationId: 9, assignments: [] });
  await session.step('a', SyncGroup, 5, { ...member, ...protocol, memberId: 'other', assignments: [] });
  const assignments = [
    { memberId, assignment: Buffer.from('mine') },
    { memberId: 'stranger', assignment: Buffer.from('theirs') },
  ];
  await session.step('a', SyncGroup, 5, { ...member, ...protocol, assignments });
  await session.step('a', SyncGroup, 5, { ...member, ...protocol, assignments: [] });
  await session.step('a', Heartbeat, 4, member);
  await session.step('a', Heartbeat, 4, { ...member, generationId: 2 });
  await session.step('a', Heartbeat, 4, { ...member, memberId: 'other' });
  await session.step('a', Heartbeat, 4, { ...member, groupInstanceId: 'other' });
  await session.step('a', DescribeGroups, 6, { groups: [groupId], includeAuthorizedOperations: true });
  await commits(session, groupId, memberId);
  await session.step('a', OffsetDelete, 0, {
    groupId,
    topics: [
      { name: TOPIC, partitions: [{ partitionIndex: 0 }] },
      { name: 'unknown', partitions: [{ partitionIndex: 0 }] },
    ],
  });
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
  await session.step('a', ListGroups, 5, { statesFilter: ['stable'], typesFilter: ['Classic'] });
  await session.step('a', ListGroups, 5, { statesFilter: ['Empty'] });
  await session.step('a', ListGroups, 5, { typesFilter: ['consumer'] });
  await session.step('a', JoinGroup, 9, join(groupId, memberId)).then(async ({ generationId }) => {
    await session.step('a', Heartbeat, 4, { ...member, generationId });
  });
  await session.step('a', LeaveGroup, 5, { groupId, members: [{ memberId, reason: 'done' }] });
  await session.step('a', LeaveGroup, 5, { groupId, members: [{ memberId }] });
  await session.step('a', Heartbeat, 4, member);
  await session.step('a', SyncGroup, 3, { ...member, assignments: [] });
  await session.step('a', JoinGroup, 9, join(groupId, memberId));
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', OffsetCommit, 9, commit(groupId, { generationIdOrMemberEpoch: 2, memberId }));
  await session.step('a', OffsetDelete, 0, {
    groupId,
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }, { partitionIndex: 2 }] }],
  });
  await session.step('a', OffsetFetch, 7, { groupId, topics: null });
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.records(groupId);
}

async function commits(session: GroupSession, groupId: string, memberId: string): Promise<void> {
  const member = { generationIdOrMemberEpoch: 1, memberId };
  await session.step('a', OffsetCommit, 9, commit(groupId, member));
  await session.step('a', OffsetCommit, 9, commit(groupId, member, 'x'.repeat(4097)));
  await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, generationIdOrMemberEpoch: 0 }));
  await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, memberId: 'other' }));
  await session.step('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', OffsetCommit, 9, commit(groupId, { generationIdOrMemberEpoch: -1, memberId }));
  const { partitions } = commit(groupId).topics[0]!;
  const byId = (topicId: string) => ({ ...member, topics: [{ topicId, partitions }] });
  await session.step('a', OffsetCommit, 10, commit(groupId, byId(session.topicId)));
  await session.step('a', OffsetCommit, 10, commit(groupId, byId('AAAAAAAAAAAAAAAAAAAAZZ')));
  const beyond = [{ partitionIndex: 99, committedOffset: -5, committedMetadata: null }];
  await session.step(
    'a',
    OffsetCommit,
    9,
    commit(groupId, {
      ...member,
      topics: [
        { name: TOPIC, partitions: beyond },
        { name: 'unknown', partitions: beyond },
      ],
    }),
  );
  await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, topics: [] }));
  const mixed = [99, 0].map((partitionIndex) => ({ partitionIndex, committedOffset: 9, committedMetadata: '' }));
  const known = { name: TOPIC, topicId: session.topicId, partitions: mixed };
  const unknown = { name: 'unknown', topicId: 'AAAAAAAAAAAAAAAAAAAAZZ', partitions: mixed };
  for (const topics of [
    [known, unknown],
    [unknown, known],
  ]) {
    await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, topics }));
    await session.step('a', OffsetCommit, 10, commit(groupId, { ...member, topics }));
    await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, generationIdOrMemberEpoch: 0, topics }));
    const partitionIndexes = [0, 99];
    await session.step('a', OffsetFetch, 10, {
      groups: [{ groupId, topics: topics.map(({ topicId }) => ({ topicId, partitionIndexes })) }],
    });
    const partitions = [{ partitionIndex: 0 }, { partitionIndex: 99 }];
    await session.step('a', OffsetDelete, 0, { groupId, topics: topics.map(({ name }) => ({ name, partitions })) });
  }
  const goodFirst = { name: TOPIC, partitions: [...mixed].reverse() };
  await session.step('a', OffsetCommit, 9, commit(groupId, { ...member, topics: [goodFirst] }));
  const wanted = [{ name: TOPIC, partitionIndexes: [0, 2] }];
  for (let version = 1; version <= 7; version++)
    await session.step('a', OffsetFetch, version, { groupId, topics: wanted });
  const requested = { groupId, topics: wanted };
  for (let version = 8; version <= 9; version++) {
    await session.step('a', OffsetFetch, version, {
      groups: [requested, { groupId: 'nobody', topics: wanted }],
      requireStable: true,
    });
  }
  await session.step('a', OffsetFetch, 10, {
    groups: [
      {
        groupId,
        topics: [
          { topicId: session.topicId, partitionIndexes: [0, 2] },
          { topicId: 'AAAAAAAAAAAAAAAAAAAAZZ', partitionIndexes: [0] },
        ],
      },
    ],
  });
}

async function twoMembers(session: GroupSession): Promise<void> {
  const groupId = 'two';
  const first = await session.step('a', JoinGroup, 9, join(groupId, ''));
  await session.step('a', JoinGroup, 9, join(groupId, first.memberId));
  const a = { groupId, memberId: first.memberId };
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  await session.step('a', SyncGroup, 5, {
    ...a,
    ...protocol,
    generationId: 1,
    assignments: [{ memberId: a.memberId, assignment: Buffer.from('all') }],
  });
  const second = await session.step('b', JoinGroup, 9, join(groupId, ''));
  await session.step('a', Heartbeat, 4, { ...a, generationId: 1 });
  const b = { groupId, memberId: second.memberId };
  const onlyRange = [{ name: 'range', metadata: Buffer.from('b') }];
  const joiningB = session.send('b', JoinGroup, 9, join(groupId, b.memberId, { protocols: onlyRange }));
  await session.until(groupId, 'PreparingRebalance', 2);
  await session.step('a', Heartbeat, 4, { ...a, generationId: 1 });
  await session.step('a', OffsetCommit, 9, commit(groupId, { generationIdOrMemberEpoch: 1, memberId: a.memberId }));
  await session.step('a', SyncGroup, 3, { ...a, generationId: 1, assignments: [] });
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
  await session.step('a', JoinGroup, 9, join(groupId, a.memberId));
  session.note('b JoinGroup v9', await joiningB);
  const syncingB = session.send('b', SyncGroup, 5, { ...b, ...protocol, generationId: 2, assignments: [] });
  await session.until(groupId, 'CompletingRebalance', 2);
  await session.step('a', SyncGroup, 5, {
    ...a,
    ...protocol,
    generationId: 2,
    assignments: [{ memberId: b.memberId, assignment: Buffer.from('all') }],
  });
  session.note('b SyncGroup v5', await syncingB);
  await session.step('b', JoinGroup, 9, join(groupId, b.memberId, { protocols: onlyRange }));
  await session.step('a', OffsetDelete, 0, { groupId, topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }] }] });
  await session.step('a', LeaveGroup, 5, { groupId, members: [{ memberId: b.memberId }, { memberId: 'stranger' }] });
  await session.until(groupId, 'PreparingRebalance', 1);
  await session.step('a', JoinGroup, 5, join(groupId, a.memberId));
  await session.step('a', LeaveGroup, 0, { groupId, memberId: a.memberId, members: [] });
  await session.records(groupId);
}

async function staticMember(session: GroupSession): Promise<void> {
  const groupId = 'static';
  const groupInstanceId = 'i1';
  const first = await session.step('a', JoinGroup, 9, join(groupId, '', { groupInstanceId }));
  const generation = { groupId, groupInstanceId, generationId: 1 };
  const a = { ...generation, memberId: first.memberId };
  const protocol = { protocolType: 'consumer', protocolName: 'range' };
  await session.step('a', SyncGroup, 5, {
    ...a,
    ...protocol,
    assignments: [{ memberId: a.memberId, assignment: Buffer.from('all') }],
  });
  const second = await session.step('b', JoinGroup, 9, join(groupId, '', { groupInstanceId }));
  const b = { ...generation, memberId: second.memberId };
  await session.step('a', Heartbeat, 4, a);
  await session.step(
    'a',
    OffsetCommit,
    9,
    commit(groupId, { generationIdOrMemberEpoch: 1, memberId: a.memberId, groupInstanceId }),
  );
  await session.step('a', JoinGroup, 9, join(groupId, a.memberId, { groupInstanceId }));
  await session.step('a', SyncGroup, 3, { ...a, assignments: [] });
  await session.step('a', LeaveGroup, 5, { groupId, members: [{ memberId: a.memberId, groupInstanceId }] });
  await session.step('b', Heartbeat, 4, b);
  await session.step('b', SyncGroup, 5, { ...b, ...protocol, assignments: [] });
  await session.step('c', JoinGroup, 6, join(groupId, '', { groupInstanceId }));
  const { groups } = await session.step('c', DescribeGroups, 6, { groups: [groupId] });
  const c = { ...generation, memberId: groups[0]!.members[0]!.memberId };
  await session.step('c', Heartbeat, 4, c);
  const onlyRoundRobin = [{ name: 'roundrobin', metadata: SUBSCRIPTION }];
  await session.step('d', JoinGroup, 9, join(groupId, '', { groupInstanceId, protocols: onlyRoundRobin }));
  await session.step('d', JoinGroup, 9, join(groupId, '', { groupInstanceId }));
  await session.step('e', LeaveGroup, 3, {
    groupId,
    members: [
      { memberId: '', groupInstanceId: 'i2' },
      { memberId: '', groupInstanceId },
    ],
  });
  await session.records(groupId);
}

async function protocols(session: GroupSession): Promise<void> {
  const groupId = 'protocols';
  await session.step('a', JoinGroup, 3, join(groupId, '', { protocolType: '', protocols: [] }));
  await session.step('a', JoinGroup, 3, join(groupId, '', { protocolType: 'connect', protocols: [] }));
  const metadata = Buffer.from('m');
  const connect = {
    protocolType: 'connect',
    protocols: [
      { name: 'eager', metadata },
      { name: 'compatible', metadata },
    ],
  };
  const { memberId, generationId } = await session.step('a', JoinGroup, 3, join(groupId, '', connect));
  await session.step('b', JoinGroup, 3, join(groupId, ''));
  await session.step('b', JoinGroup, 3, join(groupId, '', { ...connect, protocols: [{ name: 'other', metadata }] }));
  await session.step('a', SyncGroup, 2, {
    groupId,
    memberId,
    generationId,
    assignments: [{ memberId, assignment: metadata }],
  });
  const joiningB = session.send(
    'b',
    JoinGroup,
    3,
    join(groupId, '', { ...connect, protocols: [{ name: 'compatible', metadata }] }),
  );
  await session.until(groupId, 'PreparingRebalance', 2);
  await session.step('a', JoinGroup, 3, join(groupId, memberId, connect));
  const second = await joiningB;
  session.note('b JoinGroup v3', second);
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', OffsetDelete, 0, { groupId, topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }] }] });
  await session.step('a', ListGroups, 4, { statesFilter: [' CompletingRebalance '] });
  await session.step('a', LeaveGroup, 4, { groupId, members: [{ memberId: second.memberId }, { memberId }] });
  await session.records(groupId);
}

async function everyVersion(session: GroupSession): Promise<void> {
  for (let version = 0; version <= 9; version++) {
    const groupId = `versions-${version}`;
    const asked = version >= 4 ? (await session.step('a', JoinGroup, version, join(groupId, ''))).memberId : '';
    const { memberId, generationId } = await session.step('a', JoinGroup, version, join(groupId, asked));
    const sync = Math.min(version, 5);
    const protocol = { protocolType: 'consumer', protocolName: 'range' };
    const member = { groupId, memberId, generationId };
    await session.step('a', SyncGroup, sync, {
      ...member,
      ...protocol,
      assignments: [{ memberId, assignment: Buffer.from('x') }],
    });
    await session.step('a', Heartbeat, Math.min(version, 4), member);
    await session.step(
      'a',
      OffsetCommit,
      Math.max(2, version),
      commit(groupId, { generationIdOrMemberEpoch: generationId, memberId }),
    );
    await session.step('a', DescribeGroups, Math.min(version, 6), { groups: [groupId] });
    await session.step('a', LeaveGroup, Math.min(version, 5), { groupId, memberId, members: [{ memberId }] });
    await session.step('a', DeleteGroups, Math.min(version, 2), { groupsNames: [groupId] });
  }
}

async function manyGroups(session: GroupSession): Promise<void> {
  const groupIds = Array.from({ length: 120 }, (_, i) => `many-${i}`);
  for (const groupId of groupIds) await session.send('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', ListGroups, 5, {});
  await session.step('a', DeleteGroups, 2, { groupsNames: groupIds.slice(0, 1) });
}

async function standalone(session: GroupSession): Promise<void> {
  const groupId = 'alone';
  await session.step('a', OffsetCommit, 2, commit(groupId, { retentionTimeMs: 3_600_000 }));
  await session.step('a', OffsetCommit, 9, commit(groupId));
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  for (let version = 0; version <= 5; version++) await session.step('a', ListGroups, version, {});
  await session.step('a', OffsetDelete, 0, {
    groupId,
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }, { partitionIndex: 1 }] }],
  });
  await session.step('a', OffsetFetch, 9, { groups: [{ groupId, topics: null }] });
  await session.step('a', ListGroups, 5, {});
  await session.step('a', DeleteGroups, 2, { groupsNames: [groupId] });
  await session.records(groupId);
}
