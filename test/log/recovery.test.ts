import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { type MemoryFiles, memoryFiles } from '../../src/log/memory-files.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import {
  append,
  appendMarker,
  batch,
  batchBytes,
  CLIENT,
  NOW_MS,
  openLog,
  openManager,
  readOffsets,
  readValues,
  type TestManager,
  TOPIC_ID,
} from './helpers.ts';

const DIRECTORY = '/data';
const LOG_FILE = '/data/orders-0/00000000000000000000.log';
const UP_TO = (end: number) => Array.from({ length: end }, (_, i) => i);

type Config = NonNullable<Parameters<typeof openLog>[0]>['config'];

function open(files: MemoryFiles, config: Config = {}): Promise<TestManager & { log: PartitionLog }> {
  return openLog({ files, directory: DIRECTORY, config });
}

/** Opens what a killed broker left. */
function reopen(files: MemoryFiles, config: Config = {}) {
  files.crash();
  return open(files, config);
}

/** A log of `count` batches, abandoned as by `kill -9`. */
async function killed(count: number, config: Config = {}): Promise<MemoryFiles> {
  const files = memoryFiles();
  const { log } = await open(files, config);
  for (let i = 0; i < count; i++) append(log, { value: `value ${i}` });
  return files;
}

function sizeOf(files: MemoryFiles, file: string): number {
  return files.stat(file)!.size;
}

/** Changes one byte. */
function flip(files: MemoryFiles, file: string, position: number): void {
  const handle = files.open(file);
  const byte = Buffer.alloc(1);
  handle.read(byte, position);
  handle.write(Buffer.from([byte[0]! ^ 0x40]), position);
}

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

