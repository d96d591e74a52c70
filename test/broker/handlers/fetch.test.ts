// Expected answers are what Apache Kafka 4.3.1 gave to the same requests.
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { FIELD } from '../../../src/protocol/records/batch.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, fetchRequest, produce } from '../data-path.ts';

const GHOST = 'ZZZZZZZZZZZZZZZZZZZZZg';
const NO_OFFSETS = { highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 };

/** A topic `a` with two partitions; the first has three batches of two records each. */
async function brokerWithRecords() {
  const broker = await startTestBroker();
  const topicId = createTopic(broker, 'a', 2);
  const client = await connect(broker);
  for (const name of ['x', 'y', 'z']) await produce(client, 'a', batch([`${name}1`, `${name}2`]));
  return { broker, client, topicId };
}

const a = (...partitions: ReturnType<typeof fetchPartition>[]) => [{ topic: 'a', partitions }];
const BATCH_BYTES = batch(['x1', 'x2']).length;

describe('fetch', () => {
  it.each([4, 5, 7, 9, 11, 12])('reads in version %i', async (version) => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, 0)), {}, version);
    expect(read).toMatchObject({ partitionIndex: 0, errorCode: 0, highWatermark: 6, lastStableOffset: 6 });
    expect(read).toMatchObject({
      logStartOffset: version >= 5 ? 0 : -1,
      abortedTransactions: null,
      preferredReadReplica: -1,
    });
    expect(read!.records).toHaveLength(3 * BATCH_BYTES);
  });

  it('returns what was produced, but for offset and leader epoch', async () => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, 2)));
    const expected = batch(['y1', 'y2']);
    expect(Number(read!.records!.readBigInt64BE(0))).toBe(2);
    expect(read!.records!.subarray(FIELD.magic, BATCH_BYTES)).toEqual(expected.subarray(FIELD.magic));
  });

  it('begins with the batch that has the offset', async () => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, 3)));
    expect(Number(read!.records!.readBigInt64BE(0))).toBe(2);
    expect(read!.records).toHaveLength(2 * BATCH_BYTES);
  });

  it.each([13, 15, 16, 17, 18])('reads by topic id in version %i', async (version) => {
    const { client, topicId } = await brokerWithRecords();
    const topics = [
      { topicId, partitions: [fetchPartition(0, 4)] },
      { topicId: GHOST, partitions: [fetchPartition(0, 0)] },
    ];
    const [known, unknown] = await fetch(client, topics, {}, version);
    expect(known!.records).toHaveLength(BATCH_BYTES);
    expect(unknown).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_ID, ...NO_OFFSETS, abortedTransactions: [] });
  });

  it('answers unknown partitions beside known ones', async () => {
    const { client } = await brokerWithRecords();
    const topics = [
      ...a(fetchPartition(0, 0), fetchPartition(7, 0)),
      { topic: 'nope', partitions: [fetchPartition(0, 0)] },
    ];
    const codes = (await fetch(client, topics)).map(({ errorCode }) => errorCode);
    expect(codes).toEqual([0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  });

  it.each([-1, 7])('does not have offset %i', async (offset) => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, offset)), { maxWaitMs: 60_000 });
    expect(read).toMatchObject({ errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, ...NO_OFFSETS, records: Buffer.alloc(0) });
  });

  it('tells read_committed consumers of aborted transactions: none', async () => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, 0)), { isolationLevel: 1 });
    expect(read).toMatchObject({ errorCode: 0, abortedTransactions: [] });
  });

  it('checks the leader epoch of the client', async () => {
    const { client } = await brokerWithRecords();
    const [same] = await fetch(client, a(fetchPartition(0, 0, { currentLeaderEpoch: 0 })));
    expect(same!.errorCode).toBe(0);
    const [ahead] = await fetch(client, a(fetchPartition(0, 0, { currentLeaderEpoch: 5 })));
    expect(ahead).toMatchObject({ errorCode: ErrorCode.UNKNOWN_LEADER_EPOCH, ...NO_OFFSETS });
  });

  it('tells a client that is behind who leads, and where, from version 16 on', async () => {
    const files = memoryFiles();
    const first = await startTestBroker({ files, dataDir: '/data' });
    const topicId = createTopic(first, 'a');
    await first.close();
    files.remove('/data/.kafka_cleanshutdown');
    const second = await startTestBroker({ files, dataDir: '/data' });
    const client = await connect(second);
    const topics = [{ topicId, partitions: [fetchPartition(0, 0, { currentLeaderEpoch: 0 })] }];
    const { responses, nodeEndpoints } = await client.request(Fetch, 16, fetchRequest(topics));
    expect(responses[0]!.partitions[0]).toMatchObject({
      errorCode: ErrorCode.FENCED_LEADER_EPOCH,
      currentLeader: { leaderId: 1, leaderEpoch: 1 },
    });
    expect(nodeEndpoints).toMatchObject([{ nodeId: 1, host: '127.0.0.1', port: second.port, rack: null }]);
    expect((await client.request(Fetch, 15, fetchRequest(topics))).nodeEndpoints).toEqual([]);
  });

  it('says where the client’s records leave the log', async () => {
    const { client } = await brokerWithRecords();
    const [beyond] = await fetch(client, a(fetchPartition(0, 999, { lastFetchedEpoch: 0 })), {}, 12);
    expect(beyond).toMatchObject({
      errorCode: 0,
      divergingEpoch: { epoch: 0, endOffset: 6 },
      records: Buffer.alloc(0),
    });
    const [unknown] = await fetch(client, a(fetchPartition(0, 2, { lastFetchedEpoch: 3 })), {}, 12);
    expect(unknown!.errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
    const [agrees] = await fetch(client, a(fetchPartition(0, 2, { lastFetchedEpoch: 0 })), {}, 12);
    expect(agrees).toMatchObject({ divergingEpoch: { epoch: -1, endOffset: -1 } });
    expect(agrees!.records).toHaveLength(2 * BATCH_BYTES);
  });

  it('has nothing for followers', async () => {
    const { client } = await brokerWithRecords();
    const [read] = await fetch(client, a(fetchPartition(0, 0)), { replicaId: 2 });
    expect(read).toMatchObject({ errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER, ...NO_OFFSETS });
  });
});

