import { expect, test } from 'vitest';
import { AcknowledgeType, gapsBetween, offsetsOf, toWire } from '../../../src/client/share/acknowledgements.ts';

const { ACCEPT, GAP, RELEASE } = AcknowledgeType;
const one = (offset: number, type: AcknowledgeType) => ({ firstOffset: offset, lastOffset: offset, type });

test('neighbours of one type go as one batch, whatever the order they were said in', () => {
  const said = [one(3, ACCEPT), one(1, ACCEPT), one(2, ACCEPT), one(4, RELEASE), one(7, ACCEPT)];
  expect(toWire(said)).toEqual([
    { firstOffset: 1, lastOffset: 3, acknowledgeTypes: [ACCEPT] },
    { firstOffset: 4, lastOffset: 4, acknowledgeTypes: [RELEASE] },
    { firstOffset: 7, lastOffset: 7, acknowledgeTypes: [ACCEPT] },
  ]);
});

test('offsets that have no record are gaps, and nobody hears of them', () => {
  const gaps = gapsBetween(5, 12, [6, 7, 10]);
  expect(gaps).toEqual([
    { firstOffset: 5, lastOffset: 5, type: GAP },
    { firstOffset: 8, lastOffset: 9, type: GAP },
    { firstOffset: 11, lastOffset: 12, type: GAP },
  ]);
  expect(gapsBetween(5, 6, [5, 6])).toEqual([]);
  expect(offsetsOf([...gaps, one(7, ACCEPT), one(6, ACCEPT)])).toEqual([6, 7]);
});
