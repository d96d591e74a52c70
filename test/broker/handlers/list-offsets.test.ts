// Expected answers are what Apache Kafka 4.3.1 gave to the same requests.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { batch, createTopic, NOW_MS, produce } from '../data-path.ts';

const NOT_FOUND = { errorCode: 0, timestamp: -1, offset: -1, leaderEpoch: -1 };

async function brokerWithRecords() {
  const broker = await startTestBroker();
  createTopic(broker, 'a');
  createTopic(broker, 'empty');
  const client = await connect(broker);
  await produce(client, 'a', batch(['1', '2', '3', '4']));
  await produce(client, 'a', batch(['5', '6']));
  return { broker, client };
}

interface Options {
  version?: number;
  topic?: string;
  partitionIndex?: number;
  currentLeaderEpoch?: number;
  isolationLevel?: number;
}

async function list(client: TestClient, timestamp: number, options: Options = {}) {
  const { version = 11, topic: name = 'a', partitionIndex = 0, currentLeaderEpoch = -1, isolationLevel = 0 } = options;
  const partitions = [{ partitionIndex, currentLeaderEpoch, timestamp }];
  const answer = await client.request(ListOffsets, version, {
    replicaId: -1,
    isolationLevel,
    topics: [{ name, partitions }],
  });
  return answer.topics[0]!.partitions[0]!;
}

describe('list offsets', () => {
  it.each([1, 2, 4, 6, 7, 10, 11])('gives the ends in version %i', async (version) => {
    const { client } = await brokerWithRecords();
    const leaderEpoch = version >= 4 ? 0 : -1;
    expect(await list(client, -1, { version })).toMatchObject({ errorCode: 0, timestamp: -1, offset: 6, leaderEpoch });
    expect(await list(client, -2, { version })).toMatchObject({ errorCode: 0, timestamp: -1, offset: 0, leaderEpoch });
  });

  it('finds the first record that is not older than a timestamp', async () => {
    const { client } = await brokerWithRecords();
    expect(await list(client, NOW_MS + 11)).toMatchObject({ timestamp: NOW_MS + 20, offset: 2, leaderEpoch: 0 });
    expect(await list(client, 0)).toMatchObject({ timestamp: NOW_MS, offset: 0 });
    expect(await list(client, NOW_MS + 31)).toMatchObject(NOT_FOUND);
  });

  it('finds the record with the largest timestamp', async () => {
    const { client } = await brokerWithRecords();
    expect(await list(client, -3)).toMatchObject({ timestamp: NOW_MS + 30, offset: 3, leaderEpoch: 0 });
    expect(await list(client, -3, { topic: 'empty' })).toMatchObject(NOT_FOUND);
  });

  it('has all that there is on local disks', async () => {
    const { client } = await brokerWithRecords();
    expect(await list(client, -4)).toMatchObject({ offset: 0, leaderEpoch: 0 });
    expect(await list(client, -5)).toMatchObject(NOT_FOUND);
    expect(await list(client, -6)).toMatchObject(NOT_FOUND);
  });

  it.each([
    [-3, 6],
    [-4, 7],
    [-5, 8],
    [-6, 10],
    [-7, 11],
  ])('does not know %i in version %i', async (timestamp, version) => {
    const { client } = await brokerWithRecords();
    const told = await list(client, timestamp, { version });
    expect(told).toMatchObject({ ...NOT_FOUND, errorCode: ErrorCode.UNSUPPORTED_VERSION });
  });

  it('gives the start of the log after records were deleted', async () => {
    const { broker, client } = await brokerWithRecords();
    broker.services.logs.get('a', 0)!.deleteRecordsBefore(3);
    expect(await list(client, -2)).toMatchObject({ offset: 3, leaderEpoch: 0 });
    expect(await list(client, 0)).toMatchObject({ timestamp: NOW_MS + 30, offset: 3 });
  });

  it('gives an empty partition the epoch of its leader', async () => {
    const { client } = await brokerWithRecords();
    expect(await list(client, -2, { topic: 'empty' })).toMatchObject({ offset: 0, leaderEpoch: 0 });
    expect(await list(client, -1, { topic: 'empty' })).toMatchObject({ offset: 0, leaderEpoch: 0 });
    expect(await list(client, 0, { topic: 'empty' })).toMatchObject(NOT_FOUND);
  });

  it('ends where a read_committed consumer may read to', async () => {
    const { client } = await brokerWithRecords();
    expect(await list(client, -1, { isolationLevel: 1 })).toMatchObject({ offset: 6 });
  });

  it('refuses unknown partitions and other leader epochs', async () => {
    const { client } = await brokerWithRecords();
    const unknown = { ...NOT_FOUND, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION };
    expect(await list(client, -1, { topic: 'nope' })).toMatchObject(unknown);
    expect(await list(client, -1, { partitionIndex: 1 })).toMatchObject(unknown);
    const ahead = await list(client, -1, { currentLeaderEpoch: 4 });
    expect(ahead).toMatchObject({ ...NOT_FOUND, errorCode: ErrorCode.UNKNOWN_LEADER_EPOCH });
  });

  it('refuses a partition that is named twice, once', async () => {
    const { client } = await brokerWithRecords();
    const partition = { partitionIndex: 0, timestamp: -1 };
    const topics = [{ name: 'a', partitions: [partition, { ...partition, timestamp: -2 }] }];
    const answer = await client.request(ListOffsets, 7, { replicaId: -1, topics });
    expect(answer.topics[0]!.partitions).toMatchObject([{ ...NOT_FOUND, errorCode: ErrorCode.INVALID_REQUEST }]);
  });
});
