// Zstandard by node:zlib where it has it (Node 22.15 and newer), else by WebAssembly.
import type { CodecImplementation } from '../compression.ts';
import { isZlibLimit, outputTooLarge, undecodable } from './errors.ts';
import { zstdFrames } from './zstd-frames.ts';

/** Kafka's default (compression.zstd.level). */
const DEFAULT_LEVEL = 3;

/** What newer Node versions add to node:zlib. */
export interface ZlibWithZstd {
  zstdCompressSync(buf: Buffer, options: { params: Record<number, number> }): Buffer;
  zstdDecompressSync(buf: Buffer, options: { maxOutputLength: number }): Buffer;
  constants: { ZSTD_c_compressionLevel: number };
}

export async function loadZstd(): Promise<CodecImplementation> {
  const zlib: object = await import('node:zlib');
  return 'zstdCompressSync' in zlib ? nativeZstd(zlib as ZlibWithZstd) : loadWasmZstd();
}

export function nativeZstd(zlib: ZlibWithZstd): CodecImplementation {
  return {
    compress(buf, level = DEFAULT_LEVEL) {
      return zlib.zstdCompressSync(buf, { params: { [zlib.constants.ZSTD_c_compressionLevel]: level } });
    },
    decompress(buf, maxOutputBytes) {
      try {
        return zlib.zstdDecompressSync(buf, { maxOutputLength: maxOutputBytes });
      } catch (error) {
        throw isZlibLimit(error) ? outputTooLarge('zstd', maxOutputBytes) : undecodable('zstd', error);
      }
    },
  };
}

let wasm: Promise<CodecImplementation> | undefined;

/** The WebAssembly build, instantiated once: its module is a singleton that a second init would pull from under a first user. */
export function loadWasmZstd(): Promise<CodecImplementation> {
  wasm ??= instantiateWasm();
  return wasm;
}

/**
 * The WebAssembly build decompresses one frame into memory that the caller sizes, or the frame's own claim; so frames
 * are measured first. Its memory grows to the largest batch met and never shrinks.
 */
async function instantiateWasm(): Promise<CodecImplementation> {
  const zstd = await import('@bokuweb/zstd-wasm');
  await zstd.init();
  return {
    compress: (buf, level = DEFAULT_LEVEL) => toBuffer(zstd.compress(buf, level)),
    decompress(buf, maxOutputBytes) {
      const parts: Buffer[] = [];
      let left = maxOutputBytes;
      for (const frame of zstdFrames(buf)) {
        const { contentSize, maxSize } = frame;
        if (contentSize !== undefined && contentSize > left) throw outputTooLarge('zstd', maxOutputBytes);
        const defaultHeapSize = Math.min(maxSize, left);
        try {
          const part = toBuffer(zstd.decompress(buf.subarray(frame.start, frame.end), { defaultHeapSize }));
          parts.push(part);
          left -= part.length;
        } catch (error) {
          throw isOutputFull(error) && maxSize > left
            ? outputTooLarge('zstd', maxOutputBytes)
            : undecodable('zstd', error);
        }
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
  };
}

/** ZSTD_error_dstSize_tooSmall, which the binding only gives as part of a text. */
function isOutputFull(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith('code -70');
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
