import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { AddPartitionsToTxn } from '../../../src/protocol/messages/add-partitions-to-txn.ts';
import { DescribeTransactions } from '../../../src/protocol/messages/describe-transactions.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import type { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';
import { initialize, ShareMember } from '../shares/share-member.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test('retention goes by it, and a connection does not mind', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  createTopic(broker, 'orders', 1, { 'retention.ms': String(HOUR_MS) });
  const client = await connect(broker);
  await produce(client, 'orders', batch(['a', 'b']));
  const log = broker.services.logs.get('orders', 0)!;
  await broker.advance(HOUR_MS / 2);
  expect(log.logStartOffset).toBe(0);
  await broker.advance(HOUR_MS);
  expect(log.logStartOffset).toBe(2);
  expect((await produce(client, 'orders', batch(['c']))).baseOffset).toBe(2);
});

test('compaction is done when it resolves', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  const configs = { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0', 'segment.bytes': '1048576' };
  createTopic(broker, 'prices', 1, configs);
  const client = await connect(broker);
  for (let i = 0; i < 30; i++) await produce(client, 'prices', batch(['x'.repeat(100_000)]));
  const log = broker.services.logs.get('prices', 0)!;
  const before = log.sizeInBytes;
  await broker.advance(60_000);
  expect(log.sizeInBytes).toBeLessThan(before / 2);
});

test('waiting fetches end by it', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  createTopic(broker, 'orders');
  const reader = await connect(broker);
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }];
  const asked = broker.requests.waitFor('Fetch');
  let answered = false;
  const fetched = reader
    .request(Fetch, 11, { maxWaitMs: 20_000, minBytes: 1, topics: [{ topic: 'orders', partitions }] })
    .finally(() => {
      answered = true;
    });
  await asked;
  await broker.advance(19_999);
  expect(answered).toBe(false);
  await broker.advance(1);
  expect((await fetched).errorCode).toBe(0);
});

test('sessions of members end by it', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  const member = await connect(broker);
  const request = {
    groupId: 'shop',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
  };
  const { memberId, generationId } = await member.request(JoinGroup, 3, { ...request, memberId: '' });
  const alive = async () =>
    (await member.request(Heartbeat, 3, { groupId: 'shop', generationId, memberId })).errorCode === 0;
  await broker.advance(9_999);
  expect(await alive()).toBe(true);
  await broker.advance(10_000);
  expect(await alive()).toBe(false);
});

test('transactions are aborted by it', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  createTopic(broker, 'orders');
  const client = await connect(broker);
  const { producerId, producerEpoch } = await client.request(InitProducerId, 2, {
    transactionalId: 't',
    transactionTimeoutMs: 60_000,
  });
  const topics = [{ name: 'orders', partitions: [0] }];
  const begin = {
    v3AndBelowTransactionalId: 't',
    v3AndBelowProducerId: producerId,
    v3AndBelowProducerEpoch: producerEpoch,
  };
  await client.request(AddPartitionsToTxn, 3, { ...begin, v3AndBelowTopics: topics });
  const state = async () =>
    (await client.request(DescribeTransactions, 0, { transactionalIds: ['t'] })).transactionStates[0]?.transactionState;
  expect(await state()).toBe('Ongoing');
  await broker.advance(59_000);
  expect(await state()).toBe('Ongoing');
  await broker.advance(20_000);
  expect(await state()).toBe('CompleteAbort');
});

test("a share group's locks end by it, and a reset leaves none", async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  const timers = (broker.services.clock as ManualClock).pendingTimers;
  createTopic(broker, 't');
  initialize(broker);
  const client = await connect(broker);
  await produce(client, 't', batch(['a']));
  const [first, second] = [await ShareMember.join(broker), await ShareMember.join(broker)];
  expect(await first.receive()).toMatchObject([{ offset: 0, deliveryCount: 1 }]);
  await broker.advance(29_999);
  expect(await second.receive()).toEqual([]);
  await broker.advance(1);
  expect(await second.receive()).toMatchObject([{ offset: 0, deliveryCount: 2 }]);
  await broker.reset();
  expect((broker.services.clock as ManualClock).pendingTimers).toBe(timers);
});

test('days take moments', async () => {
  const broker = await startTestBroker({ clock: 'manual' });
  createTopic(broker, 'orders');
  const startedMs = performance.now();
  const nowMs = broker.services.clock.nowMs();
  await broker.advance(3 * DAY_MS);
  console.log(`advance by 3 days: ${(performance.now() - startedMs).toFixed(0)} ms`);
  expect(broker.services.clock.nowMs()).toBe(nowMs + 3 * DAY_MS);
});

test('only a clock of its own can be moved, and only on', async () => {
  const real = await startTestBroker();
  await expect(real.advance(1)).rejects.toThrow("clock: 'manual'");
  const own = await startTestBroker({ clock: 'manual' });
  await expect(own.advance(-1)).rejects.toThrow('not negative');
  await expect(own.advance(Number.NaN)).rejects.toThrow('not negative');
});
