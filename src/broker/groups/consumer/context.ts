import type { Clock } from '../../../util/clock.ts';
import type { Logger } from '../../../util/logger.ts';
import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ClassicGroup } from '../classic-group.ts';
import type { GroupRecord } from '../records.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { MemberTimers } from './member-timers.ts';
import type { TopicCatalog } from './subscription.ts';

export type ConsumerGroupConfig = Pick<
  BrokerConfig,
  | 'groupConsumerSessionTimeoutMs'
  | 'groupConsumerHeartbeatIntervalMs'
  | 'groupConsumerAssignmentIntervalMs'
  | 'groupConsumerMaxSize'
  | 'groupConsumerAssignors'
  | 'groupConsumerMigrationPolicy'
  | 'groupMaxSize'
>;

/** What the steps of the consumer group protocol work on. They are synchronous, as those of classic groups are. */
export interface ConsumerContext {
  /** In force now; read anew each time. */
  readonly config: ConsumerGroupConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly groups: Map<string, ConsumerGroup>;
  readonly classicGroups: Map<string, ClassicGroup>;
  /** Whether the name is taken by a group of another protocol than the classic and this one. */
  isOtherKind(groupId: string): boolean;
  readonly timers: MemberTimers;
  readonly topics: TopicCatalog;
  /** Dynamic configs of a group. */
  configsOf(groupId: string): ReadonlyMap<string, string>;
  /** Writes records as one batch. @throws KafkaError if the log refuses */
  append(groupId: string, records: readonly GroupRecord[]): void;
  /**
   * Takes over the members of a group that has become a classic one.
   * @param reason for a rebalance, undefined if the members can go on as they are
   */
  adopt(group: ClassicGroup, reason: string | undefined): void;
}

/** A setting of the group where it has one, else the broker's; milliseconds. */
export function groupSetting(
  context: Pick<ConsumerContext, 'configsOf'>,
  groupId: string,
  name: string,
  ofBroker: number,
): number {
  const own = context.configsOf(groupId).get(name);
  return own === undefined ? ofBroker : Number(own);
}
