import { describe, expect, test } from 'vitest';
import { ReadBuffers } from '../../src/log/read-buffers.ts';
import { append, openLog } from './helpers.ts';

const MIB = 1024 * 1024;
const memoryOf = ({ buffer }: Buffer) => buffer;

describe('memory for reads', () => {
  test('is used again once it has come back, and only then', () => {
    const buffers = new ReadBuffers();
    const first = buffers.take(MIB);
    const second = buffers.take(MIB);
    expect(memoryOf(second)).not.toBe(memoryOf(first));
    buffers.giveBack(first.subarray(100, 200));
    const third = buffers.take(MIB / 2);
    expect(third).toHaveLength(MIB / 2);
    expect(memoryOf(third)).toBe(memoryOf(first));
    expect(memoryOf(buffers.take(MIB))).not.toBe(memoryOf(third));
  });

  test('that comes back twice is lent once', () => {
    const buffers = new ReadBuffers();
    const first = buffers.take(MIB);
    buffers.giveBack(first);
    buffers.giveBack(first);
    expect(memoryOf(buffers.take(MIB))).not.toBe(memoryOf(buffers.take(MIB)));
  });

  test('of others is not taken', () => {
    const buffers = new ReadBuffers();
    const other = Buffer.alloc(MIB);
    buffers.giveBack(other);
    expect(memoryOf(buffers.take(MIB))).not.toBe(memoryOf(other));
  });

  test.each([1000, 2 * MIB])('of %i bytes has its size', (bytes) => {
    expect(new ReadBuffers().take(bytes)).toHaveLength(bytes);
  });

  test('serves the next read of a file when the one before is sent', async () => {
    const { manager, log } = await openLog({ settings: { tailBytes: 0 } });
    for (let i = 0; i < 4; i++) append(log, { valueBytes: 300_000, value: String(i) });
    const read = async (offset: number) =>
      (await log.read(offset, 310_000, { minOneMessage: true, upTo: 4 })).records[0]!;
    const first = await read(0);
    const whileLent = await read(1);
    expect(memoryOf(whileLent)).not.toBe(memoryOf(first));
    expect(first.includes('0000')).toBe(true);
    manager.giveBack(first);
    const next = await read(2);
    expect(memoryOf(next)).toBe(memoryOf(first));
    expect(next.includes('2222')).toBe(true);
  });
});
