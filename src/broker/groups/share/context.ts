import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ModernContext } from '../modern/modern-context.ts';
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
export interface ShareContext extends ModernContext<ShareGroupConfig, ShareGroup> {
  readonly state: ShareStateStore;
}
