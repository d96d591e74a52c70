import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  append,
  batch,
  batchBytes,
  checkIndexFiles,
  NOW_MS,
  namesIn,
  openLog,
  openManager,
  readOffsets,
} from './helpers.ts';

describe('a segment is rolled', () => {
  test('before it would be larger than segment.bytes', async () => {
    const size = batchBytes({});
    const { log } = await openLog({ config: { segmentBytes: size * 3 } });
    for (let i = 0; i < 7; i++) append(log);
    expect(log.segmentBaseOffsets).toEqual([0, 3, 6]);
  });

  test('when a batch is segment.ms newer than its first', async () => {
    const { log } = await openLog({ config: { segmentMs: 1000 } });
    append(log, { timestamp: NOW_MS });
    append(log, { timestamp: NOW_MS + 1000 });
    append(log, { timestamp: NOW_MS + 1001 });
    append(log, { timestamp: NOW_MS });
    expect(log.segmentBaseOffsets).toEqual([0, 2]);
  });

  test('by the first batch that is in the file after a restart, too', async () => {
    const { log, manager, directory } = await openLog({ config: { segmentMs: 1000 } });
    append(log, { timestamp: NOW_MS });
    append(log, { timestamp: NOW_MS + 500 });
    await manager.close();
    const again = (await openManager({ directory, config: { segmentMs: 1000 } })).manager.get('orders', 0)!;
    append(again, { timestamp: NOW_MS + 1001 });
    expect(again.segmentBaseOffsets).toEqual([0, 2]);
  });

  test('by the time it was made if its first batch has no timestamp', async () => {
    const { log } = await openLog({ config: { segmentMs: 1000 } });
    append(log, { timestamp: -1 });
    log.append(batch({ timestamp: -1 }), {
      leaderEpoch: 0,
      nowMs: NOW_MS + 1001,
      origin: 'client',
    });
    expect(log.segmentBaseOffsets).toEqual([0, 1]);
  });

  test('when an index is full', async () => {
    const { log } = await openLog({ config: { indexIntervalBytes: 1, segmentIndexBytes: 24 } });
    for (let i = 0; i < 10; i++) append(log, { timestamp: NOW_MS + i });
    // The time index has room for two entries; the first batch of a segment has none.
    expect(log.segmentBaseOffsets).toEqual([0, 3, 6, 9]);
  });

  test('on demand, but not while it is empty', async () => {
    const { log } = await openLog();
    log.roll(NOW_MS);
    expect(log.segmentBaseOffsets).toEqual([0]);
    append(log);
    log.roll(NOW_MS);
    log.roll(NOW_MS);
    expect(log.segmentBaseOffsets).toEqual([0, 1]);
  });
});

test('a roll leaves whole indexes, a producer snapshot, and flushes the old segment', async () => {
  const { log, clock } = await openLog({ config: { indexIntervalBytes: 200 } });
  for (let i = 0; i < 20; i++) append(log, { timestamp: NOW_MS + i, producerId: 1, producerEpoch: 0, baseSequence: i });
  expect(log.recoveryPoint).toBe(0);
  log.roll(NOW_MS);
  expect(namesIn(log.directory)).toEqual([
    '00000000000000000000.index',
    '00000000000000000000.log',
    '00000000000000000000.timeindex',
    '00000000000000000020.index',
    '00000000000000000020.log',
    '00000000000000000020.snapshot',
    '00000000000000000020.timeindex',
    'leader-epoch-checkpoint',
    'partition.metadata',
  ]);
  expect(checkIndexFiles(log.directory)).toBeGreaterThan(6);
  const times = fs.readFileSync(path.join(log.directory, '00000000000000000000.timeindex'));
  expect(Number(times.readBigInt64BE(times.length - 12))).toBe(NOW_MS + 19);
  clock.advance(0);
  await expect.poll(() => log.recoveryPoint).toBe(20);
});

test('files of partitions are as Kafka has them', async () => {
  const { log } = await openLog();
  log.append(batch(), { leaderEpoch: 3, nowMs: NOW_MS, origin: 'client' });
  const text = (name: string) => fs.readFileSync(path.join(log.directory, name), 'utf8');
  expect(text('leader-epoch-checkpoint')).toBe('0\n1\n3 0\n');
  expect(text('partition.metadata')).toBe('version: 0\ntopic_id: x9YdtqzRRE-ZEaAXRz-jrw');
});

test('index files fit their logs after restarts in the middle of segments', async () => {
  const config = { indexIntervalBytes: 300, segmentBytes: 8000 };
  const { log, manager, directory } = await openLog({ config });
  let current = { log, manager };
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < 30; i++) {
      append(current.log, { valueBytes: (i * 37) % 200, timestamp: NOW_MS + ((i * 7919) % 100) + round * 50 });
    }
    await current.manager.close();
    expect(checkIndexFiles(log.directory)).toBeGreaterThan(15 * round);
    const reopened = (await openManager({ directory, config })).manager;
    expect(reopened.wasClean).toBe(true);
    current = { manager: reopened, log: reopened.get('orders', 0)! };
    expect(await readOffsets(current.log)).toHaveLength(30 * (round + 1));
  }
});