describe('limits of a fetch (KIP-74)', () => {
  it('returns the first batch even if it is larger than every limit', async () => {
    const { client } = await brokerWithRecords();
    const tooSmall = fetchPartition(0, 0, { partitionMaxBytes: 10 });
    expect((await fetch(client, a(tooSmall), { maxBytes: 10 }))[0]!.records).toHaveLength(BATCH_BYTES);
  });

  it('returns as many whole batches of a partition as fit', async () => {
    const { client } = await brokerWithRecords();
    const two = fetchPartition(0, 0, { partitionMaxBytes: 2 * BATCH_BYTES + 5 });
    expect((await fetch(client, a(two)))[0]!.records).toHaveLength(2 * BATCH_BYTES);
  });

  it('lets only the first partition that has records go beyond the limit', async () => {
    const { client } = await brokerWithRecords();
    await produce(client, 'a', batch(['p1', 'p2']), { partition: 1 });
    const small = (index: number) => fetchPartition(index, 0, { partitionMaxBytes: 10 });
    const sizes = (await fetch(client, a(small(1), small(0)))).map(({ records }) => records!.length);
    expect(sizes).toEqual([BATCH_BYTES, 0]);
  });

  it('shares max.bytes between partitions in their order', async () => {
    const { client } = await brokerWithRecords();
    await produce(client, 'a', batch(['p1', 'p2']), { partition: 1 });
    const maxBytes = 3 * BATCH_BYTES + 10;
    const sizes = (await fetch(client, a(fetchPartition(0, 0), fetchPartition(1, 0)), { maxBytes })).map(
      ({ records }) => records!.length,
    );
    expect(sizes).toEqual([3 * BATCH_BYTES, 0]);
  });

  it('never returns more than fetch.max.bytes of the broker', async () => {
    const broker = await startTestBroker({ overrides: new Map([['fetch.max.bytes', '1024']]) });
    createTopic(broker, 'a');
    const client = await connect(broker);
    for (let i = 0; i < 4; i++) await produce(client, 'a', batch(['v'.repeat(400)]));
    const [read] = await fetch(client, a(fetchPartition(0, 0)));
    expect(read!.records!.length).toBeLessThanOrEqual(1024);
    expect(read!.records!.length).toBeGreaterThan(512);
  });
});

describe('fetch after topics came and went', () => {
  it('does not take a new topic for an old one of its name', async () => {
    const { broker, client, topicId } = await brokerWithRecords();
    const full = await client.request(
      Fetch,
      13,
      fetchRequest([{ topicId, partitions: [fetchPartition(0, 6)] }], { sessionEpoch: 0 }),
    );
    broker.services.metadata.deleteTopic(topicId);
    const incremental = (sessionEpoch: number) =>
      client.request(Fetch, 13, fetchRequest([], { sessionId: full.sessionId, sessionEpoch }));
    const gone = await incremental(1);
    expect(gone.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    createTopic(broker, 'a');
    const other = await incremental(2);
    expect(other.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INCONSISTENT_TOPIC_ID);
  });
});
