// Moves between log directories: the copy, the switch, what ends a move, and crashes at every step.
import { describe, expect, test } from 'vitest';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { append, readOffsets, readValues, TOPIC_ID } from './helpers.ts';
import { KilledFiles } from './killed-files.ts';
import { DELETED, DIRS, FUTURE, fill, open, openFilled, partitionsIn, stateOf } from './two-directories.ts';

describe('a move', () => {
  test('brings all of a log to the other directory, with its checkpoints', async () => {
    const files = memoryFiles();
    const { manager, log, clock } = await openFilled({ files });
    const before = await stateOf(log);
    expect(manager.directoryOf(log)).toBe('/one');
    manager.move(log, '/two');
    expect(partitionsIn(files, '/two')).toEqual([expect.stringMatching(FUTURE)]);
    await manager.movesSettled();
    expect(manager.directoryOf(log)).toBe('/two');
    expect(await stateOf(log)).toEqual(before);
    expect(partitionsIn(files, '/two')).toEqual(['orders-0']);
    expect(partitionsIn(files, '/one')).toEqual([expect.stringMatching(DELETED)]);
    const checkpoint = (directory: string) =>
      files.readFile(`${directory}/recovery-point-offset-checkpoint`).toString();
    expect(checkpoint('/one')).toBe('0\n0\n');
    expect(checkpoint('/two')).toBe(`0\n1\norders 0 ${log.logEndOffset}\n`);
    clock.advance(DEFAULT_LOG_CONFIG.fileDeleteDelayMs);
    expect(partitionsIn(files, '/one')).toEqual([]);
    append(log, { value: 'after' });
    await manager.close();
    const again = (await open({ files })).manager;
    expect(again.wasClean).toBe(true);
    expect((await readValues(again.get('orders', 0)!)).at(-1)).toBe('after');
  });

  test('goes on beside appends and reads, and whoever listens goes on listening', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files, settings: { tailBytes: 0 }, config: { segmentBytes: 200_000 } });
    let changes = 0;
    log.onChange(() => changes++);
    manager.move(log, '/two');
    for (let i = 0; manager.directoryOf(log) === '/one'; i++) {
      if (i < 50) append(log, { value: `beside ${i}`, valueBytes: 50_000 });
      await new Promise(setImmediate);
      expect((await readOffsets(log)).length).toBe(log.logEndOffset);
    }
    const seen = changes;
    append(log, { value: 'after' });
    expect(changes).toBe(seen + 1);
    expect((await readOffsets(log)).length).toBe(log.logEndOffset);
  });

  test('leaves a read that began in the old files its answer', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files, settings: { tailBytes: 0 } });
    const reads = [0, 10, 20].map((offset) => log.read(offset, 100, { minOneMessage: true, upTo: Infinity }));
    const timestamp = log.maxTimestampOffset();
    manager.move(log, '/two');
    await manager.movesSettled();
    for (const read of reads) expect((await read).sizeInBytes).toBeGreaterThan(0);
    expect(await timestamp).toBeDefined();
  });

  test('remembers the sequences of producers, those without records too', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    log.deleteRecordsBefore(log.logEndOffset);
    manager.move(log, '/two');
    await manager.movesSettled();
    expect(log.logStartOffset).toBe(log.logEndOffset);
    const duplicate = { value: '11', count: 3, producerId: 7, producerEpoch: 0, baseSequence: 33 };
    expect(append(log, duplicate)).toMatchObject({ duplicate: true });
    await manager.close();
    const again = (await open({ files })).manager.get('orders', 0)!;
    expect(append(again, duplicate)).toMatchObject({ duplicate: true });
    expect(again.logStartOffset).toBe(log.logStartOffset);
  });

  test('of several logs at once, and of each back again', async () => {
    const files = memoryFiles();
    const { manager } = await openFilled({ files });
    const logs = [0, 1, 2, 3].map((partition) => manager.create('orders', partition, TOPIC_ID));
    for (const log of logs.slice(1)) fill(log);
    const before = await Promise.all(logs.map(stateOf));
    for (const target of ['/two', '/one', '/two']) {
      for (const log of logs) manager.move(log, target);
      await manager.movesSettled();
      expect(logs.map((log) => manager.directoryOf(log))).toEqual(logs.map(() => target));
      expect(await Promise.all(logs.map(stateOf))).toEqual(before);
    }
  });

  test('ends when the directory that the log is in is named', async () => {
    const files = memoryFiles();
    const { manager, log, clock } = await openFilled({ files });
    manager.move(log, '/two');
    expect([...manager.copies()]).toMatchObject([{ directory: '/two' }]);
    manager.move(log, '/one');
    expect([...manager.copies()]).toEqual([]);
    expect(partitionsIn(files, '/two')).toEqual([expect.stringMatching(DELETED)]);
    await manager.movesSettled();
    expect(manager.directoryOf(log)).toBe('/one');
    clock.advance(DEFAULT_LOG_CONFIG.fileDeleteDelayMs);
    expect(partitionsIn(files, '/two')).toEqual([]);
  });

  test('ends with the partition', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    manager.move(log, '/two');
    manager.delete('orders', 0);
    await manager.movesSettled();
    expect([...partitionsIn(files, '/one'), ...partitionsIn(files, '/two')]).toEqual([
      expect.stringMatching(DELETED),
      expect.stringMatching(DELETED),
    ]);
  });

  test('begins anew when retention took what comes next', async () => {
    const files = memoryFiles();
    const { manager, log, clock } = await openFilled({ files });
    manager.move(log, '/two');
    log.deleteRecordsBefore(30);
    log.deleteOldSegments(clock.nowMs());
    expect(log.segmentBaseOffsets[0]).toBeGreaterThan(0);
    const before = await stateOf(log);
    await manager.movesSettled();
    expect(manager.directoryOf(log)).toBe('/two');
    expect(await stateOf(log)).toEqual(before);
  });

  test('is as fast as it may be', async () => {
    const files = memoryFiles();
    const { manager, log, clock } = await openFilled({ files, moveBytesPerSecond: () => log.sizeInBytes / 10 });
    manager.move(log, '/two');
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    expect(manager.directoryOf(log)).toBe('/one');
    expect([...manager.copies()][0]!.copy.logEndOffset).toBeGreaterThan(0);
    clock.advance(10_001);
    await manager.movesSettled();
    expect(manager.directoryOf(log)).toBe('/two');
  });

  test('that a stop interrupts goes on after the next start', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files, moveBytesPerSecond: () => 1 });
    const before = await stateOf(log);
    manager.move(log, '/two');
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    await manager.close();
    const future = partitionsIn(files, '/two');
    expect(future).toEqual([expect.stringMatching(FUTURE)]);
    const { manager: again } = await open({ files });
    expect([...again.copies()]).toHaveLength(1);
    expect(partitionsIn(files, '/two')).toEqual(future);
    again.startMoves();
    await again.movesSettled();
    const moved = again.get('orders', 0)!;
    expect(again.directoryOf(moved)).toBe('/two');
    expect(await stateOf(moved)).toEqual(before);
  });

  test('that fails for want of room leaves the log where it is', async () => {
    const files = memoryFiles();
    const { manager, log, logger } = await openFilled({ files });
    const before = await stateOf(log);
    files.inject({ operation: 'write', path: /^\/two.*\.log$/, code: 'ENOSPC' });
    manager.move(log, '/two');
    await manager.movesSettled();
    expect(manager.directoryOf(log)).toBe('/one');
    expect(logger.matching(/ERROR Moving orders-0 to \/two failed/)).toHaveLength(1);
    expect(await stateOf(log)).toEqual(before);
    append(log);
  });
});

