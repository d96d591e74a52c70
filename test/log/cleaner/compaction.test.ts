// What a cleaning keeps, drops and writes.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { hasDeleteHorizon, isControl } from '../../../src/protocol/records/batch.ts';
import { CODEC_NAMES, loadCodec } from '../../../src/protocol/records/compression.ts';
import { append, appendMarker, checkIndexFiles, NOW_MS, namesIn } from '../helpers.ts';
import { openCompacted, put, rollAndCompact, seen, seenBatches, seenRecords } from './cleaning.ts';

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
