// Topics, configs, the cluster and the permissions themselves.
import { AddRaftVoter } from '../../../src/protocol/messages/add-raft-voter.ts';
import { AlterClientQuotas } from '../../../src/protocol/messages/alter-client-quotas.ts';
import { AlterConfigs } from '../../../src/protocol/messages/alter-configs.ts';
import { AlterPartitionReassignments } from '../../../src/protocol/messages/alter-partition-reassignments.ts';
import { AlterReplicaLogDirs } from '../../../src/protocol/messages/alter-replica-log-dirs.ts';
import { AlterUserScramCredentials } from '../../../src/protocol/messages/alter-user-scram-credentials.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateDelegationToken } from '../../../src/protocol/messages/create-delegation-token.ts';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { DeleteShareGroupState } from '../../../src/protocol/messages/delete-share-group-state.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { DescribeAcls } from '../../../src/protocol/messages/describe-acls.ts';
import { DescribeClientQuotas } from '../../../src/protocol/messages/describe-client-quotas.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { DescribeDelegationToken } from '../../../src/protocol/messages/describe-delegation-token.ts';
import { DescribeLogDirs } from '../../../src/protocol/messages/describe-log-dirs.ts';
import { DescribeQuorum } from '../../../src/protocol/messages/describe-quorum.ts';
import { DescribeTopicPartitions } from '../../../src/protocol/messages/describe-topic-partitions.ts';
import { DescribeUserScramCredentials } from '../../../src/protocol/messages/describe-user-scram-credentials.ts';
import { ElectLeaders } from '../../../src/protocol/messages/elect-leaders.ts';
import { ExpireDelegationToken } from '../../../src/protocol/messages/expire-delegation-token.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { InitializeShareGroupState } from '../../../src/protocol/messages/initialize-share-group-state.ts';
import { ListConfigResources } from '../../../src/protocol/messages/list-config-resources.ts';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ReadShareGroupState } from '../../../src/protocol/messages/read-share-group-state.ts';
import { ReadShareGroupStateSummary } from '../../../src/protocol/messages/read-share-group-state-summary.ts';
import { RemoveRaftVoter } from '../../../src/protocol/messages/remove-raft-voter.ts';
import { RenewDelegationToken } from '../../../src/protocol/messages/renew-delegation-token.ts';
import { SaslAuthenticate } from '../../../src/protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../../src/protocol/messages/sasl-handshake.ts';
import { UnregisterBroker } from '../../../src/protocol/messages/unregister-broker.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import { WriteShareGroupState } from '../../../src/protocol/messages/write-share-group-state.ts';
import { type AuthorizationCase, cluster, group, Op, topic, when } from './cases.ts';

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOBODY = 'abcdefghijklmnopqrstuQ';
const TOPIC = 2;
const BROKER = 4;
const BROKER_LOGGER = 8;
const CLIENT_METRICS = 16;
const GROUP = 32;

