// The requests of the recorded cluster session (test/kafka/cluster-session.jsonl), in order, against a new cluster of one
// node with id 1: credentials, quotas, elections, reassignments, features, brokers.
import { AlterClientQuotas } from '../../../src/protocol/messages/alter-client-quotas.ts';
import { AlterPartitionReassignments } from '../../../src/protocol/messages/alter-partition-reassignments.ts';
import { AlterReplicaLogDirs } from '../../../src/protocol/messages/alter-replica-log-dirs.ts';
import { AlterUserScramCredentials } from '../../../src/protocol/messages/alter-user-scram-credentials.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DescribeClientQuotas } from '../../../src/protocol/messages/describe-client-quotas.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { DescribeUserScramCredentials } from '../../../src/protocol/messages/describe-user-scram-credentials.ts';
import { ElectLeaders } from '../../../src/protocol/messages/elect-leaders.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.ts';
import { UnregisterBroker } from '../../../src/protocol/messages/unregister-broker.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import type { Api, RequestInput } from '../../../src/protocol/schema.ts';
import type { AdminStep } from './admin-requests.ts';

const step = <A extends Api>(api: A, version: number, body: RequestInput<A>): AdminStep => ({
  api: api as unknown as Api,
  version,
  body,
});

const SHA_256 = 1;
const SHA_512 = 2;
const upsert = (name: string, mechanism = SHA_256, iterations = 4096) => ({
  name,
  mechanism,
  iterations,
  salt: Buffer.from('salt'),
  saltedPassword: Buffer.alloc(32, 7),
});
const alterScram = (
  upsertions: ReturnType<typeof upsert>[],
  deletions: { name: string; mechanism: number }[] = [],
): AdminStep => step(AlterUserScramCredentials, 0, { upsertions, deletions });
const scram = (...users: string[]) =>
  step(DescribeUserScramCredentials, 0, { users: users.length === 0 ? null : users.map((name) => ({ name })) });

const credentials: readonly AdminStep[] = [
  scram(),
  scram('nobody'),
  scram('', 'nobody', 'nobody'),
  alterScram([]),
  alterScram([upsert('alice')]),
  alterScram([upsert('alice', SHA_512, 8192), upsert('bob', SHA_512, 16384)]),
  alterScram([upsert('carol', SHA_256, 4095)]),
  alterScram([upsert('carol', SHA_256, 16385)]),
  alterScram([upsert('carol', 0)]),
  alterScram([upsert('carol', 3)]),
  alterScram([upsert('')]),
  alterScram([upsert('carol'), upsert('carol', SHA_512)]),
  alterScram([upsert('alice')], [{ name: 'alice', mechanism: SHA_512 }]),
  alterScram(
    [],
    [
      { name: 'alice', mechanism: SHA_256 },
      { name: 'alice', mechanism: SHA_512 },
    ],
  ),
  alterScram([], [{ name: 'nobody', mechanism: SHA_256 }]),
  alterScram([], [{ name: 'bob', mechanism: SHA_256 }]),
  alterScram([], [{ name: 'bob', mechanism: 9 }]),
  alterScram([], [{ name: '', mechanism: SHA_256 }]),
  scram('alice', 'bob', 'alice', 'nobody'),
  scram('alice'),
  alterScram([upsert('bob', SHA_512, 5000)], [{ name: 'alice', mechanism: SHA_256 }]),
  scram('alice', 'bob'),
  alterScram([], [{ name: 'alice', mechanism: SHA_512 }]),
  scram(),
];

type Entity = Record<string, string | null>;
type Ops = Record<string, number | null>;
const entityOf = (entity: Entity) =>
  Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }));
const quotaEntry = (entity: Entity, ops: Ops) => ({
  entity: entityOf(entity),
  ops: Object.entries(ops).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
});
const quota = (entity: Entity, ops: Ops, validateOnly = false, version = 1) =>
  step(AlterClientQuotas, version, { entries: [quotaEntry(entity, ops)], validateOnly });
const EXACT = 0;
const DEFAULT = 1;
const ANY = 2;
const quotas = (components: [string, number, string?][], strict = false, version = 1) =>
  step(DescribeClientQuotas, version, {
    components: components.map(([entityType, matchType, match = null]) => ({ entityType, matchType, match })),
    strict,
  });

const RATE = 'producer_byte_rate';

