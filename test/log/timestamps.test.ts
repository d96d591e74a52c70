import { describe, expect, test } from 'vitest';
import { loadCodec } from '../../src/protocol/records/compression.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { append, batch, CLIENT, NOW_MS, openLog, openManager } from './helpers.ts';

const HOUR_MS = 3_600_000;

describe('the offset for a timestamp', () => {
  test('is that of the first record with it or a later one, inside its batch', async () => {
    for (const codec of [0, 3]) {
      await loadCodec(codec);
      const { log } = await openLog({ settings: { tailBytes: 0 } });
      const at = (ms: number) => ({ timestamp: NOW_MS + ms, value: Buffer.from('v') });
      log.append(buildBatch([at(0), at(10), at(20)], { codec }), { ...CLIENT, leaderEpoch: 4 });
      log.append(buildBatch([at(30), at(5), at(40)], { codec }), { ...CLIENT, leaderEpoch: 5 });
      const found = (ms: number) => log.offsetForTimestamp(NOW_MS + ms);
      expect(await found(-1)).toEqual({ offset: 0, timestamp: NOW_MS, leaderEpoch: 4 });
      expect(await found(10)).toEqual({ offset: 1, timestamp: NOW_MS + 10, leaderEpoch: 4 });
      expect(await found(21)).toEqual({ offset: 3, timestamp: NOW_MS + 30, leaderEpoch: 5 });
      expect(await found(31)).toEqual({ offset: 5, timestamp: NOW_MS + 40, leaderEpoch: 5 });
      expect(await found(41)).toBeUndefined();
      expect(await log.maxTimestampOffset()).toEqual({ offset: 5, timestamp: NOW_MS + 40, leaderEpoch: 5 });
    }
  });

  test('is found through the time indexes of many segments, and after a restart', async () => {
    const config = { indexIntervalBytes: 200, segmentBytes: 3000 };
    const { log, manager, directory } = await openLog({ config });
    // Out of order within a window, as producers send them.
    const times = Array.from({ length: 200 }, (_, i) => NOW_MS + i * 10 + ((i * 7919) % 70));
    for (const timestamp of times) append(log, { timestamp });
    const expected = (target: number) => {
      const offset = times.findIndex((timestamp) => timestamp >= target);
      return offset < 0 ? undefined : { offset, timestamp: times[offset]!, leaderEpoch: 0 };
    };
    await manager.close();
    const again = (await openManager({ directory, config })).manager.get('orders', 0)!;
    for (let target = NOW_MS - 5; target < NOW_MS + 2100; target += 13) {
      expect(await again.offsetForTimestamp(target)).toEqual(expected(target));
    }
    expect(await again.maxTimestampOffset()).toMatchObject({ timestamp: Math.max(...times) });
  });

  test('does not lie before the log start', async () => {
    const { log } = await openLog();
    append(log, { count: 5 });
    append(log, { timestamp: NOW_MS + 1 });
    log.deleteRecordsBefore(3);
    expect(await log.offsetForTimestamp(NOW_MS)).toMatchObject({ offset: 3, timestamp: NOW_MS });
    log.deleteRecordsBefore(5);
    expect(await log.offsetForTimestamp(NOW_MS)).toMatchObject({ offset: 5, timestamp: NOW_MS + 1 });
  });

  test('is the broker’s with LogAppendTime', async () => {
    const { log } = await openLog({ config: { messageTimestampType: 'LogAppendTime' } });
    log.append(batch({ timestamp: 1, count: 2 }), CLIENT);
    log.append(batch({ timestamp: 2 }), { ...CLIENT, nowMs: NOW_MS + HOUR_MS });
    expect(await log.offsetForTimestamp(NOW_MS + 1)).toMatchObject({ offset: 2, timestamp: NOW_MS + HOUR_MS });
    expect(await log.maxTimestampOffset()).toMatchObject({ offset: 2 });
  });

  test('is none in an empty log', async () => {
    const { log } = await openLog();
    expect(await log.offsetForTimestamp(0)).toBeUndefined();
    expect(await log.maxTimestampOffset()).toBeUndefined();
  });
});

test('the first record with the largest timestamp counts', async () => {
  const { log } = await openLog({ config: { segmentBytes: 200 } });
  for (const ms of [0, 50, 20, 50, 10]) append(log, { timestamp: NOW_MS + ms });
  expect(log.segmentBaseOffsets.length).toBeGreaterThan(1);
  expect(await log.maxTimestampOffset()).toEqual({ offset: 1, timestamp: NOW_MS + 50, leaderEpoch: 0 });
});
