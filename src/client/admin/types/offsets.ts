// Offsets by timestamp, and deleting records.
import type { KafkaError } from '../../../protocol/errors.ts';
import type { CallOptions, TopicPartition } from './common.ts';

/** Special timestamps of ListOffsets; any other is milliseconds since the epoch. */
export const OffsetSpec = {
  LATEST: -1,
  EARLIEST: -2,
  MAX_TIMESTAMP: -3,
  EARLIEST_LOCAL: -4,
  LATEST_TIERED: -5,
  EARLIEST_PENDING_UPLOAD: -6,
} as const;

export type IsolationLevel = 'read_uncommitted' | 'read_committed';

export interface OffsetQuery extends TopicPartition {
  /** Milliseconds, or one of {@link OffsetSpec}. */
  readonly timestamp: number;
}

export interface OffsetResult extends TopicPartition {
  /** -1 if no record matches. */
  readonly offset: number;
  readonly timestamp: number;
  readonly leaderEpoch: number;
  readonly error?: KafkaError;
}

export interface RecordsToDelete extends TopicPartition {
  /** Records before it go; -1 for all. */
  readonly beforeOffset: number;
}

export interface DeletedRecords extends TopicPartition {
  readonly lowWatermark: number;
  readonly error?: KafkaError;
}

/** What to read of the replicas on one broker. */
export interface ReplicaFetch extends CallOptions {
  readonly broker: number;
  readonly partitions: readonly (TopicPartition & { readonly topicId: string; readonly offset: number })[];
  /** How long the broker waits for a first byte. */
  readonly maxWaitMs: number;
  /** Of each partition. */
  readonly maxBytes: number;
}

export interface FetchedReplica extends TopicPartition {
  /** As this replica knows it; -1 if it could not be read. */
  readonly highWatermark: number;
  /** Batches, the last of which may be cut. */
  readonly records: Buffer;
}
