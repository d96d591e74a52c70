import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { append, batchBytes, openLog, openManager, readOffsets } from './helpers.ts';

const STORAGE_ERROR = expect.objectContaining({ code: LogErrorCode.KAFKA_STORAGE_ERROR });
const LOG = /\.log$/;

describe('a write that fails', () => {
  test('leaves no part of the batch, and the log goes on when there is room again', async () => {
    const size = batchBytes({});
    for (let partialBytes = 0; partialBytes < size; partialBytes += 7) {
      const files = memoryFiles();
      const { log, directory } = await openLog({ files });
      append(log);
      files.inject({ operation: 'write', path: LOG, code: 'ENOSPC', times: 2, partialBytes });
      expect(() => append(log)).toThrow(STORAGE_ERROR);
      expect(() => append(log)).toThrow(/Error while appending records to orders-0 in dir .*: ENOSPC/);
      expect(log.logEndOffset).toBe(1);
      expect(await readOffsets(log)).toEqual([0]);
      expect(append(log).baseOffset).toBe(1);
      files.crash();
      const again = (await openManager({ files, directory })).manager.get('orders', 0)!;
      expect(await readOffsets(again)).toEqual([0, 1]);
    }
  });

  test('does not count for its producer', async () => {
    const files = memoryFiles();
    const { log } = await openLog({ files });
    const send = () => append(log, { producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true });
    files.inject({ operation: 'write', path: LOG, code: 'ENOSPC', times: 1 });
    expect(send).toThrow(STORAGE_ERROR);
    expect(log.producerStates()).toEqual([]);
    expect(send()).toMatchObject({ baseOffset: 0, duplicate: false });
  });

  test('takes the log offline if the file cannot be cut back', async () => {
    const files = memoryFiles();
    const { log, logger } = await openLog({ files });
    append(log);
    let calls = 0;
    log.onChange(() => calls++);
    files.inject({ operation: 'write', path: LOG, code: 'EIO', times: 1, partialBytes: 9 });
    files.inject({ operation: 'truncate', path: LOG, code: 'EIO', times: 1 });
    expect(() => append(log)).toThrow(STORAGE_ERROR);
    expect(calls).toBe(1);
    expect(log.failure).toContain('a failed write could not be undone');
    expect(() => append(log)).toThrow(STORAGE_ERROR);
    expect(logger.matching(/ERROR Partition orders-0 is offline/)).toHaveLength(1);
  });
});

test('a roll that fails leaves the old segment in use', async () => {
  const files = memoryFiles();
  const { log } = await openLog({ files, config: { segmentBytes: 300 } });
  for (let i = 0; i < 3; i++) append(log);
  files.inject({ operation: 'open', path: /0{19}[1-9]\./, code: 'EMFILE', times: 2 });
  const attempts = Array.from({ length: 8 }, () => {
    try {
      return append(log).baseOffset;
    } catch {
      return -1;
    }
  });
  expect(attempts.filter((offset) => offset < 0)).toHaveLength(2);
  expect(await readOffsets(log)).toEqual(Array.from({ length: 9 }, (_, i) => i));
});

describe('an fsync that fails', () => {
  test.each([
    ['flush.messages', { flushMessages: 1 }],
    ['flush.ms', { flushMs: 100 }],
  ])('takes the log offline (%s)', async (_, config) => {
    const files = memoryFiles();
    const { log, clock } = await openLog({ files, config });
    files.inject({ operation: 'sync', path: LOG, code: 'EIO', times: 1 });
    try {
      append(log);
    } catch (error) {
      expect(error).toEqual(STORAGE_ERROR);
    }
    clock.advance(100);
    await log.flushAsync();
    expect(log.failure).toContain('it could not be flushed');
    expect(() => append(log)).toThrow(STORAGE_ERROR);
    expect(log.recoveryPoint).toBe(0);
  });

  test('at a clean stop means that there was none', async () => {
    const files = memoryFiles();
    const { log, manager, directory } = await openLog({ files });
    append(log);
    files.inject({ operation: 'sync', path: LOG, code: 'EIO', times: 1 });
    await manager.close();
    expect(files.stat(`${directory}/.kafka_cleanshutdown`)).toBeUndefined();
    const again = await openManager({ files, directory });
    expect(again.manager.wasClean).toBe(false);
    expect(again.manager.get('orders', 0)!.logEndOffset).toBe(1);
  });
});

test('a checkpoint that cannot be written leaves the old one, and no clean stop', async () => {
  const files = memoryFiles();
  const { log, manager, clock, logger, directory } = await openLog({ files, config: { flushMessages: 1 } });
  append(log);
  clock.advance(60_000);
  const checkpoint = `${directory}/recovery-point-offset-checkpoint`;
  const before = files.readFile(checkpoint).toString();
  expect(before).toBe('0\n1\norders 0 1\n');
  append(log);
  files.inject({ operation: 'write', path: /checkpoint\.tmp$/, code: 'ENOSPC' });
  clock.advance(60_000);
  expect(files.readFile(checkpoint).toString()).toBe(before);
  expect(logger.matching(/ERROR Failed to write a checkpoint/).length).toBeGreaterThan(0);
  await manager.close();
  expect(files.stat(`${directory}/.kafka_cleanshutdown`)).toBeUndefined();
});
