import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DescribeLogDirs } from '../../../src/protocol/messages/describe-log-dirs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';

async function brokerWithRecords() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'ktool-log-dirs-'));
  onTestFinished(() => fs.rmSync(dataDir, { recursive: true, force: true }));
  const broker = await startTestBroker({ dataDir });
  createTopic(broker, 'a', 2);
  createTopic(broker, 'b');
  const client = await connect(broker);
  await produce(client, 'a', batch(['1']), { partition: 1 });
  return { broker, client };
}

const partition = (partitionIndex: number, partitionSize: number) => ({
  partitionIndex,
  partitionSize,
  offsetLag: 0,
  isFutureKey: false,
});

describe('describe log dirs', () => {
  it.each([1, 2, 3, 4, 5])('gives the sizes of the partitions asked for in version %i', async (version) => {
    const { broker, client } = await brokerWithRecords();
    const topics = [
      { topic: 'a', partitions: [1, 9] },
      { topic: 'nope', partitions: [0] },
    ];
    const { errorCode, results } = await client.request(DescribeLogDirs, version, { topics });
    expect(errorCode).toBe(0);
    expect(results).toHaveLength(1);
    const size = batch(['1']).length;
    expect(results[0]).toMatchObject({
      errorCode: 0,
      logDir: broker.services.logs.directories[0]!.path,
      topics: [{ name: 'a', partitions: [partition(1, size)] }],
      isCordoned: false,
    });
    expect(results[0]!.totalBytes > 0).toBe(version >= 4);
    expect(results[0]!.usableBytes > 0).toBe(version >= 4);
  });

  it('has an error for a directory that was removed under the broker', async () => {
    const { broker, client } = await brokerWithRecords();
    const { path: logDir } = broker.services.logs.directories[0]!;
    fs.rmSync(logDir, { recursive: true });
    const { results } = await client.request(DescribeLogDirs, 4, { topics: null });
    expect(results).toMatchObject([{ errorCode: -1, logDir, topics: [] }]);
  });

  it('takes null for all partitions but those of the metadata', async () => {
    const { client } = await brokerWithRecords();
    const { results } = await client.request(DescribeLogDirs, 4, { topics: null });
    const found = results[0]!.topics.map(({ name, partitions }) => [name, partitions.length]);
    expect(Object.fromEntries(found)).toEqual({ a: 2, b: 1 });
  });

  it('names the directory even if nothing is asked for', async () => {
    const { client } = await brokerWithRecords();
    const { results } = await client.request(DescribeLogDirs, 4, { topics: [] });
    expect(results).toMatchObject([{ errorCode: 0, topics: [] }]);
  });
});