const metadata = (topics: { name: string | null; topicId?: string }[] | null, more: object = {}) => ({
  topics: topics?.map((each) => ({ topicId: ZERO, ...each })) ?? null,
  allowAutoTopicCreation: false,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
  ...more,
});
const newTopic = (name: string) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] });
const create = (...names: string[]) => ({ topics: names.map(newTopic), timeoutMs: 10000, validateOnly: true });
const resource = (resourceType: number, resourceName: string) => ({ resourceType, resourceName });
const RESOURCES = [
  resource(TOPIC, 'orders'),
  resource(BROKER, '1'),
  resource(GROUP, 'billing'),
  resource(CLIENT_METRICS, 'metrics'),
  resource(BROKER_LOGGER, '1'),
  resource(99, 'what'),
];
const onlyKnown = RESOURCES.slice(0, -1);
const keys: Record<number, [string, string]> = {
  [TOPIC]: ['retention.ms', '100000'],
  [BROKER]: ['log.cleaner.backoff.ms', '15000'],
  [GROUP]: ['consumer.session.timeout.ms', '45000'],
  [CLIENT_METRICS]: ['interval.ms', '60000'],
  [BROKER_LOGGER]: ['kafka.server.KafkaApis', 'INFO'],
};
const alteration = (each: { resourceType: number; resourceName: string }) => {
  const [name, value] = keys[each.resourceType] ?? ['x', 'y'];
  return { ...each, configs: [{ name, value, configOperation: 0 }] };
};
const plainly = ({ configs, ...rest }: ReturnType<typeof alteration>) => ({
  ...rest,
  configs: configs.map(({ name, value }) => ({ name, value })),
});
const configNeeds = (operation: number) => [
  topic(operation, 'orders'),
  group(operation, 'billing'),
  cluster(operation),
];
const acl = {
  resourceType: 2,
  resourceName: 'x',
  resourcePatternType: 3,
  principal: 'User:nobody',
  host: '*',
  operation: 3,
  permissionType: 3,
};
const aclFilter = {
  resourceTypeFilter: 2,
  resourceNameFilter: 'x',
  patternTypeFilter: 3,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
};
const state = <T extends object>(more: T) => ({
  groupId: 'shared',
  topics: [{ topicId: '@orders', partitions: [{ partition: 0, ...more }] }],
});

