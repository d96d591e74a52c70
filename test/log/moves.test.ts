// Moves between log directories: the copy, the switch, what ends a move, and crashes at every step.
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import type { Files } from '../../src/log/files.ts';
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../../src/log/log-config.ts';
import { LogManager, type LogManagerOptions } from '../../src/log/log-manager.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { ManualClock } from '../../src/util/clock.ts';
import {
  append,
  appendMarker,
  CLIENT,
  RecordingLogger,
  readAll,
  readOffsets,
  readValues,
  TOPIC_ID,
} from './helpers.ts';
import { KilledFiles } from './killed-files.ts';

const DIRS = ['/one', '/two'];
const STORAGE_ERROR = expect.objectContaining({ code: LogErrorCode.KAFKA_STORAGE_ERROR });

interface Options extends Partial<LogManagerOptions> {
  files: Files;
  config?: Partial<LogConfig>;
}

async function open({ config, ...options }: Options) {
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const manager = await LogManager.open({
    nodeId: 1,
    dirs: DIRS,
    clock,
    logger,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, segmentBytes: 500, indexIntervalBytes: 100, ...config }),
    ...options,
  });
  return { manager, clock, logger };
}

async function openFilled(options: Options) {
  const opened = await open(options);
  const log = opened.manager.create('orders', 0, TOPIC_ID);
  fill(log);
  return { ...opened, log };
}

/** Several segments, a producer, an aborted and an open transaction, two leader epochs. */
function fill(log: PartitionLog): void {
  const producer = { producerId: 7, producerEpoch: 0 };
  for (let i = 0; i < 12; i++) append(log, { value: `${i}`, count: 3, ...producer, baseSequence: 3 * i });
  const transaction = { producerId: 8, producerEpoch: 0, transactional: true };
  append(log, { value: 'aborted', ...transaction, baseSequence: 0 });
  appendMarker(log, { type: 'ABORT', producerId: 8, producerEpoch: 0 });
  append(log, { value: 'open', ...transaction, baseSequence: 1 }, { ...CLIENT, leaderEpoch: 4 });
}

async function stateOf(log: PartitionLog) {
  const { logStartOffset, logEndOffset, lastStableOffset, latestEpoch, topicId } = log;
  const producers = log.producerStates().map(({ producerId, lastSequence }) => ({ producerId, lastSequence }));
  const bytes = (await readAll(log)).toString('base64');
  const aborted = log.abortedTransactions(logStartOffset, logEndOffset);
  const epochs = log.endOffsetForEpoch(0);
  return { logStartOffset, logEndOffset, lastStableOffset, latestEpoch, topicId, producers, bytes, aborted, epochs };
}

const names = (files: Files, directory: string) => files.readDirectory(directory).map(({ name }) => name);
const partitionsIn = (files: Files, directory: string) =>
  names(files, directory).filter((name) => /^orders/.test(name));
const FUTURE = /^orders-0\.[0-9a-f]{32}-future$/;
const DELETED = /^orders-0\.[0-9a-f]{32}-delete$/;

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

describe('a log directory that fails', () => {
  test('takes its logs offline, and no others; new ones go elsewhere', async () => {
    const files = memoryFiles();
    const fatal: string[] = [];
    const { manager, log } = await openFilled({ files, onFatal: (message) => fatal.push(message) });
    const other = manager.create('orders', 1, TOPIC_ID);
    const third = manager.create('orders', 2, TOPIC_ID);
    expect([log, other, third].map((one) => manager.directoryOf(one))).toEqual(['/one', '/two', '/one']);
    files.inject({ operation: 'write', path: /^\/one\/orders-0/, code: 'EIO', times: 1 });
    expect(() => append(log)).toThrow(STORAGE_ERROR);
    expect(() => append(third)).toThrow(STORAGE_ERROR);
    append(other);
    expect([...manager.failedDirectories.keys()]).toEqual(['/one']);
    expect(manager.directoryOf(manager.create('orders', 3, TOPIC_ID))).toBe('/two');
    expect(() => manager.move(other, '/one')).toThrow(STORAGE_ERROR);
    expect(fatal).toEqual([]);
    files.inject({ operation: 'sync', path: /^\/two\/orders-1/, code: 'EIO', times: 1 });
    expect(() => other.flush()).toThrow(STORAGE_ERROR);
    expect(fatal).toEqual(['Shutdown broker because all log dirs in /one, /two have failed']);
    await manager.close();
    expect(names(files, '/one')).not.toContain('.kafka_cleanshutdown');
  });

  test('as the target of a move ends the move only', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    files.inject({ operation: 'write', path: /^\/two.*future.*\.log$/, code: 'EIO' });
    manager.move(log, '/two');
    await manager.movesSettled();
    expect([...manager.failedDirectories.keys()]).toEqual(['/two']);
    expect(log.failure).toBeUndefined();
    append(log);
    expect([...manager.copies()]).toEqual([]);
  });

  test('at the start is left out, as long as there is another', async () => {
    const files = memoryFiles();
    const { manager } = await openFilled({ files });
    manager.create('orders', 1, TOPIC_ID);
    await manager.close();
    const heal = files.inject({ operation: 'open', path: /^\/two\//, code: 'EIO' });
    const { manager: again } = await open({ files });
    expect([...again.failedDirectories.keys()]).toEqual(['/two']);
    expect(again.get('orders', 0)).toBeDefined();
    expect(again.get('orders', 1)).toBeUndefined();
    await again.close();
    files.inject({ operation: 'open', path: /^\/one\//, code: 'EIO' });
    await expect(open({ files })).rejects.toThrow('EIO');
    heal();
  });

  test('that is added later, before the others, gets their cluster and the next logs', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    await manager.close();
    const { manager: again } = await open({ files, dirs: ['/zero', ...DIRS] });
    expect(again.clusterId).toBe(manager.clusterId);
    expect(again.directoryOf(again.get('orders', 0)!)).toBe(manager.directoryOf(log));
    expect(again.directoryOf(again.create('orders', 1, TOPIC_ID))).toBe('/zero');
  });
});