const clientQuotas: readonly AdminStep[] = [
  quotas([]),
  quota({ user: 'alice' }, { [RATE]: 1024, consumer_byte_rate: 2048 }, false, 0),
  quota({ user: null }, { request_percentage: 12.5, controller_mutation_rate: 3 }),
  quota({ 'client-id': 'app' }, { [RATE]: 100 }),
  quota({ 'client-id': null }, { [RATE]: 200 }),
  quota({ user: 'alice', 'client-id': 'app' }, { [RATE]: 300 }),
  quota({ user: 'alice', 'client-id': null }, { [RATE]: 400 }),
  quota({ user: null, 'client-id': 'app' }, { [RATE]: 500 }),
  quota({ user: null, 'client-id': null }, { [RATE]: 600 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 20 }),
  quota({ ip: null }, { connection_creation_rate: 200 }),
  quota({ user: 'bob' }, { [RATE]: 1 }, true),
  // Refused.
  quota({}, { [RATE]: 1 }),
  quota({ user: '' }, { [RATE]: 1 }),
  quota({ 'client-id': '' }, { [RATE]: 1 }),
  quota({ ip: '' }, { connection_creation_rate: 1 }),
  quota({ group: 'g' }, { [RATE]: 1 }),
  quota({ user: 'alice', ip: '10.1.2.3' }, { [RATE]: 1 }),
  quota({ user: 'alice' }, { 'retention.ms': 1 }),
  quota({ user: 'alice' }, { connection_creation_rate: 1 }),
  quota({ ip: '10.1.2.3' }, { [RATE]: 1 }),
  quota({ ip: '300.1.2.3.4' }, { connection_creation_rate: 1 }),
  quota({ user: 'alice' }, { [RATE]: 1.5 }),
  quota({ user: 'alice' }, { [RATE]: 0 }),
  quota({ user: 'alice' }, { [RATE]: -1 }),
  quota({ user: 'alice' }, { request_percentage: 0 }),
  quota({ user: 'alice' }, { controller_mutation_rate: -2.5 }),
  quota({ user: 'alice' }, { [RATE]: 1e19 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 1.5 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 3e9 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 0 }),
  quota({ user: 'alice' }, { request_percentage: 3, nonsense: 4 }),
  quota({ user: 'alice' }, { nonsense: null }),
  quota({ user: 'nobody' }, { [RATE]: null }),
  step(AlterClientQuotas, 1, {
    entries: [
      {
        entity: entityOf({ user: 'twice' }),
        ops: [
          { key: RATE, value: 1, remove: false },
          { key: RATE, value: 2, remove: false },
        ],
      },
      quotaEntry({ user: 'fine' }, { [RATE]: 7 }),
      quotaEntry({ user: 'bad' }, { [RATE]: 0.5 }),
    ],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, {
    entries: [quotaEntry({ user: 'carol' }, { [RATE]: 1 }), quotaEntry({ user: 'carol' }, { [RATE]: 2 })],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, {
    entries: [
      {
        entity: [
          { entityType: 'user', entityName: 'a' },
          { entityType: 'user', entityName: 'b' },
        ],
        ops: [{ key: RATE, value: 1, remove: false }],
      },
    ],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, { entries: [], validateOnly: false }),
  // Described.
  quotas([]),
  quotas([], true),
  quotas([], false, 0),
  quotas([['user', ANY]]),
  quotas([['user', ANY]], true),
  quotas([['user', EXACT, 'alice']]),
  quotas([['user', EXACT, 'alice']], true),
  quotas([['user', DEFAULT]]),
  quotas([['user', DEFAULT]], true),
  quotas([
    ['user', EXACT, 'alice'],
    ['client-id', EXACT, 'app'],
  ]),
  quotas(
    [
      ['user', ANY],
      ['client-id', ANY],
    ],
    true,
  ),
  quotas([
    ['user', DEFAULT],
    ['client-id', ANY],
  ]),
  quotas([['client-id', ANY]], true),
  quotas([['client-id', EXACT, 'nobody']]),
  quotas([['ip', ANY]]),
  quotas([['ip', EXACT, '10.1.2.3']], true),
  quotas([['', ANY]]),
  quotas([['group', ANY]]),
  quotas([
    ['user', ANY],
    ['user', EXACT, 'a'],
  ]),
  quotas([['user', EXACT]]),
  quotas([['user', DEFAULT, 'x']]),
  quotas([['user', ANY, 'x']]),
  quotas([['user', 3]]),
  quotas([
    ['user', ANY],
    ['ip', ANY],
  ]),
  // Removed.
  quota({ user: 'alice' }, { [RATE]: null }),
  quota({ user: 'alice' }, { consumer_byte_rate: null, [RATE]: null }),
  quotas([['user', EXACT, 'alice']], true),
];

const topic = (name: string, numPartitions: number) => ({
  name,
  numPartitions,
  replicationFactor: 1,
  assignments: [],
  configs: [],
});
const elect = (electionType: number, topicPartitions: { topic: string; partitions: number[] }[] | null, version = 2) =>
  step(ElectLeaders, version, { electionType, topicPartitions, timeoutMs: 5000 });
const reassign = (
  topics: { name: string; partitions: [number, number[] | null][] }[],
  allowReplicationFactorChange = true,
) =>
  step(AlterPartitionReassignments, 1, {
    timeoutMs: 5000,
    allowReplicationFactorChange,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(([partitionIndex, replicas]) => ({ partitionIndex, replicas })),
    })),
  });

