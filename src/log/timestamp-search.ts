// From timestamps to offsets (UnifiedLog.fetchOffsetByTimestamp, LogSegment.findOffsetByTimestamp). Timestamps of single
// records count, so the batch that has the answer is decompressed.
import { type BatchHeader, codecOf, readBatchHeader } from '../protocol/records/batch.ts';
import { loadCodec } from '../protocol/records/compression.ts';
import { openRecords } from '../protocol/records/read.ts';
import type { LogSegments } from './log-segments.ts';
import type { Segment } from './segment.ts';
import { findBatch, readBytes } from './segment-reader.ts';

const CHUNK_BYTES = 16 * 1024;

export interface FoundTimestamp {
  offset: number;
  /** Of that record, milliseconds. */
  timestamp: number;
  /** -1 if the batch has none. */
  leaderEpoch: number;
}

/** The first record from `startOffset` on whose timestamp is `timestamp` or later. */
export async function searchTimestamp(
  segments: LogSegments,
  timestamp: number,
  startOffset: number,
): Promise<FoundTimestamp | undefined> {
  for (const segment of segments.from(startOffset)) {
    if (segment.largestTimestamp < timestamp) continue;
    const from = Math.max(segment.lookupTimestamp(timestamp).offset, startOffset);
    const found = await searchSegment(segment, from, startOffset, timestamp);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first record that has the largest timestamp of all. */
export async function searchMaxTimestamp(
  segments: LogSegments,
  startOffset: number,
): Promise<FoundTimestamp | undefined> {
  let latest: Segment | undefined;
  for (const segment of segments.from(startOffset)) {
    if (latest === undefined || segment.maxTimestamp.timestamp > latest.maxTimestamp.timestamp) latest = segment;
  }
  if (latest === undefined || latest.maxTimestamp.timestamp < 0) return undefined;
  const { timestamp, offset } = latest.maxTimestamp;
  const from = Math.max(offset, startOffset);
  return searchSegment(latest, from, startOffset, timestamp);
}

async function searchSegment(
  segment: Segment,
  from: number,
  startOffset: number,
  timestamp: number,
): Promise<FoundTimestamp | undefined> {
  let offset = from;
  for (;;) {
    const found = await findBatch(segment, offset, CHUNK_BYTES);
    if (found === undefined) return undefined;
    const header = readBatchHeader(found.chunk, found.at);
    if (header.maxTimestamp >= timestamp) {
      const batch = await readBytes(segment, found.position, header.batchLength + 12);
      const record = await firstRecord(batch, header, timestamp, startOffset);
      if (record !== undefined) return { ...record, leaderEpoch: header.partitionLeaderEpoch };
    }
    offset = header.baseOffset + header.lastOffsetDelta + 1;
  }
}

async function firstRecord(
  batch: Buffer,
  header: BatchHeader,
  timestamp: number,
  startOffset: number,
): Promise<{ offset: number; timestamp: number } | undefined> {
  await loadCodec(codecOf(header.attributes));
  const records = openRecords(batch, 0, header);
  while (records.next()) {
    if (records.timestamp >= timestamp && records.offset >= startOffset) {
      return { offset: records.offset, timestamp: records.timestamp };
    }
  }
  return undefined;
}
