// The requests of the recorded admin session (test/kafka/admin-session.jsonl), in order, against a new cluster of one node
// with id 1. `@NAME` stands for the id of topic NAME, as the last answer that had it said.
import { AlterConfigs } from '../../../src/protocol/messages/alter-configs.ts';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { DescribeTopicPartitions } from '../../../src/protocol/messages/describe-topic-partitions.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { ListConfigResources } from '../../../src/protocol/messages/list-config-resources.ts';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import type { Api, RequestInput } from '../../../src/protocol/schema.ts';

export interface AdminStep {
  readonly api: Api;
  readonly version: number;
  readonly body: object;
}

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOBODY = 'abcdefghijklmnopqrstuQ';
const step = <A extends Api>(api: A, version: number, body: RequestInput<A>): AdminStep => ({
  api: api as unknown as Api,
  version,
  body,
});
const topic = (name: string, more: object = {}) => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: [],
  ...more,
});
const assigned = (name: string, ...assignments: [number, number[]][]) =>
  topic(name, {
    numPartitions: -1,
    replicationFactor: -1,
    assignments: assignments.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
  });
const create = (version: number, topics: ReturnType<typeof topic>[], validateOnly = false) =>
  step(CreateTopics, version, { topics, timeoutMs: 10000, validateOnly });
const metadata = (version: number, names: (string | null)[] | null, more: object = {}) =>
  step(Metadata, version, {
    topics: names?.map((name) => ({ topicId: ZERO, name })) ?? null,
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
    ...more,
  });
const byId = (version: number, ids: string[]) =>
  step(Metadata, version, {
    topics: ids.map((topicId) => ({ topicId, name: null })),
    allowAutoTopicCreation: true,
    includeTopicAuthorizedOperations: false,
  });
const remove = (version: number, ...topicNames: string[]) =>
  step(DeleteTopics, version, {
    topicNames,
    topics: topicNames.map((name) => ({ name, topicId: ZERO })),
    timeoutMs: 10000,
  });
const removeAny = (...topics: { name: string | null; topicId: string }[]) =>
  step(DeleteTopics, 6, { topics, topicNames: [], timeoutMs: 10000 });
const grow = (
  version: number,
  topics: { name: string; count: number; assignments?: number[][] }[],
  validateOnly = false,
) =>
  step(CreatePartitions, version, {
    topics: topics.map(({ name, count, assignments }) => ({
      name,
      count,
      assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
    })),
    timeoutMs: 10000,
    validateOnly,
  });
const describe = (
  version: number,
  resources: [number, string, string[]?][],
  more: { includeSynonyms?: boolean; includeDocumentation?: boolean } = {},
) =>
  step(DescribeConfigs, version, {
    resources: resources.map(([resourceType, resourceName, keys]) => ({
      resourceType,
      resourceName,
      configurationKeys: keys ?? null,
    })),
    ...more,
  });
type Change = [name: string, operation: number, value: string | null];
const incremental = (resources: [number, string, Change[]][], validateOnly = false, version = 1) =>
  step(IncrementalAlterConfigs, version, {
    resources: resources.map(([resourceType, resourceName, changes]) => ({
      resourceType,
      resourceName,
      configs: changes.map(([name, configOperation, value]) => ({ name, configOperation, value })),
    })),
    validateOnly,
  });
const legacy = (resources: [number, string, [string, string | null][]][], validateOnly = false, version = 2) =>
  step(AlterConfigs, version, {
    resources: resources.map(([resourceType, resourceName, configs]) => ({
      resourceType,
      resourceName,
      configs: configs.map(([name, value]) => ({ name, value })),
    })),
    validateOnly,
  });
const cluster = (version: number, endpointType = 1, authorized = false) =>
  step(DescribeCluster, version, {
    includeClusterAuthorizedOperations: authorized,
    endpointType,
    includeFencedBrokers: false,
  });
const partitions = (names: string[], responsePartitionLimit = 2000, cursor: [string, number] | null = null) =>
  step(DescribeTopicPartitions, 0, {
    topics: names.map((name) => ({ name })),
    responsePartitionLimit,
    cursor: cursor && { topicName: cursor[0], partitionIndex: cursor[1] },
  });
const [TOPIC, BROKER, LOGGER, METRICS, GROUP] = [2, 4, 8, 16, 32];
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];

