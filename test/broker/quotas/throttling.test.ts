// Quotas in force, as a client sees them: the wait that it is told, and that it is made to keep.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { batch, createTopic, fetchPartition, fetchRequest, produceRequest } from '../data-path.ts';
import { brokerWithQuotas } from './quotas.ts';

const APP = { 'client-id': 'app' };
/** Ten whole windows of a second count before the first one is over. */
const SPAN_MS = 10_000;

async function produceBytes(client: TestClient, bytes: number, clientId = 'app', acks = -1) {
  const request = produceRequest('a', batch(['x'.repeat(bytes)]), { acks });
  return client.request(Produce, 9, request, clientId);
}

function fetchAll(client: TestClient, clientId = 'app', more: object = {}) {
  const topics = [{ topic: 'a', partitions: [fetchPartition(0, 0)] }];
  return client.request(Fetch, 11, fetchRequest(topics, more), clientId);
}

describe('a byte rate for producers', () => {
  it('lets a burst of all windows through', async () => {
    const { broker } = await brokerWithQuotas([APP, 'producer_byte_rate', 10_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    expect((await produceBytes(client, 90_000)).throttleTimeMs).toBe(0);
  });

  it('tells how long it takes until the rate is met again, and serves nothing before', async () => {
    const { broker, clock } = await brokerWithQuotas([APP, 'producer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    const { throttleTimeMs, responses } = await produceBytes(client, 20_000);
    expect(responses[0]!.partitionResponses[0]).toMatchObject({ errorCode: 0, baseOffset: 0 });
    // A little more than the value is in the request.
    expect(throttleTimeMs).toBeGreaterThan(SPAN_MS);
    expect(throttleTimeMs).toBeLessThan(SPAN_MS + 500);
    let answered = false;
    const next = client.request(ListGroups, 3, {}).then(() => {
      answered = true;
    });
    // Another connection's answer comes, so this one's would have.
    await (await connect(broker)).request(ListGroups, 3, {});
    clock.advance(throttleTimeMs - 1);
    await (await connect(broker)).request(ListGroups, 3, {});
    expect(answered).toBe(false);
    clock.advance(1);
    await next;
  });

  it('counts acks=0 too, by what comes after it', async () => {
    const { broker, clock } = await brokerWithQuotas([APP, 'producer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    void produceBytes(client, 20_000, 'app', 0).catch(() => {});
    while (broker.services.logs.get('a', 0)?.logEndOffset !== 1) await new Promise((next) => setImmediate(next));
    expect(clock.pendingTimers).toBeGreaterThan(0);
    expect(broker.services.quotas.produced({ user: 'ANONYMOUS', clientId: 'app' }, 0)).toBeGreaterThan(SPAN_MS);
  });

  it('leaves other clients alone', async () => {
    const { broker } = await brokerWithQuotas([APP, 'producer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    expect((await produceBytes(await connect(broker), 20_000, 'other')).throttleTimeMs).toBe(0);
  });

  it('acts at once when it is set, and ends when it is removed', async () => {
    const { broker, setQuotas } = await brokerWithQuotas();
    createTopic(broker, 'a');
    expect(broker.services.quotas.active).toBe(false);
    setQuotas([{ user: null }, 'producer_byte_rate', 1_000]);
    expect((await produceBytes(await connect(broker), 20_000)).throttleTimeMs).toBeGreaterThan(SPAN_MS);
    setQuotas([{ user: null }, 'producer_byte_rate', null]);
    expect((await produceBytes(await connect(broker), 20_000)).throttleTimeMs).toBe(0);
  });
});

describe('a byte rate for consumers', () => {
  it('brings no more at once than the windows hold', async () => {
    const { broker } = await brokerWithQuotas([APP, 'consumer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    for (let i = 0; i < 4; i++) await produceBytes(client, 5_000, 'producer');
    const { responses, throttleTimeMs } = await fetchAll(client);
    expect(throttleTimeMs).toBe(0);
    const { records } = responses[0]!.partitions[0]!;
    expect(records!.length).toBeLessThan(10_000);
  });

  it('answers empty, with the time to wait, what goes beyond, and does not count it', async () => {
    const { broker, clock } = await brokerWithQuotas([APP, 'consumer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    await produceBytes(client, 9_000, 'producer');
    expect(await fetchAll(client)).toMatchObject({ throttleTimeMs: 0, errorCode: 0 });
    const refused = await fetchAll(client);
    expect(refused).toMatchObject({ errorCode: 0, responses: [], sessionId: 0 });
    expect(refused.throttleTimeMs).toBeGreaterThan(SPAN_MS * 0.7);
    clock.advance(SPAN_MS + 2_000);
    expect(await fetchAll(client)).toMatchObject({ throttleTimeMs: 0, responses: [{ topic: 'a' }] });
  });

  it('keeps the session of a client that waits', async () => {
    const { broker, clock } = await brokerWithQuotas([APP, 'consumer_byte_rate', 1_000]);
    createTopic(broker, 'a');
    const client = await connect(broker);
    await produceBytes(client, 9_000, 'producer');
    const { sessionId } = await fetchAll(client, 'app', { sessionEpoch: 0 });
    expect(sessionId).not.toBe(0);
    const refused = await fetchAll(client, 'app', { sessionId, sessionEpoch: 1 });
    expect(refused).toMatchObject({ sessionId, errorCode: 0, responses: [] });
    clock.advance(SPAN_MS + 2_000);
    const again = await fetchAll(client, 'app', { sessionId, sessionEpoch: 2 });
    expect(again).toMatchObject({ sessionId, throttleTimeMs: 0, responses: [{ topic: 'a' }] });
  });
});

describe('a percentage of request time', () => {
  it('makes clients wait for a window at most', async () => {
    const { broker } = await brokerWithQuotas([{ user: 'ANONYMOUS' }, 'request_percentage', 0.000001]);
    const { throttleTimeMs } = await (await connect(broker)).request(ListGroups, 3, {});
    expect(throttleTimeMs).toBe(1_000);
  });
});

describe('a rate of controller mutations', () => {
  const topic = (name: string, numPartitions: number) => ({
    name,
    numPartitions,
    replicationFactor: 1,
    assignments: [],
    configs: [],
  });
  const create = (client: TestClient, version: number, name: string, partitions: number) =>
    client.request(
      CreateTopics,
      version,
      { topics: [topic(name, partitions)], timeoutMs: 1000, validateOnly: false },
      'app',
    );

  it('refuses more when its permits are used up, from the versions on that know the error', async () => {
    const { broker } = await brokerWithQuotas([APP, 'controller_mutation_rate', 1]);
    const client = await connect(broker);
    // Eleven are there; a debt is taken once.
    expect(await create(client, 6, 'a', 13)).toMatchObject({ throttleTimeMs: 0, topics: [{ errorCode: 0 }] });
    const refused = await create(client, 6, 'b', 1);
    expect(refused).toMatchObject({
      throttleTimeMs: 2_000,
      topics: [{ errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED }],
    });
    expect(broker.services.metadata.topic('b')).toBeUndefined();
    const fresh = await connect(broker);
    const growth = { topics: [{ name: 'a', count: 14, assignments: null }], timeoutMs: 1000, validateOnly: false };
    expect(await fresh.request(CreatePartitions, 3, growth, 'app')).toMatchObject({
      throttleTimeMs: 2_000,
      results: [{ errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED }],
    });
    const removal = { topicNames: ['a'], timeoutMs: 1000 };
    expect(await (await connect(broker)).request(DeleteTopics, 5, removal, 'app')).toMatchObject({
      throttleTimeMs: 2_000,
      responses: [{ errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED }],
    });
    expect(broker.services.metadata.topic('a')?.partitions).toHaveLength(13);
  });

  it('lets older clients go on, and makes them wait', async () => {
    const { broker, clock } = await brokerWithQuotas([APP, 'controller_mutation_rate', 1]);
    const client = await connect(broker);
    expect(await create(client, 5, 'a', 13)).toMatchObject({ throttleTimeMs: 2_000, topics: [{ errorCode: 0 }] });
    clock.advance(2_000);
    expect(await create(client, 5, 'b', 1)).toMatchObject({ throttleTimeMs: 1_000, topics: [{ errorCode: 0 }] });
  });
});

describe('a rate of connections', () => {
  it('closes those of an address that come too early, after a wait', async () => {
    const { broker, clock } = await brokerWithQuotas([{ ip: '127.0.0.1' }, 'connection_creation_rate', 1]);
    for (let i = 0; i < 10; i++) await (await connect(broker)).request(ListGroups, 3, {});
    const early = await connect(broker);
    const answer = early.request(ListGroups, 3, {}).catch((error: Error) => error.message);
    while (clock.pendingTimers === 0) await new Promise((next) => setImmediate(next));
    await new Promise((next) => setImmediate(next));
    clock.advance(1_000);
    expect(await answer).toBe('the broker closed the connection');
    clock.advance(11_000);
    await (await connect(broker)).request(ListGroups, 3, {});
  });
});
