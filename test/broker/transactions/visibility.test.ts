// What others see of a transaction: readers, groups, administrators.
import { describe, expect, it } from 'vitest';
import { DescribeProducers } from '../../../src/protocol/messages/describe-producers.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { ListTransactions } from '../../../src/protocol/messages/list-transactions.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { WriteTxnMarkers } from '../../../src/protocol/messages/write-txn-markers.ts';
import { batches } from '../../../src/protocol/records/read.ts';
import type { RequestInput } from '../../../src/protocol/schema.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, NOW_MS, produce } from '../data-path.ts';
import { TIMEOUT_MS, TOPIC, TransactionSession } from './transaction-session.ts';

async function open() {
  const clock = new ManualClock(NOW_MS);
  const broker = await startTestBroker({ clock, overrides: new Map([['offsets.topic.num.partitions', '1']]) });
  const topicId = createTopic(broker, TOPIC, 3);
  const client = await connect(broker);
  return { broker, clock, client, session: new TransactionSession(client, topicId) };
}

type Opened = Awaited<ReturnType<typeof open>>;

async function readCommitted({ client }: Opened, offset = 0) {
  const topics = [{ topic: TOPIC, partitions: [fetchPartition(0, offset)] }];
  const [read] = await fetch(client, topics, { isolationLevel: 1 });
  const found = [...batches(read!.records ?? Buffer.alloc(0))].map(({ header }) => header.baseOffset);
  return { offsets: found, aborted: read!.abortedTransactions, lastStableOffset: read!.lastStableOffset };
}

describe('readers of committed records', () => {
  it('see nothing from the first undecided transaction on, and which ones were aborted', async () => {
    const opened = await open();
    const { session, client } = opened;
    const [one, two] = [await session.init('one'), await session.init('two')];
    const ids = { one: one.producerId, two: two.producerId };
    await produce(client, TOPIC, batch(['plain']));
    await session.produce(one, 0, 12);
    await session.produce(two, 0, 12);
    expect(await readCommitted(opened)).toEqual({ offsets: [0], aborted: [], lastStableOffset: 1 });
    await session.end(two, false, 5);
    expect((await readCommitted(opened)).lastStableOffset).toBe(1);
    await session.end(one, true, 5);
    const aborted = [{ producerId: ids.two, firstOffset: 2 }];
    expect(await readCommitted(opened)).toEqual({ offsets: [0, 1, 2, 3, 4], aborted, lastStableOffset: 5 });
    expect((await readCommitted(opened, 4)).aborted).toEqual([]);
  });

  it('wait for a transaction to be decided', async () => {
    const opened = await open();
    const producer = await opened.session.init('tx');
    await opened.session.produce(producer, 0, 12);
    const reader = await connect(opened.broker);
    const topics = [{ topic: TOPIC, partitions: [fetchPartition(0, 0)] }];
    const waiting = fetch(reader, topics, { isolationLevel: 1, maxWaitMs: 30_000 });
    await opened.session.end(producer, true, 5);
    expect((await waiting)[0]!.records!.length).toBeGreaterThan(0);
  });

  it('are not held up by a partition that was deleted from a transaction', async () => {
    const { session, broker } = await open();
    createTopic(broker, 'doomed');
    const producer = await session.init('tx');
    await session.produce(producer, 0, 12);
    broker.services.transactions.addPartitions('tx', {
      ...producer,
      partitions: [{ topic: 'doomed', partition: 0 }],
      transactionVersion: 2,
    });
    broker.services.metadata.deleteTopic(broker.services.metadata.topic('doomed')!.id);
    await session.end(producer, true, 5);
    expect(await session.describe('tx')).toMatchObject({ transactionState: 'CompleteCommit' });
  });
});

describe('offsets in transactions', () => {
  async function fetchOffset({ client }: Opened, requireStable: boolean) {
    const groups = [{ groupId: 'readers', topics: [{ name: TOPIC, partitionIndexes: [0, 1] }] }];
    const answer = await client.request(OffsetFetch, 9, { groups, requireStable });
    return answer.groups[0]!.topics[0]!.partitions.map(({ committedOffset, errorCode }) => [
      committedOffset,
      errorCode,
    ]);
  }

  it('are told to nobody who wants stable ones while they are undecided', async () => {
    const opened = await open();
    const producer = await opened.session.init('tx');
    await opened.session.commitOffsets(producer, 5);
    expect(await fetchOffset(opened, false)).toEqual([
      [-1, 0],
      [-1, 0],
    ]);
    expect(await fetchOffset(opened, true)).toEqual([
      [-1, 88],
      [-1, 0],
    ]);
    await opened.session.end(producer, true, 5);
    expect(await fetchOffset(opened, true)).toEqual([
      [7, 0],
      [-1, 0],
    ]);
  });

  it('are dropped when the transaction is aborted', async () => {
    const opened = await open();
    const producer = await opened.session.init('tx');
    await opened.session.commitOffsets(producer, 5);
    await opened.session.end(producer, false, 5);
    expect(await fetchOffset(opened, true)).toEqual([
      [-1, 0],
      [-1, 0],
    ]);
  });

  it('do not undo an offset that was committed after them', async () => {
    const opened = await open();
    const [one, two] = [await opened.session.init('one'), await opened.session.init('two')];
    const offset = (committedOffset: number) => ({
      topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] }],
    });
    await opened.session.commitOffsets(one, 5, offset(10));
    await opened.session.commitOffsets(two, 5, offset(20));
    await opened.session.end(two, true, 5);
    await opened.session.end(one, true, 5);
    expect(await fetchOffset(opened, true)).toEqual([
      [20, 0],
      [-1, 0],
    ]);
  });

  it('go with the group when it is deleted', async () => {
    const opened = await open();
    const producer = await opened.session.init('tx');
    await opened.session.commitOffsets(producer, 5);
    opened.broker.services.groups.deleteGroup('readers');
    await opened.session.end(producer, true, 5);
    expect(await fetchOffset(opened, true)).toEqual([
      [-1, 0],
      [-1, 0],
    ]);
  });
});

