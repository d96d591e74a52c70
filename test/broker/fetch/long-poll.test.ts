import { describe, expect, it } from 'vitest';
import type { Broker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, NOW_MS, produce } from '../data-path.ts';

const LONG_MS = 300_000;
const BATCH_BYTES = batch(['1']).length;
const a = (...partitions: ReturnType<typeof fetchPartition>[]) => [{ topic: 'a', partitions }];

async function brokerWithTopic(options: Parameters<typeof startTestBroker>[0] = {}) {
  const broker = await startTestBroker(options);
  const topicId = createTopic(broker, 'a', 2);
  return { broker, topicId, producer: await connect(broker) };
}

/** Resolves when `count` fetches wait. */
async function waiting(broker: Broker, count: number): Promise<void> {
  while (broker.services.fetchPurgatory.size !== count) await new Promise(setImmediate);
}

describe('a fetch that waits', () => {
  it('is answered by the append that it waits for', async () => {
    const { broker, producer } = await brokerWithTopic();
    const consumer = await connect(broker);
    const answer = fetch(consumer, a(fetchPartition(0, 0), fetchPartition(1, 0)), { maxWaitMs: LONG_MS });
    await waiting(broker, 1);
    await produce(producer, 'a', batch(['1']), { partition: 1 });
    const [first, second] = await answer;
    expect(first!.records).toHaveLength(0);
    expect(second).toMatchObject({ highWatermark: 1, records: { length: BATCH_BYTES } });
    expect(broker.services.fetchPurgatory.size).toBe(0);
  });

  it('is not answered by an append to another partition', async () => {
    const { broker, producer } = await brokerWithTopic();
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0)), { maxWaitMs: LONG_MS });
    await waiting(broker, 1);
    await produce(producer, 'a', batch(['1']), { partition: 1 });
    expect(broker.services.fetchPurgatory.size).toBe(1);
    await produce(producer, 'a', batch(['1']), { partition: 0 });
    expect((await answer)[0]!.records).toHaveLength(BATCH_BYTES);
  });

  it('wakes all that wait for a partition, in the order in which they came', async () => {
    const { broker, producer } = await brokerWithTopic();
    const order: number[] = [];
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < 5; i++) {
      const consumer = await connect(broker);
      answers.push(fetch(consumer, a(fetchPartition(0, 0)), { maxWaitMs: LONG_MS }).then(() => order.push(i)));
      await waiting(broker, i + 1);
    }
    await produce(producer, 'a', batch(['1']));
    await Promise.all(answers);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('waits until min.bytes are there, over all its partitions', async () => {
    const { broker, producer } = await brokerWithTopic();
    await produce(producer, 'a', batch(['1']), { partition: 0 });
    const wish = { maxWaitMs: LONG_MS, minBytes: 3 * BATCH_BYTES };
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0), fetchPartition(1, 0)), wish);
    await waiting(broker, 1);
    await produce(producer, 'a', batch(['1']), { partition: 1 });
    expect(broker.services.fetchPurgatory.size).toBe(1);
    await produce(producer, 'a', batch(['1']), { partition: 1 });
    expect((await answer).map(({ records }) => records!.length)).toEqual([BATCH_BYTES, 2 * BATCH_BYTES]);
  });

  it('is answered with what there is when max.wait.ms is over', async () => {
    const clock = new ManualClock(NOW_MS);
    const { broker, producer } = await brokerWithTopic({ clock });
    await produce(producer, 'a', batch(['1']));
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0)), { maxWaitMs: 500, minBytes: 10_000 });
    await waiting(broker, 1);
    clock.advance(499);
    expect(broker.services.fetchPurgatory.size).toBe(1);
    clock.advance(1);
    expect((await answer)[0]!.records).toHaveLength(BATCH_BYTES);
  });

  it('sees what was appended while it read the file of another partition', async () => {
    const { broker, producer } = await brokerWithTopic();
    const log = broker.services.logs.get('a', 0)!;
    const seen = { log, fetchOffset: 0, maxBytes: 1000, bytes: 0, endOffset: log.highWatermark };
    await produce(producer, 'a', batch(['1']));
    const connection = { onClose: () => () => {} };
    const wait = { partitions: [seen], minBytes: 1, maxWaitMs: LONG_MS, readCommitted: false, connection };
    expect(await broker.services.fetchPurgatory.wait(wait)).toBe('ready');
  });

  it('does not wait beside an error', async () => {
    const { producer } = await brokerWithTopic();
    const codes = (await fetch(producer, a(fetchPartition(0, 0), fetchPartition(9, 0)), { maxWaitMs: LONG_MS })).map(
      ({ errorCode }) => errorCode,
    );
    expect(codes).toEqual([0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  });

  it('does not wait for nothing at all', async () => {
    const { producer } = await brokerWithTopic();
    expect(await fetch(producer, [], { maxWaitMs: LONG_MS })).toEqual([]);
  });

  it('is forgotten when its connection ends', async () => {
    const { broker } = await brokerWithTopic();
    const consumer = await connect(broker);
    fetch(consumer, a(fetchPartition(0, 0)), { maxWaitMs: LONG_MS }).catch(() => {});
    await waiting(broker, 1);
    consumer.close();
    await waiting(broker, 0);
  });

  it('is answered when its topic is deleted', async () => {
    const { broker, topicId } = await brokerWithTopic();
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0)), { maxWaitMs: LONG_MS });
    await waiting(broker, 1);
    broker.services.metadata.deleteTopic(topicId);
    expect((await answer)[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('is answered when records it wants are deleted', async () => {
    const { broker, producer } = await brokerWithTopic();
    await produce(producer, 'a', batch(['1']));
    const wish = { maxWaitMs: LONG_MS, minBytes: 10_000 };
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0)), wish);
    await waiting(broker, 1);
    broker.services.logs.get('a', 0)!.deleteRecordsBefore(1);
    expect((await answer)[0]!.errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
  });

  it('is answered when the broker stops', async () => {
    const { broker } = await brokerWithTopic();
    const answer = fetch(await connect(broker), a(fetchPartition(0, 0)), { maxWaitMs: LONG_MS });
    await waiting(broker, 1);
    const closed = broker.close();
    expect(await answer).toMatchObject([{ errorCode: 0, records: { length: 0 } }]);
    await closed;
  });
});
