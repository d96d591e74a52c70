// A broker that is killed, or loses power, at any file operation of a compaction, and file operations that fail.
import { expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import type { PartitionLog } from '../../../src/log/partition-log.ts';
import { append, appendMarker } from '../helpers.ts';
import { KilledFiles } from '../killed-files.ts';
import { openCompacted, put, rollAndCompact, seen, seenRecords } from './cleaning.ts';

const DIRECTORY = '/data';
const CONFIG = { segmentBytes: 250, indexIntervalBytes: 60 };
const PRODUCER = { producerId: 5, producerEpoch: 1 };

/** Keys, a producer, transactions of both outcomes, over many segments. */
function fill(log: PartitionLog): void {
  for (let i = 0; i < 12; i++) {
    put(log, [
      { key: `${i % 4}`, value: `${i}` },
      { key: `unique ${i}`, value: `${i}` },
    ]);
  }
  put(log, [{ key: 'sequence', value: '0' }], { ...PRODUCER, baseSequence: 0 });
  for (const [i, type] of (['ABORT', 'COMMIT', 'ABORT'] as const).entries()) {
    const producer = { producerId: 10 + i, producerEpoch: 0 };
    put(log, [{ key: '0', value: type }], { ...producer, baseSequence: 0, transactional: true });
    appendMarker(log, { type, ...producer });
  }
  put(log, [{ key: 'sequence', value: '1' }], { ...PRODUCER, baseSequence: 1 });
  put(log, [{ key: 'sequence', value: 'last' }]);
}

const isCommitted = (text: string) => !text.includes('ABORT');

/** Whether of each key only one record is left. */
async function isCompacted(log: PartitionLog): Promise<boolean> {
  const records = await seen(log);
  return records.every(isCommitted) && new Set(records.map((text) => text.split('=')[0])).size === records.length;
}

async function expectWhole(log: PartitionLog, uncompacted: readonly string[]): Promise<void> {
  expect(log.failure).toBeUndefined();
  const aborted = log.abortedTransactions(0, 100);
  const records = (await seenRecords(log)).filter(({ value }) => value !== 'ABORT');
  expect(records.map(({ offset }) => offset)).toEqual(records.map(({ offset }) => offset).sort((a, b) => a - b));
  const newest = new Map(records.map(({ key, value, offset }) => [key, `${key}=${value}@${offset}`]));
  const expected = new Map(uncompacted.map((text) => [text.slice(0, text.indexOf('=')), text]));
  expect(Object.fromEntries(newest)).toEqual(Object.fromEntries(expected));
  for (const { key, value, offset } of records) expect(uncompacted).toContain(`${key}=${value}@${offset}`);
  for (const { value, offset } of (await seenRecords(log)).filter((one) => one.value === 'ABORT')) {
    expect(
      aborted.filter((one) => one.firstOffset <= offset && one.lastOffset > offset),
      `${value}@${offset}`,
    ).not.toEqual([]);
  }
  expect(append(log, { ...PRODUCER, baseSequence: 1 })).toMatchObject({ duplicate: true });
  expect(log.lastStableOffset).toBe(log.logEndOffset);
}

async function prepared(rememberSynced: boolean) {
  const memory = memoryFiles({ rememberSynced });
  const files = new KilledFiles(memory);
  const opened = await openCompacted({ files, directory: DIRECTORY, config: CONFIG });
  fill(opened.log);
  opened.log.flush();
  const uncompacted = (await seen(opened.log)).filter(isCommitted);
  return { memory, files, opened, uncompacted };
}

for (const how of ['crash', 'losePower'] as const) {
  test(`after a ${how} at any file operation all is there, before the compaction or after it`, async () => {
    const finished = { before: 0, after: 0 };
    for (let operations = 0; ; operations++) {
      const { memory, files, opened, uncompacted } = await prepared(how === 'losePower');
      opened.log.roll(opened.clock.nowMs());
      opened.log.flush();
      // The recovery point gets to its checkpoint: what is below is not looked at by the next start.
      opened.clock.advance(60_000);
      const end = opened.log.logEndOffset;
      files.left = operations;
      await opened.manager.compact();
      opened.clock.advance(1);
      const wasKilled = files.left < 0;
      memory[how]();
      const again = await openCompacted({ files: memory, directory: DIRECTORY, config: CONFIG });
      expect(again.logger.matching(/ERROR/), `after ${operations} operations`).toEqual([]);
      expect(again.log.logEndOffset).toBe(end);
      const left = memory.readDirectory(`${DIRECTORY}/orders-0`).map(({ name }) => name);
      expect(left.filter((name) => /cleaned|swap|deleted/.test(name))).toEqual([]);
      await expectWhole(again.log, uncompacted);
      finished[(await isCompacted(again.log)) ? 'after' : 'before']++;
      await rollAndCompact(again);
      await expectWhole(again.log, uncompacted);
      expect(await isCompacted(again.log)).toBe(true);
      if (!wasKilled) break;
    }
    expect(finished.before).toBeGreaterThan(50);
    expect(finished.after).toBeGreaterThan(5);
  });
}

test('an operation that fails costs the compaction, not the log; the next one goes well', async () => {
  for (const operation of ['open', 'write', 'sync', 'truncate'] as const) {
    const files = memoryFiles();
    const opened = await openCompacted({ files, directory: DIRECTORY, config: CONFIG });
    fill(opened.log);
    opened.log.flush();
    opened.log.roll(opened.clock.nowMs());
    const uncompacted = (await seen(opened.log)).filter(isCommitted);
    files.inject({ operation, code: 'ENOSPC', path: /\.cleaned$/, times: 1 });
    await opened.manager.compact();
    expect(opened.logger.matching(/Failed to clean log orders-0. It will be tried again/)).toHaveLength(1);
    await expectWhole(opened.log, uncompacted);
    expect(await opened.manager.compact()).toBe(1);
    await expectWhole(opened.log, uncompacted);
    expect(await isCompacted(opened.log)).toBe(true);
    expect(files.readDirectory(`${DIRECTORY}/orders-0`).filter(({ name }) => name.includes('cleaned'))).toEqual([]);
  }
});

test('a replacement that fails half-way takes the log offline until the next start, which has everything', async () => {
  const files = memoryFiles();
  const opened = await openCompacted({ files, directory: DIRECTORY, config: CONFIG });
  fill(opened.log);
  opened.log.flush();
  opened.log.roll(opened.clock.nowMs());
  const uncompacted = (await seen(opened.log)).filter(isCommitted);
  files.inject({ operation: 'rename', code: 'EIO', path: /\.swap$/ });
  await opened.manager.compact();
  expect(opened.log.failure).toMatch(/cleaned segments could not be put in place/);
  files.crash();
  const again = await openCompacted({ files, directory: DIRECTORY, config: CONFIG });
  await expectWhole(again.log, uncompacted);
});
