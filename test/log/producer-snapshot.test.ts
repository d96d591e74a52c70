import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { ProducerEntry } from '../../src/log/producer-entry.ts';
import { CorruptSnapshot, decodeSnapshot, encodeSnapshot, ProducerSnapshots } from '../../src/log/producer-snapshot.ts';
import { namesIn, temporaryDirectory } from './helpers.ts';

const RECORDED = path.join(import.meta.dirname, 'fixtures/kafka-4.3.1/plain-0/00000000000000000374.snapshot');

test('a snapshot of Kafka’s is read and written again the same', () => {
  const bytes = fs.readFileSync(RECORDED);
  const entries = decodeSnapshot(bytes);
  expect(entries).toHaveLength(3);
  expect(encodeSnapshot(entries).equals(bytes)).toBe(true);
});

test('a snapshot has what is needed to go on', () => {
  const entry = new ProducerEntry(2 ** 40);
  Object.assign(entry, { epoch: 3, coordinatorEpoch: 4, lastTimestamp: 5, currentTxnFirstOffset: 6 });
  entry.batches.push({ lastSequence: 7, lastOffset: 8, offsetDelta: 1, timestamp: 5 });
  expect(decodeSnapshot(encodeSnapshot([entry, new ProducerEntry(1)]))).toEqual([entry, new ProducerEntry(1)]);
});

test('a damaged snapshot is refused, whichever byte it is', () => {
  const bytes = fs.readFileSync(RECORDED);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at] = damaged[at]! ^ 1;
    expect(() => decodeSnapshot(damaged)).toThrow(CorruptSnapshot);
    expect(() => decodeSnapshot(bytes.subarray(0, at))).toThrow(CorruptSnapshot);
  }
});

test('the newest readable snapshot counts, and strays go', () => {
  const directory = temporaryDirectory();
  const snapshots = new ProducerSnapshots(nodeFiles, directory, []);
  for (const offset of [10, 20, 30, 40]) snapshots.take(offset, [new ProducerEntry(offset)], { sync: true });
  expect(snapshots.latest(39)).toEqual({ offset: 30, entries: [new ProducerEntry(30)] });
  expect(snapshots.latest(9)).toBeUndefined();
  fs.truncateSync(path.join(directory, '00000000000000000030.snapshot'), 11);
  expect(snapshots.latest(39)?.offset).toBe(20);
  expect(namesIn(directory)).not.toContain('00000000000000000030.snapshot');
  snapshots.removeStray(new Set([10]));
  expect(namesIn(directory)).toEqual(['00000000000000000010.snapshot', '00000000000000000040.snapshot']);
  snapshots.removeBefore(40);
  snapshots.removeAfter(39);
  expect(namesIn(directory)).toEqual([]);
});
