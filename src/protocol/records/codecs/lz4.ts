// LZ4 frames. lz4-napi writes independent blocks without checksums, which is what Kafka's own Lz4BlockOutputStream
// writes and the only block mode that its input stream reads; it reads frames with any checksums.

import { outputTooLarge, undecodable } from './errors.ts';
import type { CodecImplementation } from './implementation.ts';
import { lz4Blocks, lz4OutputSize } from './lz4-size.ts';

/** A byte of an LZ4 block stands for at most so many. */
const MAX_RATIO = 255;

export async function loadLz4(): Promise<CodecImplementation> {
  const { compressFrameSync, decompressFrameSync } = (await import('lz4-napi')).default;
  return {
    compress: (buf) => compressFrameSync(buf),
    decompress(buf, maxOutputBytes) {
      // lz4-napi does not miss an end mark and has no bound of its own. Counting the output takes a walk over every
      // sequence, which few frames need.
      const blocks = lz4Blocks(buf);
      if (buf.length * MAX_RATIO > maxOutputBytes && lz4OutputSize(buf, blocks) > maxOutputBytes) {
        throw outputTooLarge('lz4', maxOutputBytes);
      }
      try {
        return decompressFrameSync(buf);
      } catch (error) {
        throw undecodable('lz4', error);
      }
    },
  };
}