const replicas: readonly AdminStep[] = [
  elect(0, null),
  step(CreateTopics, 7, { topics: [topic('a', 2)], timeoutMs: 5000, validateOnly: false }),
  elect(0, null),
  elect(1, null),
  elect(0, null, 0),
  elect(0, [{ topic: 'a', partitions: [0, 1] }]),
  elect(1, [{ topic: 'a', partitions: [0] }], 1),
  elect(0, [
    { topic: 'a', partitions: [0, 7] },
    { topic: 'nowhere', partitions: [0] },
  ]),
  elect(2, [{ topic: 'a', partitions: [0] }]),
  elect(0, [{ topic: 'a', partitions: [] }]),
  elect(0, []),
  reassign([{ name: 'a', partitions: [[0, [1]]] }]),
  reassign([{ name: 'a', partitions: [[0, null]] }]),
  reassign([{ name: 'a', partitions: [[1, [2]]] }]),
  reassign([{ name: 'a', partitions: [[1, [1, 2]]] }]),
  reassign([{ name: 'a', partitions: [[1, [1, 2]]] }], false),
  reassign([{ name: 'a', partitions: [[1, [1, 1]]] }]),
  reassign([{ name: 'a', partitions: [[1, []]] }]),
  reassign([{ name: 'a', partitions: [[1, [-1]]] }]),
  reassign([{ name: 'a', partitions: [[9, [1]]] }]),
  reassign([{ name: 'a', partitions: [[9, null]] }]),
  reassign([
    { name: 'nowhere', partitions: [[0, [1]]] },
    { name: 'a', partitions: [[0, [1]]] },
  ]),
  reassign([{ name: 'nowhere', partitions: [[0, null]] }]),
  reassign([
    { name: 'a', partitions: [[0, [1]]] },
    { name: 'a', partitions: [[1, [1]]] },
  ]),
  reassign([]),
  step(AlterPartitionReassignments, 0, {
    timeoutMs: 5000,
    topics: [{ name: 'a', partitions: [{ partitionIndex: 0, replicas: [1] }] }],
  }),
  step(ListPartitionReassignments, 0, { timeoutMs: 5000, topics: null }),
  step(AlterReplicaLogDirs, 2, { dirs: [{ path: '/not/a/log/dir', topics: [{ name: 'a', partitions: [0, 9] }] }] }),
  step(AlterReplicaLogDirs, 1, { dirs: [{ path: 'relative', topics: [{ name: 'nowhere', partitions: [0] }] }] }),
  step(AlterReplicaLogDirs, 2, { dirs: [] }),
];

const UPGRADE = 1;
const SAFE_DOWNGRADE = 2;
const UNSAFE_DOWNGRADE = 3;
const features = (updates: [string, number, number?][], validateOnly = false, version = 2) =>
  step(UpdateFeatures, version, {
    timeoutMs: 5000,
    featureUpdates: updates.map(([feature, maxVersionLevel, upgradeType = UPGRADE]) => ({
      feature,
      maxVersionLevel,
      ...(version === 0 ? { allowDowngrade: upgradeType !== UPGRADE } : { upgradeType }),
    })),
    validateOnly,
  });

