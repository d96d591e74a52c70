// Share groups (KIP-932), their members and start offsets.
import type { Node, TopicPartition } from './common.ts';

export interface ShareGroupMember {
  readonly memberId: string;
  readonly clientId: string;
  /** As the broker stored it, normally with a leading slash. */
  readonly host: string;
  readonly memberEpoch: number;
  readonly assignment: readonly TopicPartition[];
}

export interface ShareGroupDescription {
  readonly groupId: string;
  /** Kafka's spelling: `Empty`, `Stable`, `Dead`. */
  readonly state: string;
  readonly members: readonly ShareGroupMember[];
  readonly coordinator: Node;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
}

/** Where a share group begins to read a partition; null where that is not known yet. */
export interface SharePartitionOffset extends TopicPartition {
  readonly startOffset: number | null;
  readonly leaderEpoch: number | null;
  /** Records that are not delivered yet (KIP-1226). */
  readonly lag: number | null;
}

export interface ShareOffsetToSet extends TopicPartition {
  readonly offset: number;
}
