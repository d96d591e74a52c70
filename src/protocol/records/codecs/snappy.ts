// Snappy in two dresses. Java's clients write the xerial framing: a 16-byte header (magic, version, lowest compatible
// version), then blocks, each an int32 length and raw snappy of up to 32 KiB. librdkafka writes one raw block.

import { outputTooLarge, undecodable } from './errors.ts';
import type { CodecImplementation } from './implementation.ts';

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER = Buffer.concat([XERIAL_MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])]);
/** Uncompressed bytes of a block, as in SnappyOutputStream. */
const BLOCK_BYTES = 32 * 1024;
/** The densest element of the format: 3 bytes for a copy of 64. */
const MAX_RATIO = 64 / 3;

export async function loadSnappy(): Promise<CodecImplementation> {
  const { compressSync, uncompressSync } = (await import('snappy')).default;

  function uncompressBlock(block: Buffer): Buffer {
    try {
      return uncompressSync(block, { asBuffer: true }) as Buffer;
    } catch (error) {
      throw undecodable('snappy', error);
    }
  }

  return {
    compress(buf) {
      const parts: Buffer[] = [XERIAL_HEADER];
      for (let at = 0; at < buf.length; at += BLOCK_BYTES) {
        const block = compressSync(buf.subarray(at, at + BLOCK_BYTES));
        const size = Buffer.allocUnsafe(4);
        size.writeInt32BE(block.length);
        parts.push(size, block);
      }
      return Buffer.concat(parts);
    },
    decompress(buf, maxOutputBytes) {
      const blocks = isXerial(buf) ? xerialBlocks(buf) : [buf];
      let total = 0;
      for (const block of blocks) total += claimedSize(block);
      if (total > maxOutputBytes) throw outputTooLarge('snappy', maxOutputBytes);
      const parts = blocks.map(uncompressBlock);
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts, total);
    },
  };
}

function isXerial(buf: Buffer): boolean {
  return buf.length >= XERIAL_HEADER.length && buf.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC);
}

function xerialBlocks(buf: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  let at = XERIAL_HEADER.length;
  while (at < buf.length) {
    if (buf.length - at < 4) throw undecodable('snappy', 'truncated block length');
    const size = buf.readInt32BE(at);
    at += 4;
    if (size < 0 || size > buf.length - at) throw undecodable('snappy', `block of ${size} bytes in ${buf.length - at}`);
    blocks.push(buf.subarray(at, at + size));
    at += size;
  }
  return blocks;
}

/** The uncompressed size that a raw block begins with, refused if so much cannot come out of the block. */
function claimedSize(block: Buffer): number {
  let size = 0;
  for (let i = 0; i < 5; i++) {
    const byte = block[i];
    if (byte === undefined) break;
    size += (byte & 0x7f) * 2 ** (7 * i);
    if (byte > 0x7f) continue;
    if (size > block.length * MAX_RATIO) throw undecodable('snappy', `${block.length} bytes claim to be ${size}`);
    return size;
  }
  throw undecodable('snappy', 'truncated length');
}
