// The store: what it keeps, what a new start finds, what the logs get of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import type { MetadataChange } from '../../../src/broker/metadata/metadata-store.ts';
import { openStore } from './stores.ts';

const { TOPIC, BROKER, GROUP } = ResourceType;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ktool-metadata-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
});

const orders = { name: 'orders', replicas: [[1], [1]], configs: new Map([['retention.ms', '1000']]) };

test('a new cluster has the features and the config of a newly formatted 4.3.1', async () => {
  const { store } = await openStore(dir);
  expect(Object.fromEntries(store.features)).toEqual({
    'metadata.version': 30,
    'eligible.leader.replicas.version': 1,
    'group.version': 1,
    'share.version': 1,
    'streams.version': 1,
    'transaction.version': 2,
  });
  expect(store.configs(BROKER, '')).toEqual(new Map([['min.insync.replicas', '1']]));
  expect([...store.topics()]).toEqual([]);
});

test('a topic is there when createTopic returns, its logs with its settings', async () => {
  const { store, logs } = await openStore(dir);
  const topic = store.createTopic(orders);
  expect(store.topic('orders')).toBe(topic);
  expect(store.topicById(topic.id)).toBe(topic);
  expect(topic).toMatchObject({ name: 'orders', internal: false, configs: orders.configs });
  expect(topic.partitions).toEqual(
    [0, 1].map((index) => ({
      index,
      leader: 1,
      leaderEpoch: 0,
      partitionEpoch: 0,
      replicas: [1],
      isr: [1],
      directories: [expect.any(String)],
    })),
  );
  for (const index of [0, 1]) {
    expect(logs.get('orders', index)?.topicId).toBe(topic.id);
    expect(logs.get('orders', index)?.config.retentionMs).toBe(1000);
  }
});

