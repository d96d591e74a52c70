import { describe, expect, test } from 'vitest';
import { FrameReader, FrameSizeError } from '../../../src/broker/network/frame-reader.ts';
import { framed } from '../../helpers/network.ts';

const MAX = 1024 * 1024;

function readAll(reader: FrameReader, chunks: readonly Buffer[]): string[] {
  const found: string[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let frame = reader.next(); frame; frame = reader.next()) found.push(frame.toString());
  }
  return found;
}

describe('FrameReader', () => {
  const frames = ['first', '', 'the third frame', 'x'];
  const bytes = Buffer.concat(frames.map(framed));

  test('finds the frames wherever the bytes are split', () => {
    for (let a = 0; a <= bytes.length; a++)
      for (let b = a; b <= bytes.length; b++) {
        const chunks = [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b)];
        expect(readAll(new FrameReader(MAX), chunks)).toEqual(frames);
      }
  });

  test('finds them byte by byte', () => {
    const single = [...bytes].map((byte) => Buffer.from([byte]));
    expect(readAll(new FrameReader(MAX), single)).toEqual(frames);
  });

  test('gives a view of the chunk where the frame lies within it', () => {
    const reader = new FrameReader(MAX);
    const chunk = framed('content');
    reader.push(chunk);
    expect(reader.next()?.buffer).toBe(chunk.buffer);
  });

  test('puts a large frame together from many chunks', () => {
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, i) => i % 251));
    const all = framed(content);
    const reader = new FrameReader(MAX);
    let found: Buffer | undefined;
    for (let at = 0; at < all.length; at += 1000) {
      expect(found).toBeUndefined();
      reader.push(all.subarray(at, at + 1000));
      found = reader.next();
    }
    expect(found?.equals(content)).toBe(true);
    expect(reader.waitingBytes).toBe(0);
  });

  test('allocates for what has arrived, not for what the size claims', () => {
    const reader = new FrameReader(2 ** 31 - 1);
    const before = process.memoryUsage().arrayBuffers;
    const size = Buffer.alloc(5);
    size.writeInt32BE(2 ** 31 - 1);
    reader.push(size);
    expect(reader.next()).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  test.each([-1, -(2 ** 31), 2 ** 31 - 1, MAX + 1])('refuses the size %d', (size) => {
    const start = Buffer.alloc(8);
    start.writeInt32BE(size);
    for (const split of [8, 2]) {
      const reader = new FrameReader(MAX);
      reader.push(start.subarray(0, split));
      reader.push(start.subarray(split));
      const error = refusal(reader);
      expect(error).toBeInstanceOf(FrameSizeError);
      expect(error).toMatchObject({ size, start });
    }
  });

  test('knows whether a frame is unfinished', () => {
    const reader = new FrameReader(MAX);
    const steps = [framed('ab'), framed('ab').subarray(0, 1), framed('ab').subarray(1, 5), framed('ab').subarray(5)];
    const inside = steps.map((step) => {
      readAll(reader, [step]);
      return reader.insideFrame;
    });
    expect(inside).toEqual([false, true, true, false]);
  });
});

function refusal(reader: FrameReader): unknown {
  try {
    reader.next();
  } catch (error) {
    return error;
  }
  return undefined;
}
