// LZ4 frames. lz4-napi writes independent blocks without checksums, which is what Kafka's own Lz4BlockOutputStream
// writes and the only block mode that its input stream reads; it reads frames with any checksums.
import type { CodecImplementation } from '../compression.ts';
import { outputTooLarge, undecodable } from './errors.ts';
import { lz4OutputSize } from './lz4-size.ts';

/** No LZ4 block gets smaller than a 255th of its data. */
const MAX_RATIO = 255;

export async function loadLz4(): Promise<CodecImplementation> {
  const { compressFrameSync, decompressFrameSync } = (await import('lz4-napi')).default;
  return {
    compress: (buf) => compressFrameSync(buf),
    decompress(buf, maxOutputBytes) {
      // lz4-napi has no bound of its own. Counting takes a walk over the frame, which few frames need.
      if (buf.length * MAX_RATIO > maxOutputBytes && lz4OutputSize(buf) > maxOutputBytes) {
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
