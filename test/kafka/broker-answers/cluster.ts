// What there is on the broker that scripts are run against: topics, groups of every kind, a transaction that is open, and the
// files that command lines name.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdmin } from '../../../src/client/admin.ts';
import { createProducer } from '../../../src/client/producer.ts';
import { ConsumerGroupHeartbeat } from '../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { ShareGroupHeartbeat } from '../../../src/protocol/messages/share-group-heartbeat.ts';
import { StreamsGroupHeartbeat } from '../../../src/protocol/messages/streams-group-heartbeat.ts';
import { connect } from '../../helpers/client.ts';
import { RiggedBroker } from '../../helpers/rigged-broker.ts';

/** Few milliseconds where Kafka's clients wait for seconds, the same for both families of scripts. */
const CLIENT = [
  'retry.backoff.ms=10',
  'retry.backoff.max.ms=20',
  'request.timeout.ms=500',
  'default.api.timeout.ms=500',
];

const FILES: Readonly<Record<string, string>> = {
  'client.properties': CLIENT.join('\n'),
  'consumer.properties':
    'retry.backoff.ms=10\nretry.backoff.max.ms=20\nrequest.timeout.ms=1000\ndefault.api.timeout.ms=1200',
  'records.json': '{"partitions":[{"topic":"t","partition":0,"offset":1}],"version":1}',
  'election.json': '{"partitions":[{"topic":"t","partition":0},{"topic":"u","partition":0}]}',
  'move.json':
    '{"version":1,"partitions":[{"topic":"t","partition":0,"replicas":[1]},{"topic":"u","partition":0,"replicas":[1]}]}',
  'move-dirs.json': '{"version":1,"partitions":[{"topic":"t","partition":0,"replicas":[1],"log_dirs":["/ephemeral"]}]}',
  'topics.json': '{"version":1,"topics":[{"topic":"t"}]}',
};

/** A folder with the files of the command lines. */
export function makeFiles(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-answers-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), `${text}\n`);
  return dir;
}

const SETTINGS = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
  'group.share.record.lock.duration.ms': '30000',
  'controller.quorum.append.linger.ms': '0',
};

const EMPTY_TOPOLOGY = {
  epoch: 0,
  subtopologies: [
    {
      subtopologyId: '0',
      sourceTopics: ['t'],
      sourceTopicRegex: [],
      stateChangelogTopics: [],
      repartitionSinkTopics: [],
      repartitionSourceTopics: [],
      copartitionGroups: [],
    },
  ],
};

export async function startCluster(): Promise<RiggedBroker> {
  const rigged = await RiggedBroker.start(SETTINGS);
  const { address } = rigged;
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 't', numPartitions: 2 }, { name: 'u' }]);
  await admin.alterGroupOffsets('g', [
    { topic: 't', partition: 0, offset: 1 },
    { topic: 'u', partition: 0, offset: 0 },
  ]);
  await admin.close();
  const producer = await createProducer({ 'bootstrap.servers': address, 'transactional.id': 'tx' });
  await producer.initTransactions();
  producer.beginTransaction();
  for (let i = 0; i < 3; i++) while (!producer.append('t', 0, null, Buffer.from(`v${i}`))) await producer.drain();
  await producer.flush();
  await producer.close();
  await startGroups(rigged);
  return rigged;
}

async function startGroups({ port }: RiggedBroker): Promise<void> {
  const client = await connect({ port });
  await client.request(ConsumerGroupHeartbeat, 1, {
    groupId: 'c',
    memberId: 'member-of-c',
    memberEpoch: 0,
    rebalanceTimeoutMs: 60_000,
    subscribedTopicNames: ['t'],
    topicPartitions: [],
  });
  const share = { groupId: 's', memberId: 'AAAAAAAAAAAAAAAAAAAAAg', subscribedTopicNames: ['t'] };
  await client.request(ShareGroupHeartbeat, 1, { ...share, memberEpoch: 0 });
  await client.request(ShareGroupHeartbeat, 1, { ...share, memberEpoch: -1 });
  const streams = { groupId: 'st', memberId: 'member-of-st', endpointInformationEpoch: 0, rebalanceTimeoutMs: 60_000 };
  await client.request(StreamsGroupHeartbeat, 0, {
    ...streams,
    memberEpoch: 0,
    topology: EMPTY_TOPOLOGY,
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
    processId: 'p',
    clientTags: [],
    taskOffsets: null,
    taskEndOffsets: null,
  } as never);
  client.close();
}
