import type { Clock } from '../../../util/clock.ts';
import type { Logger } from '../../../util/logger.ts';
import type { BrokerConfig } from '../../config/broker-config.ts';
import type { MemberTimers } from '../consumer/member-timers.ts';
import type { TopicCatalog } from '../consumer/subscription.ts';
import type { GroupRecord } from '../records.ts';
import type { ShareGroup } from './share-group.ts';
import type { ShareStateStore } from './state-store.ts';

export type ShareGroupConfig = Pick<
  BrokerConfig,
  | 'groupShareSessionTimeoutMs'
  | 'groupShareHeartbeatIntervalMs'
  | 'groupShareAssignmentIntervalMs'
  | 'groupShareMaxSize'
  | 'groupShareInitializeRetryIntervalMs'
>;

/** What the steps of the share group protocol work on. They are synchronous, as those of other groups are. */
export interface ShareContext {
  /** In force now; read anew each time. */
  readonly config: ShareGroupConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly groups: Map<string, ShareGroup>;
  readonly timers: MemberTimers;
  readonly topics: TopicCatalog;
  readonly state: ShareStateStore;
  /** Whether the name is taken by a group of another protocol. */
  isOtherKind(groupId: string): boolean;
  /** Dynamic configs of a group. */
  configsOf(groupId: string): ReadonlyMap<string, string>;
  /** Writes records as one batch. @throws KafkaError if the log refuses */
  append(groupId: string, records: readonly GroupRecord[]): void;
}
