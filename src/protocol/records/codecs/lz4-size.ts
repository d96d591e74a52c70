// How much an LZ4 frame decompresses to, found from its lengths alone: nothing is copied or allocated.
// Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
import { undecodable } from './errors.ts';

const MAGIC = 0x184d2204;
const FLAG = { dictionaryId: 0x01, contentChecksum: 0x04, contentSize: 0x08, blockChecksum: 0x10 };
const MIN_MATCH = 4;

/**
 * Bytes that the frame at the start of `buf` decompresses to. The content size that a frame may claim is not believed.
 * @throws RecordError `corrupt` if it is no frame or ends early
 */
export function lz4OutputSize(buf: Buffer): number {
  if (buf.length < 7 || buf.readUInt32LE(0) !== MAGIC) throw undecodable('lz4', 'not an LZ4 frame');
  const flags = buf[4]!;
  const blockTrailer = (flags & FLAG.blockChecksum) !== 0 ? 4 : 0;
  let at = 7 + ((flags & FLAG.contentSize) !== 0 ? 8 : 0) + ((flags & FLAG.dictionaryId) !== 0 ? 4 : 0);
  let total = 0;
  for (;;) {
    if (at + 4 > buf.length) throw truncated();
    const word = buf.readUInt32LE(at);
    if (word === 0) return total;
    const size = word & 0x7fffffff;
    const end = at + 4 + size;
    if (end > buf.length) throw truncated();
    total += word > 0x7fffffff ? size : blockOutputSize(buf, at + 4, end);
    at = end + blockTrailer;
  }
}

function blockOutputSize(buf: Buffer, start: number, end: number): number {
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
