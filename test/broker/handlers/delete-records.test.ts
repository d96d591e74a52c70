// Expected answers are what Apache Kafka 4.3.1 gave to the same requests.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DeleteRecords } from '../../../src/protocol/messages/delete-records.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, produce } from '../data-path.ts';

async function brokerWithRecords(configs: Record<string, string> = {}) {
  const broker = await startTestBroker();
  createTopic(broker, 'a', 1, configs);
  const client = await connect(broker);
  await produce(client, 'a', batch(['1', '2', '3', '4']));
  return { broker, client };
}

async function deleteBefore(client: TestClient, offset: number, name = 'a', version = 2) {
  const topics = [{ name, partitions: [{ partitionIndex: 0, offset }] }];
  const answer = await client.request(DeleteRecords, version, { topics, timeoutMs: 1000 });
  return answer.topics[0]!.partitions[0]!;
}

describe('delete records', () => {
  it.each([0, 1, 2])('raises the log start offset in version %i', async (version) => {
    const { client } = await brokerWithRecords();
    expect(await deleteBefore(client, 2, 'a', version)).toMatchObject({ errorCode: 0, lowWatermark: 2 });
    const [below] = await fetch(client, [{ topic: 'a', partitions: [fetchPartition(0, 1)] }]);
    expect(below!.errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
    const [at] = await fetch(client, [{ topic: 'a', partitions: [fetchPartition(0, 2)] }]);
    expect(at).toMatchObject({ errorCode: 0, logStartOffset: 2, highWatermark: 4 });
  });

  it('takes -1 for all that there is', async () => {
    const { client } = await brokerWithRecords();
    expect(await deleteBefore(client, -1)).toMatchObject({ errorCode: 0, lowWatermark: 4 });
  });

  it('does not go back', async () => {
    const { client } = await brokerWithRecords();
    await deleteBefore(client, 3);
    expect(await deleteBefore(client, 1)).toMatchObject({ errorCode: 0, lowWatermark: 3 });
  });

  it.each([5, -2, -5])('does not have offset %i', async (offset) => {
    const { client } = await brokerWithRecords();
    const told = await deleteBefore(client, offset);
    expect(told).toMatchObject({ errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, lowWatermark: -1 });
  });

  it('leaves topics alone that are only compacted', async () => {
    const { client } = await brokerWithRecords({ 'cleanup.policy': 'compact' });
    expect(await deleteBefore(client, 1)).toMatchObject({ errorCode: ErrorCode.POLICY_VIOLATION, lowWatermark: -1 });
  });

  it('leaves internal topics alone', async () => {
    const { broker, client } = await brokerWithRecords();
    createTopic(broker, '__consumer_offsets');
    const told = await deleteBefore(client, 0, '__consumer_offsets');
    expect(told).toMatchObject({ errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, lowWatermark: -1 });
  });

  it('does not know topics that are not there', async () => {
    const { client } = await brokerWithRecords();
    const told = await deleteBefore(client, 1, 'nope');
    expect(told).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, lowWatermark: -1 });
  });
});
