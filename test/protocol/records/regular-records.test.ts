// The quick look at a batch's records never passes what a RecordCursor refuses, and finds the same largest timestamp.
import { expect, test } from 'vitest';
import { BATCH_OVERHEAD, readBatchHeader } from '../../../src/protocol/records/batch.ts';
import { openRecords } from '../../../src/protocol/records/read.ts';
import { largestTimestampDelta } from '../../../src/protocol/records/regular-records.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

const headers = [
  { key: 'a', value: Buffer.from('1') },
  { key: 'b', value: null },
];
const records = [
  { timestamp: 1000, key: null, value: null },
  { timestamp: 900, key: Buffer.from('key'), value: Buffer.alloc(300, 1), headers },
  { timestamp: 5000, key: Buffer.alloc(0), value: Buffer.alloc(20_000, 2) },
  { timestamp: 4000, key: Buffer.from('key'), value: Buffer.from('value') },
];
const look = (batch: Buffer, count: number) => largestTimestampDelta(batch, BATCH_OVERHEAD, batch.length, count);

/** What a cursor says: the largest timestamp, or undefined if it refuses. */
function slowLook(batch: Buffer, count: number): number | undefined {
  const cursor = openRecords(batch, 0, { ...readBatchHeader(batch), count });
  let largest = Number.NEGATIVE_INFINITY;
  try {
    while (cursor.next()) largest = Math.max(largest, cursor.timestamp - 1000);
  } catch {
    return undefined;
  }
  return largest;
}

test('records of all kinds are regular', () => {
  expect(look(buildBatch(records), 4)).toBe(4000);
  expect(look(buildBatch(records.slice(0, 1)), 1)).toBe(0);
});

test.each([0, 1, 3, 5])('they are not %i', (count) => {
  expect(look(buildBatch(records), count)).toBeUndefined();
});

test('what lies within the bounds of the buffer but not of the batch is no part of it', () => {
  const batch = buildBatch(records);
  for (let end = BATCH_OVERHEAD; end < batch.length; end++) {
    expect(largestTimestampDelta(batch, BATCH_OVERHEAD, end, 4)).toBeUndefined();
    expect(largestTimestampDelta(batch.subarray(0, end), BATCH_OVERHEAD, end, 4)).toBeUndefined();
  }
});

test('a changed byte is passed only if a cursor passes it, with the same timestamp', () => {
  const random = randomNumbers(7);
  const small = records.map((record) => ({ ...record, value: record.value?.subarray(0, 5) ?? null }));
  const batch = buildBatch(small);
  let passed = 0;
  for (let at = BATCH_OVERHEAD; at < batch.length; at++) {
    for (let i = 0; i < 40; i++) {
      const changed = Buffer.from(batch);
      changed[at] = random(256);
      const found = look(changed, 4);
      if (found === undefined) continue;
      passed++;
      expect(found, `byte ${at} = ${changed[at]}`).toBe(slowLook(changed, 4));
    }
  }
  expect(passed).toBeGreaterThan(100);
});