const TOPIC_CASES: readonly AuthorizationCase[] = [
  when(
    Metadata,
    4,
    metadata([{ name: 'orders' }, { name: 'other' }, { name: 'not-there' }]),
    [topic(Op.DESCRIBE, 'orders')],
    [topic(Op.WRITE, 'orders'), topic(Op.DESCRIBE, 'not-', 4)],
  ),
  when(Metadata, 0, metadata([]), [topic(Op.DESCRIBE, 'orders')]),
  when(Metadata, 0, metadata([{ name: 'orders' }]), [topic(Op.DESCRIBE, 'orders')]),
  when(
    Metadata,
    9,
    metadata(null, { includeClusterAuthorizedOperations: true, includeTopicAuthorizedOperations: true }),
    [topic(Op.DESCRIBE, 'orders')],
    [topic(Op.READ, 'orders'), topic(Op.ALTER_CONFIGS, 'or', 4), cluster(Op.DESCRIBE), cluster(Op.CREATE)],
    [cluster(Op.CREATE)],
  ),
  when(
    Metadata,
    9,
    metadata([{ name: 'orders' }, { name: 'other' }, { name: 'not-there' }], {
      includeTopicAuthorizedOperations: true,
    }),
    [topic(Op.ALL, 'orders')],
  ),
  when(
    Metadata,
    12,
    metadata(
      [
        { name: null, topicId: '@orders' },
        { name: null, topicId: '@other' },
        { name: null, topicId: NOBODY },
      ],
      { includeTopicAuthorizedOperations: true },
    ),
    [topic(Op.DESCRIBE, 'orders')],
  ),
  when(
    Metadata,
    8,
    metadata([{ name: 'orders' }, { name: 'uncreated' }, { name: '__share_group_state' }], {
      allowAutoTopicCreation: true,
    }),
    [topic(Op.DESCRIBE, 'orders'), topic(Op.DESCRIBE, 'uncreated')],
    [topic(Op.CREATE, 'uncreated')],
  ),
  when(
    DescribeTopicPartitions,
    0,
    {
      topics: [{ name: 'other' }, { name: 'orders' }, { name: 'not-there' }],
      responsePartitionLimit: 100,
      cursor: null,
    },
    [topic(Op.DESCRIBE, 'orders')],
  ),
  when(
    DescribeTopicPartitions,
    0,
    { topics: [], responsePartitionLimit: 100, cursor: null },
    [topic(Op.DESCRIBE, 'orders')],
    [topic(Op.ALTER, 'orders')],
  ),
  when(
    CreateTopics,
    7,
    create('new-1', 'new-2'),
    [topic(Op.CREATE, 'new-1'), topic(Op.DESCRIBE_CONFIGS, 'new-1')],
    [cluster(Op.CREATE)],
  ),
  when(
    CreateTopics,
    4,
    create('new-1', 'orders', '__cluster_metadata'),
    [topic(Op.CREATE, 'new-1')],
    [topic(Op.CREATE, 'orders')],
  ),
  when(
    CreatePartitions,
    3,
    {
      topics: ['orders', 'not-there'].map((name) => ({ name, count: 5, assignments: null })),
      timeoutMs: 1000,
      validateOnly: true,
    },
    [topic(Op.ALTER, 'orders')],
    [topic(Op.ALTER, 'not-there')],
  ),
  when(
    DeleteTopics,
    6,
    {
      topics: [
        { name: 'doomed', topicId: ZERO },
        { name: 'other', topicId: ZERO },
        { name: 'not-there', topicId: ZERO },
        { name: null, topicId: NOBODY },
        { name: null, topicId: '@seen' },
      ],
      topicNames: [],
      timeoutMs: 10000,
    },
    [topic(Op.DESCRIBE, 'doomed'), topic(Op.DELETE, 'doomed')],
    [topic(Op.DESCRIBE, 'seen'), topic(Op.DESCRIBE, 'not-there')],
  ),
  when(
    DeleteTopics,
    3,
    { topics: [], topicNames: ['other', 'not-there'], timeoutMs: 10000 },
    [topic(Op.DELETE, 'not-there')],
    [topic(Op.DESCRIBE, 'other')],
  ),
  when(
    DescribeConfigs,
    4,
    {
      resources: onlyKnown.map((each) => ({ ...each, configurationKeys: ['nothing'] })),
      includeSynonyms: false,
      includeDocumentation: false,
    },
    configNeeds(Op.DESCRIBE_CONFIGS),
    configNeeds(Op.ALTER_CONFIGS),
  ),
  when(
    IncrementalAlterConfigs,
    1,
    { resources: [...RESOURCES.map(alteration), alteration(RESOURCES[0]!)].slice(1, -1), validateOnly: true },
    configNeeds(Op.ALTER_CONFIGS),
  ),
  when(IncrementalAlterConfigs, 1, { resources: [alteration(RESOURCES[0]!)], validateOnly: true }, [
    topic(Op.ALTER_CONFIGS, 'orders'),
  ]),
  when(
    AlterConfigs,
    2,
    {
      resources: [RESOURCES[0]!, RESOURCES[2]!, RESOURCES[3]!].map((each) => plainly(alteration(each))),
      validateOnly: true,
    },
    configNeeds(Op.ALTER_CONFIGS),
  ),
];

