// Zstandard by node:zlib where it has it (Node 22.15 and newer), else by WebAssembly.

import { isZlibLimit, outputTooLarge, undecodable } from './errors.ts';
import type { CodecImplementation } from './implementation.ts';
import { type ZstdFrame, zstdFrames } from './zstd-frames.ts';

/** Kafka's default (compression.zstd.level). */
const DEFAULT_LEVEL = 3;

/** What newer Node versions add to node:zlib. */
interface ZlibWithZstd {
  zstdCompressSync(buf: Buffer, options: { params: Record<number, number> }): Buffer;
  zstdDecompressSync(buf: Buffer, options: { maxOutputLength: number }): Buffer;
  constants: { ZSTD_c_compressionLevel: number };
}

export async function loadZstd(): Promise<CodecImplementation> {
  const zlib: object = await import('node:zlib');
  return 'zstdCompressSync' in zlib ? nativeZstd(zlib as ZlibWithZstd) : loadWasmZstd();
}

function nativeZstd(zlib: ZlibWithZstd): CodecImplementation {
  return {
    compress(buf, level = DEFAULT_LEVEL) {
      return zlib.zstdCompressSync(buf, { params: { [zlib.constants.ZSTD_c_compressionLevel]: level } });
    },
    decompress: (buf, maxOutputBytes) =>
      decompressFrames(buf, maxOutputBytes, (frame, _, left) => {
        // 0 is no bound to node:zlib but an error.
        return zlib.zstdDecompressSync(frame, { maxOutputLength: Math.max(left, 1) });
      }),
  };
}

let wasm: Promise<CodecImplementation> | undefined;

/** The WebAssembly build, instantiated once: a second init would pull the shared module from under its first user. */
export function loadWasmZstd(): Promise<CodecImplementation> {
  wasm ??= instantiateWasm();
  return wasm;
}

/** It decompresses into memory that the caller sizes; its memory grows to the largest batch met and never shrinks. */
async function instantiateWasm(): Promise<CodecImplementation> {
  const zstd = await import('@bokuweb/zstd-wasm');
  await zstd.init();
  return {
    compress: (buf, level = DEFAULT_LEVEL) => toBuffer(zstd.compress(buf, level)),
    decompress: (buf, maxOutputBytes) =>
      decompressFrames(buf, maxOutputBytes, (frame, { maxSize }, left) => {
        return toBuffer(zstd.decompress(frame, { defaultHeapSize: Math.min(maxSize, left) }));
      }),
  };
}

/**
 * Decompresses frame by frame. Frames are measured first because neither implementation can be left alone with them:
 * WebAssembly believes a frame's content size, node:zlib takes a truncated frame for a whole one.
 */
function decompressFrames(
  buf: Buffer,
  maxOutputBytes: number,
  decompressFrame: (bytes: Buffer, frame: ZstdFrame, left: number) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  let left = maxOutputBytes;
  for (const frame of zstdFrames(buf)) {
    if (frame.contentSize !== undefined && frame.contentSize > left) throw outputTooLarge('zstd', maxOutputBytes);
    try {
      const part = decompressFrame(buf.subarray(frame.start, frame.end), frame, left);
      parts.push(part);
      left -= part.length;
    } catch (error) {
      const full = isOutputFull(error) && frame.maxSize > left;
      throw full ? outputTooLarge('zstd', maxOutputBytes) : undecodable('zstd', error);
    }
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** ZSTD_error_dstSize_tooSmall, which the WebAssembly binding only gives as part of a text. */
function isOutputFull(error: unknown): boolean {
  return isZlibLimit(error) || (error instanceof Error && error.message.endsWith('code -70'));
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
