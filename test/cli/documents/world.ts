// Clusters with something of everything: topics with records, groups of all kinds with members, transactions, quotas,
// entries, tokens. One broker with a login and an authorizer, and three in one process of which the third is stopped.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Broker, startBroker } from '../../../src/broker/start.ts';
import { type Admin, ConfigResourceType, createAdmin } from '../../../src/client/admin.ts';
import { Consumer } from '../../../src/client/consumer.ts';
import { createProducer, type Producer } from '../../../src/client/producer.ts';
import { ShareConsumer } from '../../../src/client/share-consumer.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { StreamsGroupHeartbeat } from '../../../src/protocol/messages/streams-group-heartbeat.ts';
import { batch, produceRequest } from '../../broker/data-path.ts';
import { tasks, WORD_COUNT } from '../../broker/groups/streams/world.ts';
import { TestClient } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';
import { SASL_CONFIG } from '../../helpers/sasl.ts';
import { transaction, writeLogs } from './stopped-logs.ts';

/** Longer than all commands take, on a busy machine too. */
const LONG_MS = 900_000;

const OVERRIDES = {
  ...SASL_CONFIG,
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS;User:alice',
  'group.consumer.heartbeat.interval.ms': '5000',
  // Its member says hello twice and is looked at for as long as all commands take.
  'group.streams.session.timeout.ms': String(LONG_MS),
  'group.streams.max.session.timeout.ms': String(LONG_MS),
  'group.streams.initial.rebalance.delay.ms': '0',
  'group.streams.assignment.interval.ms': '0',
  'group.share.assignment.interval.ms': '0',
  'offsets.topic.num.partitions': '1',
  'transaction.state.log.num.partitions': '1',
  'share.coordinator.state.topic.num.partitions': '1',
  'broker.rack': 'left',
  'transaction.partition.verification.enable': 'false',
};

