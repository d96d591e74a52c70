import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { batches } from '../../src/protocol/records/read.ts';
import { knowsOpenFiles, openFiles } from '../helpers/open-files.ts';
import {
  append,
  batch,
  batchBytes,
  CLIENT,
  openLog,
  openManager,
  readAll,
  readBytes,
  readOffsets,
  type TestOptions,
} from './helpers.ts';

const COLD = { settings: { tailBytes: 0 } };

/** Where batches come from: memory, or the file. */
const SOURCES: [string, TestOptions, boolean][] = [
  ['memory', {}, false],
  ['the file', COLD, true],
];

function offsetsIn(bytes: Buffer): number[] {
  return [...batches(bytes)].map(({ header }) => header.baseOffset);
}

async function isAsync(log: PartitionLog, offset: number): Promise<boolean> {
  const result = log.read(offset, 1, { minOneMessage: true, upTo: Infinity });
  await result;
  return result instanceof Promise;
}

test('batches of 16 KB lie together in memory', async () => {
  const { log } = await openLog();
  for (let i = 0; i < 32; i++) append(log, { valueBytes: 16_000 });
  const { records, sizeInBytes } = await log.read(0, 1 << 20, { minOneMessage: true, upTo: 32 });
  expect(sizeInBytes).toBeGreaterThan(32 * 16_000);
  expect(records.length).toBeLessThan(8);
});

describe.each(SOURCES)('a read from %s', (_, options, fromFile) => {
  test('is synchronous only from memory', async () => {
    const { log } = await openLog(options);
    append(log);
    expect(await isAsync(log, 0)).toBe(fromFile);
  });

  test('begins with the batch that has the offset', async () => {
    const { log } = await openLog(options);
    for (let i = 0; i < 5; i++) append(log, { count: 3 });
    expect(offsetsIn(await readBytes(log, 0))).toEqual([0, 3, 6, 9, 12]);
    expect(offsetsIn(await readBytes(log, 3))).toEqual([3, 6, 9, 12]);
    expect(offsetsIn(await readBytes(log, 5))).toEqual([3, 6, 9, 12]);
    expect(offsetsIn(await readBytes(log, 14))).toEqual([12]);
    expect(offsetsIn(await readBytes(log, 15))).toEqual([]);
  });

  test('returns whole batches within maxBytes', async () => {
    const { log } = await openLog(options);
    const size = batchBytes({});
    for (let i = 0; i < 5; i++) append(log);
    expect(offsetsIn(await readBytes(log, 1, size * 3))).toEqual([1, 2, 3]);
    expect(offsetsIn(await readBytes(log, 1, size * 4 - 1))).toEqual([1, 2, 3]);
    const range = await log.read(1, size * 2, { minOneMessage: true, upTo: Infinity });
    expect(range).toMatchObject({ sizeInBytes: size * 2, nextOffset: 3 });
  });

  test.each([1, 100_000])(
    'returns a first batch larger than maxBytes if it must return one (%i bytes)',
    async (valueBytes) => {
      const { log } = await openLog(options);
      append(log, { valueBytes });
      append(log, { valueBytes });
      expect(offsetsIn(await readBytes(log, 0, 1))).toEqual([0]);
      expect(offsetsIn(await readBytes(log, 1, 1))).toEqual([1]);
      const range = await log.read(0, 1, { minOneMessage: false, upTo: Infinity });
      expect(range).toEqual({ records: [], sizeInBytes: 0, nextOffset: 0 });
    },
  );

  test('ends before the bound', async () => {
    const { log } = await openLog(options);
    for (let i = 0; i < 4; i++) append(log, { count: 2 });
    expect(offsetsIn(await readBytes(log, 0, 1 << 20, 4))).toEqual([0, 2]);
    expect(await readBytes(log, 4, 1 << 20, 4)).toHaveLength(0);
    expect(await readBytes(log, 6, 1 << 20, 4)).toHaveLength(0);
  });

  test('refuses offsets that the log does not have', async () => {
    const { log } = await openLog(options);
    for (let i = 0; i < 3; i++) append(log);
    log.deleteRecordsBefore(1);
    expect(() => log.read(4, 1, { minOneMessage: true, upTo: 3 })).toThrow(
      'Received request for offset 4 for partition orders-0, but we only have log segments upto 3.',
    );
    expect(() => log.read(0, 1, { minOneMessage: true, upTo: 3 })).toThrow(
      'Received request for offset 0 for partition orders-0, but we only have log segments starting from offset: 1.',
    );
    expect(() => log.read(-1, 1, { minOneMessage: true, upTo: 3 })).toThrow(
      expect.objectContaining({ code: LogErrorCode.OFFSET_OUT_OF_RANGE }),
    );
  });

  test('finds every record of a log of batches of all sizes in several segments', async () => {
    const { log } = await openLog({ ...options, config: { segmentBytes: 100_000, indexIntervalBytes: 1000 } });
    const sent: Buffer[] = [];
    let seed = 1;
    for (let i = 0; i < 400; i++) {
      seed = (seed * 48271) % 0x7fffffff;
      const records = batch({ valueBytes: seed % 20 === 0 ? 30_000 : seed % 900, count: 1 + (seed % 3) });
      log.append(records, CLIENT);
      sent.push(Buffer.from(records));
    }
    expect(log.segmentBaseOffsets.length).toBeGreaterThan(3);
    for (const maxBytes of [1, 5000, 1 << 20]) {
      expect((await readAll(log, 0, maxBytes)).equals(Buffer.concat(sent))).toBe(true);
    }
    for (let offset = 0; offset < log.logEndOffset; offset += 7) {
      const first = [...batches(await readBytes(log, offset, 1))][0]!.header;
      expect(first.baseOffset <= offset && offset <= first.baseOffset + first.lastOffsetDelta).toBe(true);
    }
  });
});

