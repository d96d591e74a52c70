// Clients of several brokers go on while one of them stops and starts: nothing is lost, nothing doubled.
import { Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import type { Broker, ClusterBroker } from '../../../src/broker/start.ts';
import { createAdmin } from '../../../src/client/admin.ts';
import { createProducer } from '../../../src/client/producer.ts';
import { batches, openRecords } from '../../../src/protocol/records/read.ts';
import { startTestBroker } from '../../helpers/broker.ts';

const QUICK = { 'retry.backoff.ms': '20', 'retry.backoff.max.ms': '100', 'reconnect.backoff.ms': '20' };

/** Short sessions: kafkajs forgets who it was when its coordinator goes, and its old self must be missed before it gets anything. */
function cluster(): Promise<Broker> {
  return startTestBroker({ brokers: 3, overrides: new Map([['group.min.session.timeout.ms', '100']]) });
}

async function createTopic(broker: Broker, name: string, numPartitions: number): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.bootstrapServers });
  await admin.createTopics([{ name, numPartitions, replicationFactor: 3 }]);
  await admin.close();
}

/** All values of a topic as its logs have them; control records are left out. */
async function valuesOf(broker: Broker, topic: string): Promise<string[]> {
  const values: string[] = [];
  const { logs, metadata } = broker.services;
  for (const { index } of metadata.topic(topic)!.partitions) {
    const log = logs.get(topic, index)!;
    let offset = log.logStartOffset;
    while (offset < log.logEndOffset) {
      const read = await log.read(offset, 1 << 20, { minOneMessage: true, upTo: log.logEndOffset });
      const bytes = Buffer.concat(read.records);
      for (const { header, pos } of batches(bytes)) {
        const cursor = openRecords(bytes, pos, header);
        while ((header.attributes & 0x20) === 0 && cursor.next()) values.push(String(cursor.value));
      }
      offset = read.nextOffset;
    }
  }
  return values;
}

/** Stops and starts each broker in turn; `between` runs while one is away. */
async function roll(broker: Broker, between: (away: ClusterBroker) => Promise<void>): Promise<void> {
  for (const node of broker.nodes) {
    await node.stop();
    await between(node);
    await node.start();
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));

test('leaders move under a producer with acks=all', async () => {
  const broker = await cluster();
  await createTopic(broker, 'orders', 6);
  const failed: string[] = [];
  const producer = await createProducer(
    { 'bootstrap.servers': broker.bootstrapServers, acks: 'all', 'linger.ms': '0', 'batch.size': '200', ...QUICK },
    { onError: ({ value }, error) => failed.push(`${value}: ${error.message}`) },
  );
  let sent = 0;
  const send = async (count: number) => {
    for (const end = sent + count; sent < end; sent++)
      if (!producer.append('orders', sent % 6, null, Buffer.from(String(sent)))) await producer.drain();
  };
  await send(500);
  await roll(broker, () => send(500));
  await producer.flush();
  await producer.close();
  expect(failed).toEqual([]);
  expect((await valuesOf(broker, 'orders')).sort()).toEqual(numbers(2000).sort());
});

test('kafkajs goes on producing and consuming when the broker of leader and coordinator stops', async () => {
  const broker = await cluster();
  await createTopic(broker, 'orders', 3);
  const retry = { initialRetryTime: 20, maxRetryTime: 200, retries: 20 };
  const kafka = new Kafka({ brokers: broker.bootstrapServers.split(','), logLevel: logLevel.NOTHING, retry });
  const seen: string[] = [];
  const times = { heartbeatInterval: 100, sessionTimeout: 1000, rebalanceTimeout: 1000, maxWaitTimeInMs: 100 };
  const consumer = kafka.consumer({ groupId: 'shop', ...times });
  onTestFinished(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  onTestFinished(() => producer.disconnect());
  await producer.connect();
  let sent = 0;
  const sendAndSee = async () => {
    const messages = Array.from({ length: 20 }, () => ({ value: String(sent++) }));
    await producer.send({ topic: 'orders', acks: -1, messages });
    await expect.poll(() => new Set(seen).size).toBe(sent);
  };
  await sendAndSee();
  const coordinator = () => {
    const { groups, metadata } = broker.services;
    return metadata.topic('__consumer_offsets')!.partitions[groups.statePartitionFor('shop')]!.leader;
  };
  const first = coordinator();
  await broker.nodes.find(({ nodeId }) => nodeId === first)!.stop();
  expect(coordinator()).not.toBe(first);
  await sendAndSee();
  await broker.nodes.find(({ nodeId }) => nodeId === first)!.start();
  await sendAndSee();
  expect((await valuesOf(broker, 'orders')).sort()).toEqual(numbers(sent).sort());
});

test('transactions go on when their coordinator and the leaders of their partitions stop', async () => {
  const broker = await cluster();
  await createTopic(broker, 'orders', 3);
  const producer = await createProducer({
    ...{ 'bootstrap.servers': broker.bootstrapServers, 'transactional.id': 'till', acks: 'all', ...QUICK },
  });
  await producer.initTransactions();
  const expected: string[] = [];
  const transaction = async (name: string, middle: () => Promise<void>, commits = true) => {
    producer.beginTransaction();
    for (const partition of [0, 1, 2]) producer.append('orders', partition, null, Buffer.from(`${name}-${partition}`));
    await producer.flush();
    await middle();
    if (commits) {
      await producer.commitTransaction();
      expected.push(...[0, 1, 2].map((partition) => `${name}-${partition}`));
    } else await producer.abortTransaction();
  };
  for (const node of broker.nodes) {
    await transaction(`stop-${node.nodeId}`, () => node.stop());
    await transaction(`abort-${node.nodeId}`, async () => {}, false);
    await transaction(`start-${node.nodeId}`, () => node.start());
  }
  await producer.close();
  const kafka = new Kafka({ brokers: broker.bootstrapServers.split(','), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'auditor', readUncommitted: false, maxWaitTimeInMs: 100 });
  onTestFinished(() => consumer.disconnect());
  const seen: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(expected.length);
  expect(seen.sort()).toEqual(expected.sort());
  const { logs } = broker.services;
  for (const partition of [0, 1, 2]) {
    const log = logs.get('orders', partition)!;
    expect(log.lastStableOffset).toBe(log.highWatermark);
  }
});
