// What is left of a damaged gzip stream, for who looks at damage. The codec itself is gzip.ts.
import zlib from 'node:zlib';

export interface Inflated {
  readonly data: Buffer;
  /** Bytes of the input that belong to it. */
  readonly consumed: number;
}

/** Decompresses as much as there is, also without an end. @throws Error in the words of zlib for data that is none */
export function inflateUpTo(bytes: Buffer): Inflated {
  const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, info: true };
  // Typed as a Buffer, which it is not with `info`.
  const { buffer, engine } = zlib.inflateRawSync(bytes, options) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  return { data: buffer, consumed: engine.bytesWritten };
}

/** CRC-32 of ISO 3309, which gzip and the record formats before 2 have. */
export const crc32 = (bytes: Buffer): number => zlib.crc32(bytes);
