// Faults as real clients meet them.
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Broker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { apiByName } from '../../../src/protocol/messages/index.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, produce, produceRequest } from '../data-path.ts';

function kafkajs({ address }: Broker) {
  return new Kafka({
    brokers: [address],
    clientId: 'shop',
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 10, retries: 5 },
  });
}

async function kafkajsProducer(broker: Broker, idempotent = false) {
  const producer = kafkajs(broker).producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

const endOffset = (broker: Broker, topic: string) => broker.services.logs.get(topic, 0)!.logEndOffset;

const send = (value: string) => ({ topic: 'orders', acks: -1, messages: [{ value }] });

describe('an error', () => {
  test('meets the next request only; the client refreshes its metadata and sends again', async () => {
    const broker = await startTestBroker({ recordRequests: true });
    createTopic(broker, 'orders');
    const producer = await kafkajsProducer(broker);
    await producer.send(send('before'));
    broker.requests.clear();
    const fault = broker.faults.next('Produce', { error: 'NOT_LEADER_OR_FOLLOWER' });
    await producer.send(send('apples'));
    expect(fault).toMatchObject({ hits: 1, isActive: false });
    expect(broker.requests.all().map(({ api }) => api)).toEqual(['Produce', 'Metadata', 'Produce']);
    expect(endOffset(broker, 'orders')).toBe(2);
  });

  test('may come after the request was served', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const producer = await kafkajsProducer(broker, true);
    broker.faults.next('Produce', { error: 'REQUEST_TIMED_OUT', after: true });
    await producer.send(send('once'));
    expect(endOffset(broker, 'orders')).toBe(1);
  });

  test('is told in each partition of a fetch, also in a session that names none', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders', 2);
    const client = await connect(broker);
    const partitions = [0, 1].map((partition) => ({ partition, fetchOffset: 0, partitionMaxBytes: 1000 }));
    const request = { maxWaitMs: 0, minBytes: 0, sessionEpoch: 0, topics: [{ topic: 'orders', partitions }] };
    const { sessionId } = await client.request(Fetch, 11, request);
    expect(sessionId).toBeGreaterThan(0);
    broker.faults.next('Fetch', { error: 'NOT_LEADER_OR_FOLLOWER' });
    const next = { ...request, sessionId, topics: [] };
    const failed = await client.request(Fetch, 11, { ...next, sessionEpoch: 1 });
    expect(failed.errorCode).toBe(0);
    expect(failed.responses[0]?.partitions.map(({ errorCode }) => errorCode)).toEqual([6, 6]);
    expect((await client.request(Fetch, 11, { ...next, sessionEpoch: 2 })).errorCode).toBe(0);
    broker.faults.next('Fetch', { error: 'FETCH_SESSION_ID_NOT_FOUND' });
    const lost = await client.request(Fetch, 11, { ...next, sessionEpoch: 3 });
    expect(lost).toMatchObject({ errorCode: ErrorCode.FETCH_SESSION_ID_NOT_FOUND, responses: [] });
  });

  test('of metadata leaves the client somebody to ask, and creates nothing', async () => {
    const broker = await startTestBroker();
    const client = await connect(broker);
    broker.faults.next('Metadata', { error: 'LEADER_NOT_AVAILABLE' });
    const answer = await client.request(Metadata, 12, { topics: [{ name: 'orders' }] });
    expect(answer.brokers).toHaveLength(1);
    expect(answer.topics).toMatchObject([
      { name: 'orders', errorCode: ErrorCode.LEADER_NOT_AVAILABLE, partitions: [] },
    ]);
    expect(broker.services.metadata.topic('orders')).toBeUndefined();
  });

  test('of a Produce without acks closes the connection, as Kafka does', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const client = await connect(broker);
    broker.faults.next('Produce', { error: 'CORRUPT_MESSAGE' });
    const request = client.request(Produce, 9, produceRequest('orders', batch(['a']), { acks: 0 }));
    await expect(request).rejects.toThrow('closed');
    expect(endOffset(broker, 'orders')).toBe(0);
  });

  test('UNSUPPORTED_VERSION of ApiVersions names the version to come back with', async () => {
    const broker = await startTestBroker();
    const client = await connect(broker);
    broker.faults.next('ApiVersions', { error: 'UNSUPPORTED_VERSION' });
    const answer = await client.request(ApiVersions, 0, {});
    expect(answer).toMatchObject({ errorCode: 35, apiKeys: [{ apiKey: 18 }] });
  });

  test('has the text it was given where the API has room for one', async () => {
    const broker = await startTestBroker();
    broker.faults.next('CreateTopics', { error: 'POLICY_VIOLATION', message: 'No more topics today' });
    const admin = kafkajs(broker).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    await expect(admin.createTopics({ topics: [{ topic: 'orders' }] })).rejects.toMatchObject({
      errors: [expect.objectContaining({ type: 'POLICY_VIOLATION' })],
    });
    broker.faults.next('CreateTopics', { error: 'POLICY_VIOLATION', message: 'No more topics today' });
    const request = { topics: [{ name: 'a', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }] };
    const answer = await (await connect(broker)).request(apiByName('CreateTopics') as never, 5, request as never);
    expect(answer).toMatchObject({ topics: [{ name: 'a', errorMessage: 'No more topics today', errorCode: 44 }] });
  });
});

