// Groups of all kinds: members, offsets, descriptions.
import { AlterShareGroupOffsets } from '../../../src/protocol/messages/alter-share-group-offsets.ts';
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from '../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { DeleteGroups } from '../../../src/protocol/messages/delete-groups.ts';
import { DeleteShareGroupOffsets } from '../../../src/protocol/messages/delete-share-group-offsets.ts';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { DescribeShareGroupOffsets } from '../../../src/protocol/messages/describe-share-group-offsets.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { LeaveGroup } from '../../../src/protocol/messages/leave-group.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../../src/protocol/messages/offset-delete.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { ShareAcknowledge } from '../../../src/protocol/messages/share-acknowledge.ts';
import { ShareFetch } from '../../../src/protocol/messages/share-fetch.ts';
import { ShareGroupDescribe } from '../../../src/protocol/messages/share-group-describe.ts';
import { ShareGroupHeartbeat } from '../../../src/protocol/messages/share-group-heartbeat.ts';
import { StreamsGroupDescribe } from '../../../src/protocol/messages/streams-group-describe.ts';
import { StreamsGroupHeartbeat } from '../../../src/protocol/messages/streams-group-heartbeat.ts';
import { SyncGroup } from '../../../src/protocol/messages/sync-group.ts';
import { type AuthorizationCase, cluster, group, Op, topic, txn, when } from './cases.ts';

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOBODY = 'abcdefghijklmnopqrstuQ';
/** Of members that are not there. */
const MEMBER = 'AAAAAAAAAAAAAAAAAAAAAQ';

const member = { groupId: 'billing', generationId: 1, memberId: 'm' };
const offset = { committedOffset: 1, committedMetadata: null };
const commit = (topics: { name?: string; topicId?: string }[]) => ({
  groupId: 'billing',
  memberId: '',
  topics: topics.map((each) => ({ name: '', topicId: ZERO, ...each, partitions: [{ partitionIndex: 0, ...offset }] })),
});
const fetchOf = (groupId: string, topics: { name?: string; topicId?: string }[] | null) => ({
  groupId,
  topics: topics?.map((each) => ({ name: '', topicId: ZERO, ...each, partitionIndexes: [0] })) ?? null,
});
const fetchAll = (...groups: ReturnType<typeof fetchOf>[]) => ({ groupId: '', topics: [], groups });
const shareTopics = ['orders', 'other', 'not-there'].map((topicName) => ({ topicName }));
const topology = {
  epoch: 0,
  subtopologies: [
    {
      subtopologyId: '0',
      sourceTopics: ['orders'],
      sourceTopicRegex: [],
      stateChangelogTopics: [{ name: 'app-store-changelog', partitions: 0, replicationFactor: 1, topicConfigs: [] }],
      repartitionSinkTopics: [],
      repartitionSourceTopics: [],
      copartitionGroups: [],
    },
  ],
};
const shareMember = { groupId: 'shared', memberId: MEMBER, shareSessionEpoch: 0 };
const shareFetch = {
  ...shareMember,
  maxWaitMs: 2000,
  minBytes: 1,
  maxRecords: 10,
  batchSize: 10,
  topics: ['@orders', '@other'].map((topicId) => ({
    topicId,
    partitions: [{ partitionIndex: 0, acknowledgementBatches: [] }],
  })),
  forgottenTopicsData: [],
};
const classic = {
  groupId: 'classic',
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 10_000,
  memberId: '',
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
};

