// What becomes of transactions when the broker stops and starts again, cleanly or not, and what time does to them.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../../src/broker/start.ts';
import { transactionRecord } from '../../../src/broker/transactions/records.ts';
import type { Transaction } from '../../../src/broker/transactions/transaction.ts';
import { TransactionTopic } from '../../../src/broker/transactions/transaction-topic.ts';
import { type MemoryFiles, memoryFiles } from '../../../src/log/memory-files.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect } from '../../helpers/client.ts';
import { createTopic, fetch, fetchPartition, NOW_MS } from '../data-path.ts';
import { type Producer, TIMEOUT_MS, TOPIC, TransactionSession } from './transaction-session.ts';

const HOUR_MS = 3600_000;

async function open(files: MemoryFiles, clock = new ManualClock(NOW_MS)) {
  const overrides = new Map([
    ['offsets.topic.num.partitions', '1'],
    ['connections.max.idle.ms', '1000000000000'],
    ['transactional.id.expiration.ms', String(6 * HOUR_MS)],
  ]);
  const broker = await startBroker({ port: 0, files, dataDir: '/data', clock, overrides });
  onTestFinished(() => broker.close());
  if (!broker.services.metadata.topic(TOPIC)) createTopic(broker, TOPIC, 3);
  const client = await connect(broker);
  const session = new TransactionSession(client, broker.services.metadata.topic(TOPIC)!.id);
  const log = () => broker.services.logs.get(TOPIC, 0)!;
  return { broker, client, session, clock, log };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function committedOffset({ broker }: Opened): Promise<number | undefined> {
  return broker.services.groups.offsets('readers').get(TOPIC)?.get(0)?.offset;
}

/** Puts a decided transaction on record as if the broker had been killed before the markers were written. */
async function decide(opened: Opened, producer: Producer, state: Transaction['state']): Promise<void> {
  const { services } = opened.broker;
  const current = services.transactions.describe(producer.transactionalId);
  const decided = { ...current, state, producerEpoch: current.producerEpoch + 1, clientTransactionVersion: 2 };
  const topic = new TransactionTopic({ ...services, config: () => services.config });
  topic.append(producer.transactionalId, transactionRecord(decided, 2));
}

async function begin({ session }: Opened, transactionalId = 'tx'): Promise<Producer> {
  const producer = await session.init(transactionalId);
  await session.produce(producer, 0, 12);
  await session.commitOffsets(producer, 5);
  return producer;
}

describe('a restart', () => {
  it.each([
    ['PrepareCommit', 'CompleteCommit', 7],
    ['PrepareAbort', 'CompleteAbort', undefined],
  ] as const)('completes what was in %s', async (state, complete, offset) => {
    const files = memoryFiles();
    const before = await open(files);
    const producer = await begin(before);
    await decide(before, producer, state);
    await before.broker.close();

    const after = await open(files);
    expect(await after.session.describe('tx')).toMatchObject({ transactionState: complete, producerEpoch: 1 });
    expect(after.log().lastStableOffset).toBe(after.log().logEndOffset);
    expect(await committedOffset(after)).toBe(offset);
    const [read] = await fetch(after.client, [{ topic: TOPIC, partitions: [fetchPartition(0, 0)] }], {
      isolationLevel: 1,
    });
    expect(read!.abortedTransactions).toEqual(
      state === 'PrepareAbort' ? [{ producerId: producer.producerId, firstOffset: 0 }] : [],
    );
  });

  it('leaves an ongoing transaction open, to be committed with its offsets', async () => {
    const files = memoryFiles();
    const before = await open(files);
    const producer = await begin(before);
    await before.broker.close();
    const after = await open(files);
    expect(after.log().lastStableOffset).toBe(0);
    expect(after.broker.services.groups.hasPendingOffset('readers', TOPIC, 0)).toBe(true);
    await after.session.end(producer, true, 5);
    expect(after.log().lastStableOffset).toBe(2);
    expect(await committedOffset(after)).toBe(7);
    expect(after.broker.services.groups.hasPendingOffset('readers', TOPIC, 0)).toBe(false);
  });

  it.each(['CompleteCommit', 'CompleteAbort'])('goes on from %s, and repeats its answer', async (state) => {
    const files = memoryFiles();
    const committed = state === 'CompleteCommit';
    const before = await open(files);
    const producer = await begin(before);
    const first = { ...producer };
    await before.session.end(producer, committed, 5);
    await before.broker.close();
    const after = await open(files);
    expect(await after.session.describe('tx')).toMatchObject({ transactionState: state, topics: [] });
    const repeated = await after.session.request(EndTxn, 5, { ...first, committed });
    expect(repeated).toMatchObject({ errorCode: 0, producerEpoch: producer.producerEpoch });
    await after.session.produce(producer, 0, 12);
    await after.session.end(producer, true, 5);
    expect(producer.producerEpoch).toBe(2);
  });

  it('does not forget an empty id: the epoch goes up', async () => {
    const files = memoryFiles();
    const before = await open(files);
    const { producerId } = await before.session.init('tx');
    await before.broker.close();
    expect(await (await open(files)).session.init('tx')).toMatchObject({ producerId, producerEpoch: 1 });
  });
});

describe('time', () => {
  it('aborts a transaction that is open for too long and fences its producer', async () => {
    const opened = await open(memoryFiles());
    const { session, clock, log } = opened;
    const producer = await begin(opened);
    clock.advance(TIMEOUT_MS);
    expect(log().lastStableOffset).toBe(0);
    clock.advance(10_000);
    expect(log().lastStableOffset).toBe(log().logEndOffset);
    expect(await session.describe('tx')).toMatchObject({ transactionState: 'CompleteAbort', producerEpoch: 1 });
    expect(await committedOffset(opened)).toBeUndefined();
    const { responses } = await session.produce(producer, 0, 12, 1);
    expect(responses[0]!.partitionResponses[0]!.errorCode).toBe(47);
    const late = await session.request(EndTxn, 5, { ...producer, committed: true });
    expect(late.errorCode).toBe(48);
  });

  it('forgets ids that were not used for transactional.id.expiration.ms, for good', async () => {
    const files = memoryFiles();
    const opened = await open(files);
    const { producerId } = await opened.session.init('idle');
    const ongoing = await opened.session.init('ongoing');
    opened.clock.advance(5 * HOUR_MS);
    await opened.session.addPartitions(ongoing, [0]);
    // The hour, and that until somebody looks.
    opened.clock.advance(2 * HOUR_MS);
    expect(await opened.session.describe('idle')).toMatchObject({ errorCode: 105 });
    expect(await opened.session.describe('ongoing')).toMatchObject({ errorCode: 0 });
    await opened.broker.close();
    const after = await open(files, opened.clock);
    expect(await after.session.init('idle')).not.toMatchObject({ producerId });
  });

  it('leaves no timer behind when the broker stops', async () => {
    const { broker, clock, session } = await open(memoryFiles());
    await session.init('tx');
    await broker.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('the end of the epochs', () => {
  it('brings a new producer id, in EndTxn and in InitProducerId', async () => {
    const opened = await open(memoryFiles());
    const { session, broker } = opened;
    const { transactions, config } = broker.services;
    for (const [id, version] of [
      ['v2', 5],
      ['v1', 4],
    ] as const) {
      const producer = await session.init(id);
      for (let epoch = 1; epoch <= 0x7ffe; epoch++) transactions.initProducerId(id, config.transactionMaxTimeoutMs);
      const last = { ...producer, producerEpoch: 0x7ffe };
      if (version === 5) await session.produce(last, 0, 12);
      else await session.addPartitions(last, [0]);
      const answer = await session.request(EndTxn, version, { ...last, committed: true });
      expect(answer.errorCode).toBe(0);
      if (version === 5) {
        expect(answer.producerEpoch).toBe(0);
        expect(answer.producerId).not.toBe(producer.producerId);
        expect(await session.request(EndTxn, 5, { ...last, committed: true })).toEqual(answer);
      }
      const next = await session.init(id);
      expect(next.producerEpoch).toBe(version === 5 ? 1 : 0);
      expect(next.producerId).not.toBe(producer.producerId);
    }
    const goesOn = { transactionalId: 'v1', transactionTimeoutMs: TIMEOUT_MS };
    const refused = await session.request(InitProducerId, 5, { ...goesOn, producerId: 777, producerEpoch: 0 });
    expect(refused.errorCode).toBe(90);
  });
});
