import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ClassicGroup } from '../classic-group.ts';
import type { ModernContext } from '../modern/modern-context.ts';
import type { ConsumerGroup } from './consumer-group.ts';

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
export interface ConsumerContext extends ModernContext<ConsumerGroupConfig, ConsumerGroup> {
  readonly classicGroups: Map<string, ClassicGroup>;
  /**
   * Takes over the members of a group that has become a classic one.
   * @param reason for a rebalance, undefined if the members can go on as they are
   */
  adopt(group: ClassicGroup, reason: string | undefined): void;
}
