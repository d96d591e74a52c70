// Expected answers are what Apache Kafka 4.3.1 gave to the same requests.
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { OffsetForLeaderEpoch } from '../../../src/protocol/messages/offset-for-leader-epoch.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';

interface Options {
  topic?: string;
  version?: number;
  currentLeaderEpoch?: number;
}

async function endOf(client: TestClient, leaderEpoch: number, options: Options = {}) {
  const { topic = 'a', version = 4, currentLeaderEpoch = -1 } = options;
  const topics = [{ topic, partitions: [{ partition: 0, currentLeaderEpoch, leaderEpoch }] }];
  const answer = await client.request(OffsetForLeaderEpoch, version, { topics });
  return answer.topics[0]!.partitions[0]!;
}

describe('offset for leader epoch', () => {
  it.each([2, 3, 4])('gives the end of the log for the current epoch in version %i', async (version) => {
    const broker = await startTestBroker();
    createTopic(broker, 'a');
    const client = await connect(broker);
    expect(await endOf(client, 0, { version })).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 0 });
    await produce(client, 'a', batch(['1', '2']));
    expect(await endOf(client, 0, { version })).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 2 });
  });

  it('knows nothing of epochs to come, or of none', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'a');
    const client = await connect(broker);
    await produce(client, 'a', batch(['1']));
    expect(await endOf(client, 1)).toMatchObject({ errorCode: 0, leaderEpoch: -1, endOffset: -1 });
    expect(await endOf(client, -1)).toMatchObject({ errorCode: 0, leaderEpoch: -1, endOffset: -1 });
  });

  it('refuses unknown partitions and other current epochs', async () => {
    const broker = await startTestBroker();
    createTopic(broker, 'a');
    const client = await connect(broker);
    const unknown = { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, leaderEpoch: -1, endOffset: -1 };
    expect(await endOf(client, 0, { topic: 'nope' })).toMatchObject(unknown);
    const ahead = await endOf(client, 0, { currentLeaderEpoch: 3 });
    expect(ahead).toMatchObject({ errorCode: ErrorCode.UNKNOWN_LEADER_EPOCH, leaderEpoch: -1, endOffset: -1 });
  });

  it('gives the end of the epoch before a crash, and tells clients that are behind', async () => {
    const files = memoryFiles();
    const first = await startTestBroker({ files, dataDir: '/data' });
    createTopic(first, 'a');
    await produce(await connect(first), 'a', batch(['1', '2']));
    await first.close();
    files.remove('/data/.kafka_cleanshutdown');
    const client = await connect(await startTestBroker({ files, dataDir: '/data' }));
    expect(await endOf(client, 0)).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 2 });
    expect(await endOf(client, 1)).toMatchObject({ errorCode: 0, leaderEpoch: 1, endOffset: 2 });
    const behind = await endOf(client, 0, { currentLeaderEpoch: 0 });
    expect(behind.errorCode).toBe(ErrorCode.FENCED_LEADER_EPOCH);
    await produce(client, 'a', batch(['3']));
    expect(await endOf(client, 0)).toMatchObject({ leaderEpoch: 0, endOffset: 2 });
    expect(await endOf(client, 1)).toMatchObject({ leaderEpoch: 1, endOffset: 3 });
  });
});
