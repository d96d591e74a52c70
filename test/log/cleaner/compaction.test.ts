import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import type { PartitionLog } from '../../../src/log/partition-log.ts';
import { hasDeleteHorizon, isControl } from '../../../src/protocol/records/batch.ts';
import { CODEC_NAMES, loadCodec } from '../../../src/protocol/records/compression.ts';
import { append, appendMarker, checkIndexFiles, NOW_MS, namesIn, TOPIC_ID } from '../helpers.ts';
import { openCompacted, put, reopen, rollAndCompact, seen, seenBatches, seenRecords } from './cleaning.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('of each key the newest record stays, at its offset', async () => {
  const opened = await openCompacted();
  const { log } = opened;
  put(log, [
    { key: 'a', value: '1' },
    { key: 'b', value: '2' },
  ]);
  put(log, [
    { key: 'a', value: '3' },
    { key: 'c', value: '4' },
  ]);
  put(log, [{ key: 'c', value: '5' }]);
  expect(await rollAndCompact(opened)).toBe(1);
  expect(await seen(log)).toEqual(['b=2@1', 'a=3@2', 'c=5@4']);
  expect(log.logStartOffset).toBe(0);
  expect(put(log, [{ key: 'd', value: '6' }])).toBe(5);
  expect(await opened.manager.compact()).toBe(0);
});

test('a later cleaning drops what an earlier one kept, and the active segment stays as it is', async () => {
  const opened = await openCompacted();
  const { log } = opened;
  put(log, [{ key: 'a', value: '1' }]);
  put(log, [{ key: 'b', value: '1' }]);
  await rollAndCompact(opened);
  put(log, [{ key: 'a', value: '2' }]);
  put(log, [{ key: 'a', value: '3' }]);
  expect(await seen(log)).toEqual(['a=1@0', 'b=1@1', 'a=2@2', 'a=3@3']);
  await rollAndCompact(opened);
  expect(await seen(log)).toEqual(['b=1@1', 'a=3@3']);
});

test('segments are joined up to segment.bytes, their files are replaced, and index files fit them', async () => {
  const opened = await openCompacted();
  const { log, directory, clock } = opened;
  for (let i = 0; i < 200; i++) put(log, [{ key: `k${i % 50}`, value: `value ${i}` }]);
  const before = log.segmentBaseOffsets.length;
  log.updateConfig({ ...log.config, segmentBytes: 2000 });
  await rollAndCompact(opened);
  clock.advance(1);
  const { segmentBaseOffsets } = log;
  expect(segmentBaseOffsets.length).toBeLessThan(before / 5);
  expect(log.sizeInBytes).toBeLessThan(5500);
  const logs = namesIn(log.directory).filter((name) => name.endsWith('.log'));
  expect(logs.map((name) => Number(name.slice(0, 20)))).toEqual(segmentBaseOffsets);
  for (const name of logs) expect(fs.statSync(path.join(log.directory, name)).size).toBeLessThanOrEqual(2000);
  expect(namesIn(log.directory).filter((name) => /cleaned|swap|deleted/.test(name))).toEqual([]);
  expect(checkIndexFiles(log.directory)).toBeGreaterThan(10);
  expect(fs.readFileSync(path.join(directory, 'cleaner-offset-checkpoint'), 'utf8')).toBe('0\n1\norders 0 200\n');
});

test('a cleaned segment is as old as the last of those it stands for, and nothing of it is flushed later', async () => {
  const opened = await openCompacted();
  const { log, clock, logger } = opened;
  put(log, [{ key: 'a', value: '1' }]);
  put(log, [{ key: 'a', value: '2' }]);
  log.roll(clock.nowMs());
  const file = path.join(log.directory, '00000000000000000000.log');
  fs.utimesSync(file, 1_000_000, 1_000_000);
  expect(log.recoveryPoint).toBe(0);
  await opened.manager.compact();
  expect(fs.statSync(file).mtimeMs).toBe(1_000_000_000);
  expect(log.recoveryPoint).toBe(2);
  clock.advance(1);
  await log.flushAsync();
  expect(logger.matching(/ERROR/)).toEqual([]);
});

