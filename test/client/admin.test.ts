import { expect, onTestFinished, test } from 'vitest';
import { type Admin, ConfigResourceType, createAdmin, OffsetSpec } from '../../src/client/admin.ts';
import type { ClusterOptions } from '../../src/client/cluster.ts';
import { Consumer } from '../../src/client/consumer.ts';
import { createProducer } from '../../src/client/producer.ts';
import { KafkaError } from '../../src/protocol/errors.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { steadyClock } from '../helpers/steady-clock.ts';

async function connectedAdmin(options: ClusterOptions = {}): Promise<{ admin: Admin; address: string }> {
  const { address } = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': address }, options);
  onTestFinished(() => admin.close());
  return { admin, address };
}

/** Values `0`, `1`, … in partition 0, with timestamps 1000, 1001, … */
async function produce(address: string, topic: string, count: number): Promise<void> {
  const producer = await createProducer({ 'bootstrap.servers': address });
  for (let i = 0; i < count; i++) producer.append(topic, 0, null, Buffer.from(String(i)), [], 1000 + i);
  await producer.close();
}

test('topics are made, listed in order, described and deleted', async () => {
  const { admin } = await connectedAdmin();
  const created = await admin.createTopics([
    { name: 'orders', numPartitions: 3, configs: { 'retention.ms': '1000' } },
    { name: 'Audit', assignments: new Map([[0, [1]]]) },
  ]);
  expect(created.get('orders')).toMatchObject({ numPartitions: 3, replicationFactor: 1 });
  expect((await admin.listTopics()).map(({ name }) => name)).toEqual(['Audit', 'orders']);
  const described = (await admin.describeTopics(['orders'])).get('orders');
  expect(described).toMatchObject({ name: 'orders', isInternal: false });
  const { topicId, partitions } = described as Exclude<typeof described, KafkaError | undefined>;
  expect(partitions.map(({ partition, leader, isr }) => [partition, leader, isr])).toEqual([
    [0, 1, [1]],
    [1, 1, [1]],
    [2, 1, [1]],
  ]);
  expect((await admin.describeTopicsById([topicId])).get(topicId)).toMatchObject({ name: 'orders' });
  expect(await admin.deleteTopics(['orders'])).toEqual(new Map([['orders', undefined]]));
  expect((await admin.listTopics()).map(({ name }) => name)).toEqual(['Audit']);
});

test('a description in pages is that of one piece', async () => {
  const { admin } = await connectedAdmin();
  await admin.createTopics([
    { name: 'b', numPartitions: 5 },
    { name: 'a', numPartitions: 4 },
  ]);
  const inOnePiece = await admin.describeTopics(['b', 'a']);
  expect(await admin.describeTopics(['b', 'a'], { partitionSizeLimit: 2 })).toEqual(inOnePiece);
});

test('failures of single items are values', async () => {
  const { admin } = await connectedAdmin();
  await admin.createTopics([{ name: 't' }]);
  const again = await admin.createTopics([{ name: 't' }, { name: 'u' }]);
  expect(String(again.get('t'))).toBe("org.apache.kafka.common.errors.TopicExistsException: Topic 't' already exists.");
  expect(again.get('u')).not.toBeInstanceOf(KafkaError);
  expect((await admin.createTopics([{ name: '' }])).get('')).toMatchObject({
    message: "The given topic name '' cannot be represented in a request.",
  });
  expect((await admin.deleteTopics(['nope'])).get('nope')).toMatchObject({ code: 3 });
  expect((await admin.describeTopics(['nope'])).get('nope')).toMatchObject({ code: 3 });
  expect((await admin.createPartitions([{ topic: 't', totalCount: 1 }])).get('t')).toMatchObject({ code: 37 });
});

test('validateOnly makes nothing', async () => {
  const { admin } = await connectedAdmin();
  await admin.createTopics([{ name: 't' }], { validateOnly: true });
  expect(await admin.listTopics()).toEqual([]);
});

test('configs of a topic and of a broker, in the order asked for', async () => {
  const { admin } = await connectedAdmin();
  await admin.createTopics([{ name: 't', configs: { 'retention.ms': '1000' } }]);
  const topic = { type: ConfigResourceType.TOPIC, name: 't' };
  const broker = { type: ConfigResourceType.BROKER, name: '1' };
  const [ofBroker, ofTopic] = await admin.describeConfigs([broker, { ...topic, keys: ['retention.ms'] }]);
  expect(ofBroker?.resource).toEqual(broker);
  expect(ofTopic?.entries).toMatchObject([{ name: 'retention.ms', value: '1000', source: 'DYNAMIC_TOPIC_CONFIG' }]);
  const altered = await admin.incrementalAlterConfigs([
    { resource: topic, ops: [{ name: 'retention.ms', value: null, op: 'DELETE' }] },
    { resource: { ...topic, name: 'nope' }, ops: [{ name: 'retention.ms', value: '1', op: 'SET' }] },
  ]);
  expect(altered[0]).toEqual({ resource: topic });
  expect(altered[1]?.error).toMatchObject({ code: 3 });
  const [after] = await admin.describeConfigs([{ ...topic, keys: ['retention.ms'] }]);
  expect(after?.entries[0]?.source).toBe('DEFAULT_CONFIG');
});