test('partitions are added at the end', async () => {
  const { store, logs } = await openStore(dir);
  const { id } = store.createTopic(orders);
  expect(store.createPartitions(id, [[1]]).partitions.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(logs.get('orders', 2)?.topicId).toBe(id);
  expect(logs.get('orders', 2)?.config.retentionMs).toBe(1000);
});

test('deleteTopic removes the topic, its configs and its logs; unknown ids are passed over', async () => {
  const { store, logs } = await openStore(dir);
  const { id } = store.createTopic(orders);
  store.deleteTopic(id);
  store.deleteTopic(id);
  expect(store.topic('orders')).toBeUndefined();
  expect(store.topicById(id)).toBeUndefined();
  expect([...store.resourcesWithConfigs(TOPIC)]).toEqual([]);
  expect(logs.get('orders', 0)).toBeUndefined();
  expect(store.createTopic(orders).id).not.toBe(id);
});

describe('changeConfigs', () => {
  test('of a topic acts on its open logs at once', async () => {
    const { store, logs } = await openStore(dir);
    store.createTopic(orders);
    store.changeConfigs(TOPIC, 'orders', [
      { name: 'segment.bytes', value: '2000000' },
      { name: 'retention.ms', value: null },
    ]);
    expect(store.topic('orders')?.configs).toEqual(new Map([['segment.bytes', '2000000']]));
    expect(logs.get('orders', 1)?.config).toMatchObject({ segmentBytes: 2000000, retentionMs: 604800000 });
  });

  test('of a broker acts on the topics that inherit the setting', async () => {
    const { store, logs } = await openStore(dir);
    store.createTopic(orders);
    store.changeConfigs(BROKER, '1', [
      { name: 'log.segment.bytes', value: '3000000' },
      { name: 'log.retention.ms', value: '9' },
    ]);
    expect(logs.get('orders', 0)?.config).toMatchObject({ segmentBytes: 3000000, retentionMs: 1000 });
  });

  test('lists the resources that have configs', async () => {
    const { store } = await openStore(dir);
    store.changeConfigs(GROUP, 'g', [{ name: 'consumer.session.timeout.ms', value: '50000' }]);
    expect([...store.resourcesWithConfigs(GROUP)]).toEqual(['g']);
    store.changeConfigs(GROUP, 'g', [{ name: 'consumer.session.timeout.ms', value: null }]);
    expect([...store.resourcesWithConfigs(GROUP)]).toEqual([]);
    expect(store.configs(GROUP, 'g').size).toBe(0);
  });
});

test('static broker settings reach the logs', async () => {
  const { store, logs } = await openStore(dir, { given: new Map([['log.retention.hours', '2']]) });
  store.createTopic({ ...orders, configs: new Map() });
  expect(logs.get('orders', 0)?.config.retentionMs).toBe(2 * 3600 * 1000);
});

test('everything is there after a restart', async () => {
  const first = await openStore(dir);
  const { id } = first.store.createTopic(orders);
  first.store.createPartitions(id, [[1]]);
  first.store.deleteTopic(first.store.createTopic({ ...orders, name: 'gone' }).id);
  first.store.changeConfigs(BROKER, '1', [{ name: 'log.segment.bytes', value: '3000000' }]);
  expect(first.store.reserveProducerIds(1000)).toEqual({ first: 0, count: 1000 });
  const before = first.store.topic('orders');
  await first.logs.close();

  const { store, logs } = await openStore(dir);
  expect(store.topic('orders')).toEqual(before);
  expect([...store.topics()].map(({ name }) => name)).toEqual(['orders']);
  expect(store.configs(BROKER, '')).toEqual(new Map([['min.insync.replicas', '1']]));
  expect(store.reserveProducerIds(1000)).toEqual({ first: 1000, count: 1000 });
  expect(logs.get('orders', 2)?.config).toMatchObject({ segmentBytes: 3000000, retentionMs: 1000 });
  expect(store.features.get('metadata.version')).toBe(30);
});

test('each start is a new leader epoch of the metadata log; of the partitions only after an unclean stop', async () => {
  const first = await openStore(dir);
  first.store.createTopic(orders);
  expect(first.logs.get('__cluster_metadata', 0)?.latestEpoch).toBe(1);
  await first.logs.close();
  const second = await openStore(dir);
  expect(second.logs.get('__cluster_metadata', 0)?.latestEpoch).toBe(2);
  expect(second.store.topic('orders')?.partitions.map(({ leaderEpoch }) => leaderEpoch)).toEqual([0, 0]);
  await second.logs.close();
  const { store } = await openStore(dir, { newLeaderEpochs: true });
  expect(store.topic('orders')?.partitions).toMatchObject([
    { leader: 1, leaderEpoch: 1, partitionEpoch: 1 },
    { leader: 1, leaderEpoch: 1, partitionEpoch: 1 },
  ]);
});

test('a crash between a record and the logs is made good by the next start', async () => {
  const first = await openStore(dir);
  const { id } = first.store.createTopic(orders);
  const { id: otherId } = first.store.createTopic({ ...orders, name: 'other' });
  await first.logs.close();
  rmSync(join(dir, 'orders-1'), { recursive: true });
  const second = await openStore(dir);
  expect(second.logs.get('orders', 1)?.topicId).toBe(id);
  second.logs.create('stray', 0, id);
  second.store.deleteTopic(otherId);
  second.logs.create('other', 0, otherId);
  await second.logs.close();
  const { logs, logger } = await openStore(dir);
  expect([...logs.all()].map(({ topic, partition }) => `${topic}-${partition}`).sort()).toEqual([
    '__cluster_metadata-0',
    'orders-0',
    'orders-1',
  ]);
  expect(logger.lines).toContain('warn stray-0 is no partition of the cluster any more: its log is deleted');
});

test('a new cluster leaves logs alone that it knows nothing of', async () => {
  const first = await openStore(dir);
  first.store.createTopic(orders);
  await first.logs.close();
  rmSync(join(dir, '__cluster_metadata-0'), { recursive: true });
  const { logs } = await openStore(dir);
  expect(logs.get('orders', 0)).toBeDefined();
});

test('listeners hear of each change until they leave', async () => {
  const { store } = await openStore(dir);
  const heard: MetadataChange[] = [];
  const leave = store.onChange((change) => void heard.push(change));
  const { id } = store.createTopic(orders);
  store.createPartitions(id, [[1]]);
  store.changeConfigs(TOPIC, 'orders', [{ name: 'segment.bytes', value: '2000000' }]);
  store.deleteTopic(id);
  leave();
  store.createTopic(orders);
  expect(heard.map((change) => ('topic' in change ? `${change.kind} ${change.topic.name}` : change))).toEqual([
    'topic-created orders',
    'partitions-added orders',
    { kind: 'configs', type: TOPIC, name: 'orders' },
    'topic-deleted orders',
  ]);
});

test('lastOffset is that of the last record', async () => {
  const { store, logs } = await openStore(dir);
  const before = store.lastOffset;
  store.createTopic(orders);
  // One topic, one config, two partitions.
  expect(store.lastOffset).toBe(before + 4);
  expect(logs.get('__cluster_metadata', 0)?.logEndOffset).toBe(store.lastOffset + 1);
});