export const ADMIN_STEPS: readonly AdminStep[] = [
  // An empty cluster.
  metadata(0, []),
  metadata(1, []),
  metadata(12, null),
  metadata(13, null, { includeTopicAuthorizedOperations: true }),
  metadata(10, [], { includeClusterAuthorizedOperations: true }),
  // CreateTopics.
  create(2, [topic('plain', { numPartitions: 3 })]),
  create(4, [topic('defaults', { numPartitions: -1, replicationFactor: -1 })]),
  create(5, [
    topic('with-configs', {
      configs: [
        { name: 'retention.ms', value: '1000' },
        { name: 'cleanup.policy', value: 'compact' },
      ],
    }),
  ]),
  create(7, [topic('seven', { numPartitions: 2 })]),
  create(7, [topic('only-checked', { numPartitions: 2 })], true),
  create(7, [topic('plain')]),
  create(7, [topic('plain')], true),
  create(7, [topic('twice'), topic('twice'), topic('once')]),
  create(7, [topic('a.b')]),
  create(7, [topic('a_b')]),
  create(7, [topic('a.c'), topic('a_c')]),
  create(7, [topic('')]),
  create(7, [topic('.'), topic('..'), topic('no blanks'), topic('umlaut-ä'), topic('x'.repeat(250))]),
  create(7, [topic('x'.repeat(249))], true),
  create(7, [topic('__cluster_metadata')]),
  create(7, [
    topic('rf', { replicationFactor: 3 }),
    topic('rf0', { replicationFactor: 0 }),
    topic('rfn', { replicationFactor: -2 }),
  ]),
  create(7, [topic('p0', { numPartitions: 0 }), topic('pn', { numPartitions: -2 })]),
  create(7, [topic('bad-config', { configs: [{ name: 'retention.ms', value: 'soon' }] })]),
  create(7, [topic('bad-config', { configs: [{ name: 'no.such', value: '1' }] })]),
  create(7, [topic('bad-config', { configs: [{ name: 'retention.ms', value: null }] })]),
  create(7, [
    topic('twice-config', {
      configs: [
        { name: 'retention.ms', value: '1' },
        { name: 'retention.ms', value: '2' },
      ],
    }),
  ]),
  create(7, [assigned('by-hand', [0, [1]], [1, [1]])]),
  create(7, [assigned('gap', [0, [1]], [2, [1]])]),
  create(7, [assigned('from-one', [1, [1]])]),
  create(7, [assigned('negative', [-1, [1]])]),
  create(7, [assigned('same-index', [0, [1]], [0, [1]])]),
  create(7, [assigned('unknown-broker', [0, [7]])]),
  create(7, [assigned('double-broker', [0, [1, 1]])]),
  create(7, [assigned('no-broker', [0, []])]),
  create(7, [assigned('negative-broker', [0, [-3]])]),
  create(7, [assigned('uneven', [0, [1]], [1, [1, 2]])]),
  create(7, [{ ...assigned('count-too', [0, [1]]), numPartitions: 1 }]),
  create(7, [{ ...assigned('factor-too', [0, [1]]), replicationFactor: 1 }]),
  create(7, [{ ...assigned('both-too', [0, [1]]), numPartitions: 1, replicationFactor: 1 }]),
  create(7, [topic('many', { numPartitions: 100001 })]),
  create(7, [topic('many-a', { numPartitions: 6000 }), topic('many-b', { numPartitions: 6000 })]),
  create(7, []),
  // Metadata.
  ...[0, 1].map((version) => metadata(version, ['plain'])),
  metadata(12, ['plain', 'nowhere'], { includeTopicAuthorizedOperations: true }),
  ...[4, 5, 7, 8, 9].map((version) => metadata(version, ['plain', 'nowhere'])),
  metadata(10, ['seven'], { includeTopicAuthorizedOperations: true, includeClusterAuthorizedOperations: true }),
  metadata(12, ['plain', 'bad name', 'by-hand']),
  metadata(12, ['']),
  metadata(12, ['plain', 'plain']),
  byId(12, ['@seven', NOBODY]),
  byId(13, ['@seven', '@plain']),
  byId(12, [ZERO]),
  metadata(12, [null]),
  step(Metadata, 12, {
    topics: [{ topicId: '@seven', name: 'plain' }],
    allowAutoTopicCreation: false,
    includeTopicAuthorizedOperations: false,
  }),
  byId(11, ['@seven']),
  metadata(12, ['bad name', 'also/bad'], { allowAutoTopicCreation: true }),
  metadata(12, ['auto'], { allowAutoTopicCreation: false }),
  metadata(12, ['x'.repeat(250), '..'], { allowAutoTopicCreation: true }),
  // DescribeTopicPartitions.
  partitions(['plain', 'seven', 'nowhere']),
  partitions(['bad name']),
  partitions(['plain', 'seven', 'nowhere'], 2),
  partitions(['plain', 'seven', 'nowhere'], 10, ['plain', 2]),
  partitions(['plain', 'seven'], 10, ['q', 0]),
  partitions(['plain', 'seven'], 10, ['plain', -1]),
  partitions(['plain', 'seven'], 10, ['plain', 5]),
  partitions(['plain', 'seven'], 0),
  partitions([], 3),
  // CreatePartitions.
  grow(0, [{ name: 'plain', count: 4 }]),
  grow(3, [{ name: 'plain', count: 5 }], true),
  grow(3, [{ name: 'plain', count: 4 }]),
  grow(3, [{ name: 'plain', count: 3 }]),
  grow(3, [{ name: 'plain', count: 0 }]),
  grow(3, [{ name: 'plain', count: -1 }]),
  grow(3, [{ name: 'nowhere', count: 3 }]),
  grow(3, [{ name: 'bad name', count: 3 }]),
  grow(3, [
    { name: 'plain', count: 6 },
    { name: 'plain', count: 7 },
  ]),
  grow(3, [{ name: 'seven', count: 4, assignments: [[1], [1]] }]),
  grow(3, [{ name: 'plain', count: 6, assignments: [[1]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[1], [1]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[7]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[1, 1]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[1, 2]] }]),
  grow(3, [{ name: 'plain', count: 5, assignments: [[-1]] }]),
  metadata(12, ['plain', 'seven']),
  // Configs.
  describe(4, [[TOPIC, 'with-configs', ['retention.ms', 'cleanup.policy', 'min.insync.replicas']]], {
    includeSynonyms: true,
    includeDocumentation: true,
  }),
  describe(1, [[TOPIC, 'with-configs', ['retention.ms']]], { includeSynonyms: true }),
  describe(3, [[TOPIC, 'with-configs', ['segment.bytes']]], { includeDocumentation: true }),
  describe(4, [[TOPIC, 'with-configs', []]]),
  describe(4, [[TOPIC, 'with-configs']]),
  describe(4, [
    [TOPIC, 'nowhere'],
    [TOPIC, 'bad name'],
    [TOPIC, ''],
  ]),
  describe(4, [
    [TOPIC, 'plain', ['retention.ms']],
    [TOPIC, 'plain', ['segment.ms']],
  ]),
  describe(4, [
    [BROKER, '1', ['num.io.threads', 'min.insync.replicas']],
    [BROKER, ''],
    [BROKER, '7'],
    [BROKER, 'x'],
  ]),
  describe(
    4,
    [
      [GROUP, 'g', ['consumer.session.timeout.ms']],
      [GROUP, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(
    4,
    [
      [METRICS, 'm'],
      [METRICS, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(4, [
    [LOGGER, '7'],
    [LOGGER, ''],
    [LOGGER, 'x'],
  ]),
  describe(4, [
    [0, 'x'],
    [3, 'x'],
  ]),
  describe(4, [[64, 'x']]),
  incremental([
    [
      TOPIC,
      'plain',
      [
        ['retention.ms', SET, '5000'],
        ['cleanup.policy', APPEND, 'compact'],
      ],
    ],
  ]),
  incremental([
    [
      TOPIC,
      'plain',
      [
        ['cleanup.policy', SUBTRACT, 'delete'],
        ['retention.ms', DELETE, null],
      ],
    ],
  ]),
  incremental([[TOPIC, 'plain', [['retention.ms', SET, '7000']]]], true),
  incremental([
    [TOPIC, 'plain', [['retention.ms', SET, 'soon']]],
    [TOPIC, 'nowhere', [['retention.ms', SET, '1']]],
    [TOPIC, 'seven', [['no.such', SET, '1']]],
  ]),
  incremental(
    [
      [
        TOPIC,
        'plain',
        [
          ['retention.ms', SET, '1'],
          ['retention.ms', SET, '2'],
        ],
      ],
    ],
    false,
    0,
  ),
  incremental([[TOPIC, 'plain', [['retention.ms', SET, null]]]]),
  incremental([[TOPIC, 'plain', [['retention.ms', APPEND, '1']]]]),
  incremental([
    [TOPIC, 'bad name', [['retention.ms', SET, '1']]],
    [TOPIC, '', [['retention.ms', SET, '1']]],
  ]),
  incremental([
    [TOPIC, 'plain', [['retention.ms', SET, '1']]],
    [TOPIC, 'plain', [['retention.ms', SET, '2']]],
  ]),
  incremental([[TOPIC, 'plain', []]]),
  incremental([
    [BROKER, '1', [['log.retention.ms', SET, '123456']]],
    [BROKER, '', [['log.segment.bytes', SET, '2000000']]],
  ]),
  describe(
    4,
    [
      [BROKER, '1', ['log.retention.ms', 'log.segment.bytes']],
      [BROKER, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(4, [[TOPIC, 'seven', ['retention.ms', 'segment.bytes']]], { includeSynonyms: true }),
  incremental([
    [BROKER, '7', [['log.retention.ms', SET, '1']]],
    [BROKER, 'x', [['log.retention.ms', SET, '1']]],
  ]),
  incremental([[BROKER, '1', [['node.id', SET, '2']]]]),
  incremental([
    [BROKER, '1', [['log.retention.ms', DELETE, null]]],
    [BROKER, '', [['log.segment.bytes', DELETE, null]]],
  ]),
  incremental([
    [GROUP, 'g', [['consumer.session.timeout.ms', SET, '50000']]],
    [GROUP, 'h', [['no.such', SET, '1']]],
  ]),
  incremental([
    [
      METRICS,
      'm',
      [
        ['interval.ms', SET, '1000'],
        ['metrics', SET, 'org.apache'],
      ],
    ],
    [METRICS, 'n', [['interval.ms', SET, '1']]],
  ]),
  describe(
    4,
    [
      [GROUP, 'g', ['consumer.session.timeout.ms']],
      [METRICS, 'm', ['interval.ms']],
    ],
    { includeSynonyms: true },
  ),
  incremental([
    [3, 'x', [['a', SET, 'b']]],
    [64, 'x', [['a', SET, 'b']]],
  ]),
  incremental([
    [LOGGER, '1', [['no.such.logger', SET, 'INFO']]],
    [LOGGER, '7', [['kafka', SET, 'INFO']]],
  ]),
  incremental([]),
  legacy([
    [
      TOPIC,
      'seven',
      [
        ['retention.ms', '9000'],
        ['segment.ms', '8000'],
      ],
    ],
  ]),
  legacy([[TOPIC, 'seven', [['retention.ms', '9000']]]], false, 0),
  describe(4, [[TOPIC, 'seven', ['retention.ms', 'segment.ms']]]),
  legacy([
    [TOPIC, 'seven', [['retention.ms', null]]],
    [TOPIC, 'nowhere', [['retention.ms', '1']]],
    [TOPIC, 'plain', [['no.such', '1']]],
  ]),
  legacy([
    [
      TOPIC,
      'seven',
      [
        ['retention.ms', '1'],
        ['retention.ms', '2'],
      ],
    ],
  ]),
  legacy([[TOPIC, 'seven', []]], true),
  legacy([
    [BROKER, '7', []],
    [LOGGER, '1', []],
    [64, 'x', []],
  ]),
  step(ListConfigResources, 0, {}),
  step(ListConfigResources, 1, { resourceTypes: [] }),
  step(ListConfigResources, 1, { resourceTypes: [TOPIC!] }),
  step(ListConfigResources, 1, { resourceTypes: [GROUP!, METRICS!] }),
  step(ListConfigResources, 1, { resourceTypes: [BROKER!, LOGGER!] }),
  step(ListConfigResources, 1, { resourceTypes: [3] }),
  // The cluster.
  cluster(0),
  cluster(1, 1, true),
  cluster(2),
  cluster(2, 2),
  cluster(2, 5),
  step(ListPartitionReassignments, 0, { timeoutMs: 1000, topics: null }),
  step(ListPartitionReassignments, 0, {
    timeoutMs: 1000,
    topics: [
      { name: 'plain', partitionIndexes: [0] },
      { name: 'nowhere', partitionIndexes: [0] },
    ],
  }),
  // DeleteTopics.
  remove(1, 'nowhere', 'bad name'),
  remove(5, 'nowhere', 'by-hand'),
  remove(6, 'a.b', 'once'),
  remove(4, 'defaults', 'defaults', 'once'),
  remove(6, 'plain', 'plain'),
  removeAny({ name: null, topicId: NOBODY }, { name: null, topicId: ZERO }),
  removeAny({ name: null, topicId: '@seven' }, { name: null, topicId: '@seven' }),
  removeAny({ name: 'plain', topicId: '@plain' }),
  removeAny({ name: 'plain', topicId: ZERO }, { name: null, topicId: '@plain' }),
  removeAny({ name: null, topicId: '@seven' }, { name: 'plain', topicId: ZERO }),
  metadata(12, null),
];
