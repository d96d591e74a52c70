// Compaction as clients see it: topics with cleanup.policy=compact, and the groups in __consumer_offsets.
import { expect, test } from 'vitest';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { IncrementalAlterConfigs } from '../../src/protocol/messages/incremental-alter-configs.ts';
import { OffsetCommit } from '../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../src/protocol/messages/offset-fetch.ts';
import { batches, readRecordsSync } from '../../src/protocol/records/read.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect, type TestClient } from '../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, produce } from './data-path.ts';

const BACKOFF_MS = 15_000;
const TINY = { 'internal.segment.bytes': '150', 'min.cleanable.dirty.ratio': '0.01', 'file.delete.delay.ms': '0' };

const startedAt = () => new ManualClock(Date.now());

async function alter(client: TestClient, topic: string, name: string, value: string): Promise<void> {
  const configs = [{ name, configOperation: 0, value }];
  const resources = [{ resourceType: 2, resourceName: topic, configs }];
  const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
  expect(responses[0]!.errorMessage).toBeNull();
}

async function contentOf(client: TestClient, topic: string): Promise<string[]> {
  const found: string[] = [];
  for (let offset = 0; ; ) {
    const [answer] = await fetch(client, [{ topic, partitions: [fetchPartition(0, offset)] }]);
    const records = answer!.records ?? Buffer.alloc(0);
    const all = [...batches(records)];
    if (all.length === 0) return found;
    for (const { header, pos } of all) {
      for (const one of readRecordsSync(records, pos, header)) found.push(`${one.key}=${one.value}@${one.offset}`);
      offset = header.baseOffset + header.lastOffsetDelta + 1;
    }
  }
}

test('consumers of a compacted topic find the newest value of each key', async () => {
  const clock = startedAt();
  const broker = await startTestBroker({ clock });
  createTopic(broker, 'prices', 1, { 'cleanup.policy': 'compact', ...TINY });
  const client = await connect(broker);
  for (let i = 0; i < 20; i++) await produce(client, 'prices', batch([`${i}`]));
  await produce(client, 'prices', batch(['a', 'b']));
  await produce(client, 'prices', batch(['last']));
  clock.advance(BACKOFF_MS);
  await broker.services.logs.compact();
  expect(await contentOf(client, 'prices')).toEqual(['k0=a@20', 'k1=b@21', 'k0=last@22']);
  const [answer] = await fetch(client, [{ topic: 'prices', partitions: [fetchPartition(0, 7)] }]);
  expect(answer).toMatchObject({ errorCode: 0, highWatermark: 23, logStartOffset: 0 });
});

test('cleanup.policy counts from the moment it is altered', async () => {
  const clock = startedAt();
  const broker = await startTestBroker({ clock });
  createTopic(broker, 'prices', 1, TINY);
  const client = await connect(broker);
  for (let i = 0; i < 10; i++) await produce(client, 'prices', batch([`${i}`]));
  clock.advance(BACKOFF_MS);
  expect(await broker.services.logs.compact()).toBe(0);
  await alter(client, 'prices', 'cleanup.policy', 'compact');
  clock.advance(BACKOFF_MS);
  await broker.services.logs.compact();
  expect((await contentOf(client, 'prices')).length).toBeLessThan(4);
});

test('groups are the same after a restart that replays compacted __consumer_offsets', async () => {
  const clock = startedAt();
  const files = memoryFiles();
  const overrides = new Map([
    ['offsets.topic.num.partitions', '2'],
    ['log.cleaner.min.cleanable.ratio', '0.01'],
    ['log.cleaner.delete.retention.ms', '1000'],
  ]);
  const options = { clock, files, dataDir: '/data', overrides };
  const first = await startTestBroker(options);
  createTopic(first, 'orders', 3);
  const client = await connect(first);
  const groups = ['a', 'b', 'c'];
  const commit = async (to: TestClient, i: number) => {
    const partitions = [{ partitionIndex: i % 3, committedOffset: i, committedMetadata: `at ${i}` }];
    await to.request(OffsetCommit, 8, {
      groupId: groups[i % 7 === 0 ? 0 : i % 2 === 0 ? 1 : 2]!,
      memberId: '',
      topics: [{ name: 'orders', partitions }],
    });
  };
  const state = async (from: TestClient) => {
    const answers = await Promise.all(groups.map((groupId) => from.request(OffsetFetch, 7, { groupId, topics: null })));
    const partitions = answers.map(({ topics }) => topics.flatMap((topic) => topic.partitions));
    return partitions.map((all) => all.sort((a, b) => a.partitionIndex - b.partitionIndex));
  };
  const bytes = () => {
    const logs = [...first.services.logs.all()].filter(({ topic }) => topic === '__consumer_offsets');
    return logs.reduce((sum, log) => sum + log.sizeInBytes, 0);
  };
  await commit(client, 0);
  await alter(client, '__consumer_offsets', 'internal.segment.bytes', '2000');
  for (let i = 1; i < 400; i++) await commit(client, i);
  const size = bytes();
  clock.advance(BACKOFF_MS);
  await first.services.logs.compact();
  expect(bytes()).toBeLessThan(size / 4);
  const before = await state(client);
  expect(before.map((partitions) => partitions.length)).toEqual([3, 3, 3]);
  await first.close();
  const again = await connect(await startTestBroker(options));
  expect(await state(again)).toEqual(before);
});
