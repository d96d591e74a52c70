// What the log needs to know of a topic's configuration (org.apache.kafka.storage.internals.log.LogConfig). Whoever owns
// the topic configs fills it in.
import type { TimestampType } from '../protocol/records/record.ts';

export interface LogConfig {
  /** `segment.bytes`: a segment is rolled before it grows beyond this. */
  segmentBytes: number;
  /** `segment.ms`: a segment is rolled when a batch is this much newer than the segment's first. */
  segmentMs: number;
  /** `segment.jitter.ms`: up to this much is taken off segmentMs at random, so that segments do not roll all at once. */
  segmentJitterMs: number;
  /** `segment.index.bytes`: the size at which an index counts as full. */
  segmentIndexBytes: number;
  /** `index.interval.bytes`: bytes of log between two index entries. */
  indexIntervalBytes: number;
  /** `max.message.bytes`: the largest batch, headers included. */
  maxMessageBytes: number;
  /** `cleanup.policy` has `delete`. */
  delete: boolean;
  /** `cleanup.policy` has `compact`: records need keys. */
  compact: boolean;
  /** `retention.ms`, -1 for no limit. */
  retentionMs: number;
  /** `retention.bytes`, -1 for no limit. */
  retentionBytes: number;
  /** `compression.type`: the codec that batches are stored in; undefined for `producer`, which stores them as they come. */
  compressionCodec: number | undefined;
  /** `compression.gzip.level` or its like, where the codec has levels. */
  compressionLevel: number | undefined;
  /** `message.timestamp.type`. */
  messageTimestampType: TimestampType;
  /** `message.timestamp.before.max.ms`: how much older than the broker's clock a record may be; Infinity for no limit. */
  messageTimestampBeforeMaxMs: number;
  /** `message.timestamp.after.max.ms`: how much newer. */
  messageTimestampAfterMaxMs: number;
  /** `flush.messages`: fsync once this many records are unflushed; Infinity leaves it to the operating system. */
  flushMessages: number;
  /** `flush.ms`: fsync what has been unflushed for this long; Infinity leaves it to the operating system. */
  flushMs: number;
  /** `file.delete.delay.ms`: from taking a file out of the log to deleting it. */
  fileDeleteDelayMs: number;
  /** `delete.retention.ms`: how long compaction keeps tombstones. */
  deleteRetentionMs: number;
  /** `min.cleanable.dirty.ratio`. */
  minCleanableDirtyRatio: number;
  /** `min.compaction.lag.ms`. */
  minCompactionLagMs: number;
  /** `max.compaction.lag.ms`; Infinity for no limit. */
  maxCompactionLagMs: number;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** Kafka's defaults. */
export const DEFAULT_LOG_CONFIG: Readonly<LogConfig> = Object.freeze({
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: 7 * DAY_MS,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * 1024 * 1024,
  indexIntervalBytes: 4096,
  maxMessageBytes: 1024 * 1024 + 12,
  delete: true,
  compact: false,
  retentionMs: 7 * DAY_MS,
  retentionBytes: -1,
  compressionCodec: undefined,
  compressionLevel: undefined,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: Number.POSITIVE_INFINITY,
  messageTimestampAfterMaxMs: HOUR_MS,
  flushMessages: Number.POSITIVE_INFINITY,
  flushMs: Number.POSITIVE_INFINITY,
  fileDeleteDelayMs: 60_000,
  deleteRetentionMs: DAY_MS,
  minCleanableDirtyRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.POSITIVE_INFINITY,
});
