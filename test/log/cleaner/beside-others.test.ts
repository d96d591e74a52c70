// Cleaning beside reads, on a damaged log, and at a stop or the end of a topic.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import type { PartitionLog } from '../../../src/log/partition-log.ts';
import { NOW_MS } from '../helpers.ts';
import { openCompacted, put, reopen, rollAndCompact, seen, seenRecords } from './cleaning.ts';

describe('reads', () => {
  test('from the middle of a gap begin at the next record', async () => {
    const opened = await openCompacted();
    const { log, manager, directory } = opened;
    for (let i = 0; i < 100; i++) put(log, [{ key: i < 90 ? 'a' : `${i}`, value: `${i}` }]);
    await rollAndCompact(opened);
    const expectGap = async (reader: PartitionLog) => {
      const { records, nextOffset } = await reader.read(30, 1, { minOneMessage: true, upTo: 100 });
      expect(Buffer.concat(records).readBigInt64BE(0)).toBe(89n);
      expect(nextOffset).toBe(90);
    };
    await expectGap(log);
    await expectGap((await reopen(manager, { directory })).log);
  });

  test('that are under way when a segment is replaced complete', async () => {
    const opened = await openCompacted({
      settings: { tailBytes: 0 },
      config: { segmentBytes: 100_000, indexIntervalBytes: 1e6 },
    });
    const { log, clock } = opened;
    for (let i = 0; i < 500; i++) put(log, [{ key: 'a', value: `${i}` }]);
    log.roll(clock.nowMs());
    const cleaning = opened.manager.compact();
    const reads: Promise<number>[] = [];
    let isDone = false;
    void cleaning.then(() => {
      isDone = true;
    });
    while (!isDone) {
      const from = (reads.length * 37) % 500;
      const read = async () => (await log.read(from, 1, { minOneMessage: true, upTo: 500 })).nextOffset - from;
      reads.push(read());
      clock.advance(1);
      await new Promise(setImmediate);
    }
    // Removes the old files, which the last reads are still at.
    clock.advance(1);
    for (const advanced of await Promise.all(reads)) expect(advanced).toBeGreaterThan(0);
    expect(await seen(log)).toEqual(['a=499@499']);
  });

  test('by timestamp find what is left', async () => {
    const opened = await openCompacted();
    const { log } = opened;
    for (let i = 0; i < 30; i++) put(log, [{ key: `${i % 3}`, value: 'v', timestamp: NOW_MS + i }]);
    await rollAndCompact(opened);
    expect(await log.offsetForTimestamp(NOW_MS + 4)).toMatchObject({ offset: 27, timestamp: NOW_MS + 27 });
    expect(await log.maxTimestampOffset()).toMatchObject({ offset: 29 });
  });
});

test('a damaged log is left as it is and said to be so, once', async () => {
  const opened = await openCompacted({ config: { segmentBytes: 100_000 } });
  const { log, manager, logger } = opened;
  for (let i = 0; i < 10; i++) put(log, [{ key: 'a', value: `${i}` }]);
  const file = path.join(log.directory, '00000000000000000000.log');
  log.flush();
  const bytes = fs.readFileSync(file);
  bytes[bytes.length - 3]! ^= 1;
  fs.writeFileSync(file, bytes);
  expect(await rollAndCompact(opened)).toBe(0);
  expect(await manager.compact()).toBe(0);
  expect(logger.matching(/Failed to clean log orders-0. It will not be cleaned until the next start/)).toHaveLength(1);
  expect(fs.readFileSync(file)).toEqual(bytes);
  expect(log.failure).toBeUndefined();
});

test('a stop in the middle gives the cleaning up and leaves nothing behind', async () => {
  const files = memoryFiles();
  const opened = await openCompacted({ files, directory: '/data', config: { segmentBytes: 1e6 } });
  const { log, manager, clock } = opened;
  for (let i = 0; i < 3000; i++) put(log, [{ key: 'a', value: 'v'.repeat(100) }]);
  log.roll(clock.nowMs());
  const cleaning = manager.compact();
  await new Promise(setImmediate);
  await manager.close();
  expect(await cleaning).toBe(0);
  expect(files.readDirectory('/data/orders-0').filter(({ name }) => /cleaned|swap/.test(name))).toEqual([]);
  const again = await openCompacted({ files, directory: '/data' });
  expect(again.manager.wasClean).toBe(true);
  expect(await again.manager.compact()).toBe(1);
  expect((await seenRecords(again.log)).map(({ offset }) => offset)).toEqual([2999]);
});

test('a topic that was deleted leaves no checkpoint to one of the same name', async () => {
  const opened = await openCompacted();
  const { log, manager, directory } = opened;
  put(log, [{ key: 'a', value: '1' }]);
  await rollAndCompact(opened);
  manager.delete('orders', 0);
  expect(fs.readFileSync(path.join(directory, 'cleaner-offset-checkpoint'), 'utf8')).toBe('0\n0\n');
});
