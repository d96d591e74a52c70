// The tail of a log that was not closed: what is taken off, and what keeps a partition offline.
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import {
  append,
  batch,
  batchBytes,
  CLIENT,
  NOW_MS,
  openManager,
  readOffsets,
  readValues,
  TOPIC_ID,
} from './helpers.ts';
import { DIRECTORY, flip, killed, LOG_FILE, open, reopen, sizeOf, UP_TO } from './killed-logs.ts';

test('a log that was not closed has all its records after the next start', async () => {
  const files = await killed(50, { indexIntervalBytes: 300, segmentBytes: 2000 });
  const { log, manager, logger } = await reopen(files, { indexIntervalBytes: 300, segmentBytes: 2000 });
  expect(manager.wasClean).toBe(false);
  expect(log.segmentBaseOffsets.length).toBeGreaterThan(1);
  expect(await readValues(log)).toEqual(UP_TO(50).map((i) => `value ${i}`));
  expect(append(log).baseOffset).toBe(50);
  expect(logger.matching(/WARN/)).toEqual([]);
});

describe('a last batch that was cut short', () => {
  test('is taken off, whichever of its bytes are there', async () => {
    const size = batchBytes({ value: 'value 0' });
    for (let kept = 0; kept < size; kept++) {
      const files = await killed(3);
      files.open(LOG_FILE).truncate(2 * size + kept);
      const { log, logger } = await reopen(files);
      expect(await readOffsets(log)).toEqual([0, 1]);
      expect(sizeOf(files, LOG_FILE)).toBe(2 * size);
      const cut = logger.matching(/Truncated \d+ invalid bytes/);
      if (kept === 0) expect(cut).toEqual([]);
      else
        expect(cut[0]).toContain(`Truncated ${kept} invalid bytes at the end of the log, which ends at offset 2 now`);
      expect(append(log).baseOffset).toBe(2);
    }
  });

  test('is taken off if it has other bytes than were written', async () => {
    const size = batchBytes({ value: 'value 0' });
    for (let at = 8; at < size; at++) {
      // Its leader epoch is not covered by the CRC.
      if (at >= 12 && at < 16) continue;
      const files = await killed(3);
      flip(files, LOG_FILE, 2 * size + at);
      const { log } = await reopen(files);
      expect([at, await readOffsets(log)]).toEqual([at, [0, 1]]);
    }
  });

  test('in the last of several segments leaves the others as they are', async () => {
    const config = { segmentBytes: 300 };
    const files = await killed(10, config);
    const before = await reopen(files, config);
    const last = before.log.segmentBaseOffsets.at(-1)!;
    const file = `/data/orders-0/${String(last).padStart(20, '0')}.log`;
    files.open(file).truncate(sizeOf(files, file) - 1);
    const { log } = await reopen(files, config);
    expect(log.logEndOffset).toBe(9);
    expect(await readOffsets(log)).toEqual(UP_TO(9));
  });

  test('of a roll whose new segment is empty is taken off the old segment', async () => {
    const files = await killed(3);
    const { log } = await reopen(files);
    log.roll(0);
    files.open(LOG_FILE).truncate(sizeOf(files, LOG_FILE) - 5);
    const again = await reopen(files);
    expect(await readOffsets(again.log)).toEqual([0, 1]);
    expect(again.log.segmentBaseOffsets).toEqual([0]);
    expect(append(again.log).baseOffset).toBe(2);
  });
});

test('zeros at the end, as a file system leaves them after a power loss, are taken off', async () => {
  for (const zeros of [1, 11, 12, 61, 5000, 3_000_000]) {
    const files = await killed(3);
    const size = sizeOf(files, LOG_FILE);
    files.open(LOG_FILE).write(Buffer.alloc(zeros), size);
    const { log } = await reopen(files);
    expect(await readOffsets(log)).toEqual([0, 1, 2]);
    expect(sizeOf(files, LOG_FILE)).toBe(size);
  }
});

describe('damage in the middle', () => {
  const size = batchBytes({ value: 'value 0' });

  test('keeps the partition offline and its bytes as they are, while others are served', async () => {
    for (const at of [0 + 8, 16, 17, 21, 57, size - 1]) {
      const files = await killed(10);
      flip(files, LOG_FILE, 4 * size + at);
      const damaged = files.readFile(LOG_FILE);
      files.crash();
      const { manager, logger } = await openManager({ files, directory: DIRECTORY });
      const log = manager.get('orders', 0)!;
      expect(log.failure).toContain('Partition orders-0 is offline: its log is damaged at position');
      expect(log.failure).toContain('but valid batches follow');
      expect(logger.matching(/ERROR Partition orders-0 is offline/)).toHaveLength(1);
      const error = expect.objectContaining({ code: LogErrorCode.KAFKA_STORAGE_ERROR });
      expect(() => append(log)).toThrow(error);
      expect(() => log.read(0, 1, { minOneMessage: true, upTo: 1 })).toThrow(error);
      expect(files.readFile(LOG_FILE).equals(damaged)).toBe(true);
      const other = manager.create('other', 0, TOPIC_ID);
      append(other);
      expect(await readOffsets(other)).toEqual([0]);
      await manager.close();
      expect(files.readFile(LOG_FILE).equals(damaged)).toBe(true);
    }
  });

  test('in a segment that others follow keeps it offline too, also after a clean stop in between', async () => {
    const config = { segmentBytes: 300 };
    const files = await killed(10, config);
    flip(files, LOG_FILE, size + 30);
    for (let start = 0; start < 2; start++) {
      const { manager, log } = await reopen(files, config);
      expect(log.failure).toContain('damaged');
      await manager.close();
    }
    flip(files, LOG_FILE, size + 30);
    const repaired = await reopen(files, config);
    expect(await readOffsets(repaired.log)).toEqual(UP_TO(10));
  });

  test('at the end of a segment that others follow is no torn tail either', async () => {
    const config = { segmentBytes: 300 };
    const files = await killed(10, config);
    const segment = sizeOf(files, LOG_FILE);
    files.open(LOG_FILE).truncate(segment - 1);
    const { log } = await reopen(files, config);
    expect(log.failure).toContain('valid batches follow');
    expect(sizeOf(files, LOG_FILE)).toBe(segment - 1);
  });

  test('is not what a torn record seems to be that has a batch for its value', async () => {
    const files = memoryFiles();
    const { log } = await open(files);
    for (let i = 0; i < 3; i++) append(log);
    const inner = batch({ value: 'inner' });
    log.append(buildBatch([{ timestamp: NOW_MS, value: Buffer.concat([inner, Buffer.alloc(100)]) }]), CLIENT);
    files.open(LOG_FILE).truncate(sizeOf(files, LOG_FILE) - 1);
    const again = (await reopen(files)).log;
    expect(again.failure).toBeUndefined();
    expect(await readOffsets(again)).toEqual([0, 1, 2]);
  });

  test('is found where the batch that follows lies across two blocks of the search', async () => {
    const files = memoryFiles();
    const { log } = await open(files);
    append(log);
    append(log, { valueBytes: 900_000 });
    append(log, { valueBytes: 900_000 });
    flip(files, LOG_FILE, batchBytes({}) + 1000);
    expect((await reopen(files)).log.failure).toContain('but valid batches follow');
  });
});
