// What the steps of all newer protocols work on.
import type { Clock } from '../../../util/clock.ts';
import type { Logger } from '../../../util/logger.ts';
import type { GroupRecord } from '../records.ts';
import type { MemberTimers } from './member-timers.ts';
import type { TopicCatalog } from './topic-catalog.ts';

export interface ModernContext<Config, Group> {
  /** In force now; read anew each time. */
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly groups: Map<string, Group>;
  readonly timers: MemberTimers;
  readonly topics: TopicCatalog;
  /** Whether the name is taken by a group of a protocol that this one is not converted from or to. */
  isOtherKind(groupId: string): boolean;
  /** Dynamic configs of a group. */
  configsOf(groupId: string): ReadonlyMap<string, string>;
  /** Writes records as one batch. @throws KafkaError if the log refuses */
  append(groupId: string, records: readonly GroupRecord[]): void;
}
