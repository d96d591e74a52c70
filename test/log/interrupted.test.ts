// What a crash, a power loss or a kill in the middle of a change leaves, and the next start makes of it.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { append, appendMarker, batch, CLIENT, readOffsets } from './helpers.ts';
import { killed, open, reopen, UP_TO } from './killed-logs.ts';

describe('files of an interrupted', () => {
  const name = (suffix: string) => `/data/orders-0/00000000000000000000${suffix}`;

  test('deletion are removed', async () => {
    const files = await killed(1);
    files.createExclusive('/data/orders-0/00000000000000000009.log.deleted', Buffer.from('x'));
    files.createExclusive('/data/orders-0/00000000000000000009-0000000001.checkpoint.deleted', Buffer.from('x'));
    await reopen(files);
    expect(files.stat('/data/orders-0/00000000000000000009.log.deleted')).toBeUndefined();
    expect(files.stat('/data/orders-0/00000000000000000009-0000000001.checkpoint.deleted')).toBeDefined();
  });

  test('compaction before the swap are removed', async () => {
    const files = await killed(2);
    files.createExclusive(name('.log.cleaned'), batch());
    files.createExclusive(name('.index.cleaned'), Buffer.alloc(0));
    const { log } = await reopen(files);
    expect(await readOffsets(log)).toEqual([0, 1]);
    expect(files.stat(name('.log.cleaned'))).toBeUndefined();
    expect(files.stat(name('.index.cleaned'))).toBeUndefined();
  });

  test('swap are put in place of the segments that they stand for', async () => {
    const config = { segmentBytes: 200 };
    const files = await killed(6, config);
    const before = await reopen(files, config);
    const bases = before.log.segmentBaseOffsets;
    expect(bases.length).toBeGreaterThan(2);
    // What compaction leaves of the first two segments: their last record.
    const compacted = batch({ value: 'compacted' });
    compacted.writeBigInt64BE(BigInt(bases[2]! - 1), 0);
    files.createExclusive(name('.log.swap'), compacted);
    files.createExclusive(name('.index.swap'), Buffer.alloc(0));
    files.createExclusive(name('.timeindex.swap'), Buffer.alloc(0));
    const { log } = await reopen(files, config);
    expect(log.segmentBaseOffsets).toEqual([0, ...bases.slice(2)]);
    expect(await readOffsets(log)).toEqual([bases[2]! - 1, ...UP_TO(6).slice(bases[2])]);
  });

  test('deletion of an index without its log is finished', async () => {
    const files = await killed(1);
    files.createExclusive('/data/orders-0/00000000000000000099.index', Buffer.alloc(8));
    await reopen(files);
    expect(files.stat('/data/orders-0/00000000000000000099.index')).toBeUndefined();
  });
});

describe('a power loss', () => {
  test('leaves what was flushed', async () => {
    const files = memoryFiles({ rememberSynced: true });
    const { log } = await open(files, { flushMessages: 1, segmentBytes: 400 });
    for (let i = 0; i < 10; i++) append(log, { value: `value ${i}` });
    files.losePower();
    const again = await open(files, { flushMessages: 1 });
    expect(await readOffsets(again.log)).toEqual(UP_TO(10));
  });

  test('leaves the leader epochs of what was flushed', async () => {
    const files = memoryFiles({ rememberSynced: true });
    const { log } = await open(files);
    log.append(batch(), { ...CLIENT, leaderEpoch: 2 });
    log.roll(0);
    log.append(batch(), { ...CLIENT, leaderEpoch: 5 });
    log.flush();
    files.open('/data/recovery-point-offset-checkpoint', { create: true }).write(Buffer.from('0\n1\norders 0 2\n'), 0);
    files.open('/data/recovery-point-offset-checkpoint').sync();
    files.losePower();
    expect((await open(files)).log.endOffsetForEpoch(2)).toEqual({ epoch: 2, endOffset: 1 });
  });

  test('may take what was not', async () => {
    const files = memoryFiles({ rememberSynced: true });
    const { log } = await open(files);
    append(log);
    log.flush();
    append(log);
    files.losePower();
    const again = await open(files);
    expect(await readOffsets(again.log)).toEqual([0]);
    expect(append(again.log).baseOffset).toBe(1);
  });
});

test('a crash at any call leaves a prefix of the log that has all that was acknowledged', async () => {
  const config = {
    segmentBytes: 500,
    indexIntervalBytes: 150,
    flushMessages: 7,
    retentionBytes: 1500,
    fileDeleteDelayMs: 0,
  };
  for (const operation of ['write', 'sync', 'rename', 'open', 'truncate', 'remove'] as const) {
    for (let skip = 0; ; skip += 3) {
      const files = memoryFiles();
      const opened = await open(files, config);
      const acknowledged: number[] = [];
      let failed = false;
      files.inject({ operation, code: 'EIO', skip, partialBytes: 40 });
      for (let i = 0; i < 30 && !failed; i++) {
        try {
          acknowledged.push(append(opened.log, { producerId: 1, producerEpoch: 0, baseSequence: i }).baseOffset);
          if (i % 10 === 9) opened.log.deleteOldSegments(opened.clock.nowMs());
          opened.clock.advance(1);
        } catch {
          failed = true;
        }
      }
      const { log } = await reopen(files, config);
      expect(log.failure).toBeUndefined();
      const found = await readOffsets(log);
      const context = `${operation} ${skip}`;
      expect([context, found]).toEqual([context, UP_TO(log.logEndOffset).slice(log.logStartOffset)]);
      expect(log.logEndOffset, context).toBeGreaterThanOrEqual(acknowledged.length);
      if (!failed) break;
    }
  }
});

test('leader epochs are found in the batches again', async () => {
  const files = memoryFiles();
  const { log } = await open(files);
  log.append(batch(), { ...CLIENT, leaderEpoch: 2 });
  log.append(batch(), { ...CLIENT, leaderEpoch: 5 });
  files.remove(path.join(log.directory, 'leader-epoch-checkpoint'));
  const again = (await reopen(files)).log;
  expect(again.latestEpoch).toBe(5);
  expect(again.endOffsetForEpoch(2)).toEqual({ epoch: 2, endOffset: 1 });
  expect(again.epochOf(0)).toBe(2);
});

test('a transaction that spans segments is known after a crash, from the snapshot before it', async () => {
  const files = memoryFiles();
  const { log } = await open(files);
  append(log, { producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true });
  log.roll(0);
  log.flush();
  append(log);
  const again = (await reopen(files)).log;
  expect(again.lastStableOffset).toBe(0);
  appendMarker(again, { type: 'ABORT', producerId: 1, producerEpoch: 0 });
  expect(again.abortedTransactions(0, 3)).toHaveLength(1);
});
