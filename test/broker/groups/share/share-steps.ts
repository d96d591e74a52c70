// What clients do to share groups, with mistakes. Played against Apache Kafka once (share-session.txt) and against ktool in
// recorded-session.test.ts.
import { AlterShareGroupOffsets } from '../../../../src/protocol/messages/alter-share-group-offsets.ts';
import { ConsumerGroupDescribe } from '../../../../src/protocol/messages/consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from '../../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { DeleteGroups } from '../../../../src/protocol/messages/delete-groups.ts';
import { DeleteShareGroupOffsets } from '../../../../src/protocol/messages/delete-share-group-offsets.ts';
import { DescribeGroups } from '../../../../src/protocol/messages/describe-groups.ts';
import { DescribeShareGroupOffsets } from '../../../../src/protocol/messages/describe-share-group-offsets.ts';
import { JoinGroup } from '../../../../src/protocol/messages/join-group.ts';
import { ListGroups } from '../../../../src/protocol/messages/list-groups.ts';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../../../src/protocol/messages/offset-delete.ts';
import { OffsetFetch } from '../../../../src/protocol/messages/offset-fetch.ts';
import { ShareGroupDescribe } from '../../../../src/protocol/messages/share-group-describe.ts';
import {
  ShareGroupHeartbeat,
  type ShareGroupHeartbeatRequest,
} from '../../../../src/protocol/messages/share-group-heartbeat.ts';
import type { GroupSession } from '../group-session.ts';

/** The topic of the steps; it has three partitions and no records. */
export const TOPIC = 'steps';
/** The broker's settings for the steps: assignments need not wait for each other. */
export const OVERRIDES = { 'group.share.assignment.interval.ms': '0', 'group.share.max.size': '3' };

export async function playShareSteps(session: GroupSession): Promise<void> {
  await mistakes(session);
  await members(session);
  await offsets(session);
  await kinds(session);
  await session.records('shared');
  await session.records('altered');
}

function beat(
  session: GroupSession,
  memberId: string,
  memberEpoch: number,
  change: Partial<ShareGroupHeartbeatRequest> = {},
) {
  const body = { groupId: 'shared', memberId, memberEpoch, ...change };
  return session.step('a', ShareGroupHeartbeat, 1, body);
}

function join(session: GroupSession, memberId: string, topics: string[] = [TOPIC], groupId = 'shared') {
  return beat(session, memberId, 0, { groupId, subscribedTopicNames: topics });
}

function describe(session: GroupSession, ...groupIds: string[]) {
  return session.step('a', ShareGroupDescribe, 1, { groupIds, includeAuthorizedOperations: true });
}

async function mistakes(session: GroupSession): Promise<void> {
  await beat(session, '', 0, { subscribedTopicNames: [TOPIC] });
  await beat(session, 'm', 0, { groupId: '', subscribedTopicNames: [TOPIC] });
  await beat(session, 'm', 0, { rackId: ' ', subscribedTopicNames: [TOPIC] });
  await beat(session, 'm', 0);
  await beat(session, 'm', 0, { subscribedTopicNames: [] });
  await beat(session, 'm', -2);
  await beat(session, 'm', 1);
  await beat(session, 'm', -1);
  await describe(session, 'nothere', '');
}

async function members(session: GroupSession): Promise<void> {
  await join(session, 'm1');
  await session.settle();
  await beat(session, 'm1', 2);
  await beat(session, 'm1', 3);
  await beat(session, 'm1', 2);
  await beat(session, 'm1', 1);
  await beat(session, 'm1', 9);
  await beat(session, 'zz', 3);
  await join(session, 'm2', [TOPIC, 'unknown']);
  await session.settle();
  await beat(session, 'm1', 3);
  await beat(session, 'm2', 4, { subscribedTopicNames: [TOPIC] });
  await beat(session, 'm2', 5);
  await join(session, 'm3');
  await join(session, 'm4');
  await describe(session, 'shared');
  await session.step('a', ListGroups, 5, { statesFilter: [], typesFilter: ['share'] });
  await session.step('a', DeleteGroups, 2, { groupsNames: ['shared'] });
  await session.step('a', AlterShareGroupOffsets, 0, { groupId: 'shared', topics: [] });
  await session.step('a', DeleteShareGroupOffsets, 0, { groupId: 'shared', topics: [{ topicName: TOPIC }] });
  for (const memberId of ['m3', 'm2', 'm1']) await beat(session, memberId, -1);
  await describe(session, 'shared');
}

