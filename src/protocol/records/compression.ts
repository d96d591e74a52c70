// The codecs of record batches. Each is loaded on first use, so that a process which never meets one never pays for it.

import type { CodecImplementation } from './codecs/implementation.ts';
import { RecordError } from './error.ts';

/** Numbers as in the attributes of a batch (org.apache.kafka.common.record.CompressionType). */
export type Codec = 0 | 1 | 2 | 3 | 4;

export const CODEC_NAMES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type CodecName = (typeof CODEC_NAMES)[number];

/** Where no other bound is given: what a batch of 1 MiB can hold at lz4's highest rate, 255 to 1. */
export const DEFAULT_MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

const LOADERS: Record<Exclude<CodecName, 'none'>, () => Promise<CodecImplementation>> = {
  gzip: async () => (await import('./codecs/gzip.ts')).loadGzip(),
  snappy: async () => (await import('./codecs/snappy.ts')).loadSnappy(),
  lz4: async () => (await import('./codecs/lz4.ts')).loadLz4(),
  zstd: async () => (await import('./codecs/zstd.ts')).loadZstd(),
};

const loaded = new Map<CodecName, CodecImplementation>();
const loading = new Map<CodecName, Promise<void>>();

/** @throws RecordError `unsupported-compression` for a number that is no codec */
export function codecName(codec: number): CodecName {
  const name = CODEC_NAMES[codec];
  if (name === undefined) throw new RecordError('unsupported-compression', `Unknown compression type id: ${codec}`);
  return name;
}

/** @throws RecordError `unsupported-compression` for a name that is no codec */
export function codecByName(name: string): Codec {
  const codec = CODEC_NAMES.indexOf(name as CodecName);
  if (codec < 0) throw new RecordError('unsupported-compression', `Unknown compression name: ${name}`);
  return codec as Codec;
}

export function isCodecLoaded(codec: number): boolean {
  return codec === 0 || loaded.has(codecName(codec));
}

/** Makes {@link compress} and {@link decompress} usable for a codec. Cheap after the first time. */
export async function loadCodec(codec: number): Promise<void> {
  const name = codecName(codec);
  if (name === 'none' || loaded.has(name)) return;
  let pending = loading.get(name);
  if (pending === undefined) {
    pending = LOADERS[name]().then((implementation) => void loaded.set(name, implementation));
    loading.set(name, pending);
    pending.catch(() => loading.delete(name));
  }
  await pending;
}

/**
 * Compresses with a loaded codec. `level` counts where the codec has levels: gzip 1 to 9, zstd up to 22; snappy and
 * lz4 as bundled have one each and ignore it.
 */
export function compress(codec: number, buf: Buffer, level?: number): Buffer {
  const name = codecName(codec);
  return name === 'none' ? buf : implementationOf(name).compress(buf, level);
}

/**
 * Decompresses with a loaded codec, to at most `maxOutputBytes`. Memory follows the bound and the output, never a size
 * that the data claims.
 * @throws RecordError `too-large` beyond the bound, `corrupt` for data that the codec refuses
 */
export function decompress(codec: number, buf: Buffer, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES): Buffer {
  const name = codecName(codec);
  return name === 'none' ? buf : implementationOf(name).decompress(buf, maxOutputBytes);
}

function implementationOf(name: CodecName): CodecImplementation {
  const implementation = loaded.get(name);
  if (implementation === undefined) throw new Error(`codec ${name} is not loaded: await loadCodec() first`);
  return implementation;
}
