import type { TopicPartition } from '../admin/types.ts';

/** A position of a group in a partition: the offset of the next record to read. */
export interface GroupOffset extends TopicPartition {
  readonly offset: number;
  /** Leader epoch of the record before it, -1 if unknown. */
  readonly leaderEpoch: number;
}

/** When a consumer commits of itself. */
export type CommitOccasion = 'interval' | 'rebalance' | 'close';

/** One member of a consumer group, of either protocol. */
export interface GroupMember {
  /**
   * Joins, or joins again, and waits for an assignment. What the member owned until now must be given up before: nobody else
   * gets it sooner.
   * @throws KafkaError for what cannot be repaired by trying again
   */
  join(topics: readonly string[]): Promise<readonly TopicPartition[]>;
  /** Committed offsets; a partition without one is left out. */
  committed(partitions: readonly TopicPartition[]): Promise<GroupOffset[]>;
  /** @throws KafkaError if the group refuses, for example since it has moved on */
  commit(offsets: readonly GroupOffset[]): Promise<void>;
  /** Commits what was seen; what the group refuses is logged. Never throws. */
  autoCommit(offsets: readonly GroupOffset[], occasion: CommitOccasion): Promise<void>;
  /** Leaves the group and closes the connection. Never throws. */
  leave(): Promise<void>;
}

/** How a member tells its owner that `join` must be called again, or that the membership is lost for good. */
export interface GroupListener {
  onRebalance(): void;
  onFailure(error: Error): void;
}
