import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogError, LogErrorCode } from '../../src/log/errors.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { append, appendMarker, namesIn, openLog, openManager, readOffsets } from './helpers.ts';

function write(log: PartitionLog, producerId: number, baseSequence = 0, producerEpoch = 0) {
  return append(log, { producerId, producerEpoch, baseSequence, transactional: true });
}

function refused(action: () => unknown): LogError {
  try {
    action();
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the last stable offset', () => {
  test('stays before the oldest open transaction', async () => {
    const { log } = await openLog();
    append(log);
    expect(log.lastStableOffset).toBe(1);
    write(log, 1); // offset 1
    write(log, 2); // offset 2
    append(log); // offset 3
    expect(log.lastStableOffset).toBe(1);
    expect(log.highWatermark).toBe(4);
    expect(log.hasOngoingTransaction(1, 0)).toBe(true);
    appendMarker(log, { type: 'COMMIT', producerId: 1, producerEpoch: 0 });
    expect(log.lastStableOffset).toBe(2);
    appendMarker(log, { type: 'ABORT', producerId: 2, producerEpoch: 0 });
    expect(log.lastStableOffset).toBe(6);
    expect(log.hasOngoingTransaction(1, 0)).toBe(false);
  });

  test('bounds what a read returns', async () => {
    const { log } = await openLog();
    append(log);
    append(log);
    write(log, 1);
    append(log);
    const range = await log.read(0, 1 << 20, { minOneMessage: true, upTo: log.lastStableOffset });
    expect(range.nextOffset).toBe(2);
    expect((await log.read(2, 1 << 20, { minOneMessage: true, upTo: log.lastStableOffset })).sizeInBytes).toBe(0);
  });

  test('never lies before the log start', async () => {
    const { log } = await openLog();
    write(log, 1);
    append(log);
    log.deleteRecordsBefore(2);
    expect(log.lastStableOffset).toBe(2);
  });
});

describe('aborted transactions', () => {
  /** 0 p1, 1 p2, 2 abort p1, 3 commit p2, 4 p3, 5 abort p3 */
  async function fill(options: Parameters<typeof openLog>[0] = {}) {
    const opened = await openLog(options);
    const { log } = opened;
    write(log, 1);
    write(log, 2);
    appendMarker(log, { type: 'ABORT', producerId: 1, producerEpoch: 0 });
    appendMarker(log, { type: 'COMMIT', producerId: 2, producerEpoch: 0 });
    write(log, 3);
    appendMarker(log, { type: 'ABORT', producerId: 3, producerEpoch: 0 });
    return opened;
  }
  const first = { producerId: 1, firstOffset: 0, lastOffset: 2, lastStableOffset: 1 };
  const second = { producerId: 3, firstOffset: 4, lastOffset: 5, lastStableOffset: 6 };

  test('are those that touch the range that was read', async () => {
    const { log } = await fill();
    expect(log.abortedTransactions(0, 6)).toEqual([first, second]);
    expect(log.abortedTransactions(0, 1)).toEqual([first]);
    expect(log.abortedTransactions(3, 4)).toEqual([]);
    expect(log.abortedTransactions(3, 6)).toEqual([second]);
    expect(log.abortedTransactions(2, 3)).toEqual([first]);
  });

  test('are found in the segment of their marker, which may be a later one', async () => {
    const { log } = await openLog();
    write(log, 1);
    log.roll(0);
    append(log);
    log.roll(0);
    appendMarker(log, { type: 'ABORT', producerId: 1, producerEpoch: 0 });
    expect(log.abortedTransactions(0, 3)).toEqual([
      { producerId: 1, firstOffset: 0, lastOffset: 2, lastStableOffset: 3 },
    ]);
  });

  test('are in a .txnindex of Kafka’s format, which exists only where there are some', async () => {
    const { log, manager } = await fill();
    log.roll(0);
    append(log);
    await manager.close();
    expect(namesIn(log.directory).filter((name) => name.endsWith('.txnindex'))).toEqual([
      '00000000000000000000.txnindex',
    ]);
    const bytes = fs.readFileSync(path.join(log.directory, '00000000000000000000.txnindex'));
    const expected = [first, second].flatMap((one) => [
      0n,
      BigInt(one.producerId),
      BigInt(one.firstOffset),
      BigInt(one.lastOffset),
      BigInt(one.lastStableOffset),
    ]);
    const entries = [0, 34].flatMap((at) => [
      BigInt(bytes.readInt16BE(at)),
      ...[2, 10, 18, 26].map((i) => bytes.readBigInt64BE(at + i)),
    ]);
    expect(entries).toEqual(expected);
    expect(bytes).toHaveLength(68);
  });

  test('are there again after a clean stop, after a crash, and without their index', async () => {
    const files = memoryFiles();
    const { log, manager, directory } = await fill({ files });
    await manager.close();
    const clean = await openManager({ files, directory });
    expect(clean.manager.wasClean).toBe(true);
    expect(clean.manager.get('orders', 0)!.abortedTransactions(0, 6)).toEqual([first, second]);
    files.crash();
    const index = path.join(log.directory, '00000000000000000000.txnindex');
    files.open(index).truncate(7);
    const crashed = await openManager({ files, directory });
    expect(crashed.manager.wasClean).toBe(false);
    expect(crashed.manager.get('orders', 0)!.abortedTransactions(0, 6)).toEqual([first, second]);
    await crashed.manager.close();
    files.open(index).truncate(50);
    const damaged = await openManager({ files, directory });
    expect(damaged.manager.get('orders', 0)!.abortedTransactions(0, 6)).toEqual([first, second]);
    expect(damaged.logger.matching(/transaction index .* is damaged/)).toHaveLength(1);
  });

  test('that are still open keep the last stable offset back after a restart', async () => {
    for (const isClean of [true, false]) {
      const files = memoryFiles();
      const { log, manager, directory } = await openLog({ files });
      append(log);
      write(log, 1);
      log.roll(0);
      append(log);
      if (isClean) await manager.close();
      else files.crash();
      const again = (await openManager({ files, directory })).manager.get('orders', 0)!;
      expect(again.lastStableOffset).toBe(1);
      appendMarker(again, { type: 'COMMIT', producerId: 1, producerEpoch: 0 });
      expect(again.lastStableOffset).toBe(4);
      expect(await readOffsets(again)).toEqual([0, 1, 2, 3]);
    }
  });
});

