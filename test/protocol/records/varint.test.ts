import { describe, expect, test } from 'vitest';
import {
  sizeOfVarint,
  sizeOfVarlong,
  VarintCursor,
  VarintOverflow,
  VarintUnderflow,
  writeVarint,
  writeVarlong,
} from '../../../src/protocol/records/varint.ts';
import { varint } from './naive-writer.ts';

const INT32 = [
  0,
  -1,
  1,
  63,
  64,
  -64,
  -65,
  8191,
  8192,
  -8193,
  2 ** 20,
  -(2 ** 20) - 1,
  2 ** 27,
  2 ** 31 - 1,
  -(2 ** 31),
];
const EDGES = Array.from({ length: 53 }, (_, bit) => 2 ** bit).flatMap((n) => [n, n - 1, n + 1, -n, -n - 1, -n + 1]);
const LONGS = [...INT32, ...EDGES.filter(Number.isSafeInteger), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

function written(write: typeof writeVarint, value: number): number[] {
  const buf = Buffer.alloc(12, 0xee);
  const end = write(buf, 1, value);
  expect([buf[0], buf[end]]).toEqual([0xee, 0xee]);
  return [...buf.subarray(1, end)];
}

test.each(INT32)('varint %d', (value) => {
  expect(written(writeVarint, value)).toEqual(varint(value));
  expect(sizeOfVarint(value)).toBe(varint(value).length);
  expect(new VarintCursor(Buffer.from(varint(value))).varint()).toBe(value);
});

test('varlongs within ±2^53, each power of two and its neighbours', () => {
  for (const value of LONGS) {
    expect(written(writeVarlong, value), `${value}`).toEqual(varint(value));
    expect(sizeOfVarlong(value), `${value}`).toBe(varint(value).length);
    const cursor = new VarintCursor(Buffer.from([0, ...varint(value), 0]), 1);
    expect(cursor.varlong() + 0, `${value}`).toBe(value);
    expect(cursor.pos).toBe(1 + varint(value).length);
  }
});

test('int64 beyond ±2^53 is read to the precision of a number', () => {
  for (const value of [2n ** 63n - 1n, -(2n ** 63n), 2n ** 60n + 2n ** 10n]) {
    expect(new VarintCursor(Buffer.from(varint(value))).varlong()).toBe(Number(value));
  }
});

describe('what Kafka refuses', () => {
  const tooLong = (bytes: number) => new VarintCursor(Buffer.alloc(bytes, 0xff));

  test('a fifth byte of a varint that announces a sixth', () => {
    const text = 'Varint is too long, the most significant bit in the 5th byte is set, converted value: ffffffff';
    expect(() => tooLong(12).varint()).toThrow(new VarintOverflow(text));
  });

  test('a tenth byte of a varlong that announces another', () => {
    expect(() => tooLong(12).varlong()).toThrow(
      /^Varlong is too long, the most significant bit in the 10th byte is set/,
    );
  });

  test.each([0, 1, 4])('the end of the data after %d bytes', (bytes) => {
    expect(() => tooLong(bytes).varint()).toThrow(VarintUnderflow);
    expect(() => tooLong(bytes).varlong()).toThrow(VarintUnderflow);
  });

  test('the end set by the caller, with more data behind it', () => {
    expect(() => new VarintCursor(Buffer.from([0x80, 1]), 0, 1).varint()).toThrow(VarintUnderflow);
  });
});

test('bits beyond the 32nd are dropped, as by Kafka', () => {
  expect(new VarintCursor(Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x7f])).varint()).toBe(2 ** 31 - 1);
});