export const GROUP_CASES: readonly AuthorizationCase[] = [
  when(FindCoordinator, 3, { key: 'billing', keyType: 0, coordinatorKeys: [] }, [group(Op.DESCRIBE, 'billing')]),
  when(FindCoordinator, 2, { key: 'tx', keyType: 1, coordinatorKeys: [] }, [txn(Op.DESCRIBE, 'tx')]),
  when(FindCoordinator, 4, { key: '', keyType: 0, coordinatorKeys: ['other', 'billing', 'more'] }, [
    group(Op.DESCRIBE, 'billing'),
  ]),
  when(FindCoordinator, 5, { key: '', keyType: 1, coordinatorKeys: ['tx', 'ty'] }, [txn(Op.DESCRIBE, 'tx')]),
  when(FindCoordinator, 6, { key: '', keyType: 2, coordinatorKeys: ['bad'] }, [cluster(Op.CLUSTER_ACTION)]),
  when(JoinGroup, 7, classic, [group(Op.READ, 'classic')]),
  when(SyncGroup, 5, { ...member, protocolType: 'consumer', protocolName: 'range', assignments: [] }, [
    group(Op.READ, 'billing'),
  ]),
  when(Heartbeat, 4, member, [group(Op.READ, 'billing')], [group(Op.DESCRIBE, 'billing')]),
  when(LeaveGroup, 2, { groupId: 'billing', memberId: 'm', members: [] }, [group(Op.READ, 'billing')]),
  when(LeaveGroup, 5, { groupId: 'billing', memberId: '', members: [{ memberId: 'm' }] }, [group(Op.READ, 'billing')]),
  when(OffsetCommit, 8, commit([{ name: 'orders' }, { name: 'other' }, { name: 'not-there' }]), [
    group(Op.READ, 'billing'),
    topic(Op.READ, 'orders'),
  ]),
  when(OffsetCommit, 10, commit([{ topicId: '@orders' }, { topicId: '@other' }, { topicId: NOBODY }]), [
    group(Op.READ, 'billing'),
    topic(Op.READ, 'orders'),
  ]),
  when(
    OffsetFetch,
    7,
    {
      groupId: 'billing',
      topics: [
        { name: 'orders', partitionIndexes: [0] },
        { name: 'other', partitionIndexes: [0] },
      ],
      groups: [],
    },
    [group(Op.DESCRIBE, 'billing'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(OffsetFetch, 5, { groupId: 'billing', topics: null, groups: [] }, [
    group(Op.DESCRIBE, 'billing'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(OffsetFetch, 1, { groupId: 'billing', topics: [{ name: 'orders', partitionIndexes: [0] }], groups: [] }, [
    group(Op.DESCRIBE, 'billing'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(OffsetFetch, 9, fetchAll(fetchOf('closed', null), fetchOf('billing', null)), [
    group(Op.DESCRIBE, 'billing'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(
    OffsetFetch,
    8,
    fetchAll(fetchOf('billing', [{ name: 'orders' }, { name: 'other' }]), fetchOf('closed', [{ name: 'orders' }])),
    [group(Op.DESCRIBE, 'billing'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(
    OffsetFetch,
    10,
    fetchAll(fetchOf('billing', [{ topicId: '@orders' }, { topicId: '@other' }, { topicId: NOBODY }])),
    [group(Op.DESCRIBE, 'billing'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(
    OffsetDelete,
    0,
    {
      groupId: 'billing',
      topics: ['other', 'not-there'].map((name) => ({ name, partitions: [{ partitionIndex: 0 }] })),
    },
    [group(Op.DELETE, 'billing'), topic(Op.READ, 'other')],
  ),
  when(ListGroups, 5, { statesFilter: [], typesFilter: [] }, [group(Op.DESCRIBE, 'billing')], [cluster(Op.DESCRIBE)]),
  when(
    DescribeGroups,
    5,
    { groups: ['billing', 'closed'], includeAuthorizedOperations: true },
    [group(Op.DESCRIBE, 'billing')],
    [group(Op.READ, 'billing'), group(Op.DELETE, 'bill', 4)],
  ),
  when(DescribeGroups, 6, { groups: ['not-there', 'closed'], includeAuthorizedOperations: true }, [
    group(Op.DESCRIBE, 'not-there'),
  ]),
  when(
    ConsumerGroupHeartbeat,
    1,
    {
      groupId: 'modern',
      memberId: MEMBER,
      memberEpoch: 0,
      rebalanceTimeoutMs: 10_000,
      subscribedTopicNames: ['orders'],
      topicPartitions: [],
    },
    [group(Op.READ, 'modern'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(ConsumerGroupDescribe, 1, { groupIds: ['modern', 'closed'], includeAuthorizedOperations: true }, [
    group(Op.DESCRIBE, 'modern'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(
    StreamsGroupHeartbeat,
    0,
    {
      groupId: 'app',
      memberId: MEMBER,
      memberEpoch: 0,
      endpointInformationEpoch: 0,
      rebalanceTimeoutMs: 10_000,
      topology,
      activeTasks: [],
      standbyTasks: [],
      warmupTasks: [],
      processId: 'p',
      clientTags: [],
    },
    [group(Op.READ, 'app'), topic(Op.DESCRIBE, 'orders'), topic(Op.DESCRIBE, 'app-store-changelog')],
  ),
  when(StreamsGroupDescribe, 0, { groupIds: ['app', 'closed'], includeAuthorizedOperations: true }, [
    group(Op.DESCRIBE, 'app'),
    topic(Op.DESCRIBE, 'orders'),
    topic(Op.DESCRIBE, 'app-', 4),
  ]),
  when(
    ShareGroupHeartbeat,
    1,
    { groupId: 'shared', memberId: MEMBER, memberEpoch: 0, subscribedTopicNames: ['orders'] },
    [group(Op.READ, 'shared'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(ShareGroupHeartbeat, 1, { groupId: 'shared', memberId: '', memberEpoch: 0, subscribedTopicNames: ['orders'] }, [
    group(Op.READ, 'shared'),
  ]),
  when(ShareGroupDescribe, 1, { groupIds: ['shared', 'closed'], includeAuthorizedOperations: true }, [
    group(Op.DESCRIBE, 'shared'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(ShareFetch, 1, shareFetch, [group(Op.READ, 'shared'), topic(Op.READ, 'orders')]),
  when(ShareFetch, 1, { ...shareFetch, memberId: '' }, [group(Op.READ, 'shared')]),
  when(ShareAcknowledge, 1, { ...shareMember, shareSessionEpoch: 9, topics: [] }, [group(Op.READ, 'shared')]),
  when(
    DescribeShareGroupOffsets,
    1,
    {
      groups: [
        {
          groupId: 'shared',
          topics: [
            { topicName: 'orders', partitions: [0] },
            { topicName: 'other', partitions: [0] },
          ],
        },
        { groupId: 'closed', topics: null },
      ],
    },
    [group(Op.DESCRIBE, 'shared'), topic(Op.DESCRIBE, 'orders')],
  ),
  when(
    AlterShareGroupOffsets,
    0,
    {
      groupId: 'fresh',
      topics: shareTopics.map((each) => ({ ...each, partitions: [{ partitionIndex: 0, startOffset: 0 }] })),
    },
    [group(Op.READ, 'fresh'), topic(Op.READ, 'orders')],
  ),
  when(DeleteShareGroupOffsets, 0, { groupId: 'fresh', topics: shareTopics }, [
    group(Op.DELETE, 'fresh'),
    topic(Op.READ, 'orders'),
  ]),
  when(
    DeleteGroups,
    2,
    { groupsNames: ['not-there', 'closed'] },
    [group(Op.DELETE, 'not-there')],
    [group(Op.DESCRIBE, 'not-there')],
  ),
];