test('the cluster and the versions of its brokers', async () => {
  const { admin, address } = await connectedAdmin();
  const { nodes, clusterId } = await admin.describeCluster();
  expect(nodes.map(({ id, host, port }) => `${id} ${host}:${port}`)).toEqual([`1 ${address}`]);
  expect(clusterId).toMatch(/^[\w-]{22}$/);
  const [versions] = await admin.apiVersions();
  expect(versions?.apis).toContainEqual({ apiKey: 3, minVersion: 0, maxVersion: 13 });
  expect((await admin.describeFeatures()).finalized.map(({ name }) => name)).toContain('metadata.version');
});

test('offsets by timestamp, at both ends, and of a partition that is not there', async () => {
  const { admin, address } = await connectedAdmin({ clock: steadyClock() });
  await admin.createTopics([{ name: 't' }]);
  await produce(address, 't', 10);
  const at = (timestamp: number, partition = 0) => ({ topic: 't', partition, timestamp });
  const queries = [
    at(OffsetSpec.EARLIEST),
    at(OffsetSpec.LATEST),
    at(1004),
    at(OffsetSpec.MAX_TIMESTAMP),
    at(5000),
    at(OffsetSpec.LATEST, 9),
  ];
  const results = await admin.listOffsets(queries, { timeoutMs: 1000 });
  expect(results.map(({ offset }) => offset)).toEqual([0, 10, 4, 9, -1, -1]);
  expect(results.map(({ error }) => error?.code)).toEqual([undefined, undefined, undefined, undefined, undefined, 7]);
  expect(results[5]?.error?.message).toMatch(
    /^Call\(callName=listOffsets\(api=METADATA\), .*\) timed out at \d+ after \d+ attempt\(s\)$/,
  );
  const [elsewhere] = await admin.listOffsets([{ topic: 'none', partition: 0, timestamp: OffsetSpec.LATEST }]);
  expect(elsewhere?.error?.code).toBe(3);
});

test('records before an offset are deleted', async () => {
  const { admin, address } = await connectedAdmin({ clock: steadyClock() });
  await admin.createTopics([{ name: 't' }]);
  await produce(address, 't', 10);
  const wanted = [
    { topic: 't', partition: 0, beforeOffset: 4 },
    { topic: 'nope', partition: 0, beforeOffset: 1 },
  ];
  const deleted = await admin.deleteRecords(wanted, { timeoutMs: 1000 });
  expect(deleted[0]).toEqual({ topic: 't', partition: 0, lowWatermark: 4 });
  expect(deleted[1]?.error).toMatchObject({ info: { name: 'REQUEST_TIMED_OUT' } });
});

test('a group: offsets set, listed and deleted, the group described and deleted', async () => {
  const { admin } = await connectedAdmin();
  await admin.createTopics([{ name: 't', numPartitions: 2 }]);
  const partition = { topic: 't', partition: 1 };
  expect(await admin.alterGroupOffsets('g', [{ ...partition, offset: 7, metadata: 'm' }])).toEqual([partition]);
  expect(await admin.listGroupOffsets('g')).toEqual([{ ...partition, offset: 7, leaderEpoch: -1, metadata: 'm' }]);
  expect(await admin.listGroupOffsets('g', [{ topic: 't', partition: 0 }])).toMatchObject([{ offset: -1 }]);
  expect(await admin.listGroups()).toEqual([{ groupId: 'g', protocolType: '', state: 'Empty', type: 'Classic' }]);
  const described = await admin.describeGroups(['g', 'other']);
  expect(described.get('g')).toMatchObject({ state: 'Empty', type: 'Classic', members: [], coordinator: { id: 1 } });
  expect(String(described.get('other'))).toBe(
    'org.apache.kafka.common.errors.GroupIdNotFoundException: Group other not found.',
  );
  expect(await admin.deleteGroupOffsets('g', [partition])).toEqual([partition]);
  expect(await admin.listGroupOffsets('g')).toEqual([]);
  await admin.alterGroupOffsets('h', [{ ...partition, offset: 1 }]);
  const deleted = await admin.deleteGroups(['h', 'other']);
  expect(deleted.get('h')).toBeUndefined();
  expect(deleted.get('other')).toMatchObject({ code: 69 });
});

test('a classic group with a member: its assignment is decoded, its offsets cannot be set', async () => {
  const { admin, address } = await connectedAdmin();
  await admin.createTopics([{ name: 't', numPartitions: 2 }]);
  await produce(address, 't', 1);
  const consumer = await Consumer.create(
    { 'bootstrap.servers': address, 'group.id': 'g', 'client.id': 'me', 'auto.offset.reset': 'earliest' },
    {},
  );
  onTestFinished(() => consumer.close());
  await consumer.subscribe({ topic: 't' });
  expect(await consumer.next(10_000)).toBeDefined();
  const partitions = [
    { topic: 't', partition: 0 },
    { topic: 't', partition: 1 },
  ];
  expect((await admin.describeGroups(['g'])).get('g')).toMatchObject({
    state: 'Stable',
    assignor: 'range',
    protocolType: 'consumer',
    members: [{ clientId: 'me', host: '/127.0.0.1', assignment: partitions, memberEpoch: -1, targetAssignment: null }],
  });
  const [altered] = await admin.alterGroupOffsets('g', [{ topic: 't', partition: 0, offset: 0 }]);
  expect(altered?.error?.info.name).toBe('UNKNOWN_MEMBER_ID');
  expect((await admin.deleteGroups(['g'])).get('g')).toMatchObject({ message: 'The group is not empty.' });
});