describe('administrators', () => {
  const list = async ({ client }: Opened, filters: Partial<RequestInput<typeof ListTransactions>> = {}) => {
    const answer = await client.request(ListTransactions, 2, { stateFilters: [], producerIdFilters: [], ...filters });
    const ids = answer.transactionStates.map(({ transactionalId }) => transactionalId);
    return { errorCode: answer.errorCode, unknown: answer.unknownStateFilters, ids: ids.sort() };
  };

  it('list transactional ids by state, producer, duration and pattern', async () => {
    const opened = await open();
    const a = await opened.session.init('app-1');
    const b = await opened.session.init('app-2');
    await opened.session.addPartitions(b, [0]);
    opened.clock.advance(5000);
    const all = { errorCode: 0, unknown: [], ids: ['app-1', 'app-2'] };
    expect(await list(opened)).toEqual(all);
    expect((await list(opened, { stateFilters: ['Ongoing'] })).ids).toEqual(['app-2']);
    expect(await list(opened, { stateFilters: ['Odd'] })).toEqual({ errorCode: 0, unknown: ['Odd'], ids: [] });
    expect((await list(opened, { producerIdFilters: [a.producerId] })).ids).toEqual(['app-1']);
    expect((await list(opened, { durationFilter: 4999, stateFilters: ['Ongoing'] })).ids).toEqual(['app-2']);
    expect((await list(opened, { durationFilter: 5000, stateFilters: ['Ongoing'] })).ids).toEqual([]);
    expect((await list(opened, { transactionalIdPattern: 'app-[13]' })).ids).toEqual(['app-1']);
    expect((await list(opened, { transactionalIdPattern: 'app' })).ids).toEqual([]);
    expect((await list(opened, { transactionalIdPattern: '(' })).errorCode).toBe(128);
  });

  it('find producers with an open transaction, and end it by hand', async () => {
    const opened = await open();
    const { session, client } = opened;
    const producer = await session.init('tx');
    await session.produce(producer, 0, 12);
    const topics = [
      { name: TOPIC, partitionIndexes: [0, 9] },
      { name: 'none', partitionIndexes: [0] },
      { name: '.', partitionIndexes: [0] },
    ];
    const described = await client.request(DescribeProducers, 0, { topics });
    const [found, beyond, none, invalid] = described.topics.flatMap(({ partitions }) => partitions);
    expect(found!.activeProducers).toMatchObject([
      {
        producerId: producer.producerId,
        producerEpoch: 0,
        lastSequence: 0,
        coordinatorEpoch: -1,
        currentTxnStartOffset: 0,
      },
    ]);
    expect([beyond, none, invalid].map((partition) => partition!.errorCode)).toEqual([3, 3, 17]);
    const marker = { producerId: producer.producerId, transactionResult: false, coordinatorEpoch: -1 };
    const write = (producerEpoch: number, transactionVersion: number) =>
      client.request(WriteTxnMarkers, 2, {
        markers: [
          { ...marker, producerEpoch, transactionVersion, topics: [{ name: TOPIC, partitionIndexes: [0, 9] }] },
        ],
      });
    const codes = async (...of: [number, number]) =>
      (await write(...of)).markers[0]!.topics[0]!.partitions.map(({ errorCode }) => errorCode);
    expect(await codes(-1, 0)).toEqual([-1, 3]);
    expect(await codes(0, 2)).toEqual([47, 3]);
    expect(await codes(0, 0)).toEqual([0, 3]);
    expect((await readCommitted(opened)).lastStableOffset).toBe(2);
  });

  it('are told where the coordinator is only when its topic can be', async () => {
    const overrides = new Map([['transaction.state.log.replication.factor', '3']]);
    const client = await connect(await startTestBroker({ overrides }));
    expect((await client.request(FindCoordinator, 3, { key: 't', keyType: 1 })).errorCode).toBe(15);
  });
});

describe('produce', () => {
  it('refuses batches of two producers in one request, and control batches', async () => {
    const { session, client } = await open();
    const one = await session.init('one');
    const records = (producerId: number, more = {}) =>
      batch(['v'], { transactional: true, producerId, producerEpoch: 0, baseSequence: 0, ...more });
    const control = await produce(client, TOPIC, records(one.producerId, { control: true }), {
      version: 12,
      transactionalId: 'one',
    });
    expect(control.errorCode).toBe(87);
    const partitionData = [one.producerId, 999].map((id, index) => ({ index, records: records(id) }));
    const topicData = [{ name: TOPIC, partitionData }];
    const mixed = await client.request(Produce, 12, {
      transactionalId: 'one',
      acks: -1,
      timeoutMs: TIMEOUT_MS,
      topicData,
    });
    expect(mixed.responses[0]!.partitionResponses.map(({ errorCode }) => errorCode)).toEqual([49, 49]);
  });
});
