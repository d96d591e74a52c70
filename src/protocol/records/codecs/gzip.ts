// gzip by node:zlib, which bounds its output itself.

import { isZlibLimit, outputTooLarge, undecodable } from './errors.ts';
import type { CodecImplementation } from './implementation.ts';

export async function loadGzip(): Promise<CodecImplementation> {
  const zlib = await import('node:zlib');
  return {
    compress: (buf, level) => zlib.gzipSync(buf, { level: level ?? zlib.constants.Z_DEFAULT_COMPRESSION }),
    decompress(buf, maxOutputBytes) {
      try {
        return zlib.gunzipSync(buf, { maxOutputLength: maxOutputBytes });
      } catch (error) {
        throw isZlibLimit(error) ? outputTooLarge('gzip', maxOutputBytes) : undecodable('gzip', error);
      }
    },
  };
}