describe('after a clean stop', () => {
  async function closed(count = 20): Promise<MemoryFiles> {
    const files = memoryFiles();
    const { log, manager } = await open(files, { indexIntervalBytes: 200 });
    for (let i = 0; i < count; i++)
      append(log, { value: `value ${i}`, producerId: 5, producerEpoch: 0, baseSequence: i });
    await manager.close();
    return files;
  }

  test('only the bytes behind the last index entry are read', async () => {
    const files = memoryFiles();
    const first = await open(files, { segmentBytes: 200_000 });
    for (let i = 0; i < 300; i++) append(first.log, { valueBytes: 2000 });
    await first.manager.close();
    const reads: number[] = [];
    const counting = new Proxy(files, {
      get(target, property) {
        if (property !== 'open') return Reflect.get(target, property).bind(target);
        return (name: string, options?: { create?: boolean }) => {
          const file = target.open(name, options);
          if (!name.endsWith('.log')) return file;
          const read = file.read.bind(file);
          return Object.assign(Object.create(file), {
            read: (buffer: Buffer, position: number) => {
              reads.push(buffer.length);
              return read(buffer, position);
            },
            size: () => file.size(),
          });
        };
      },
    });
    const again = await openLog({ files: counting, directory: DIRECTORY });
    expect(again.manager.wasClean).toBe(true);
    expect(again.log.logEndOffset).toBe(300);
    expect(reads.reduce((sum, one) => sum + one, 0)).toBeLessThan(10_000);
  });

  test('a marker that is stale does not hide a torn tail or records that came later', async () => {
    const files = await closed();
    const marker = files.readFile('/data/.kafka_cleanshutdown');
    const torn = await open(files);
    append(torn.log, { value: 'later' });
    files.createExclusive('/data/.kafka_cleanshutdown', marker);
    const later = await reopen(files);
    expect(later.manager.wasClean).toBe(true);
    expect(later.logger.matching(/Recovering although the log was closed cleanly/)).toHaveLength(1);
    expect(later.log.logEndOffset).toBe(21);
    files.createExclusive('/data/.kafka_cleanshutdown', marker);
    files.open(LOG_FILE).truncate(sizeOf(files, LOG_FILE) - 1);
    expect((await reopen(files)).log.logEndOffset).toBe(20);
  });

  test.each(['.index', '.timeindex', '.snapshot'])('a damaged %s is made anew from the log', async (suffix) => {
    const damages: ((files: MemoryFiles, file: string) => void)[] = [
      (files, file) => files.remove(file),
      (files, file) => files.open(file).truncate(Math.max(0, sizeOf(files, file) - 3)),
      (files, file) => files.open(file).write(Buffer.alloc(sizeOf(files, file), 0xff), 0),
      (files, file) => files.open(file).write(Buffer.alloc(4001, 0x11), sizeOf(files, file)),
    ];
    for (const damage of damages) {
      const files = await closed();
      const offset = suffix === '.snapshot' ? 20 : 0;
      const file = `/data/orders-0/${String(offset).padStart(20, '0')}${suffix}`;
      const good = files.readFile(file);
      damage(files, file);
      const { log, manager } = await open(files, { indexIntervalBytes: 200 });
      expect(await readOffsets(log)).toEqual(UP_TO(20));
      expect(await log.offsetForTimestamp(CLIENT.nowMs)).toMatchObject({ offset: 0 });
      expect(append(log, { producerId: 5, producerEpoch: 0, baseSequence: 19 }).duplicate).toBe(true);
      await manager.close();
      expect(files.readFile(file).equals(good)).toBe(true);
    }
  });

  test('an index that Kafka left with room for more entries is read', async () => {
    const files = await closed();
    for (const [suffix, bytes] of [
      ['.index', 10_485_760],
      ['.timeindex', 10_485_756],
    ] as const) {
      const file = `/data/orders-0/00000000000000000000${suffix}`;
      files.open(file).write(Buffer.alloc(bytes - sizeOf(files, file)), sizeOf(files, file));
    }
    const { log, logger, manager } = await open(files, { indexIntervalBytes: 200 });
    expect(await readOffsets(log)).toEqual(UP_TO(20));
    expect(logger.matching(/WARN/)).toEqual([]);
    append(log);
    await manager.close();
    expect(sizeOf(files, '/data/orders-0/00000000000000000000.index')).toBeLessThan(1000);
  });

  test('bytes behind the last batch are taken off in spite of the marker', async () => {
    const files = await closed();
    const size = sizeOf(files, LOG_FILE);
    files.open(LOG_FILE).write(Buffer.alloc(100, 7), size);
    const { log, logger } = await open(files);
    expect(logger.matching(/Truncated 100 invalid bytes/)).toHaveLength(1);
    expect(append(log).baseOffset).toBe(20);
    expect(await readOffsets(log)).toEqual(UP_TO(21));
  });

  test('an index whose last entry has another offset than the log is made anew', async () => {
    const files = await closed();
    const file = '/data/orders-0/00000000000000000000.index';
    const good = files.readFile(file);
    const bad = Buffer.from(good);
    bad.writeInt32BE(bad.readInt32BE(bad.length - 8) + 1, bad.length - 8);
    files.open(file).write(bad, 0);
    const { manager, logger } = await open(files, { indexIntervalBytes: 200 });
    expect(logger.matching(/the offset index has offset \d+ where the log has \d+/)).toHaveLength(1);
    await manager.close();
    expect(files.readFile(file).equals(good)).toBe(true);
  });

  test('the time index ends with the largest timestamp', async () => {
    const files = memoryFiles();
    const { log, manager } = await open(files);
    for (const ms of [0, 50, 20]) append(log, { timestamp: NOW_MS + ms });
    await manager.close();
    const index = files.readFile('/data/orders-0/00000000000000000000.timeindex');
    expect([index.length, Number(index.readBigInt64BE(0)), index.readInt32BE(8)]).toEqual([12, NOW_MS + 50, 1]);
  });

  test('a damaged checkpoint costs a recovery, and nothing else', async () => {
    for (const text of ['garbage', '0\n5\norders 0 20\n', '1\n1\norders 0 20\n', '0\n1\norders 0 x\n']) {
      const files = await closed();
      const file = files.open('/data/recovery-point-offset-checkpoint');
      file.truncate(0);
      file.write(Buffer.from(text), 0);
      const { log, logger } = await open(files);
      expect(logger.matching(/WARN .*checkpoint file/)).toHaveLength(1);
      expect(await readOffsets(log)).toEqual(UP_TO(20));
    }
  });
});

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
