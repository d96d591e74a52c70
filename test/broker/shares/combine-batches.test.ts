import { expect, test } from 'vitest';
import { combineBatches } from '../../../src/broker/shares/state/combine-batches.ts';
import type { StateBatch } from '../../../src/broker/shares/state/share-state.ts';

/** `5-9 a1`: offsets 5 to 9, available, one delivery. */
function parse(text: string): StateBatch[] {
  if (text === '') return [];
  return text.split(', ').map((part) => {
    const [, first, last, state, count] = /^(\d+)-(\d+) ([akx])(\d+)$/.exec(part)!;
    const deliveryState = { a: 0, k: 2, x: 4 }[state as 'a' | 'k' | 'x'];
    return { firstOffset: Number(first), lastOffset: Number(last), deliveryState, deliveryCount: Number(count) };
  });
}

test.each([
  ['nothing', '', -1, ''],
  ['neighbours of one state', '0-4 a1, 5-9 a1', -1, '0-9 a1'],
  ['neighbours of two states', '0-4 a1, 5-9 k1', -1, '0-4 a1, 5-9 k1'],
  ['a gap', '0-4 a1, 6-9 a1', -1, '0-4 a1, 6-9 a1'],
  ['the same again, further', '0-9 a1, 0-9 k1', -1, '0-9 k1'],
  ['the same again, back', '0-9 a2, 0-9 k1', -1, '0-9 a2'],
  ['in the middle, further', '0-9 a1, 3-5 k1', -1, '0-2 a1, 3-5 k1, 6-9 a1'],
  ['in the middle, back', '0-9 a2, 3-5 k1', -1, '0-9 a2'],
  ['over the end, further', '0-9 a1, 5-14 a2', -1, '0-4 a1, 5-14 a2'],
  ['over the end, back', '0-9 a2, 5-14 a1', -1, '0-9 a2, 10-14 a1'],
  ['over the beginning, back', '5-9 a2, 5-14 a1', -1, '5-9 a2, 10-14 a1'],
  ['over several', '0-4 a1, 6-9 k1, 0-12 a2', -1, '0-12 a2'],
  ['before the start', '0-4 a1, 5-9 k1', 7, '7-9 k1'],
  ['all before the start', '0-4 a1', 5, ''],
])('%s', (_, given, startOffset, expected) => {
  expect(combineBatches(parse(given), startOffset)).toEqual(parse(expected));
});
