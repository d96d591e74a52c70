// KIP-227; expected answers are what Apache Kafka 4.3.1 gave to the same requests.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, type FetchInput, fetchPartition, fetchRequest, NOW_MS, produce } from '../data-path.ts';

const a = (...partitions: ReturnType<typeof fetchPartition>[]) => [{ topic: 'a', partitions }];

async function sessionBroker(options: Parameters<typeof startTestBroker>[0] = {}) {
  const broker = await startTestBroker(options);
  const topicId = createTopic(broker, 'a', 3);
  const client = await connect(broker);
  const send = (
    sessionId: number,
    sessionEpoch: number,
    topics: FetchInput['topics'] = [],
    more: Partial<FetchInput> = {},
    version = 11,
  ) => client.request(Fetch, version, fetchRequest(topics, { ...more, sessionId, sessionEpoch }));
  return { broker, client, topicId, send };
}

/** Partition numbers of an answer. */
function told({ responses }: Awaited<ReturnType<Awaited<ReturnType<typeof sessionBroker>>['send']>>): number[] {
  return responses.flatMap(({ partitions }) => partitions.map(({ partitionIndex }) => partitionIndex));
}

describe('a fetch session', () => {
  it('tells only what has changed', async () => {
    const { client, send } = await sessionBroker();
    const full = await send(0, 0, a(fetchPartition(0, 0), fetchPartition(1, 0)));
    expect(full.sessionId).toBeGreaterThan(0);
    expect(told(full)).toEqual([0, 1]);
    expect(told(await send(full.sessionId, 1))).toEqual([]);
    await produce(client, 'a', batch(['1']), { partition: 1 });
    const changed = await send(full.sessionId, 2);
    expect(changed).toMatchObject({ errorCode: 0, sessionId: full.sessionId });
    expect(told(changed)).toEqual([1]);
    // The position has moved: nothing new.
    expect(told(await send(full.sessionId, 3, a(fetchPartition(1, 1))))).toEqual([]);
  });

  it('tells errors each time, and the partition again when they are over', async () => {
    const { broker, client, send } = await sessionBroker();
    const { sessionId } = await send(0, 0, [{ topic: 'late', partitions: [fetchPartition(0, 0)] }]);
    expect(told(await send(sessionId, 1))).toEqual([0]);
    createTopic(broker, 'late');
    expect((await send(sessionId, 2)).responses[0]!.partitions[0]).toMatchObject({ errorCode: 0, highWatermark: 0 });
    expect(told(await send(sessionId, 3))).toEqual([]);
    await produce(client, 'late', batch(['1']));
    expect(told(await send(sessionId, 4))).toEqual([0]);
  });

  it('adds and forgets partitions', async () => {
    const { client, send } = await sessionBroker();
    const { sessionId } = await send(0, 0, a(fetchPartition(0, 0)));
    expect(told(await send(sessionId, 1, a(fetchPartition(2, 0))))).toEqual([2]);
    for (const partition of [0, 2]) await produce(client, 'a', batch(['1']), { partition });
    const forgottenTopicsData = [{ topic: 'a', partitions: [0] }];
    expect(told(await send(sessionId, 2, [], { forgottenTopicsData }))).toEqual([2]);
  });

  it('gives every partition its turn at the limit', async () => {
    const { client, send } = await sessionBroker();
    for (const partition of [0, 1, 2]) await produce(client, 'a', batch(['1']), { partition });
    const { sessionId } = await send(0, 0, a(fetchPartition(0, 0), fetchPartition(1, 0), fetchPartition(2, 0)), {
      maxBytes: 1,
    });
    const withRecords = async (epoch: number) => {
      const { responses } = await send(sessionId, epoch, [], { maxBytes: 1 });
      const partitions = responses.flatMap((topic) => topic.partitions);
      return partitions.filter(({ records }) => records!.length > 0).map(({ partitionIndex }) => partitionIndex);
    };
    expect([await withRecords(1), await withRecords(2), await withRecords(3), await withRecords(4)]).toEqual([
      [0],
      [1],
      [2],
      [0],
    ]);
  });

  it('ends when its last partition is forgotten', async () => {
    const { broker, send } = await sessionBroker();
    const { sessionId } = await send(0, 0, a(fetchPartition(0, 0)));
    const last = await send(sessionId, 1, [], { forgottenTopicsData: [{ topic: 'a', partitions: [0] }] });
    expect(last.sessionId).toBe(0);
    expect(broker.services.fetchSessions.size).toBe(0);
    expect((await send(sessionId, 2)).errorCode).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
  });

  it('ends by epoch -1, and by a new full fetch that names it', async () => {
    const { broker, send } = await sessionBroker();
    const first = await send(0, 0, a(fetchPartition(0, 0)));
    const second = await send(first.sessionId, 0, a(fetchPartition(1, 0)));
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(broker.services.fetchSessions.size).toBe(1);
    const closing = await send(second.sessionId, -1, a(fetchPartition(2, 0)));
    expect(closing.sessionId).toBe(0);
    expect(told(closing)).toEqual([2]);
    expect(broker.services.fetchSessions.size).toBe(0);
  });

  it('refuses unknown ids, wrong epochs and a change to topic ids', async () => {
    const { send } = await sessionBroker();
    expect(await send(12345, 1)).toMatchObject({ errorCode: ErrorCode.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0 });
    const { sessionId } = await send(0, 0, a(fetchPartition(0, 0)));
    expect(await send(sessionId, 7)).toMatchObject({ errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH, responses: [] });
    const byId = await send(sessionId, 1, [], {}, 13);
    expect(byId.errorCode).toBe(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    expect((await send(sessionId, 1)).errorCode).toBe(0);
  });

  it('refuses the answer to a request that another one has overtaken', async () => {
    const { broker, client, send } = await sessionBroker();
    const { sessionId } = await send(0, 0, a(fetchPartition(0, 0)));
    const other = await connect(broker);
    const request = fetchRequest([], { sessionId, sessionEpoch: 1, maxWaitMs: 300_000 });
    const overtaken = other.request(Fetch, 11, request);
    while (broker.services.fetchPurgatory.size === 0) await new Promise(setImmediate);
    expect((await send(sessionId, 2)).errorCode).toBe(0);
    await produce(client, 'a', batch(['1']));
    expect(await overtaken).toMatchObject({
      errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH,
      sessionId,
      responses: [],
    });
  });

  it('answers with the topic ids that its partitions came with', async () => {
    const { topicId, client, send } = await sessionBroker();
    const { sessionId } = await send(0, 0, [{ topicId, partitions: [fetchPartition(0, 0)] }], {}, 13);
    await produce(client, 'a', batch(['1']));
    const { responses } = await send(sessionId, 1, [], {}, 13);
    expect(responses).toMatchObject([{ topicId, partitions: [{ errorCode: 0, highWatermark: 1 }] }]);
  });
});

describe('the slots of fetch sessions', () => {
  const SLOTS = new Map([['max.incremental.fetch.session.cache.slots', '2']]);
  const MINUTES = 60_000;

  async function fullBroker() {
    const clock = new ManualClock(NOW_MS);
    const { broker, send } = await sessionBroker({ clock, overrides: SLOTS });
    const open = async (...partitions: number[]) =>
      (await send(0, 0, a(...partitions.map((partition) => fetchPartition(partition, 0))))).sessionId;
    return { clock, broker, send, open, small: await open(0), large: await open(0, 1) };
  }

  it('have no room for another young session: the fetch is answered without one', async () => {
    const { open, broker } = await fullBroker();
    expect(await open(0, 1, 2)).toBe(0);
    expect(broker.services.fetchSessions.size).toBe(2);
  });

  it('go from a session that was not used for two minutes to any other', async () => {
    const { clock, open, send, small, large } = await fullBroker();
    clock.advance(1 * MINUTES);
    await send(small, 1);
    clock.advance(1 * MINUTES + 1);
    expect(await open(2)).toBeGreaterThan(0);
    expect((await send(large, 1)).errorCode).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    expect((await send(small, 2)).errorCode).toBe(0);
  });

  it('go from a session of two minutes to a larger one only', async () => {
    const { clock, open, send, small, large } = await fullBroker();
    clock.advance(1 * MINUTES);
    for (const id of [small, large]) await send(id, 1);
    clock.advance(1 * MINUTES + 1);
    expect(await open(2)).toBe(0);
    expect(await open(0, 1)).toBeGreaterThan(0);
    expect((await send(small, 2)).errorCode).toBe(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    expect((await send(large, 2)).errorCode).toBe(0);
  });
});
