// What members do to streams groups, with mistakes. Played against Apache Kafka once (streams-session.txt) and against
// ktool in recorded-session.test.ts.
import { DeleteGroups } from '../../../../src/protocol/messages/delete-groups.ts';
import { FindCoordinator } from '../../../../src/protocol/messages/find-coordinator.ts';
import { ListGroups } from '../../../../src/protocol/messages/list-groups.ts';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../../../src/protocol/messages/offset-delete.ts';
import { OffsetFetch } from '../../../../src/protocol/messages/offset-fetch.ts';
import { StreamsGroupDescribe } from '../../../../src/protocol/messages/streams-group-describe.ts';
import {
  StreamsGroupHeartbeat,
  type StreamsGroupHeartbeatResponse,
} from '../../../../src/protocol/messages/streams-group-heartbeat.ts';
import type { GroupSession } from '../group-session.ts';
import { type Heartbeat, internalTopic, subtopology, type Topology, tasks } from './world.ts';

/** The topic that the applications read; it has three partitions. */
export const TOPIC = 'steps';

const PLAIN: Topology = { epoch: 0, subtopologies: [subtopology('0', { sourceTopics: [TOPIC] })] };

export async function playStreamsSteps(session: GroupSession): Promise<void> {
  await session.step('m1', FindCoordinator, 2, { key: 'plain', keyType: 0 });
  await mistakes(session);
  await twoMembers(session);
  await offsets(session);
  await end(session);
  await internalTopics(session);
}

function beat(session: GroupSession, groupId: string, memberId: string, memberEpoch: number, change: Heartbeat = {}) {
  return session.step(memberId, StreamsGroupHeartbeat, 0, {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch: 0,
    ...change,
  });
}

function join(session: GroupSession, groupId: string, memberId: string, change: Heartbeat = {}) {
  const first = { rebalanceTimeoutMs: 30_000, processId: `process-${memberId}`, topology: PLAIN, clientTags: [] };
  return beat(session, groupId, memberId, 0, { ...first, ...tasks(''), ...change });
}

async function mistakes(session: GroupSession): Promise<void> {
  const withTopology = (change: Parameters<typeof subtopology>[1]) => ({
    topology: { epoch: 0, subtopologies: [subtopology('0', change)] },
  });
  const wrong: Heartbeat[] = [
    { memberId: '' },
    { rebalanceTimeoutMs: -1 },
    { topology: null },
    { instanceId: 'i' },
    { memberEpoch: -3 },
    { standbyTasks: null },
    { memberEpoch: 1, standbyTasks: null },
    withTopology({ sourceTopics: [TOPIC], stateChangelogTopics: [internalTopic('c', 2)] }),
    withTopology({ sourceTopics: ['__consumer_offsets'] }),
    withTopology({ sourceTopics: ['a b'] }),
    withTopology({ sourceTopicRegex: ['a'] }),
    withTopology({ repartitionSourceTopics: [internalTopic('r')] }),
  ];
  for (const change of wrong) await join(session, 'plain', 'm1', change);
  await beat(session, 'plain', 'm1', 3);
  await beat(session, 'plain', 'm1', -1);
  await session.step('m1', StreamsGroupDescribe, 0, { groupIds: ['plain', ''], includeAuthorizedOperations: true });
}

async function twoMembers(session: GroupSession): Promise<void> {
  const describe = () =>
    session.step('m1', StreamsGroupDescribe, 0, { groupIds: ['plain'], includeAuthorizedOperations: false });
  const endpoint = { userEndpoint: { host: 'localhost', port: 80 }, clientTags: [{ key: 'zone', value: 'a' }] };
  await join(session, 'plain', 'm1', endpoint);
  await beat(session, 'plain', 'm1', 2);
  await join(session, 'plain', 'm2');
  await describe();
  await beat(session, 'plain', 'm2', 3);
  await beat(session, 'plain', 'm1', 2);
  await describe();
  await beat(session, 'plain', 'm1', 2, tasks('0:0,1'));
  await beat(session, 'plain', 'm2', 3);
  await beat(session, 'plain', 'm1', 3, { ...tasks('0:0,1'), endpointInformationEpoch: 2 });
  await beat(session, 'plain', 'm1', 2, tasks('0:0,1,2'));
  await beat(session, 'plain', 'm1', 3, tasks('9:0'));
  await beat(session, 'plain', 'm1', 3, tasks('0:7'));
  await join(session, 'plain', 'm3', { topology: { ...PLAIN, epoch: 5 } });
  await describe();
  await session.step('m1', ListGroups, 5, { statesFilter: [], typesFilter: ['streams'] });
}

async function offsets(session: GroupSession): Promise<void> {
  for (const [memberId, epoch, version] of [
    ['m1', 3, 9],
    ['m1', 2, 9],
    ['m1', 4, 9],
    ['m9', 3, 9],
    ['', -1, 9],
    ['m1', 3, 8],
  ] as const) {
    const partitions = [{ partitionIndex: 0, committedOffset: 2, committedMetadata: '' }];
    const commit = { groupId: 'plain', generationIdOrMemberEpoch: epoch, memberId };
    await session.step('m1', OffsetCommit, version, { ...commit, topics: [{ name: TOPIC, partitions }] });
  }
  for (const memberEpoch of [3, 2]) {
    const groups = [{ groupId: 'plain', memberId: 'm1', memberEpoch, topics: null }];
    await session.step('m1', OffsetFetch, 9, { groups, requireStable: false });
  }
  await session.step('m1', OffsetDelete, 0, {
    groupId: 'plain',
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0 }] }],
  });
}

async function end(session: GroupSession): Promise<void> {
  await session.step('m1', DeleteGroups, 2, { groupsNames: ['plain'] });
  await beat(session, 'plain', 'm2', 3, { shutdownApplication: true });
  await beat(session, 'plain', 'm2', -1);
  await beat(session, 'plain', 'm1', 3);
  await beat(session, 'plain', 'm1', -1);
  await session.step('m1', StreamsGroupDescribe, 0, { groupIds: ['plain'], includeAuthorizedOperations: false });
  await session.step('m1', DeleteGroups, 2, { groupsNames: ['plain'] });
  await session.records('plain');
}

/** A word count: internal topics are created, then tasks run. */
async function internalTopics(session: GroupSession): Promise<void> {
  const config = [{ key: 'cleanup.policy', value: 'compact' }];
  const topology = {
    epoch: 0,
    subtopologies: [
      subtopology('0', { sourceTopics: [TOPIC], repartitionSinkTopics: ['words-repartition'] }),
      subtopology('1', {
        repartitionSourceTopics: [internalTopic('words-repartition')],
        stateChangelogTopics: [{ ...internalTopic('counts-changelog'), topicConfigs: config }],
      }),
    ],
  };
  await session.step('m1', FindCoordinator, 2, { key: 'words', keyType: 0 });
  await join(session, 'words', 'm1', { topology });
  let answer: StreamsGroupHeartbeatResponse;
  const request = { groupId: 'words', memberId: 'm1', memberEpoch: 2, endpointInformationEpoch: 0 };
  do answer = await session.send('m1', StreamsGroupHeartbeat, 0, request);
  while (answer.status?.length);
  session.note('m1 when the topics are there', answer);
  await session.step('m1', StreamsGroupDescribe, 0, { groupIds: ['words'], includeAuthorizedOperations: false });
  await beat(session, 'words', 'm1', -1);
  await join(session, 'gone', 'm1', {
    topology: { epoch: 0, subtopologies: [subtopology('0', { sourceTopics: ['x', 'y'] })] },
  });
  await beat(session, 'gone', 'm1', -1);
}
