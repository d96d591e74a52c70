import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { LeaderEpochs } from '../../src/log/leader-epochs.ts';
import { temporaryDirectory } from './helpers.ts';

function withEpochs(...entries: [epoch: number, offset: number][]): { epochs: LeaderEpochs; directory: string } {
  const directory = temporaryDirectory();
  const epochs = LeaderEpochs.open(nodeFiles, directory);
  for (const [epoch, offset] of entries) epochs.assign(epoch, offset);
  return { epochs, directory };
}

test('the end of an epoch is the start of the next, or the log end', () => {
  const { epochs } = withEpochs([2, 0], [4, 10], [7, 20]);
  expect(epochs.endOffsetFor(7, 30)).toEqual({ epoch: 7, endOffset: 30 });
  expect(epochs.endOffsetFor(4, 30)).toEqual({ epoch: 4, endOffset: 20 });
  expect(epochs.endOffsetFor(5, 30)).toEqual({ epoch: 4, endOffset: 20 });
  expect(epochs.endOffsetFor(1, 30)).toEqual({ epoch: 1, endOffset: 0 });
  expect(epochs.endOffsetFor(8, 30)).toEqual({ epoch: -1, endOffset: -1 });
  expect(epochs.endOffsetFor(-1, 30)).toEqual({ epoch: -1, endOffset: -1 });
});

test('an epoch begins with its first batch', () => {
  const { epochs } = withEpochs([2, 0], [2, 5], [4, 10], [-1, 12]);
  expect(epochs.entries).toEqual([
    { epoch: 2, startOffset: 0 },
    { epoch: 4, startOffset: 10 },
  ]);
  expect([0, 9, 10, 99].map((offset) => epochs.epochOf(offset))).toEqual([2, 2, 4, 4]);
  expect(withEpochs([2, 5]).epochs.epochOf(4)).toBeUndefined();
});

test('entries that a new one contradicts go', () => {
  const { epochs } = withEpochs([2, 0], [4, 10], [3, 12]);
  expect(epochs.entries).toEqual([
    { epoch: 2, startOffset: 0 },
    { epoch: 3, startOffset: 12 },
  ]);
});

test('truncation from the start moves the epoch in force, from the end drops those that begin later', () => {
  const { epochs } = withEpochs([2, 0], [4, 10], [7, 20]);
  epochs.truncateFromStart(15);
  expect(epochs.entries).toEqual([
    { epoch: 4, startOffset: 15 },
    { epoch: 7, startOffset: 20 },
  ]);
  epochs.truncateFromEnd(20);
  expect(epochs.entries).toEqual([{ epoch: 4, startOffset: 15 }]);
  expect(epochs.latest).toBe(4);
  epochs.truncateFromStart(10);
  expect(epochs.entries).toEqual([{ epoch: 4, startOffset: 15 }]);
});

test('the checkpoint has them, and a damaged one counts as empty', () => {
  const { epochs, directory } = withEpochs([2, 0], [4, 10]);
  const file = path.join(directory, 'leader-epoch-checkpoint');
  expect(fs.readFileSync(file, 'utf8')).toBe('0\n2\n2 0\n4 10\n');
  epochs.flush();
  expect(LeaderEpochs.open(nodeFiles, directory).entries).toEqual(epochs.entries);
  fs.writeFileSync(file, '0\n2\n2 0\n');
  expect(LeaderEpochs.open(nodeFiles, directory).latest).toBe(-1);
});
