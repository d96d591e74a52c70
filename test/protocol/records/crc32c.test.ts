import { expect, test } from 'vitest';
import { crc32c, tableCrc32c } from '../../../src/protocol/records/crc32c.ts';
import { crcBitByBit } from './naive-writer.ts';
import { Random } from './random.ts';

// Test vectors of RFC 3720, appendix B.4.
const VECTORS: [string, Buffer, number][] = [
  ['32 zero bytes', Buffer.alloc(32, 0), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 ascending bytes', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
  ['123456789', Buffer.from('123456789'), 0xe3069283],
];

test.each(VECTORS)('%s', (_, bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum);
  expect(tableCrc32c(bytes)).toBe(sum);
});

test('table and native code agree with the definition, at any size and place', () => {
  const random = new Random(7);
  const bytes = random.bytes(2000);
  for (const [start, end] of [
    [0, 0],
    [1, 8],
    [3, 514],
    [3, 515],
    [3, 516],
    [11, 1999],
  ] as const) {
    const sum = crcBitByBit(bytes.subarray(start, end));
    expect(crc32c(bytes, start, end), `${start}-${end}`).toBe(sum);
    expect(tableCrc32c(bytes, start, end), `${start}-${end}`).toBe(sum);
  }
});

test('a sum can be continued from the sum of what came before', () => {
  const bytes = new Random(8).bytes(1600);
  const sum = crc32c(bytes);
  for (const cut of [5, 700, 1595]) expect(crc32c(bytes, cut, 1600, crc32c(bytes, 0, cut))).toBe(sum);
});

test('a range outside the buffer is refused', () => {
  expect(() => crc32c(Buffer.alloc(10), 0, 11)).toThrow(RangeError);
});
