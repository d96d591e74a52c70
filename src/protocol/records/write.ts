// The way into writing batches: the builder, and one call for records that are all there already.
import { BatchBuilder, type BuildOptions } from './builder.ts';
import type { RecordHeader } from './record.ts';

export { BatchBuilder, type BatchBuilderOptions, type BuildOptions } from './builder.ts';
export { type BatchProperties, emptyBatch } from './header-writer.ts';

export interface RecordInput {
  /** Milliseconds. */
  timestamp: number;
  key?: Uint8Array | null;
  value?: Uint8Array | null;
  headers?: readonly RecordHeader[];
}

/** One batch of `records` at consecutive offsets; a codec other than 0 must be loaded. */
export function buildBatch(
  records: Iterable<RecordInput>,
  options: BuildOptions & { codec?: number; level?: number } = {},
): Buffer {
  const { codec, level, ...properties } = options;
  const builder = new BatchBuilder({
    ...(codec === undefined ? {} : { codec }),
    ...(level === undefined ? {} : { level }),
  });
  for (const { timestamp, key, value, headers } of records)
    builder.append(timestamp, key ?? null, value ?? null, headers);
  return builder.build(properties);
}
