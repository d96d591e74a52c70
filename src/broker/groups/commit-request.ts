// OffsetCommit and TxnOffsetCommit as the coordinator takes them, whatever version they came in.

export interface CommitPartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly committedMetadata: string | null;
}

export interface CommitTopic {
  readonly name: string;
  /** The zero id if not known. */
  readonly topicId: string;
  readonly partitions: readonly CommitPartition[];
}

export interface Commit {
  readonly groupId: string;
  /** -1 for a commit outside of the group protocol. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Milliseconds, -1 for the broker's offsets.retention.minutes. */
  readonly retentionTimeMs: number;
  /** Topics that exist. */
  readonly topics: readonly CommitTopic[];
}

/** The transactional producer that commits offsets. */
export interface OffsetsProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}
