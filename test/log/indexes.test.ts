import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { IndexCache } from '../../src/log/index-cache.ts';
import { CorruptIndex } from '../../src/log/index-file.ts';
import { OffsetIndex } from '../../src/log/offset-index.ts';
import { ProducerEntry } from '../../src/log/producer-entry.ts';
import { ProducerState } from '../../src/log/producer-state.ts';
import { TimeIndex } from '../../src/log/time-index.ts';
import { append, openLog, readOffsets, temporaryDirectory } from './helpers.ts';

function offsetIndex(): OffsetIndex {
  const index = new OffsetIndex(nodeFiles, `${temporaryDirectory()}/i`, 1000);
  index.reset();
  for (let i = 1; i <= 100; i++) index.append(1000 + i * 10, i * 4096);
  index.persist({ sync: true });
  return index;
}

test('an offset is found from the last entry that is not above it', () => {
  const index = offsetIndex();
  expect(index.lookup(1000)).toEqual({ offset: 1000, position: 0 });
  expect(index.lookup(1009)).toEqual({ offset: 1000, position: 0 });
  expect(index.lookup(1010)).toEqual({ offset: 1010, position: 4096 });
  expect(index.lookup(1999)).toEqual({ offset: 1990, position: 99 * 4096 });
  expect(index.lookup(9999)).toEqual({ offset: 2000, position: 100 * 4096 });
});

test('an index is the same after it was read, and is written on', () => {
  const first = offsetIndex();
  const again = new OffsetIndex(nodeFiles, first.path, 1000);
  again.load();
  expect([again.count, again.last]).toEqual([100, first.last]);
  again.append(2010, 500_000);
  again.persist({ sync: false });
  expect(nodeFiles.stat(first.path)?.size).toBe(101 * 8);
});

test('entries for bytes that the log has not got are dropped', () => {
  const index = offsetIndex();
  index.clampTo(50 * 4096);
  expect(index.last).toEqual({ offset: 1490, position: 49 * 4096 });
  index.persist({ sync: false });
  expect(nodeFiles.stat(index.path)?.size).toBe(49 * 8);
});

test('a timestamp is found from the last entry that is not above it', () => {
  const index = new TimeIndex(nodeFiles, `${temporaryDirectory()}/t`, 1000);
  index.reset();
  for (const [timestamp, offset] of [
    [50, 1001],
    [50, 1002],
    [40, 1003],
    [70, 1004],
  ] as const)
    index.maybeAppend(timestamp, offset);
  expect(index.count).toBe(2);
  expect(index.lookup(49)).toEqual({ timestamp: -1, offset: 1000 });
  expect(index.lookup(69)).toEqual({ timestamp: 50, offset: 1001 });
  expect(index.lookup(70)).toEqual({ timestamp: 70, offset: 1004 });
});

test('a missing index is a corrupt one', () => {
  expect(() => new OffsetIndex(nodeFiles, `${temporaryDirectory()}/none`, 0).load()).toThrow(CorruptIndex);
});

test('the least recently used indexes are dropped from memory', () => {
  const cache = new IndexCache(100);
  const dropped: string[] = [];
  const segment = (name: string, indexBytes: number) => ({ indexBytes, unloadIndexes: () => dropped.push(name) });
  const [a, b, c] = [segment('a', 40), segment('b', 40), segment('c', 40)];
  cache.touch(a);
  cache.touch(b);
  cache.touch(a);
  cache.touch(c);
  expect(dropped).toEqual(['b']);
  cache.forget(a);
  cache.touch(b);
  expect(dropped).toEqual(['b']);
  cache.touch(segment('large', 500));
  expect(dropped).toEqual(['b', 'c', 'b']);
});

test('a log is read as well with no memory for the indexes of its old segments', async () => {
  const { log } = await openLog({
    settings: { indexBytes: 0, tailBytes: 0 },
    config: { segmentBytes: 3000, indexIntervalBytes: 200 },
  });
  for (let i = 0; i < 200; i++) append(log, { valueBytes: 50 });
  expect(log.segmentBaseOffsets.length).toBeGreaterThan(5);
  expect(await readOffsets(log)).toHaveLength(200);
  expect((await log.offsetForTimestamp(0))?.offset).toBe(0);
});

test('open transactions of a snapshot are taken up in the order of their offsets', () => {
  const entries = [5, 3, 4].map((firstOffset) => {
    const entry = new ProducerEntry(100 + firstOffset);
    entry.currentTxnFirstOffset = firstOffset;
    return entry;
  });
  expect(new ProducerState(entries).firstUnstableOffset).toBe(3);
});
