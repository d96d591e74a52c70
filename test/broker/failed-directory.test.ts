// One of several log directories fails: what clients see of its partitions, then and after a restart without it and with it.
import { expect, test } from 'vitest';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { DescribeTopicPartitions } from '../../src/protocol/messages/describe-topic-partitions.ts';
import { Metadata } from '../../src/protocol/messages/metadata.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';
import { batch, createTopic, produce } from './data-path.ts';

const overrides = new Map([['log.dirs', '/one,/two']]);

async function start(files = memoryFiles()) {
  const broker = await startTestBroker({ files, overrides, ephemeral: false });
  const client = await connect(broker);
  const described = async () => {
    const body = { topics: [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAA', name: 't' }], allowAutoTopicCreation: false };
    const { topics } = await client.request(Metadata, 12, body);
    return topics[0]!.partitions.sort((a, b) => a.partitionIndex - b.partitionIndex);
  };
  const directoryOf = (index: number) => broker.services.logs.directoryOf(broker.services.logs.get('t', index)!);
  return { files, broker, client, described, directoryOf };
}

test('its partitions have no leader and an offline replica; the others are served', async () => {
  const { files, broker, client, described, directoryOf } = await start();
  createTopic(broker, 't', 2);
  const lost = directoryOf(0) === '/two' ? 0 : 1;
  files.inject({ operation: 'write', path: /^\/two/, code: 'EIO' });
  const records = batch(['1']);
  expect((await produce(client, 't', records, { partition: lost })).errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
  await expect.poll(async () => (await described())[lost]!.leaderId).toBe(-1);

  const partitions = await described();
  expect(partitions[lost]).toMatchObject({
    errorCode: ErrorCode.LEADER_NOT_AVAILABLE,
    leaderEpoch: 1,
    replicaNodes: [1],
    isrNodes: [],
    offlineReplicas: [1],
  });
  expect(partitions[1 - lost]).toMatchObject({
    errorCode: 0,
    leaderId: 1,
    leaderEpoch: 0,
    isrNodes: [1],
    offlineReplicas: [],
  });
  const { topics } = await client.request(DescribeTopicPartitions, 0, {
    topics: [{ name: 't' }],
    responsePartitionLimit: 10,
  });
  expect(topics[0]!.partitions.find(({ partitionIndex }) => partitionIndex === lost)).toMatchObject({
    eligibleLeaderReplicas: [1],
    lastKnownElr: [1],
    offlineReplicas: [1],
  });
  expect((await produce(client, 't', records, { partition: lost })).errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
  expect((await produce(client, 't', batch(['2']), { partition: 1 - lost })).errorCode).toBe(ErrorCode.NONE);
});

test('they are led again when the directory is back', async () => {
  const { files, broker, client, directoryOf } = await start();
  createTopic(broker, 't', 2);
  const lost = directoryOf(0) === '/two' ? 0 : 1;
  await produce(client, 't', batch(['1']), { partition: lost });
  const repair = files.inject({ operation: 'write', path: /^\/two/, code: 'EIO' });
  await produce(client, 't', batch(['2']), { partition: lost });
  await broker.close();
  repair();

  const again = await start(files);
  const [partition] = (await again.described()).filter(({ partitionIndex }) => partitionIndex === lost);
  expect(partition).toMatchObject({ errorCode: 0, leaderId: 1, isrNodes: [1], offlineReplicas: [] });
  expect(again.broker.services.logs.get('t', lost)?.logEndOffset).toBe(1);
  const { errorCode } = await produce(again.client, 't', batch(['3']), { partition: lost });
  expect(errorCode).toBe(ErrorCode.NONE);
});
