// Metadata that Kafka 4.3.1 wrote: log, snapshots, and the log without its beginning.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import type { MetadataStore } from '../../../src/broker/metadata/metadata-store.ts';
import { batches } from '../../../src/protocol/records/read.ts';
import { copyKafkaMetadata, openStore } from './stores.ts';

const LOG = '00000000000000000000.log';
const SNAPSHOT_END = 34;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ktool-metadata-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
});

function expectKafkasCluster(store: MetadataStore): void {
  const topics = [...store.topics()].map(({ name, partitions }) => `${name} ${partitions.length}`);
  expect(topics.sort()).toEqual(['orders 3', 'payments 1']);
  expect(store.topic('orders')?.configs).toEqual(new Map([['retention.ms', '1000']]));
  expect(store.topic('orders')?.partitions[2]).toMatchObject({ leader: 1, replicas: [1], isr: [1] });
  expect(Object.fromEntries(store.configs(ResourceType.BROKER, ''))).toEqual({
    'min.insync.replicas': '1',
    'log.segment.bytes': '2000000',
  });
  expect(store.features.get('metadata.version')).toBe(30);
}

test('the log alone', async () => {
  copyKafkaMetadata(dir, (name) => !name.endsWith('.checkpoint'));
  const { store, logs } = await openStore(dir);
  expectKafkasCluster(store);
  // Kafka led in epoch 1.
  expect(logs.get('__cluster_metadata', 0)?.latestEpoch).toBe(2);
  expect(logs.get('payments', 0)).toBeDefined();
});

test('log and snapshots', async () => {
  copyKafkaMetadata(dir);
  expectKafkasCluster((await openStore(dir)).store);
});

test('a log whose beginning only a snapshot has', async () => {
  cutLog(copyKafkaMetadata(dir));
  const opened = await openStore(dir);
  expectKafkasCluster(opened.store);
  opened.store.createTopic({ name: 'more', replicas: [[1]], configs: new Map() });
  await opened.logs.close();
  expect((await openStore(dir)).store.topic('more')).toBeDefined();
});

test('without that snapshot it is refused', async () => {
  cutLog(copyKafkaMetadata(dir, (name) => !name.endsWith('.checkpoint')));
  await expect(openStore(dir)).rejects.toThrow('The metadata log begins at offset 34, and no snapshot');
});

/** Leaves only what comes after the last snapshot. */
function cutLog(directory: string): void {
  const whole = readFileSync(join(directory, LOG));
  const first = [...batches(whole)].find(({ header }) => header.baseOffset >= SNAPSHOT_END);
  writeFileSync(join(directory, `000000000000000000${SNAPSHOT_END}.log`), whole.subarray(first?.pos));
  rmSync(join(directory, LOG));
}
