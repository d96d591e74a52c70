import { describe, expect, test } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import type { MetadataStore } from '../../../src/broker/metadata/metadata-store.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { openStore } from './stores.ts';

const LOG = '/data/__cluster_metadata-0';
const SETTINGS = { maxBytes: 1 << 30, maxIntervalMs: 1000, retentionBytes: -1, retentionMs: -1 };
const SMALL_SEGMENTS = { segmentBytes: 8192, segmentMs: 1 << 30 };

const snapshotsIn = (files: ReturnType<typeof memoryFiles>) =>
  files
    .readDirectory(LOG)
    .map(({ name }) => name)
    .filter((name) => /^\d{20}-\d{10}\.checkpoint$/.test(name))
    .sort();

/** Something of each kind that the metadata has, and of each something that is gone again. */
function fill(store: MetadataStore): void {
  const configs = new Map([['retention.ms', '1000']]);
  for (let i = 0; i < 20; i++) store.createTopic({ name: `topic-${i}`, replicas: [[1], [1]], configs });
  for (let i = 0; i < 10; i++) store.deleteTopic(store.topic(`topic-${i}`)!.id);
  store.createPartitions(store.topic('topic-11')!.id, [[1]]);
  store.changeConfigs(ResourceType.TOPIC, 'topic-12', [{ name: 'retention.ms', value: null }]);
  store.changeConfigs(ResourceType.BROKER, '', [{ name: 'log.cleaner.threads', value: '2' }]);
  store.changeConfigs(ResourceType.GROUP, 'group', [{ name: 'consumer.session.timeout.ms', value: '50000' }]);
  store.changeClientQuotas([{ entity: new Map([['user', null]]), key: 'producer_byte_rate', value: 5 }]);
  store.changeFeatures(new Map([['transaction.version', 1]]));
  store.reserveProducerIds(1000);
  const credential = {
    salt: Buffer.from('a'),
    storedKey: Buffer.from('b'),
    serverKey: Buffer.from('c'),
    iterations: 4096,
  };
  store.changeScramCredentials([{ user: 'ada', mechanism: 1, credential }]);
}

function seen(store: MetadataStore) {
  const types = Object.values(ResourceType);
  const configs = types.flatMap((type) =>
    [...store.resourcesWithConfigs(type)].map((name) => [type, name, [...store.configs(type, name)]]),
  );
  const byName = <T extends { name: string }>(all: Iterable<T>) => [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { scramCredentials, clientQuotas, features } = store;
  return {
    topics: byName(store.topics()),
    configs: configs.sort(),
    scramCredentials,
    quotas: [...clientQuotas],
    features,
  };
}

describe('a snapshot of the metadata', () => {
  test('is written by time, if something changed, and has everything', async () => {
    const files = memoryFiles();
    const clock = new ManualClock();
    const { store, logs } = await openStore('/data', { files, clock, snapshots: SETTINGS });
    fill(store);
    const end = store.lastOffset + 1;
    expect(snapshotsIn(files)).toEqual([]);
    clock.advance(1000);
    expect(snapshotsIn(files)).toEqual([`${String(end).padStart(20, '0')}-0000000001.checkpoint`]);
    clock.advance(5000);
    expect(snapshotsIn(files)).toHaveLength(1);
    const before = seen(store);
    store.createTopic({ name: 'behind', replicas: [[1]], configs: new Map() });
    clock.advance(1000);
    expect(snapshotsIn(files)).toHaveLength(2);
    store.deleteTopic(store.topic('behind')!.id);
    await logs.close();
    const again = await openStore('/data', { files, snapshots: SETTINGS });
    expect(seen(again.store)).toEqual(before);
    expect(again.store.reserveProducerIds(1).first).toBe(1000);
    expect(again.store.brokers.get(1)!.epoch).toBeGreaterThan(end);
  });

  test('is written when there are bytes enough', async () => {
    const files = memoryFiles();
    const { store } = await openStore('/data', { files, snapshots: { ...SETTINGS, maxBytes: 3000, maxIntervalMs: 0 } });
    fill(store);
    expect(snapshotsIn(files)).toEqual([]);
    await new Promise(setImmediate);
    expect(snapshotsIn(files)).toHaveLength(1);
  });

  test.each([
    ['metadata.max.retention.bytes', { retentionBytes: 1 }],
    ['metadata.max.retention.ms', { retentionMs: 500 }],
  ])('makes older ones superfluous, and the log before them (%s)', async (_, retention) => {
    const files = memoryFiles();
    const clock = new ManualClock();
    const options = { files, snapshots: { ...SETTINGS, ...retention }, segments: SMALL_SEGMENTS };
    const { store, logs } = await openStore('/data', { ...options, clock });
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 40; i++) {
        const topic = store.createTopic({ name: `topic-${round}-${i}`, replicas: [[1]], configs: new Map() });
        if (i > 0) store.deleteTopic(topic.id);
      }
      clock.advance(1000);
    }
    expect(snapshotsIn(files)).toHaveLength(1);
    const log = logs.get('__cluster_metadata', 0)!;
    expect(log.logStartOffset).toBe(Number(snapshotsIn(files)[0]!.slice(0, 20)));
    expect(log.segmentBaseOffsets[0]).toBeGreaterThan(0);
    const before = seen(store);
    files.crash();
    const again = await openStore('/data', options);
    expect(seen(again.store)).toEqual(before);
  });

  test('that is torn, or was not finished, is passed over', async () => {
    const files = memoryFiles();
    const clock = new ManualClock();
    const { store, logs } = await openStore('/data', { files, clock, snapshots: SETTINGS });
    fill(store);
    clock.advance(1000);
    store.createTopic({ name: 'later', replicas: [[1]], configs: new Map() });
    clock.advance(1000);
    const before = seen(store);
    await logs.close();
    const newest = `${LOG}/${snapshotsIn(files)[1]}`;
    const size = files.stat(newest)!.size;
    for (const cut of [size - 1, size - 80, 100, 0]) {
      const file = files.open(newest);
      file.truncate(cut);
      const again = await openStore('/data', { files, snapshots: SETTINGS });
      expect(seen(again.store)).toEqual(before);
      expect(again.logger.lines).toContainEqual(expect.stringMatching(/is no whole snapshot/));
      await again.logs.close();
    }
  });

  test('that cannot be written leaves the log as it is', async () => {
    const files = memoryFiles();
    const clock = new ManualClock();
    const { store } = await openStore('/data', { files, clock, snapshots: SETTINGS });
    fill(store);
    const heal = files.inject({ operation: 'write', path: /checkpoint\.tmp/, code: 'ENOSPC' });
    clock.advance(1000);
    expect(snapshotsIn(files)).toEqual([]);
    heal();
    store.reserveProducerIds(1);
    clock.advance(1000);
    expect(snapshotsIn(files)).toHaveLength(1);
  });
});
