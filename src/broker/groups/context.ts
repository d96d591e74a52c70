import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { OffsetsProducer } from './commit-request.ts';
import type { ConsumerGroups } from './consumer/consumer-groups.ts';
import type { ConsumerGroupConfig } from './consumer/context.ts';
import type { GroupKind } from './modern/group-kind.ts';
import type { Offsets } from './offsets.ts';
import type { PendingOffsets } from './pending-offsets.ts';
import type { GroupRecord } from './records.ts';
import type { ShareGroupConfig } from './share/context.ts';
import type { ShareGroups } from './share/share-groups.ts';
import type { StreamsGroupConfig } from './streams/context.ts';
import type { StreamsGroups } from './streams/streams-groups.ts';

export type GroupConfig = Pick<
  BrokerConfig,
  | 'groupMinSessionTimeoutMs'
  | 'groupMaxSessionTimeoutMs'
  | 'groupInitialRebalanceDelayMs'
  | 'offsetMetadataMaxBytes'
  | 'offsetsRetentionMinutes'
  | 'offsetsRetentionCheckIntervalMs'
> &
  ConsumerGroupConfig &
  ShareGroupConfig &
  StreamsGroupConfig;

/** What the coordinator's steps work on. The steps are synchronous: between two of them every group is consistent. */
export interface GroupContext {
  /** In force now; read anew each time. */
  readonly config: GroupConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly groups: Map<string, ClassicGroup>;
  readonly consumers: ConsumerGroups;
  readonly shares: ShareGroups;
  readonly streams: StreamsGroups;
  /** Groups of all newer protocols; a name is either a classic group's or one of theirs. */
  readonly kinds: readonly GroupKind[];
  readonly offsets: Offsets;
  /** Of transactions that are not decided. */
  readonly pending: PendingOffsets;
  /** A random UUID of 36 characters. */
  newUuid(): string;
  /**
   * Writes records of a group as one batch to its partition of `__consumer_offsets`; they count as committed on return,
   * those of a transactional producer when its transaction is.
   * @throws KafkaError with the number to answer with if the log refuses
   */
  append(groupId: string, records: readonly GroupRecord[], producer?: OffsetsProducer): void;
  /** The partition of `__consumer_offsets` that keeps a group. */
  partitionFor(groupId: string): number;
  /** Called when a member, or a client that was told an id and has not joined with it yet, was silent for too long. */
  sessionExpired(group: ClassicGroup, memberId: string): void;
}