describe('a transaction marker', () => {
  test('of an older epoch or an older coordinator is refused', async () => {
    const { log } = await openLog();
    write(log, 1, 0, 5);
    const stale = refused(() => appendMarker(log, { type: 'COMMIT', producerId: 1, producerEpoch: 4 }));
    expect(stale.code).toBe(LogErrorCode.INVALID_PRODUCER_EPOCH);
    expect(stale.message).toBe(
      'Epoch of producer 1 at offset 1 in orders-0 is 4, which is < the last seen epoch 5 (TV0)',
    );
    appendMarker(log, { type: 'COMMIT', producerId: 1, producerEpoch: 5, coordinatorEpoch: 3 });
    const zombie = refused(() =>
      appendMarker(log, { type: 'COMMIT', producerId: 1, producerEpoch: 5, coordinatorEpoch: 2 }),
    );
    expect(zombie.code).toBe(LogErrorCode.TRANSACTION_COORDINATOR_FENCED);
    expect(zombie.message).toBe(
      'Invalid coordinator epoch for producerId 1 at offset 2 in partition orders-0: 2 (zombie), 3 (current)',
    );
  });

  test('must have a higher epoch from transaction version 2 on, unless it repeats one', async () => {
    const { log } = await openLog();
    write(log, 1);
    const marker = { type: 'ABORT', producerId: 1, transactionVersion: 2 } as const;
    const same = refused(() => appendMarker(log, { ...marker, producerEpoch: 0 }));
    expect(same.message).toBe(
      'Epoch of producer 1 at offset 1 in orders-0 is 0, which is <= the last seen epoch 0 (TV2)',
    );
    appendMarker(log, { ...marker, producerEpoch: 1 });
    appendMarker(log, { ...marker, producerEpoch: 1 });
    expect(log.abortedTransactions(0, 9)).toHaveLength(1);
  });

  test('of a producer without a transaction changes nothing but its epoch', async () => {
    const { log } = await openLog();
    appendMarker(log, { type: 'ABORT', producerId: 1, producerEpoch: 3 });
    expect(log.abortedTransactions(0, 9)).toEqual([]);
    expect(refused(() => write(log, 1, 0, 2)).message).toBe(
      'Epoch of producer 1 is 2, which is smaller than the last seen epoch 3',
    );
    expect(write(log, 1, 0, 3).baseOffset).toBe(1);
  });
});

test('records without a transaction are refused while their producer has one open', async () => {
  const { log } = await openLog();
  write(log, 1);
  const error = refused(() => append(log, { producerId: 1, producerEpoch: 0, baseSequence: 1 }));
  expect(error.code).toBe(LogErrorCode.INVALID_TXN_STATE);
  expect(error.message).toMatch(/^Expected transactional write from producer 1 at offset 1 in partition orders-0$/);
});
