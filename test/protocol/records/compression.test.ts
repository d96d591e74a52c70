import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { lz4Blocks, lz4OutputSize } from '../../../src/protocol/records/codecs/lz4-size.ts';
import { loadWasmZstd, loadZstd } from '../../../src/protocol/records/codecs/zstd.ts';
import { zstdFrames } from '../../../src/protocol/records/codecs/zstd-frames.ts';
import {
  CODEC_NAMES,
  type CodecName,
  codecByName,
  codecName,
  compress,
  decompress,
  isCodecLoaded,
  loadCodec,
} from '../../../src/protocol/records/compression.ts';
import { RecordError } from '../../../src/protocol/records/error.ts';
import { Random } from './random.ts';

const REAL_CODECS = CODEC_NAMES.slice(1) as Exclude<CodecName, 'none'>[];
const TEXT = Buffer.from('the quick brown fox jumps over the lazy dog; '.repeat(9000));
const NOISE = new Random(1).bytes(70_000);

function kindOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof RecordError ? error.kind : String(error);
  }
  return 'no error';
}

test('names and numbers', () => {
  expect(CODEC_NAMES.map((name) => codecName(codecByName(name)))).toEqual([...CODEC_NAMES]);
  expect([1, 2, 3, 4].map(codecName)).toEqual(['gzip', 'snappy', 'lz4', 'zstd']);
  expect(() => codecByName('brotli')).toThrow('Unknown compression name: brotli');
  expect(() => codecName(7)).toThrow('Unknown compression type id: 7');
});

test('none needs no loading and copies nothing', () => {
  expect(isCodecLoaded(0)).toBe(true);
  expect(compress(0, TEXT)).toBe(TEXT);
  expect(decompress(0, TEXT, 1)).toBe(TEXT);
});

test('a codec that is used before it is loaded is named', () => {
  expect(isCodecLoaded(3)).toBe(false);
  expect(() => compress(3, TEXT)).toThrow('codec lz4 is not loaded');
});

describe.each(REAL_CODECS)('%s', (name) => {
  const codec = codecByName(name);
  beforeAll(() => loadCodec(codec));

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.from('x')],
    ['text', TEXT],
    ['noise', NOISE],
  ])('gives back %s', (_, data) => {
    const output = decompress(codec, compress(codec, data));
    expect(Buffer.isBuffer(output)).toBe(true);
    expect(output.equals(data)).toBe(true);
  });

  test('makes text smaller', () => {
    expect(compress(codec, TEXT).length).toBeLessThan(TEXT.length / 10);
  });

  test('stops at the bound, and not before', () => {
    const compressed = compress(codec, TEXT);
    expect(decompress(codec, compressed, TEXT.length).length).toBe(TEXT.length);
    const text = `Record batch decompresses (${name}) to more than the maximum of ${TEXT.length - 1} bytes`;
    expect(() => decompress(codec, compressed, TEXT.length - 1)).toThrow(new RecordError('too-large', text));
  });

  test('refuses a bomb without the memory it asks for', () => {
    const bomb = compress(codec, Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    expect(kindOf(() => decompress(codec, bomb, 1024 * 1024))).toBe('too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
  });

  test('refuses data that ends early, at every place', () => {
    const compressed = compress(codec, Buffer.from('abcdefgh'.repeat(20)));
    for (let size = 1; size < compressed.length; size++) {
      // Between xerial blocks, the framing cannot tell that one is missing; the records will.
      if (name === 'snappy' && size === 16) continue;
      expect(
        kindOf(() => decompress(codec, compressed.subarray(0, size))),
        `${size} bytes`,
      ).toBe('corrupt');
    }
  });

  test('survives any flipped bit', () => {
    const compressed = compress(codec, Buffer.from('abcdefgh'.repeat(20)));
    for (let bit = 0; bit < compressed.length * 8; bit++) {
      const copy = Buffer.from(compressed);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      expect(['corrupt', 'too-large', 'no error'], `bit ${bit}`).toContain(kindOf(() => decompress(codec, copy, 4096)));
    }
  });
});

