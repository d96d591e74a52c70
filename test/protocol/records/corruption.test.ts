import { describe, expect, test } from 'vitest';
import { checkCrc } from '../../../src/protocol/records/batch.ts';
import { RecordError } from '../../../src/protocol/records/error.ts';
import { batches, openRecords, readBatch } from '../../../src/protocol/records/read.ts';
import { BATCH_CORRUPTIONS, RECORD_CORRUPTIONS, VALID_BATCH } from './corruptions.ts';
import { naiveBatch, varint, withLength } from './naive-writer.ts';

function check(buf: Buffer): void {
  for (const { pos } of batches(buf)) checkCrc(buf, pos);
}

describe('reading records refuses', () => {
  test.each(RECORD_CORRUPTIONS)('$name', async ({ batch, kind, message }) => {
    check(batch);
    const error = await readBatch(batch).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RecordError);
    expect(error).toMatchObject({ kind, message });
  });
});

describe('finding and checking batches refuses', () => {
  test.each(BATCH_CORRUPTIONS)('$name', ({ batch, kind, message }) => {
    expect(() => check(batch)).toThrow(new RecordError(kind, message));
  });

  test.each([0, 1])('message format %d, which is not damaged but too old', (magic) => {
    const text = `Message format with magic ${magic} is not supported, only magic 2 is`;
    expect(() => check(naiveBatch({ magic }))).toThrow(new RecordError('unsupported', text));
  });
});

test('every flipped bit from the attributes on changes the CRC', () => {
  for (let bit = 21 * 8; bit < VALID_BATCH.length * 8; bit++) {
    const copy = Buffer.from(VALID_BATCH);
    copy[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => checkCrc(copy), `bit ${bit}`).toThrow(/^Record is corrupt \(stored crc = /);
  }
});

test('a batch that ends early is refused where a whole one is needed, and ends an iteration', () => {
  for (let size = 0; size < VALID_BATCH.length; size++) {
    const part = VALID_BATCH.subarray(0, size);
    expect(() => checkCrc(part), `${size}`).toThrow(RecordError);
    expect(() => openRecords(part), `${size}`).toThrow(RecordError);
    expect([...batches(Buffer.concat([VALID_BATCH, part]))], `${size}`).toHaveLength(1);
  }
});

test('data behind the end of a batch is not taken for part of it', () => {
  const short = naiveBatch({ count: 2, payload: Buffer.from(withLength([0, 0, 0, 1, 1, 0])) });
  const cursor = openRecords(Buffer.concat([short, VALID_BATCH]));
  expect(cursor.next()).toBe(true);
  expect(() => cursor.next()).toThrow('Incorrect declared batch size, premature EOF reached');
});

test('a negative key or value size of any amount means null, as for Kafka', async () => {
  const payload = Buffer.from(withLength([0, 0, 0, ...varint(-2), ...varint(-300), 0]));
  const { records } = await readBatch(naiveBatch({ count: 1, payload }));
  expect(records).toMatchObject([{ key: null, value: null }]);
});

test('a batch without records has none, whatever follows its header', async () => {
  const { records } = await readBatch(naiveBatch({ count: 0, attributes: 4, payload: Buffer.from('left over') }));
  expect(records).toEqual([]);
});
