// Groups, their members and committed offsets.
import type { KafkaError } from '../../../protocol/errors.ts';
import type { Node, TopicPartition } from './common.ts';

export interface GroupListing {
  readonly groupId: string;
  readonly protocolType: string;
  /** Kafka's spelling: `Stable`; empty where the broker does not say. */
  readonly state: string;
  /** `Classic`, `Consumer`, `Share`, `Streams`; empty where the broker does not say. */
  readonly type: string;
}

export interface GroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Where a member of the consumer protocol is. */
  readonly rackId?: string | null;
  readonly clientId: string;
  /** As the broker stored it, normally with a leading slash. */
  readonly host: string;
  readonly assignment: readonly TopicPartition[];
  /** null for classic members. */
  readonly targetAssignment: readonly TopicPartition[] | null;
  /** -1 for classic members. */
  readonly memberEpoch: number;
  /** Whether a member of a consumer-protocol group speaks that protocol; null where the broker does not say or the group is classic. */
  readonly upgraded: boolean | null;
}

export interface GroupDescription {
  readonly groupId: string;
  readonly type: 'Classic' | 'Consumer';
  readonly protocolType: string;
  readonly state: string;
  /** The classic protocol that was chosen, or the server-side assignor. */
  readonly assignor: string;
  readonly members: readonly GroupMember[];
  readonly coordinator: Node;
  /** -1 for classic groups. */
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
}

export interface CommittedOffset extends TopicPartition {
  /** -1 if nothing is committed. */
  readonly offset: number;
  /** -1 if unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
}

export interface OffsetToCommit extends TopicPartition {
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
}

export interface PartitionOutcome extends TopicPartition {
  readonly error?: KafkaError;
}