describe('levels', () => {
  const random = new Random(2);
  const WORDS = Array.from({ length: 500 }, () => random.bytes(1 + random.below(9)).toString('base64'));
  const data = Buffer.from(Array.from({ length: 20_000 }, () => WORDS[random.below(WORDS.length)]).join(' '));

  test.each([
    ['gzip', 1, 9],
    ['zstd', 1, 19],
  ] as const)('%s: %d is larger than %d', async (name, low, high) => {
    const codec = codecByName(name);
    await loadCodec(codec);
    expect(compress(codec, data, low).length).toBeGreaterThan(compress(codec, data, high).length);
  });
});

describe('claims that are not believed', () => {
  beforeAll(async () => {
    await loadCodec(2);
  });

  test('raw snappy of 4 GiB in ten bytes', () => {
    const claim = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0]);
    expect(kindOf(() => decompress(2, claim, 2 ** 33))).toBe('corrupt');
  });

  test('a xerial block longer than the data, or of negative length', () => {
    const framed = compress(2, Buffer.from('hello'));
    for (const size of [2 ** 31 - 1, -1]) {
      const copy = Buffer.from(framed);
      copy.writeInt32BE(size, 16);
      expect(kindOf(() => decompress(2, copy))).toBe('corrupt');
    }
  });

  test('a Zstandard frame that claims more than its blocks hold', async () => {
    const zstd = await loadWasmZstd();
    // Magic; one segment, 8 bytes of content size; 2^40; a last raw block of 1 byte.
    const claim = Buffer.from('28b52ffde00000000000010000090000ff', 'hex');
    expect(() => zstdFrames(claim)).toThrow(/frame claims 1099511627776 bytes, its blocks hold at most 1/);
    expect(kindOf(() => zstd.decompress(claim, 2 ** 33))).toBe('corrupt');
  });
});

describe('frames', () => {
  test('the output size of an LZ4 frame is counted exactly', async () => {
    await loadCodec(3);
    for (const data of [Buffer.alloc(0), Buffer.from('x'), TEXT, NOISE, Buffer.alloc(5_000_000)]) {
      const frame = compress(3, data);
      expect(lz4OutputSize(frame, lz4Blocks(frame))).toBe(data.length);
    }
  });

  test('LZ4 as Kafka reads it: version 1, independent blocks, no dictionary, no checksums', async () => {
    await loadCodec(3);
    const frame = compress(3, TEXT);
    expect(frame.readUInt32LE(0)).toBe(0x184d2204);
    expect(frame[4]).toBe(0x60);
    expect(frame.readUInt32LE(frame.length - 4)).toBe(0);
  });

  test('snappy as Java writes it: header, then blocks of 32 KiB', async () => {
    await loadCodec(2);
    const framed = compress(2, NOISE);
    expect(framed.toString('hex', 0, 16)).toBe('82534e4150505900' + '0000000100000001');
    const sizes: number[] = [];
    for (let at = 16; at < framed.length; at += 4 + framed.readInt32BE(at)) {
      sizes.push(decompress(2, framed.subarray(at + 4, at + 4 + framed.readInt32BE(at))).length);
    }
    expect(sizes).toEqual([32_768, 32_768, 70_000 - 65_536]);
  });

  test.each([
    ['node:zlib, where it has it', loadZstd],
    ['WebAssembly', loadWasmZstd],
  ])('several Zstandard frames and a skippable one are one output: %s', async (_, load) => {
    const zstd = await load();
    const skippable = Buffer.from('502a4d1803000000aabbcc', 'hex');
    const frames = Buffer.concat([zstd.compress(TEXT), skippable, zstd.compress(NOISE)]);
    expect(zstd.decompress(frames, 2 ** 20).equals(Buffer.concat([TEXT, NOISE]))).toBe(true);
    expect(kindOf(() => zstd.decompress(frames, TEXT.length + NOISE.length - 1))).toBe('too-large');
  });

  test('several gzip members are one output', async () => {
    await loadCodec(1);
    const members = Buffer.concat([gzipSync(TEXT), gzipSync(NOISE)]);
    expect(decompress(1, members).equals(Buffer.concat([TEXT, NOISE]))).toBe(true);
  });
});