const clusterFeatures: readonly AdminStep[] = [
  features([['transaction.version', 2]]),
  features([['transaction.version', 2]], false, 1),
  features([['transaction.version', 1]]),
  features([['transaction.version', 1, SAFE_DOWNGRADE]], true),
  features([['transaction.version', 1, SAFE_DOWNGRADE]], false, 1),
  features([['transaction.version', 2, SAFE_DOWNGRADE]]),
  features([['transaction.version', 2]], false, 0),
  features([['transaction.version', 0, UNSAFE_DOWNGRADE]], true),
  features([['transaction.version', 3]]),
  features([['transaction.version', -1]]),
  features([['group.version', 0, SAFE_DOWNGRADE]]),
  features([['group.version', 1]]),
  features([['share.version', 2]]),
  features([['kraft.version', 1]], true),
  features([['kraft.version', 2]]),
  features([['kraft.version', 0, SAFE_DOWNGRADE]]),
  features([['nonsense', 1]]),
  features([['nonsense', 0, SAFE_DOWNGRADE]]),
  features([['nonsense', 1]], false, 1),
  features([['metadata.version', 30]]),
  features([['metadata.version', 31]]),
  features([['metadata.version', 29]]),
  features([['metadata.version', 29, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 27, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 25, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 24, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 7, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 7, UNSAFE_DOWNGRADE]], true),
  features([['metadata.version', 6, UNSAFE_DOWNGRADE]]),
  features([['transaction.version', 0, 4]]),
  features([['transaction.version', 0, 0]]),
  features([
    ['transaction.version', 5],
    ['group.version', 0, SAFE_DOWNGRADE],
  ]),
  features(
    [
      ['transaction.version', 5],
      ['group.version', 0, SAFE_DOWNGRADE],
    ],
    false,
    1,
  ),
  features([['eligible.leader.replicas.version', 0, SAFE_DOWNGRADE]], true),
  features([['streams.version', 0, SAFE_DOWNGRADE]], true),
  features([]),
];

const BROKER_LOGGER = 8;
const LOGGER = 'kafka.server.ReplicaManager';
const setLevels = (resourceName: string, configs: [string, string | null, number?][], validateOnly = false) =>
  step(IncrementalAlterConfigs, 1, {
    resources: [
      {
        resourceType: BROKER_LOGGER,
        resourceName,
        configs: configs.map(([name, value, configOperation = 0]) => ({ name, value, configOperation })),
      },
    ],
    validateOnly,
  });
const levelOf = (...configurationKeys: string[]) =>
  step(DescribeConfigs, 4, {
    resources: [{ resourceType: BROKER_LOGGER, resourceName: '1', configurationKeys }],
    includeSynonyms: true,
    includeDocumentation: true,
  });

const loggers: readonly AdminStep[] = [
  levelOf(LOGGER),
  setLevels('1', [[LOGGER, 'DEBUG']], true),
  levelOf(LOGGER),
  setLevels('1', [[LOGGER, 'DEBUG']]),
  levelOf(LOGGER, 'no.such.logger'),
  setLevels('1', [[LOGGER, 'LOUD']]),
  setLevels('1', [[LOGGER, 'debug']]),
  setLevels('1', [['no.such.logger', 'DEBUG']]),
  setLevels('1', [['no.such.logger', null, 1]]),
  setLevels('1', [['root', null, 1]]),
  setLevels('1', [[LOGGER, 'X', 2]]),
  setLevels('1', [[LOGGER, 'X', 3]]),
  setLevels('1', [[LOGGER, null]]),
  setLevels('1', [[LOGGER, null, 1]]),
  levelOf(LOGGER),
  setLevels('2', [[LOGGER, 'INFO']]),
  setLevels('', [[LOGGER, 'INFO']]),
  setLevels('x', [[LOGGER, 'INFO']]),
  setLevels('1', []),
];

/** Last, as the node does not come back from it. */
const brokers: readonly AdminStep[] = [
  step(UnregisterBroker, 0, { brokerId: 7 }),
  step(UnregisterBroker, 0, { brokerId: -1 }),
  step(UnregisterBroker, 0, { brokerId: 1 }),
  step(UnregisterBroker, 0, { brokerId: 1 }),
];

export const CLUSTER_STEPS: readonly AdminStep[] = [
  ...credentials,
  ...clientQuotas,
  ...replicas,
  ...clusterFeatures,
  ...loggers,
  ...brokers,
];
