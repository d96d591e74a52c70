// What a segment is made with.
import type { FilePool } from './file-pool.ts';
import type { IndexCache } from './index-cache.ts';
import type { IndexWriter } from './index-writer.ts';
import type { LogConfig } from './log-config.ts';

/** What the segments of all partitions share. */
export interface SegmentContext {
  pool: FilePool;
  indexes: IndexCache;
  indexWriter: IndexWriter;
}

export interface SegmentOptions {
  directory: string;
  baseOffset: number;
  indexIntervalBytes: number;
  /** Size of an index file while there are appends. */
  indexBytes: number;
  /** When the segment was made; for a file that was there, when it was written last. */
  createdMs: number;
  rollJitterMs: number;
}

/** Options of a segment in this partition. */
export function segmentOptions(
  directory: string,
  config: LogConfig,
  baseOffset: number,
  createdMs: number,
): SegmentOptions {
  const jitterMs = Math.min(config.segmentJitterMs, config.segmentMs);
  const rollJitterMs = jitterMs > 0 ? Math.floor(Math.random() * jitterMs) : 0;
  const { indexIntervalBytes, segmentIndexBytes: indexBytes } = config;
  return { directory, baseOffset, indexIntervalBytes, indexBytes, createdMs, rollJitterMs };
}
