import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { IndexWriter } from '../../src/log/index-writer.ts';
import { OffsetIndex } from '../../src/log/offset-index.ts';
import { append, batch, indexEntries, openLog, openManager, readOffsets, TOPIC_ID } from './helpers.ts';

const EACH_BATCH = { indexIntervalBytes: 1 };

const pathOf = (directory: string, suffix: string) =>
  path.join(directory, 'orders-0', `00000000000000000000.${suffix}`);

function indexFile(directory: string, suffix = 'index'): Buffer {
  return indexEntries(fs.readFileSync(pathOf(directory, suffix)), suffix === 'index' ? 8 : 12);
}

test('files of a segment that is appended to have full size, as those that Kafka maps; the others end with their entries', async () => {
  const { log, manager, directory } = await openLog({ config: { ...EACH_BATCH, segmentIndexBytes: 1000 } });
  const sizes = () => ['index', 'timeindex'].map((suffix) => fs.statSync(pathOf(directory, suffix)).size);
  expect(sizes()).toEqual([1000, 996]);
  for (let i = 0; i < 3; i++) append(log, { timestamp: i });
  await manager.close();
  expect(sizes()).toEqual([16, 24]);
});

test('a full-size index that a crash left is read up to its entries', async () => {
  const { log, clock, directory } = await openLog({ config: EACH_BATCH });
  for (let i = 0; i < 3; i++) append(log, { timestamp: i });
  await clock.advance(30);
  expect(fs.statSync(pathOf(directory, 'index')).size).toBe(10 * 1024 * 1024);
  const index = new OffsetIndex(nodeFiles, pathOf(directory, 'index'), 0);
  index.load();
  expect([index.count, index.last.offset, index.memoryBytes]).toEqual([2, 2, 32 * 1024]);
});

test('the index files of a running broker have the entries soon after the append', async () => {
  const { log, clock, directory } = await openLog({ config: EACH_BATCH });
  for (const timestamp of [10, 20, 30]) append(log, { timestamp });
  expect(indexFile(directory)).toHaveLength(0);
  await clock.advance(30);
  const size = batch({ timestamp: 10 }).length;
  const entries = indexFile(directory);
  expect([0, 4, 8, 12].map((at) => entries.readInt32BE(at))).toEqual([1, size, 2, 2 * size]);
  expect(indexFile(directory, 'timeindex')).toHaveLength(2 * 12);
  append(log, { timestamp: 40 });
  await clock.advance(30);
  expect(indexFile(directory)).toHaveLength(3 * 8);
});

test('half an index in the file does no harm to the start after a crash', async () => {
  const { log, clock, directory } = await openLog({ config: EACH_BATCH });
  for (let i = 0; i < 3; i++) append(log);
  await clock.advance(30);
  for (let i = 0; i < 3; i++) append(log);
  fs.rmSync(path.join(directory, '.lock'), { force: true });
  const again = await openManager({ directory, config: EACH_BATCH });
  expect(await readOffsets(again.manager.get('orders', 0)!)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(indexFile(directory)).toHaveLength(5 * 8);
});

test('a topic made again at once gets nothing of the indexes of the one before', async () => {
  const { log, manager, clock, directory } = await openLog({ config: EACH_BATCH });
  for (let i = 0; i < 3; i++) append(log);
  manager.delete('orders', 0);
  manager.create('orders', 0, `${TOPIC_ID.slice(0, -1)}A`);
  await clock.advance(30);
  expect(indexFile(directory)).toHaveLength(0);
});

test('an index that cannot be written is written by the stop', async () => {
  let isBroken = false;
  const files = {
    ...nodeFiles,
    open: (file: string, options?: { create?: boolean }) => {
      if (isBroken && file.endsWith('index')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      return nodeFiles.open(file, options);
    },
  };
  const { log, manager, clock, directory } = await openLog({ files, config: EACH_BATCH });
  for (let i = 0; i < 3; i++) append(log);
  isBroken = true;
  await clock.advance(30);
  expect([indexFile(directory).length, log.failure]).toEqual([0, undefined]);
  isBroken = false;
  await manager.close();
  expect(indexFile(directory)).toHaveLength(2 * 8);
});

test('rounds that take long are further apart', () => {
  let nowMs = 0;
  const delays: number[] = [];
  let run = () => {};
  const writer = new IndexWriter(
    () => nowMs,
    (delayMs, action) => {
      delays.push(delayMs);
      run = action;
    },
  );
  const segment = { persistIndexes: () => (nowMs += 10) };
  writer.changed(segment);
  writer.changed(segment);
  run();
  writer.changed(segment);
  expect(delays).toEqual([30, 200]);
});
