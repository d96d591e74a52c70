import { expect, test } from 'vitest';
import { FrameError, FrameReader, MAX_FRAME_BYTES } from '../../src/client/frame-reader.ts';

function frame(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(text.length);
  return Buffer.concat([size, Buffer.from(text)]);
}

function readInChunks(bytes: Buffer, chunkSize: number): string[] {
  const frames: string[] = [];
  const reader = new FrameReader((one) => frames.push(one.toString()));
  for (let at = 0; at < bytes.length; at += chunkSize) reader.push(bytes.subarray(at, at + chunkSize));
  return frames;
}

const TEXTS = ['', 'a', 'hello', 'x'.repeat(1000), '', 'end'];

test.each([1, 2, 3, 5, 7, 64, 1003, 1_000_000])('frames are found in chunks of %i bytes', (chunkSize) => {
  expect(readInChunks(Buffer.concat(TEXTS.map(frame)), chunkSize)).toEqual(TEXTS);
});

test.each([
  ['a negative size', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ['a TLS alert', Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50])],
  ['an HTTP answer', Buffer.from('HTTP/1.1 400 Bad Request')],
])('%s is no frame', (_, bytes) => {
  expect(() => new FrameReader(() => {}).push(bytes)).toThrow(FrameError);
});

test('the limit is beyond what a broker sends and below what text looks like', () => {
  expect(MAX_FRAME_BYTES).toBeGreaterThan(100 * 1024 * 1024);
  expect(MAX_FRAME_BYTES).toBeLessThan(0x15030000);
});
