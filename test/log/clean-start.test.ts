// What the next start reads after a clean stop, and what it does not believe.
import { describe, expect, test } from 'vitest';
import { type MemoryFiles, memoryFiles } from '../../src/log/memory-files.ts';
import { append, CLIENT, NOW_MS, openLog, readOffsets } from './helpers.ts';
import { DIRECTORY, LOG_FILE, open, reopen, sizeOf, UP_TO } from './killed-logs.ts';

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