test('headers and timestamps stay, with LogAppendTime too', async () => {
  for (const messageTimestampType of ['CreateTime', 'LogAppendTime'] as const) {
    const opened = await openCompacted({ config: { messageTimestampType } });
    const headers = [
      { key: 'h', value: Buffer.from('1') },
      { key: 'null', value: null },
    ];
    put(opened.log, [
      { key: 'a', value: '1' },
      { key: 'b', value: '1', timestamp: NOW_MS + 5, headers },
    ]);
    put(opened.log, [{ key: 'a', value: '2' }]);
    const before = (await seenRecords(opened.log)).find((record) => record.key === 'b');
    await rollAndCompact(opened);
    expect(await seen(opened.log)).toEqual(['b=1@1', 'a=2@2']);
    expect((await seenRecords(opened.log))[0]).toEqual(before);
    const [{ header }] = (await seenBatches(opened.log)) as [Awaited<ReturnType<typeof seenBatches>>[0]];
    expect(header).toMatchObject({ baseOffset: 0, lastOffsetDelta: 1, count: 1 });
    expect((header.attributes & 8) !== 0).toBe(messageTimestampType === 'LogAppendTime');
  }
});

test('a batch keeps its codec, and its bytes if no record goes', async () => {
  for (const codec of CODEC_NAMES.keys()) {
    await loadCodec(codec);
    const opened = await openCompacted();
    const { log } = opened;
    put(
      log,
      [
        { key: 'a', value: '1' },
        { key: 'b', value: '1' },
      ],
      { codec },
    );
    put(
      log,
      [
        { key: 'c', value: '1' },
        { key: 'd', value: '1' },
      ],
      { codec },
    );
    put(log, [{ key: 'a', value: '2' }], { codec });
    const before = await seenBatches(log);
    await rollAndCompact(opened);
    const after = await seenBatches(log);
    expect(after.map(({ header }) => header.attributes & 7)).toEqual([codec, codec, codec]);
    expect(after.map(({ records }) => records.map(({ key }) => key).join(''))).toEqual(['b', 'cd', 'a']);
    expect(after[1]).toEqual(before[1]);
  }
});

test('records without keys, from before the topic was compacted, go', async () => {
  const opened = await openCompacted({ config: { compact: false } });
  const { log } = opened;
  put(log, [
    { key: null, value: 'x' },
    { key: 'a', value: '1' },
  ]);
  log.updateConfig({ ...log.config, compact: true });
  await rollAndCompact(opened);
  expect(await seen(log)).toEqual(['a=1@1']);
});

describe('tombstones', () => {
  test('stay for delete.retention.ms after their first cleaning, and what they deleted goes at once', async () => {
    const opened = await openCompacted();
    const { log, clock } = opened;
    put(log, [{ key: 'a', value: '1' }]);
    put(log, [
      { key: 'a', value: null },
      { key: 'b', value: '1', timestamp: NOW_MS + 7 },
    ]);
    await rollAndCompact(opened);
    expect(await seen(log)).toEqual(['a=null@1', 'b=1@2']);
    const [{ header, records }] = (await seenBatches(log)) as [Awaited<ReturnType<typeof seenBatches>>[0]];
    expect(hasDeleteHorizon(header.attributes)).toBe(true);
    expect(header.baseTimestamp).toBe(clock.nowMs() + DAY_MS);
    expect(records.map((record) => record.timestamp)).toEqual([NOW_MS, NOW_MS + 7]);

    clock.advance(DAY_MS - 1);
    put(log, [{ key: 'c', value: '1' }]);
    await rollAndCompact(opened);
    expect(await seen(log)).toEqual(['a=null@1', 'b=1@2', 'c=1@3']);

    clock.advance(1);
    put(log, [{ key: 'c', value: '2' }]);
    await rollAndCompact(opened);
    expect(await seen(log)).toEqual(['b=1@2', 'c=2@4']);
  });

  test('the last batch of a cleaning stays without records, so that the log ends where it did', async () => {
    const opened = await openCompacted({ config: { deleteRetentionMs: 0 } });
    put(opened.log, [{ key: 'a', value: '1' }]);
    put(opened.log, [{ key: 'b', value: null }]);
    await rollAndCompact(opened);
    put(opened.log, [{ key: 'b', value: null }]);
    opened.clock.advance(1);
    await rollAndCompact(opened);
    expect((await seenBatches(opened.log)).at(-1)!.header).toMatchObject({ baseOffset: 2, lastOffsetDelta: 0 });
  });
});

