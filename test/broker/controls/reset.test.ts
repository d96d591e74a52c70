import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { ListTransactions } from '../../../src/protocol/messages/list-transactions.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import type { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';

async function fill(client: TestClient): Promise<void> {
  await client.request(Metadata, 9, { topics: [{ name: 'orders' }] });
  await produce(client, 'orders', batch(['a']));
  await client.request(JoinGroup, 3, {
    groupId: 'shop',
    sessionTimeoutMs: 10_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
  });
  await client.request(InitProducerId, 2, { transactionalId: 't', transactionTimeoutMs: 1000 });
}

async function contents(client: TestClient) {
  const { topics, clusterId } = await client.request(Metadata, 9, { topics: null });
  const { groups } = await client.request(ListGroups, 3, {});
  const { transactionStates } = await client.request(ListTransactions, 0, { stateFilters: [], producerIdFilters: [] });
  return { clusterId, topics: topics.length, groups: groups.length, transactions: transactionStates.length };
}

test('nothing is left but the address and the cluster id', async () => {
  const broker = await startTestBroker({ clock: 'manual', recordRequests: true });
  const clock = broker.services.clock as ManualClock;
  const timers = clock.pendingTimers;
  const { port, clusterId } = broker;
  const before = await connect(broker);
  await fill(before);
  expect(await contents(before)).toEqual({ clusterId, topics: 3, groups: 1, transactions: 1 });
  const fault = broker.faults.always('*', { drop: true });
  await broker.reset();
  await before.closed;
  expect(fault.isActive).toBe(false);
  expect(clock.pendingTimers).toBe(timers);
  expect(broker.requests.all()).toEqual([]);
  expect(broker).toMatchObject({ port, clusterId });
  const after = await connect(broker);
  expect(await contents(after)).toEqual({ clusterId, topics: 0, groups: 0, transactions: 0 });
  await fill(after);
  expect((await produce(after, 'orders', batch(['b']))).baseOffset).toBe(1);
});

test('requests that come meanwhile wait, those in hand end', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const hit = broker.faults.next('ApiVersions', { stall: true }).nextHit();
  const stalled = client.request(ApiVersions, 0, {});
  stalled.catch(() => {});
  await hit;
  const reset = broker.reset();
  const later = await connect(broker);
  const answer = later.request(ApiVersions, 0, {});
  await expect(stalled).rejects.toThrow('closed');
  await reset;
  // The new connection may have been among those that were closed.
  await answer.catch(() => {});
  expect((await (await connect(broker)).request(ApiVersions, 0, {})).errorCode).toBe(0);
});

test('takes milliseconds, also with many topics', async () => {
  const broker = await startTestBroker();
  for (let i = 0; i < 100; i++) createTopic(broker, `topic-${i}`);
  const client = await connect(broker);
  await produce(client, 'topic-0', batch(['a']));
  const startedMs = performance.now();
  await broker.reset();
  console.log(`reset of 100 topics: ${(performance.now() - startedMs).toFixed(1)} ms`);
  expect([...broker.services.metadata.topics()]).toEqual([]);
});

test('a client that knows nothing of it goes on', async () => {
  const broker = await startTestBroker();
  const kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING, retry: { initialRetryTime: 10 } });
  const producer = kafka.producer();
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  for (let round = 0; round < 3; round++) {
    const [sent] = await producer.send({ topic: 'orders', messages: [{ value: `${round}` }] });
    expect(sent?.baseOffset).toBe('0');
    await broker.reset();
  }
});

test('data on disk is not touched', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ktool-reset-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const broker = await startTestBroker({ dataDir });
  createTopic(broker, 'orders');
  await expect(broker.reset()).rejects.toThrow(`keeps its data in ${dataDir}`);
  expect(broker.services.metadata.topic('orders')).toBeDefined();
});

test('a broker that was stopped cannot be reset', async () => {
  const broker = await startTestBroker();
  const stopped = broker.stop();
  expect(broker.close()).toBe(stopped);
  await expect(broker.reset()).rejects.toThrow('stopped');
  await stopped;
});
