import { expect, onTestFinished, test } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { createProducer, type Producer } from '../../src/client/producer.ts';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { EndTxn } from '../../src/protocol/messages/end-txn.ts';
import { Fetch } from '../../src/protocol/messages/fetch.ts';
import { isControl } from '../../src/protocol/records/batch.ts';
import { batches, readRecordsSync } from '../../src/protocol/records/read.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';

const generations = [
  { generation: 'first', transactionVersion: 1 },
  { generation: 'second', transactionVersion: 2 },
];

async function brokerOf(transactionVersion: number): Promise<Broker> {
  const broker = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  await admin.createTopics([{ name: 'orders', numPartitions: 2, replicationFactor: 1 }]);
  const upgrade = { feature: 'transaction.version', maxVersionLevel: transactionVersion, upgradeType: 3 };
  if (transactionVersion < 2) await admin.updateFeatures([upgrade]);
  await admin.close();
  return broker;
}

async function producerOf(broker: Broker, properties: Record<string, string> = {}): Promise<Producer> {
  const producer = await createProducer({
    'bootstrap.servers': broker.address,
    'transactional.id': 'till',
    'retry.backoff.ms': '10',
    ...properties,
  });
  onTestFinished(() => producer.close());
  return producer;
}

const send = (producer: Producer, partition: number, value: string, headers?: []) =>
  producer.append('orders', partition, null, Buffer.from(value), headers);

/** The values that a reader of committed data sees, by what the broker says of aborted transactions. */
async function committed(broker: Broker, partition: number): Promise<string[]> {
  const client = await connect(broker);
  const partitions = [{ partition, fetchOffset: 0, partitionMaxBytes: 1 << 20 }];
  const request = { maxWaitMs: 0, minBytes: 0, isolationLevel: 1, topics: [{ topic: 'orders', partitions }] };
  const answer = (await client.request(Fetch, 11, { ...request, forgottenTopicsData: [] })).responses[0]!
    .partitions[0]!;
  client.close();
  const values: string[] = [];
  const aborted = (answer.abortedTransactions ?? []).map((each) => ({ ...each }));
  for (const { pos, header } of batches(answer.records!)) {
    const open = aborted.findIndex((t) => t.producerId === header.producerId && t.firstOffset <= header.baseOffset);
    if (isControl(header.attributes)) {
      if (open >= 0) aborted.splice(open, 1);
    } else if (open < 0) {
      values.push(...readRecordsSync(answer.records!, pos, header).map(({ value }) => value!.toString()));
    }
  }
  return values;
}

test.each(generations)('$generation generation: commit, abort, commit', async ({ transactionVersion }) => {
  const broker = await brokerOf(transactionVersion);
  const producer = await producerOf(broker);
  await producer.initTransactions();
  producer.beginTransaction();
  send(producer, 0, 'a');
  send(producer, 1, 'b');
  await producer.commitTransaction();
  producer.beginTransaction();
  send(producer, 0, 'lost');
  await producer.abortTransaction();
  producer.beginTransaction();
  send(producer, 0, 'c');
  await producer.commitTransaction();
  expect(await committed(broker, 0)).toEqual(['a', 'c']);
  expect(await committed(broker, 1)).toEqual(['b']);
});

test.each(generations)(
  '$generation generation: the empty transaction ends without the coordinator',
  async ({ transactionVersion }) => {
    const broker = await brokerOf(transactionVersion);
    const producer = await producerOf(broker);
    await producer.initTransactions();
    producer.beginTransaction();
    await producer.commitTransaction();
    producer.beginTransaction();
    await producer.abortTransaction();
    expect(broker.services.transactions.describe('till')).toMatchObject({ state: 'Empty' });
  },
);

test.each(generations)(
  '$generation generation: a refused record lets the transaction only be aborted',
  async ({ transactionVersion }) => {
    const broker = await brokerOf(transactionVersion);
    const admin = await createAdmin({ 'bootstrap.servers': broker.address });
    await admin.createTopics([
      { name: 'tiny', numPartitions: 1, replicationFactor: 1, configs: { 'max.message.bytes': '100' } },
    ]);
    await admin.close();
    const producer = await producerOf(broker);
    await producer.initTransactions();
    producer.beginTransaction();
    send(producer, 0, 'lost');
    producer.append('tiny', 0, null, Buffer.alloc(200));
    await expect(producer.commitTransaction()).rejects.toMatchObject({ code: ErrorCode.MESSAGE_TOO_LARGE });
    await producer.abortTransaction();
    producer.beginTransaction();
    send(producer, 0, 'kept');
    await producer.commitTransaction();
    expect(await committed(broker, 0)).toEqual(['kept']);
  },
);

test.each(generations)('$generation generation: who is fenced stays out', async ({ transactionVersion }) => {
  const broker = await brokerOf(transactionVersion);
  const first = await producerOf(broker);
  await first.initTransactions();
  first.beginTransaction();
  send(first, 0, 'lost');
  await first.flush();
  const second = await producerOf(broker);
  await second.initTransactions();
  await expect(first.commitTransaction()).rejects.toMatchObject({ code: ErrorCode.PRODUCER_FENCED });
  expect(() => first.beginTransaction()).toThrow();
  second.beginTransaction();
  send(second, 0, 'kept');
  await second.commitTransaction();
  expect(await committed(broker, 0)).toEqual(['kept']);
});

test('a record outside of a transaction is given up with the reason', async () => {
  const broker = await brokerOf(2);
  const producer = await producerOf(broker);
  await producer.initTransactions();
  const delivered = new Promise<number | undefined>((resolve) => {
    producer.append('orders', 0, null, Buffer.from('x'), [], 1, (error) => resolve(error?.code));
  });
  await producer.flush();
  expect(await delivered).toBe(ErrorCode.INVALID_TXN_STATE);
  expect(await committed(broker, 0)).toEqual([]);
});

test('the second generation ends with the version that brings the next epoch', async () => {
  expect(EndTxn.versions[1]).toBeGreaterThanOrEqual(5);
  const broker = await brokerOf(2);
  const producer = await producerOf(broker);
  await producer.initTransactions();
  const epochs = new Set<number>();
  for (const value of ['a', 'b', 'c']) {
    producer.beginTransaction();
    send(producer, 0, value);
    await producer.commitTransaction();
    epochs.add(broker.services.transactions.describe('till').producerEpoch);
  }
  expect(epochs.size).toBe(3);
});

test('transactional methods without a transactional id say what is missing', async () => {
  const broker = await brokerOf(2);
  const producer = await createProducer({ 'bootstrap.servers': broker.address });
  onTestFinished(() => producer.close());
  expect(() => producer.beginTransaction()).toThrow('transactional.id');
});

test.each([
  ['enable.idempotence', 'false'],
  ['acks', '1'],
])('a transactional id needs idempotence: %s=%s', async (key, value) => {
  const properties = { 'bootstrap.servers': 'localhost:1', 'transactional.id': 'till', [key]: value };
  const text = 'Cannot set a transactional.id without also enabling idempotence.';
  await expect(createProducer(properties)).rejects.toThrow(text);
});