async function offsets(session: GroupSession): Promise<void> {
  const described = (groupId: string, topics: { topicName: string; partitions: number[] }[] | null) =>
    session.step('a', DescribeShareGroupOffsets, 1, { groups: [{ groupId, topics }] });
  const alter = (groupId: string, topicName: string, ...partitions: number[]) =>
    session.step('a', AlterShareGroupOffsets, 0, {
      groupId,
      topics: [{ topicName, partitions: partitions.map((partitionIndex) => ({ partitionIndex, startOffset: 0 })) }],
    });
  await described('nothere', null);
  await described('shared', [
    { topicName: TOPIC, partitions: [0, 7] },
    { topicName: 'unknown', partitions: [0] },
  ]);
  await session.step('a', DescribeShareGroupOffsets, 0, { groups: [{ groupId: 'shared', topics: [] }] });
  await alter('altered', TOPIC, 0, 7);
  await alter('altered', 'unknown', 0);
  await alter('', TOPIC, 0);
  await described('altered', null);
  await describe(session, 'altered');
  const remove = (groupId: string, ...topicNames: string[]) =>
    session.step('a', DeleteShareGroupOffsets, 0, { groupId, topics: topicNames.map((topicName) => ({ topicName })) });
  await remove('altered', TOPIC, 'unknown');
  await remove('altered', TOPIC);
  await remove('nothere', TOPIC);
  await remove('', TOPIC);
  await described('altered', null);
}

/** A name belongs to one kind of group. */
async function kinds(session: GroupSession): Promise<void> {
  const groupId = 'altered';
  await session.step('a', OffsetCommit, 9, {
    groupId: 'classic',
    memberId: '',
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }] }],
  });
  await join(session, 'm', [TOPIC], 'classic');
  await describe(session, 'classic');
  await session.step('a', DescribeGroups, 6, { groups: [groupId] });
  await session.step('a', ConsumerGroupDescribe, 1, { groupIds: [groupId], includeAuthorizedOperations: false });
  await session.step('a', ConsumerGroupHeartbeat, 1, {
    groupId,
    memberId: 'm',
    memberEpoch: 0,
    rebalanceTimeoutMs: 1000,
    subscribedTopicNames: [TOPIC],
    topicPartitions: [],
  });
  await session.step('a', JoinGroup, 9, {
    groupId,
    memberId: '',
    sessionTimeoutMs: 30_000,
    rebalanceTimeoutMs: 30_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
  });
  const partitions = [{ partitionIndex: 0, committedOffset: 1, committedMetadata: '' }];
  await session.step('a', OffsetCommit, 9, { groupId, memberId: '', topics: [{ name: TOPIC, partitions }] });
  await session.step('a', OffsetFetch, 8, {
    groups: [{ groupId, topics: [{ name: TOPIC, partitionIndexes: [0] }] }],
    requireStable: false,
  } as never);
  await session.step('a', OffsetDelete, 0, { groupId, topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }] }] });
  await session.step('a', ListGroups, 5, { statesFilter: ['empty'], typesFilter: ['Share'] });
  await session.step('a', DeleteGroups, 2, { groupsNames: ['nothere', groupId, 'shared'] });
  await session.step('a', ListGroups, 5, { statesFilter: [], typesFilter: [] });
}
