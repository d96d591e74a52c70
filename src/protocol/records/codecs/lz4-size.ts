// The blocks of an LZ4 frame and how much they decompress to, found from lengths alone: nothing is copied or allocated.
// Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
import { undecodable } from './errors.ts';

const MAGIC = 0x184d2204;
const FLAG = { dictionaryId: 0x01, contentSize: 0x08, blockChecksum: 0x10 };
const STORED = 0x80000000;
const MIN_MATCH = 4;

export interface Lz4Block {
  start: number;
  end: number;
  /** Not compressed. */
  stored: boolean;
}

/** The blocks of the frame at the start of `buf`. @throws RecordError `corrupt` if it is no frame or has no end mark */
export function lz4Blocks(buf: Buffer): Lz4Block[] {
  if (buf.length < 7) throw truncated();
  if (buf.readUInt32LE(0) !== MAGIC) throw undecodable('lz4', 'not an LZ4 frame');
  const flags = buf[4]!;
  const trailer = (flags & FLAG.blockChecksum) !== 0 ? 4 : 0;
  const blocks: Lz4Block[] = [];
  let at = 7 + ((flags & FLAG.contentSize) !== 0 ? 8 : 0) + ((flags & FLAG.dictionaryId) !== 0 ? 4 : 0);
  for (;;) {
    if (at + 4 > buf.length) throw truncated();
    const word = buf.readUInt32LE(at);
    if (word === 0) return blocks;
    const stored = word >= STORED;
    const start = at + 4;
    const end = start + (stored ? word - STORED : word);
    if (end > buf.length) throw truncated();
    blocks.push({ start, end, stored });
    at = end + trailer;
  }
}

/** Bytes that the blocks decompress to. The content size that a frame may claim is not believed. */
export function lz4OutputSize(buf: Buffer, blocks: readonly Lz4Block[]): number {
  let total = 0;
  for (const { start, end, stored } of blocks) total += stored ? end - start : compressedOutputSize(buf, start, end);
  return total;
}

function compressedOutputSize(buf: Buffer, start: number, end: number): number {
  let at = start;
  let total = 0;
  const extendedLength = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (;;) {
      if (at >= end) throw truncated();
      const byte = buf[at++]!;
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < end) {
    const token = buf[at++]!;
    const literals = extendedLength(token >> 4);
    at += literals;
    total += literals;
    if (at === end) break;
    at += 2;
    if (at > end) throw truncated();
    total += extendedLength(token & 15) + MIN_MATCH;
  }
  return total;
}

function truncated(): Error {
  return undecodable('lz4', 'truncated frame');
}