describe('a dropped connection', () => {
  test('before the request is served', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const client = await connect(broker);
    broker.faults.next('Produce', { drop: true });
    await expect(produce(client, 'orders', batch(['a']))).rejects.toThrow('closed');
    expect(endOffset(broker, 'orders')).toBe(0);
  });

  test('after it was served: an idempotent producer sends again and doubles nothing', async () => {
    const broker = await startTestBroker({ recordRequests: true });
    createTopic(broker, 'orders');
    const producer = await kafkajsProducer(broker, true);
    broker.faults.next('Produce', { drop: true, after: true });
    await producer.send(send('once'));
    expect(broker.requests.of('Produce')).toHaveLength(2);
    expect(endOffset(broker, 'orders')).toBe(1);
  });
});

describe('a wait', () => {
  test('until released, with what comes behind on the same connection waiting, too', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const [slow, quick] = [await connect(broker), await connect(broker)];
    const stall = broker.faults.next('Produce', { stall: true });
    const hit = stall.nextHit();
    const order: string[] = [];
    const produced = slow
      .request(Produce, 9, produceRequest('orders', batch(['a'])))
      .then(() => order.push('produced'));
    const behind = slow.request(ApiVersions, 0, {}).then(() => order.push('behind'));
    expect((await hit).api).toBe('Produce');
    await quick.request(ApiVersions, 0, {});
    order.push('other connection');
    expect(endOffset(broker, 'orders')).toBe(0);
    stall.release();
    await Promise.all([produced, behind]);
    expect(order).toEqual(['other connection', 'produced', 'behind']);
    expect(endOffset(broker, 'orders')).toBe(1);
  });

  test("by the broker's clock", async () => {
    const broker = await startTestBroker({ clock: 'manual' });
    createTopic(broker, 'orders');
    const client = await connect(broker);
    const delay = broker.faults.next('Produce', { delayMs: 5000 });
    const hit = delay.nextHit();
    const produced = produce(client, 'orders', batch(['a']));
    await hit;
    await broker.advance(4999);
    expect(endOffset(broker, 'orders')).toBe(0);
    await broker.advance(1);
    expect(endOffset(broker, 'orders')).toBe(1);
    expect((await produced).errorCode).toBe(0);
  });

  test('ends without an answer when the broker stops', async () => {
    const broker = await startTestBroker();
    const client = await connect(broker);
    const hit = broker.faults.always('ApiVersions', { stall: true }).nextHit();
    const answer = client.request(ApiVersions, 0, {});
    answer.catch(() => {});
    await hit;
    await broker.stop();
    await expect(answer).rejects.toThrow('closed');
  });
});

describe('which requests', () => {
  test('so many, of one topic or client, or as a function says', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const id = createTopic(broker, 'other');
    const client = await connect(broker);
    const code = async (topic: string, options = {}) => (await produce(client, topic, batch(['a']), options)).errorCode;
    broker.faults.next('Produce', { error: 'REQUEST_TIMED_OUT' }, { topic: 'other', times: 2 });
    expect([await code('orders'), await code('other'), await code('orders')]).toEqual([0, 7, 0]);
    expect([await code('', { version: 13, topicId: id }), await code('other')]).toEqual([7, 0]);
    broker.faults.next('Produce', { error: 'REQUEST_TIMED_OUT' }, { clientId: /^shop/ });
    expect([await code('other'), await code('other', { clientId: 'shop-1' }), await code('other')]).toEqual([0, 7, 0]);
    broker.faults.next('Produce', { error: 'REQUEST_TIMED_OUT' }, { where: ({ body }) => body.acks === 1 });
    expect([await code('other'), await code('other', { acks: 1 })]).toEqual([0, 7]);
  });

  test('all of them, until the fault is removed', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'orders');
    const client = await connect(broker);
    const code = async () => (await produce(client, 'orders', batch(['a']))).errorCode;
    const fault = broker.faults.always('Produce', { error: 'KAFKA_STORAGE_ERROR' });
    expect([await code(), await code(), fault.hits, fault.isActive]).toEqual([56, 56, 2, true]);
    fault.remove();
    expect([await code(), fault.isActive]).toEqual([0, false]);
    broker.faults.always('*', { drop: true });
    broker.faults.clear();
    expect(await code()).toBe(0);
    expect(broker.services.controls.isActive).toBe(false);
  });
});

test.each([
  ['Prodce', { drop: true }, 'Kafka has no API Prodce that a broker serves'],
  ['Produce', { error: 'NOT_LEADER' }, 'Kafka has no error NOT_LEADER'],
  ['Produce', { error: 0 }, 'Kafka has no error 0'],
  ['Produce', {}, 'A fault needs at least one of error, drop, stall and delayMs'],
  ['Produce', { error: 6, drop: true }, 'not both'],
  ['Produce', { delayMs: -1 }, 'delayMs must not be negative'],
  ['Produce', { stall: true, after: true }, 'after belongs to error or drop'],
])('%s %j is refused', async (api, fault, message) => {
  const broker = await startTestBroker();
  expect(() => broker.faults.next(api as 'Produce', fault as object)).toThrow(message);
});
