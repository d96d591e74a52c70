// Finds the frames of Zstandard data and how much each can decompress to, from headers alone (RFC 8878, section 3.1).
import { undecodable } from './errors.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAX_BLOCK_BYTES = 128 * 1024;
const BLOCK = { raw: 0, rle: 1, compressed: 2 };
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];

export interface ZstdFrame {
  start: number;
  end: number;
  /** What the header claims, which is never more than maxSize. */
  contentSize: number | undefined;
  /** The most that the blocks can hold: 128 KiB each, or what a raw or run-length block says. */
  maxSize: number;
}

/** The data frames of `buf`; skippable ones are left out. @throws RecordError `corrupt` if `buf` is anything but frames */
export function zstdFrames(buf: Buffer): ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  let at = 0;
  while (at < buf.length) {
    need(buf, at, 8);
    const magic = buf.readUInt32LE(at);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      at += 8 + buf.readUInt32LE(at + 4);
      continue;
    }
    if (magic !== MAGIC) throw undecodable('zstd', 'not a Zstandard frame');
    const frame = readFrame(buf, at);
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}

function readFrame(buf: Buffer, start: number): ZstdFrame {
  const descriptor = buf[start + 4]!;
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 2 ** sizeFlag;
  const sizeAt = start + 5 + (singleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3]!;
  need(buf, sizeAt, sizeBytes);
  const contentSize = readContentSize(buf, sizeAt, sizeBytes);

  let at = sizeAt + sizeBytes;
  let maxSize = 0;
  for (let last = false; !last; ) {
    need(buf, at, 3);
    const header = buf.readUIntLE(at, 3);
    last = (header & 1) === 1;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type > BLOCK.compressed) throw undecodable('zstd', 'reserved block type');
    maxSize += type === BLOCK.compressed ? MAX_BLOCK_BYTES : size;
    at += 3 + (type === BLOCK.rle ? 1 : size);
  }
  const end = at + ((descriptor & 0x04) !== 0 ? 4 : 0);
  need(buf, end, 0);
  if (contentSize !== undefined && contentSize > maxSize) {
    throw undecodable('zstd', `frame claims ${contentSize} bytes, its blocks hold at most ${maxSize}`);
  }
  return { start, end, contentSize, maxSize };
}

function readContentSize(buf: Buffer, at: number, bytes: number): number | undefined {
  if (bytes === 0) return undefined;
  if (bytes === 8) return buf.readUInt32LE(at + 4) * 2 ** 32 + buf.readUInt32LE(at);
  const size = buf.readUIntLE(at, bytes);
  return bytes === 2 ? size + 256 : size;
}

function need(buf: Buffer, at: number, bytes: number): void {
  if (at + bytes > buf.length) throw undecodable('zstd', 'truncated frame');
}
