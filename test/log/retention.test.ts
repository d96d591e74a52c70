import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import {
  append,
  appendMarker,
  batch,
  batchBytes,
  NOW_MS,
  namesIn,
  openLog,
  openManager,
  readOffsets,
} from './helpers.ts';

const SIZE = batchBytes({});
/** Two batches a segment. */
const SEGMENTS = { segmentBytes: SIZE * 2, retentionMs: -1 };

describe('retention by size', () => {
  test('keeps retention.bytes at least', async () => {
    const { log } = await openLog({ config: { ...SEGMENTS, retentionBytes: SIZE * 5 } });
    for (let i = 0; i < 9; i++) append(log);
    expect(log.deleteOldSegments(NOW_MS)).toBe(2);
    expect(log.logStartOffset).toBe(4);
    expect(log.sizeInBytes).toBe(SIZE * 5);
    expect(await readOffsets(log)).toEqual([4, 5, 6, 7, 8]);
    expect(log.deleteOldSegments(NOW_MS)).toBe(0);
  });
});

describe('retention by time', () => {
  test('goes by the largest timestamp of a segment', async () => {
    const { log } = await openLog({ config: { segmentBytes: SIZE * 2, retentionMs: 1000 } });
    for (const ms of [0, 0, 10, 500, 0, 0]) append(log, { timestamp: NOW_MS + ms });
    expect(log.deleteOldSegments(NOW_MS + 1000)).toBe(0);
    expect(log.deleteOldSegments(NOW_MS + 1001)).toBe(1);
    // The segment behind the one that stays is old enough, but not the oldest.
    expect(log.segmentBaseOffsets).toEqual([2, 4]);
  });

  test('takes the active segment too, after a roll', async () => {
    const { log } = await openLog({ config: { segmentBytes: SIZE * 2, retentionMs: 1000 } });
    for (let i = 0; i < 3; i++) append(log);
    expect(log.deleteOldSegments(NOW_MS + 2000)).toBe(2);
    expect(log).toMatchObject({ logStartOffset: 3, logEndOffset: 3, sizeInBytes: 0 });
    expect(log.segmentBaseOffsets).toEqual([3]);
    expect(append(log, { timestamp: NOW_MS }).baseOffset).toBe(3);
    expect(log.deleteOldSegments(NOW_MS)).toBe(0);
  });

  test('goes by when the file was written where records have no time', async () => {
    const { log } = await openLog({ config: { segmentBytes: SIZE * 2, retentionMs: 1000 } });
    for (let i = 0; i < 3; i++) append(log, { timestamp: -1 });
    expect(log.deleteOldSegments(Date.now())).toBe(0);
    expect(log.deleteOldSegments(Date.now() + 5000)).toBe(2);
  });

  test('happens by itself every log.retention.check.interval.ms', async () => {
    const { log, clock } = await openLog({ config: { ...SEGMENTS, retentionMs: 1000 } });
    append(log);
    clock.advance(5 * 60_000);
    expect(log.logStartOffset).toBe(1);
  });
});

test('no segment goes without cleanup.policy=delete but those before the log start', async () => {
  const { log } = await openLog({ config: { ...SEGMENTS, retentionMs: 1, delete: false, compact: true } });
  for (let i = 0; i < 6; i++) append(log);
  expect(log.deleteOldSegments(NOW_MS + 10_000)).toBe(0);
  log.deleteRecordsBefore(3);
  expect(log.deleteOldSegments(NOW_MS)).toBe(1);
  expect(log.logStartOffset).toBe(3);
  expect(log.segmentBaseOffsets).toEqual([2, 4]);
});

test('segments before the log start and those that are too old go in one run', async () => {
  const { log } = await openLog({ config: { segmentBytes: SIZE, retentionMs: 1000 } });
  for (const ms of [5000, 0, 5000]) append(log, { timestamp: NOW_MS + ms });
  log.deleteRecordsBefore(1);
  expect(log.deleteOldSegments(NOW_MS + 2000)).toBe(2);
  expect(log.logStartOffset).toBe(2);
});

test('files of deleted segments are renamed, and removed after file.delete.delay.ms', async () => {
  const { log, clock } = await openLog({ config: { retentionBytes: 0, fileDeleteDelayMs: 60_000 } });
  append(log, { producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true });
  appendMarker(log, { type: 'ABORT', producerId: 1, producerEpoch: 0 });
  log.roll(NOW_MS);
  append(log);
  log.deleteOldSegments(clock.nowMs());
  const deleted = () => namesIn(log.directory).filter((name) => name.endsWith('.deleted'));
  expect(deleted()).toEqual([
    '00000000000000000000.index.deleted',
    '00000000000000000000.log.deleted',
    '00000000000000000000.timeindex.deleted',
    '00000000000000000000.txnindex.deleted',
    '00000000000000000002.index.deleted',
    '00000000000000000002.log.deleted',
    '00000000000000000002.timeindex.deleted',
  ]);
  expect(namesIn(log.directory).filter((name) => name.endsWith('.snapshot'))).toEqual([
    '00000000000000000003.snapshot',
  ]);
  clock.advance(59_999);
  expect(deleted()).toHaveLength(7);
  clock.advance(1);
  expect(deleted()).toEqual([]);
});

describe('DeleteRecords', () => {
  test('raises the log start, and it stays raised after a crash', async () => {
    const files = memoryFiles();
    const { log, directory } = await openLog({ files });
    for (let i = 0; i < 5; i++) append(log);
    expect(log.deleteRecordsBefore(3)).toBe(3);
    expect(log.deleteRecordsBefore(1)).toBe(3);
    expect(files.readFile(`${directory}/log-start-offset-checkpoint`).toString()).toBe('0\n1\norders 0 3\n');
    files.crash();
    const again = (await openManager({ files, directory })).manager.get('orders', 0)!;
    expect(again.logStartOffset).toBe(3);
    expect(await readOffsets(again)).toEqual([3, 4]);
    again.deleteRecordsBefore(5);
    expect(again.logStartOffset).toBe(again.logEndOffset);
  });

  test('moves the leader epoch in force', async () => {
    const { log } = await openLog();
    for (const leaderEpoch of [2, 2, 2, 5, 5]) log.append(batch(), { leaderEpoch, nowMs: NOW_MS, origin: 'client' });
    log.deleteRecordsBefore(4);
    const checkpoint = fs.readFileSync(`${log.directory}/leader-epoch-checkpoint`, 'utf8');
    expect(checkpoint).toBe('0\n1\n5 4\n');
  });

  test('refuses offsets above the high watermark', async () => {
    const { log } = await openLog();
    append(log);
    expect(() => log.deleteRecordsBefore(2)).toThrow(
      expect.objectContaining({
        code: LogErrorCode.OFFSET_OUT_OF_RANGE,
        message:
          'Cannot increment the log start offset to 2 of partition orders-0 since it is larger than the high watermark 1',
      }),
    );
  });
});

test('a log whose files are gone goes on, empty, at its start offset', async () => {
  const { log, manager, directory } = await openLog();
  for (let i = 0; i < 5; i++) append(log);
  log.deleteRecordsBefore(4);
  await manager.close();
  for (const name of namesIn(log.directory)) fs.rmSync(`${log.directory}/${name}`);
  const { manager: again } = await openManager({ directory });
  expect(append(again.get('orders', 0)!).baseOffset).toBe(4);
});