describe('memory for the newest batches', () => {
  test('is bounded by partition, and what it had is read from the file', async () => {
    const { log } = await openLog({ settings: { tailBytesPerPartition: 20_000 } });
    for (let i = 0; i < 100; i++) append(log, { valueBytes: 1000 });
    expect(await isAsync(log, 99)).toBe(false);
    expect(await isAsync(log, 95)).toBe(false);
    expect(await isAsync(log, 50)).toBe(true);
    expect(await readOffsets(log)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  test('is taken from the partitions that were not written to for longest', async () => {
    const { manager, log } = await openLog({ settings: { tailBytes: 30_000 } });
    const others = [1, 2, 3].map((partition) => manager.create('orders', partition, 'x9YdtqzRRE-ZEaAXRz-jrw'));
    for (const one of [log, ...others]) append(one, { valueBytes: 9000 });
    expect(await isAsync(log, 0)).toBe(true);
    for (const one of others) expect(await isAsync(one, 0)).toBe(false);
    expect(await readOffsets(log)).toEqual([0]);
  });

  test('may be too little for a single batch', async () => {
    const { log } = await openLog({ settings: { tailBytes: 5000 } });
    const sizes = [10, 4500, 10, 9000, 10, 10, 4000, 10];
    for (const valueBytes of sizes) append(log, { valueBytes });
    for (const offset of sizes.keys()) expect(offsetsIn(await readBytes(log, offset, 1))).toEqual([offset]);
  });

  test('does not change with the buffer of a batch that was a small part of a larger one', async () => {
    const { log } = await openLog();
    const frame = Buffer.alloc(100_000);
    const records = batch({ valueBytes: 5000 });
    records.copy(frame, 10);
    log.append(frame.subarray(10, 10 + records.length), CLIENT);
    const before = await readBytes(log, 0);
    frame.fill(0);
    expect(await readBytes(log, 0)).toEqual(before);
    expect(before).toHaveLength(records.length);
  });
});

describe('a cold read', () => {
  test('rebuilds an index that does not fit the log', async () => {
    for (const damage of ['shift', 'garbage', 'missing', 'odd'] as const) {
      const { log, manager, directory } = await openLog({ config: { indexIntervalBytes: 200 } });
      for (let i = 0; i < 100; i++) append(log, { valueBytes: 100 });
      log.roll(0);
      append(log);
      await manager.close();
      const index = path.join(log.directory, '00000000000000000000.index');
      const good = fs.readFileSync(index);
      const bad = Buffer.from(good);
      for (let at = 4; at < bad.length; at += 8) bad.writeInt32BE(bad.readInt32BE(at) + 3, at);
      if (damage === 'shift') fs.writeFileSync(index, bad);
      if (damage === 'garbage') fs.writeFileSync(index, Buffer.alloc(good.length, 0xa5));
      if (damage === 'missing') fs.rmSync(index);
      if (damage === 'odd') fs.appendFileSync(index, 'xyz');
      const again = await openManager({ directory, config: { indexIntervalBytes: 200 } });
      const reopened = again.manager.get('orders', 0)!;
      expect(offsetsIn(await readBytes(reopened, 70, 1))).toEqual([70]);
      expect(await readOffsets(reopened)).toHaveLength(101);
      await again.manager.close();
      expect(fs.readFileSync(index)).toEqual(good);
    }
  });

  test('of damaged bytes fails with CORRUPT_MESSAGE, and only that one', async () => {
    const { log } = await openLog({ ...COLD, config: { indexIntervalBytes: 200 } });
    for (let i = 0; i < 50; i++) append(log, { valueBytes: 100 });
    const file = path.join(log.directory, '00000000000000000000.log');
    const bytes = fs.readFileSync(file);
    const size = batchBytes({ valueBytes: 100 });
    bytes.writeInt32BE(3, 20 * size + 8);
    fs.writeFileSync(file, bytes);
    await expect(log.read(20, 1, { minOneMessage: true, upTo: 50 })).rejects.toMatchObject({
      code: LogErrorCode.CORRUPT_MESSAGE,
    });
    expect(offsetsIn(await readBytes(log, 40, 1))).toEqual([40]);
  });

  test('that fails is KAFKA_STORAGE_ERROR, and the next one may work', async () => {
    const files = memoryFiles();
    const { log } = await openLog({ ...COLD, files });
    append(log);
    files.inject({ operation: 'read', code: 'EMFILE', times: 1 });
    await expect(log.read(0, 1, { minOneMessage: true, upTo: 1 })).rejects.toMatchObject({
      code: LogErrorCode.KAFKA_STORAGE_ERROR,
      message: expect.stringContaining('Error while reading from orders-0'),
    });
    expect(await readOffsets(log)).toEqual([0]);
  });

  test('that fails because the records are gone says so', async () => {
    const files = memoryFiles();
    const { log } = await openLog({ ...COLD, files });
    append(log);
    files.inject({ operation: 'read', code: 'EIO', times: 1 });
    const reading = log.read(0, 1, { minOneMessage: true, upTo: 1 });
    log.deleteRecordsBefore(1);
    await expect(reading).rejects.toMatchObject({ code: LogErrorCode.OFFSET_OUT_OF_RANGE });
  });

  test('completes although retention deletes the segment meanwhile', async () => {
    const { log, clock } = await openLog({ ...COLD, config: { segmentBytes: 1000, fileDeleteDelayMs: 1000 } });
    for (let i = 0; i < 20; i++) append(log, { valueBytes: 400 });
    const reading = readBytes(log, 0, 1);
    log.deleteRecordsBefore(20);
    expect(log.deleteOldSegments(clock.nowMs())).toBeGreaterThan(0);
    clock.advance(1000);
    expect(offsetsIn(await reading)).toEqual([0]);
    expect(() => log.read(0, 1, { minOneMessage: true, upTo: 20 })).toThrow(/starting from offset: 20/);
  });
});

test.runIf(knowsOpenFiles)('10,000 open files are not needed: segments share a few', async () => {
  const { manager } = await openManager({ settings: { maxOpenFiles: 8, tailBytes: 0 } });
  const logs = Array.from({ length: 40 }, (_, partition) =>
    manager.create('many', partition, 'x9YdtqzRRE-ZEaAXRz-jrw'),
  );
  for (let round = 0; round < 3; round++) for (const log of logs) append(log);
  const all = await Promise.all(logs.map((log) => readOffsets(log)));
  expect(all.every((offsets) => offsets.join() === '0,1,2')).toBe(true);
  expect(openFiles().filter((file) => file.includes('/many-')).length).toBeLessThanOrEqual(8);
});
