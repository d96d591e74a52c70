import type { Clock, Timer } from '../../../util/clock.ts';
import type { Logger } from '../../../util/logger.ts';
import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ClassicGroup } from '../classic-group.ts';
import type { MemberTimers } from '../consumer/member-timers.ts';
import type { TopicCatalog } from '../consumer/subscription.ts';
import type { GroupRecord } from '../records.ts';
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
export interface StreamsContext {
  /** In force now; read anew each time. */
  readonly config: StreamsGroupConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly groups: Map<string, StreamsGroup>;
  readonly classicGroups: Map<string, ClassicGroup>;
  /** Whether the name is taken by a group of another protocol than the classic and this one. */
  isOtherKind(groupId: string): boolean;
  readonly timers: MemberTimers;
  /** First assignments that wait for further members, by group. */
  readonly delays: Map<string, Timer>;
  readonly topics: TopicCatalog;
  /** Dynamic configs of a group. */
  configsOf(groupId: string): ReadonlyMap<string, string>;
  /** Writes records as one batch. @throws KafkaError if the log refuses */
  append(groupId: string, records: readonly GroupRecord[]): void;
}
