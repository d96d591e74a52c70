// Which logs are cleaned, how far, and when.
import { describe, expect, test } from 'vitest';
import { NOW_MS, namesIn, TOPIC_ID } from '../helpers.ts';
import { openCompacted, put, rollAndCompact, seen, seenRecords } from './cleaning.ts';

describe('what is cleaned when', () => {
  test('min.cleanable.dirty.ratio', async () => {
    const opened = await openCompacted({ config: { minCleanableDirtyRatio: 0.5 } });
    const { log } = opened;
    for (let i = 0; i < 40; i++) put(log, [{ key: `${i}`, value: 'v' }]);
    expect(await rollAndCompact(opened)).toBe(1);
    for (let i = 0; i < 39; i++) put(log, [{ key: `${i}`, value: 'w' }]);
    expect(await rollAndCompact(opened)).toBe(0);
    for (let i = 0; i < 3; i++) put(log, [{ key: `${i}`, value: 'x' }]);
    expect(await rollAndCompact(opened)).toBe(1);
    log.updateConfig({ ...log.config, minCleanableDirtyRatio: 0.01 });
    put(log, [{ key: '39', value: 'x' }]);
    expect(await rollAndCompact(opened)).toBe(1);
  });

  test('min.compaction.lag.ms keeps newer segments, max.compaction.lag.ms overrules the ratio', async () => {
    const opened = await openCompacted({ config: { minCompactionLagMs: 1000, minCleanableDirtyRatio: 1 } });
    const { log, clock, manager } = opened;
    put(log, [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ]);
    log.roll(clock.nowMs());
    put(log, [{ key: 'a', value: '3', timestamp: NOW_MS + 500 }]);
    expect(await rollAndCompact(opened)).toBe(0);
    clock.advance(1000);
    expect(await manager.compact()).toBe(0);
    log.updateConfig({ ...log.config, maxCompactionLagMs: 900 });
    expect(await manager.compact()).toBe(1);
    expect(await seen(log)).toEqual(['a=2@1', 'a=3@2']);
  });

  test('only topics whose cleanup.policy has compact, from the moment it is set', async () => {
    const opened = await openCompacted({ config: { compact: false, delete: true } });
    const { log } = opened;
    put(log, [{ key: 'a', value: '1' }]);
    put(log, [{ key: 'a', value: '2' }]);
    expect(await rollAndCompact(opened)).toBe(0);
    log.updateConfig({ ...log.config, compact: true });
    expect(await opened.manager.compact()).toBe(1);
    expect(await seen(log)).toEqual(['a=2@1']);
  });

  test('every log.cleaner.backoff.ms, once it was started', async () => {
    const opened = await openCompacted();
    const { log, clock, manager, logger } = opened;
    put(log, [{ key: 'a', value: '1' }]);
    put(log, [{ key: 'a', value: '2' }]);
    log.roll(clock.nowMs());
    manager.startCleaner();
    clock.advance(14_999);
    expect(logger.matching(/Cleaned/)).toEqual([]);
    clock.advance(1);
    expect(await manager.compact()).toBe(1);
    put(log, [{ key: 'a', value: '3' }]);
    log.roll(clock.nowMs());
    clock.advance(15_000);
    expect(await manager.compact()).toBe(1);
    expect(logger.matching(/Cleaned log orders-0 up to offset/)).toHaveLength(2);
  });

  test('never the metadata log, whatever log.cleanup.policy says', async () => {
    const opened = await openCompacted();
    const log = opened.manager.create('__cluster_metadata', 0, TOPIC_ID);
    put(log, [{ key: 'a', value: '1' }]);
    put(log, [{ key: 'a', value: '2' }]);
    log.roll(opened.clock.nowMs());
    expect(await opened.manager.compact()).toBe(0);
  });

  test('nothing with log.cleaner.enable=false', async () => {
    const cleanerSettings = () => ({ isEnabled: false, backoffMs: 1, dedupeBufferBytes: 1e6, dedupeLoadFactor: 1 });
    const opened = await openCompacted({ cleanerSettings });
    put(opened.log, [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ]);
    expect(await rollAndCompact(opened)).toBe(0);
  });

  test('keys that do not fit into log.cleaner.dedupe.buffer.size wait for the next cleaning', async () => {
    const cleanerSettings = () => ({ isEnabled: true, backoffMs: 1, dedupeBufferBytes: 1000, dedupeLoadFactor: 1 });
    const opened = await openCompacted({ cleanerSettings });
    for (let i = 0; i < 100; i++) put(opened.log, [{ key: `${i % 40}`, value: `${i}` }]);
    expect(await rollAndCompact(opened)).toBeGreaterThan(5);
    expect((await seenRecords(opened.log)).map(({ offset }) => offset)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 60),
    );
  });
});

describe('with cleanup.policy=compact,delete', () => {
  test('old segments go and the rest is compacted, from the new log start on', async () => {
    const opened = await openCompacted({ config: { delete: true, retentionMs: 1000 } });
    const { log, clock, manager } = opened;
    put(log, [
      { key: 'a', value: '1' },
      { key: 'b', value: '1' },
    ]);
    await rollAndCompact(opened);
    clock.advance(1500);
    const timestamp = clock.nowMs();
    put(log, [
      { key: 'a', value: '2', timestamp },
      { key: 'a', value: '3', timestamp },
    ]);
    log.roll(clock.nowMs());
    manager.deleteOldSegments();
    expect(log.logStartOffset).toBe(2);
    await manager.compact();
    expect(await seen(log)).toEqual(['a=3@3']);
    expect(log.logStartOffset).toBe(2);
  });

  test('a segment that retention takes while it is cleaned does not come back', async () => {
    const opened = await openCompacted({ config: { delete: true, retentionMs: 1000 } });
    const { log, clock, manager } = opened;
    for (let i = 0; i < 20; i++) put(log, [{ key: 'a', value: `${i}` }]);
    log.roll(clock.nowMs());
    const cleaning = manager.compact();
    clock.advance(2000);
    manager.deleteOldSegments();
    await cleaning;
    expect(await seen(log)).toEqual([]);
    expect(log.logStartOffset).toBe(20);
    expect(namesIn(log.directory).filter((name) => /cleaned|swap/.test(name))).toEqual([]);
  });
});