test('a kill at any step of a move loses nothing', async () => {
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    const memory = memoryFiles({ rememberSynced: true });
    const files = new KilledFiles(memory);
    const { manager, log } = await openFilled({ files });
    log.flush();
    const before = await stateOf(log);
    files.left = steps;
    try {
      manager.move(log, '/two');
      await manager.movesSettled();
    } catch {
      // Killed while the directory was made.
    }
    isDone = files.left > 0;
    if (steps % 2 === 0) memory.crash();
    else memory.losePower();
    const { manager: again } = await open({ files: memory });
    const found = again.create('orders', 0, TOPIC_ID);
    expect(await stateOf(found)).toEqual(before);
    again.startMoves();
    await again.movesSettled();
    expect(await stateOf(found)).toEqual(before);
    expect(append(found).baseOffset).toBe(before.logEndOffset);
    const kept = DIRS.flatMap((directory) => partitionsIn(memory, directory)).filter((name) => !DELETED.test(name));
    expect(kept).toEqual(['orders-0']);
  }
  expect(steps).toBeGreaterThan(30);
});

test('a log that is in two directories with different records is not guessed at', async () => {
  const files = memoryFiles();
  const { manager } = await openFilled({ files });
  await manager.close();
  const other = await open({ files, dirs: ['/two'] });
  append(other.manager.create('orders', 0, 'yyYdtqzRRE-ZEaAXRz-jrw'));
  await other.manager.close();
  await expect(open({ files })).rejects.toThrow('Duplicate log directories found: /one/orders-0, /two/orders-0!');
});