const CLUSTER_CASES: readonly AuthorizationCase[] = [
  when(ApiVersions, 3, { clientSoftwareName: 'test', clientSoftwareVersion: '1' }, []),
  when(SaslHandshake, 1, { mechanism: 'PLAIN' }, []),
  when(SaslAuthenticate, 2, { authBytes: Buffer.from('\0a\0b') }, []),
  when(
    DescribeCluster,
    1,
    { includeClusterAuthorizedOperations: true, endpointType: 1 },
    [cluster(Op.DESCRIBE)],
    [cluster(Op.ALTER), cluster(Op.IDEMPOTENT_WRITE)],
  ),
  when(DescribeAcls, 3, aclFilter, [cluster(Op.DESCRIBE)], [cluster(Op.ALTER)]),
  when(CreateAcls, 3, { creations: [acl] }, [cluster(Op.ALTER)], [cluster(Op.DESCRIBE)]),
  when(DeleteAcls, 3, { filters: [aclFilter] }, [cluster(Op.ALTER)]),
  when(DescribeClientQuotas, 1, { components: [], strict: false }, [cluster(Op.DESCRIBE_CONFIGS)]),
  when(
    AlterClientQuotas,
    1,
    {
      entries: [
        {
          entity: [{ entityType: 'user', entityName: 'x' }],
          ops: [{ key: 'producer_byte_rate', value: 1, remove: false }],
        },
      ],
      validateOnly: true,
    },
    [cluster(Op.ALTER_CONFIGS)],
  ),
  when(DescribeUserScramCredentials, 0, { users: [{ name: 'x' }] }, [cluster(Op.DESCRIBE)]),
  when(AlterUserScramCredentials, 0, { deletions: [{ name: 'x', mechanism: 1 }], upsertions: [] }, [cluster(Op.ALTER)]),
  when(DescribeLogDirs, 4, { topics: [] }, [cluster(Op.DESCRIBE)]),
  when(AlterReplicaLogDirs, 2, { dirs: [{ path: '/nowhere', topics: [{ name: 'orders', partitions: [0] }] }] }, [
    cluster(Op.ALTER),
  ]),
  when(ElectLeaders, 2, { electionType: 0, topicPartitions: [{ topic: 'orders', partitions: [0] }], timeoutMs: 1000 }, [
    cluster(Op.ALTER),
  ]),
  when(
    AlterPartitionReassignments,
    1,
    { timeoutMs: 1000, topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, replicas: null }] }] },
    [cluster(Op.ALTER)],
  ),
  when(ListPartitionReassignments, 0, { timeoutMs: 1000, topics: null }, [cluster(Op.DESCRIBE)]),
  when(UnregisterBroker, 0, { brokerId: 77 }, [cluster(Op.ALTER)]),
  when(
    UpdateFeatures,
    2,
    {
      timeoutMs: 1000,
      featureUpdates: [{ feature: 'group.version', maxVersionLevel: 1, upgradeType: 1 }],
      validateOnly: true,
    },
    [cluster(Op.ALTER)],
  ),
  when(DescribeQuorum, 2, { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] }, [
    cluster(Op.DESCRIBE),
  ]),
  when(AddRaftVoter, 1, { clusterId: null, timeoutMs: 1000, voterId: 9, voterDirectoryId: NOBODY, listeners: [] }, [
    cluster(Op.ALTER),
  ]),
  when(RemoveRaftVoter, 0, { clusterId: null, voterId: 9, voterDirectoryId: NOBODY }, [cluster(Op.ALTER)]),
  when(ListConfigResources, 1, { resourceTypes: [GROUP] }, [cluster(Op.DESCRIBE_CONFIGS)]),
  when(InitializeShareGroupState, 0, state({ stateEpoch: 1, startOffset: 0 }), [cluster(Op.CLUSTER_ACTION)]),
  when(ReadShareGroupState, 0, state({ leaderEpoch: 0 }), [cluster(Op.CLUSTER_ACTION)]),
  when(WriteShareGroupState, 1, state({ stateEpoch: 1, leaderEpoch: 0, startOffset: 0, stateBatches: [] }), [
    cluster(Op.CLUSTER_ACTION),
  ]),
  when(ReadShareGroupStateSummary, 1, state({ leaderEpoch: 0 }), [cluster(Op.CLUSTER_ACTION)]),
  when(DeleteShareGroupState, 0, state({}), [cluster(Op.CLUSTER_ACTION)]),
  when(
    CreateDelegationToken,
    3,
    { ownerPrincipalType: 'User', ownerPrincipalName: 'bob', renewers: [], maxLifetimeMs: 1000 },
    [],
  ),
  when(RenewDelegationToken, 2, { hmac: Buffer.from('abc'), renewPeriodMs: -1 }, []),
  when(ExpireDelegationToken, 2, { hmac: Buffer.from('abc'), expiryTimePeriodMs: -1 }, []),
  when(DescribeDelegationToken, 3, { owners: null }, []),
];

export const ADMIN_CASES: readonly AuthorizationCase[] = [...TOPIC_CASES, ...CLUSTER_CASES];
