import type { Timer } from '../../../util/clock.ts';
import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ClassicGroup } from '../classic-group.ts';
import type { ModernContext } from '../modern/modern-context.ts';
import type { StreamsGroup } from './streams-group.ts';

export type StreamsGroupConfig = Pick<
  BrokerConfig,
  | 'groupStreamsSessionTimeoutMs'
  | 'groupStreamsHeartbeatIntervalMs'
  | 'groupStreamsAssignmentIntervalMs'
  | 'groupStreamsInitialRebalanceDelayMs'
  | 'groupStreamsNumStandbyReplicas'
  | 'groupStreamsMaxSize'
>;

/** What the steps of the streams group protocol work on. They are synchronous, as those of other groups are. */
export interface StreamsContext extends ModernContext<StreamsGroupConfig, StreamsGroup> {
  readonly classicGroups: Map<string, ClassicGroup>;
  /** First assignments that wait for further members, by group. */
  readonly delays: Map<string, Timer>;
}