describe('producers', () => {
  test('the batch with the last sequence stays without records; a duplicate of it is still one', async () => {
    const files = memoryFiles();
    const opened = await openCompacted({ files, directory: '/data' });
    const { log, manager } = opened;
    const producer = { producerId: 7, producerEpoch: 2 };
    for (let i = 0; i < 3; i++) put(log, [{ key: 'a', value: `${i}` }], { ...producer, baseSequence: i });
    put(log, [{ key: 'a', value: 'other' }]);
    await rollAndCompact(opened);
    const batches = await seenBatches(log);
    expect(batches.map(({ header, records }) => [header.baseOffset, header.baseSequence, records.length])).toEqual([
      [2, 2, 0],
      [3, -1, 1],
    ]);
    await manager.close();
    for (const name of files.readDirectory('/data/orders-0').filter((one) => one.name.endsWith('.snapshot')))
      files.remove(`/data/orders-0/${name.name}`);
    const { log: again } = await openCompacted({ files, directory: '/data' });
    const next = (baseSequence: number) => append(again, { ...producer, baseSequence });
    expect(next(2)).toMatchObject({ duplicate: true, baseOffset: 2 });
    expect(next(3).baseOffset).toBe(4);
  });

  test('records of aborted transactions go; markers follow when nothing of the transaction is left', async () => {
    const opened = await openCompacted({ config: { segmentBytes: 80 } });
    const { log, clock } = opened;
    const one = { producerId: 1, producerEpoch: 0 };
    const two = { producerId: 2, producerEpoch: 0 };
    const three = { producerId: 3, producerEpoch: 0 };
    put(log, [{ key: 'a', value: 'before' }]);
    put(log, [{ key: 'a', value: 'aborted' }], { ...one, baseSequence: 0, transactional: true });
    put(log, [{ key: 'b', value: 'committed' }], { ...two, baseSequence: 0, transactional: true });
    appendMarker(log, { type: 'ABORT', ...one });
    appendMarker(log, { type: 'COMMIT', ...two });
    for (const producer of [one, two]) {
      put(log, [{ key: 'c', value: `${producer.producerId}` }], { ...producer, baseSequence: 1, transactional: true });
      appendMarker(log, { type: 'COMMIT', ...producer });
    }
    put(log, [{ key: 'd', value: 'open' }], { ...three, baseSequence: 0, transactional: true });
    put(log, [{ key: 'e', value: 'later' }]);
    expect(await rollAndCompact(opened)).toBe(1);
    expect(await seen(log)).toEqual(['a=before@0', 'b=committed@2', 'c=2@7', 'd=open@9', 'e=later@10']);
    expect(log.abortedTransactions(0, 20)).toMatchObject([{ producerId: 1, firstOffset: 1, lastOffset: 3 }]);
    const markers = async () =>
      (await seenBatches(log))
        .filter(({ header }) => isControl(header.attributes))
        .map(({ header }) => header.baseOffset);
    expect(await markers()).toEqual([3, 4, 6, 8]);

    appendMarker(log, { type: 'COMMIT', ...three });
    put(log, [{ key: 'b', value: 'new' }]);
    await rollAndCompact(opened);
    clock.advance(DAY_MS);
    for (const value of ['x', 'y']) {
      put(log, [{ key: 'z', value }]);
      await rollAndCompact(opened);
      clock.advance(DAY_MS);
    }
    expect(await markers()).toEqual([6, 8, 11]);
    expect(log.abortedTransactions(0, 20)).toEqual([]);
    expect(await seen(log)).toEqual(['a=before@0', 'c=2@7', 'd=open@9', 'e=later@10', 'b=new@12', 'z=y@14']);
  });
});

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
