// Topics and their partitions.

export interface TopicListing {
  readonly name: string;
  readonly topicId: string;
  readonly isInternal: boolean;
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1 without a leader. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offlineReplicas: readonly number[];
  /** Eligible leader replicas; null where the answer came from Metadata, which does not know them. */
  readonly elr: readonly number[] | null;
  readonly lastKnownElr: readonly number[] | null;
}

export interface TopicDescription extends TopicListing {
  /** By rising partition number. */
  readonly partitions: readonly PartitionDescription[];
}

export interface NewTopic {
  readonly name: string;
  /** Default -1: the broker's. */
  readonly numPartitions?: number;
  /** Default -1: the broker's. */
  readonly replicationFactor?: number;
  /** Broker ids by partition; excludes the two above. */
  readonly assignments?: ReadonlyMap<number, readonly number[]>;
  readonly configs?: Readonly<Record<string, string | null>>;
}

export interface CreatedTopic {
  readonly topicId: string;
  /** -1 where the broker does not say. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
}

export interface NewPartitions {
  readonly topic: string;
  /** What the topic has afterwards. */
  readonly totalCount: number;
  /** Broker ids for each added partition. */
  readonly assignments?: readonly (readonly number[])[];
}