export interface World {
  readonly folder: string;
  /** Of one broker. */
  readonly one: Broker;
  /** Its listener that asks for a login. */
  readonly loginAddress: string;
  /** Of three, the last of them stopped. */
  readonly three: Broker;
  /** Lets the members go. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the clusters and fills them. */
export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-documents-'));
  const [one, three] = await Promise.all([
    startBroker({ dataDir: join(folder, 'data'), port: 0, overrides: OVERRIDES }),
    startBroker({ port: await freePort(3), brokers: 3, overrides: { 'auto.leader.rebalance.enable': 'false' } }),
  ]);
  const loginAddress = writeFiles(folder, one);
  await writeLogs(join(folder, 'stopped'));
  const leaving = await fill(one);
  await loseOne(three);
  return {
    folder,
    one,
    loginAddress,
    three,
    leave: leaving,
    async close() {
      await leaving();
      await Promise.all([one.close(), three.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** What command lines name; answers the address of the listener with a login. */
function writeFiles(folder: string, one: Broker): string {
  const orders = { topic: 'orders', partition: 0 };
  const moving = { topic: 'moving', partition: 0 };
  const files = {
    plan: { version: 1, partitions: [{ ...orders, replicas: [1], log_dirs: [join(folder, 'data')] }] },
    moving: { version: 1, partitions: [{ ...moving, replicas: [2, 1] }] },
    topics: { version: 1, topics: [{ topic: 'orders' }] },
    offsets: {
      version: 1,
      partitions: [
        { ...orders, offset: 1 },
        { topic: 'nowhere', partition: 0, offset: 1 },
      ],
    },
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(text));
  const port = one.services.endpointFor({
    listenerName: 'SASL_PLAINTEXT',
    localAddress: '127.0.0.1',
    localPort: 0,
  }).port;
  const login = [
    'security.protocol=SASL_PLAINTEXT',
    'sasl.mechanism=PLAIN',
    'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="alice-secret";',
  ];
  writeFileSync(join(folder, 'login'), login.map((line) => `${line}\n`).join(''));
  writeFileSync(join(folder, 'tiny'), 'max.request.size=1\n');
  const listeners = 'listeners=CONTROLLER://localhost:9093\ncontroller.listener.names=CONTROLLER\n';
  const node = `node.id=2\nprocess.roles=controller\n${listeners}controller.quorum.bootstrap.servers=localhost:9093\n`;
  mkdirSync(join(folder, 'controller-data'));
  const meta = 'version=1\ncluster.id=x\nnode.id=2\ndirectory.id=N3ZbPu6mTNCAiEnt8DZq8w\n';
  writeFileSync(join(folder, 'controller-data', 'meta.properties'), meta);
  writeFileSync(join(folder, 'controller'), `${node}log.dirs=${folder}/controller-data\n`);
  mkdirSync(join(folder, 'unformatted'));
  writeFileSync(join(folder, 'storage'), `${node}log.dirs=${folder}/unformatted,${folder}/controller-data\n`);
  writeFileSync(join(folder, 'new-storage'), `${node}log.dirs=${folder}/new\n`);
  return `127.0.0.1:${port}`;
}

/** Answers what lets the members go. */
async function fill(broker: Broker): Promise<() => Promise<void>> {
  const properties = { 'bootstrap.servers': broker.address };
  const admin = await createAdmin(properties);
  await admin.createTopics([
    { name: 'orders', numPartitions: 2 },
    { name: 'a', numPartitions: 2 },
    { name: 'lost' },
    { name: 'app-store-changelog' },
    { name: 'shared' },
  ]);
  await produce(properties);
  const member = { ...properties, 'client.id': 'till', 'max.poll.interval.ms': String(LONG_MS) };
  const group = { ...member, 'group.id': 'shop', 'group.instance.id': 'till-1' };
  const consumer = await Consumer.create(
    { ...group, 'group.protocol': 'consumer', 'auto.offset.reset': 'earliest', 'enable.auto.commit': 'false' },
    {},
  );
  await consumer.subscribe({ topic: 'orders' });
  const fetched = await consumer.next(30_000);
  if (fetched) await consumer.commit([{ topic: 'orders', partition: fetched.partition, offset: 1, leaderEpoch: 0 }]);
  const classic = await Consumer.create({ ...member, 'group.id': 'old' }, {});
  await classic.subscribe({ topic: 'orders' });
  await classic.next(100);
  const share = await openShare(admin, properties);
  const client = await clientOf(broker);
  const beat = (memberEpoch: number, change: object = {}) => {
    const request = { groupId: 'g', memberId: 'm', memberEpoch, endpointInformationEpoch: 0, ...change };
    return client.request(StreamsGroupHeartbeat, 0, request, 'c');
  };
  const first = { rebalanceTimeoutMs: 600_000, processId: 'p', topology: WORD_COUNT, clientTags: [], ...tasks('') };
  await beat(0, first);
  await beat(2);
  await client.request(OffsetCommit, 9, offsetsOf('g', 3));
  const till = await openTransaction(properties);
  const hanging = batch(['1'], { producerId: 700, producerEpoch: 3, baseSequence: 0, transactional: true });
  await client.request(Produce, 11, produceRequest('lost', hanging, { transactionalId: 'gone' }));
  await admin.close();
  let gone = false;
  return async () => {
    if (gone) return;
    gone = true;
    await till.close().catch(() => {});
    await Promise.all([consumer.close(), classic.close(), share.close(), beat(-1)]);
    client.socket.destroy();
  };
}

function offsetsOf(groupId: string, generationIdOrMemberEpoch: number) {
  const at = (partitionIndex: number) => ({ partitionIndex, committedOffset: 0, committedLeaderEpoch: 0 });
  const partitions = [0, 1].map((partition) => ({ ...at(partition), committedMetadata: '' }));
  const member = { groupId, memberId: 'm', groupInstanceId: null, generationIdOrMemberEpoch };
  return { ...member, topics: [{ name: 'a', partitions }] };
}

async function produce(properties: Record<string, string>): Promise<void> {
  const producer = await createProducer(properties);
  const headers = [{ key: 'from', value: Buffer.from('shop') }];
  producer.append('orders', 0, Buffer.from('k'), Buffer.from('apples'), headers);
  producer.append('orders', 0, null, Buffer.from([0xff, 0xfe]), []);
  producer.append('orders', 1, Buffer.from([0xff]), Buffer.from('pears'), [{ key: 'raw', value: Buffer.from([0xff]) }]);
  await producer.flush();
  await producer.close();
  await transaction(properties, 'paid', (paid) => paid.commitTransaction());
}

async function openShare(admin: Admin, properties: Record<string, string>): Promise<ShareConsumer> {
  const ops = [{ name: 'share.auto.offset.reset', op: 'SET', value: 'earliest' }] as const;
  await admin.incrementalAlterConfigs(
    ['pool', 'perf', 'verify'].map((name) => ({ resource: { type: ConfigResourceType.GROUP, name }, ops })),
  );
  const share = await ShareConsumer.create({ ...properties, 'group.id': 'pool', 'client.id': 'till' }, {});
  share.subscribe(['orders']);
  await share.poll(30_000);
  return share;
}

async function openTransaction(properties: Record<string, string>): Promise<Producer> {
  const till = { 'transactional.id': 'till', 'transaction.timeout.ms': String(LONG_MS), 'linger.ms': '0' };
  const producer = await createProducer({ ...properties, ...till });
  await producer.initTransactions();
  producer.beginTransaction();
  producer.append('orders', 0, null, Buffer.from('1'), []);
  await producer.flush();
  return producer;
}

async function clientOf({ port }: Broker): Promise<TestClient> {
  const socket = net.connect(port, '127.0.0.1');
  await new Promise<void>((done) => void socket.once('connect', () => done()));
  return new TestClient(socket);
}

/** A topic that moves to a broker that is away, one whose replica there is eligible still, and one that has no leader. */
async function loseOne(broker: Broker): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.bootstrapServers });
  const at = (replicas: number[]) => ({ assignments: new Map([[0, replicas]]) });
  await admin.createTopics([
    { name: 'moving', ...at([1, 2]) },
    { name: 'eligible', ...at([1, 3]), configs: { 'min.insync.replicas': '2' } },
    { name: 'unled', ...at([2, 1]) },
    { name: 'away', ...at([3]) },
  ]);
  await broker.nodes[2]!.stop();
  await admin.alterPartitionReassignments([{ topic: 'moving', partition: 0, replicas: [2, 3] }]);
  await admin.close();
}
