import { describe, expect, test } from 'vitest';
import { LogError, LogErrorCode } from '../../src/log/errors.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { append, appendMarker, batch, CLIENT, COORDINATOR, openLog, openManager, readOffsets } from './helpers.ts';

const PRODUCER = { producerId: 7, producerEpoch: 0 };
const MAX_SEQUENCE = 0x7fffffff;

function send(log: PartitionLog, baseSequence: number, count = 1, producerEpoch = 0) {
  return append(log, { ...PRODUCER, producerEpoch, baseSequence, count });
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

describe('an idempotent producer', () => {
  test('gets the offsets of the first time for any of its last five batches', async () => {
    const { log } = await openLog();
    for (let i = 0; i < 6; i++) send(log, i * 2, 2);
    for (let i = 1; i < 6; i++) {
      expect(send(log, i * 2, 2)).toMatchObject({ baseOffset: i * 2, lastOffset: i * 2 + 1, duplicate: true });
    }
    expect(log.logEndOffset).toBe(12);
    expect(refused(() => send(log, 0, 2)).code).toBe(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  });

  test('may not leave a gap', async () => {
    const { log } = await openLog();
    send(log, 0, 3);
    const error = refused(() => send(log, 4));
    expect(error.code).toBe(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(error.message).toBe(
      'Out of order sequence number for producer 7 at offset 3 in partition orders-0: 4 (incoming seq. number), 2 (current end sequence number)',
    );
    expect(send(log, 3).baseOffset).toBe(3);
  });

  test('may not repeat part of a batch', async () => {
    const { log } = await openLog();
    send(log, 0, 3);
    expect(refused(() => send(log, 0, 2)).code).toBe(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  });

  test('counts on from 0 after 2^31 - 1, in the middle of a batch too', async () => {
    const { log } = await openLog();
    send(log, MAX_SEQUENCE - 1, 2);
    expect(send(log, 0).duplicate).toBe(false);
    const other = await openLog();
    send(other.log, MAX_SEQUENCE, 3);
    expect(send(other.log, MAX_SEQUENCE, 3)).toMatchObject({ baseOffset: 0, duplicate: true });
    expect(send(other.log, 2).baseOffset).toBe(3);
  });

  test('that the log does not know may begin at any sequence', async () => {
    const { log } = await openLog();
    expect(send(log, 12).baseOffset).toBe(0);
  });

  test('begins at 0 with a new epoch, and its old epoch is fenced', async () => {
    const { log } = await openLog();
    send(log, 0);
    const gap = refused(() => send(log, 1, 1, 1));
    expect(gap.code).toBe(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(gap.message).toBe(
      'Invalid sequence number for new epoch of producer 7at offset 1 in partition orders-0: 1 (request epoch), 1 (seq. number), 0 (current producer epoch)',
    );
    send(log, 0, 1, 1);
    const stale = refused(() => send(log, 1, 1, 0));
    expect(stale.code).toBe(LogErrorCode.INVALID_PRODUCER_EPOCH);
    expect(stale.message).toBe(
      'Epoch of producer 7 at offset 2 in orders-0 is 0, which is < the last seen epoch 1 (TV-1)',
    );
  });

  test('is told the time of the first append of a duplicate with LogAppendTime', async () => {
    const { log } = await openLog({ config: { messageTimestampType: 'LogAppendTime' } });
    send(log, 0);
    const again = log.append(batch({ ...PRODUCER, baseSequence: 0 }), { ...CLIENT, nowMs: CLIENT.nowMs + 999 });
    expect(again).toMatchObject({ duplicate: true, logAppendTimeMs: CLIENT.nowMs });
  });

  test('is remembered over a clean stop and a crash', async () => {
    for (const isClean of [true, false]) {
      const { log, manager, directory } = await openLog();
      send(log, 0, 2);
      if (isClean) await manager.close();
      else for (const each of manager.all()) each.abandon();
      const again = isClean ? await openManager({ directory }) : await reopenAfterCrash(directory);
      const reopened = again.manager.get('orders', 0)!;
      expect(send(reopened, 0, 2)).toMatchObject({ baseOffset: 0, duplicate: true });
      expect(refused(() => send(reopened, 9)).code).toBe(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
      expect(send(reopened, 2).baseOffset).toBe(2);
    }
  });

  test('is forgotten after producer.id.expiration.ms, unless it has a transaction open', async () => {
    const { log, clock } = await openLog();
    send(log, 0);
    append(log, { producerId: 8, producerEpoch: 0, baseSequence: 0, transactional: true });
    log.removeExpiredProducers(clock.nowMs(), 1);
    expect(log.producerStates()).toHaveLength(2);
    clock.advance(24 * 60 * 60_000);
    expect(log.producerStates().map((one) => one.producerId)).toEqual([8]);
  });
});

describe('a coordinator', () => {
  test('has no sequences but epochs', async () => {
    const { log } = await openLog();
    const records = (producerEpoch: number) =>
      batch({ producerId: 3, producerEpoch, baseSequence: -1, transactional: true });
    log.append(records(1), COORDINATOR);
    log.append(records(1), COORDINATOR);
    expect(refused(() => log.append(records(0), COORDINATOR)).code).toBe(LogErrorCode.INVALID_PRODUCER_EPOCH);
    appendMarker(log, { type: 'COMMIT', producerId: 3, producerEpoch: 1 });
    expect(await readOffsets(log)).toEqual([0, 1, 2]);
  });

  test('has each batch of several checked against those before it', async () => {
    const { log } = await openLog();
    const records = (producerEpoch: number) => batch({ producerId: 3, producerEpoch, baseSequence: -1 });
    const both = Buffer.concat([records(2), records(1)]);
    expect(refused(() => log.append(both, COORDINATOR)).code).toBe(LogErrorCode.INVALID_PRODUCER_EPOCH);
    expect(log.logEndOffset).toBe(0);
    expect(log.producerStates()).toEqual([]);
  });
});

/** The lock of a process that was killed is that of this one here, so it is taken away by hand. */
async function reopenAfterCrash(directory: string) {
  const { rmSync } = await import('node:fs');
  rmSync(`${directory}/.lock`);
  return openManager({ directory });
}
