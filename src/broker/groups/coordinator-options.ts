// What a group coordinator is given to work with.

import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { OffsetsProducer } from './commit-request.ts';
import type { GroupConfig } from './context.ts';
import type { TopicCatalog } from './modern/topic-catalog.ts';
import type { GroupRecord } from './records.ts';
import type { ShareStateStore } from './share/state-store.ts';

/** Where groups are kept; OffsetsTopic is the real one. */
export interface GroupStore {
  /** Makes what the groups are kept in, if it is not there yet. */
  prepare(): void;
  /** @param producer whose transaction the records belong to */
  append(groupId: string, records: readonly GroupRecord[], producer?: OffsetsProducer): void;
  /** The partition that keeps a group. */
  partitionFor(groupId: string): number;
  /** Group ids in the order in which Kafka's coordinator lists them. */
  inListOrder(groupIds: Iterable<string>): string[];
  /** Whether this broker leads the partition of a group; default: it leads them all. */
  coordinates?(groupId: string): boolean;
  /** All that was written: whole batches, one partition after the other, or those of one partition. */
  read(partition?: number): AsyncIterable<{ partition: number; batches: Buffer }>;
}

export interface GroupCoordinatorOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The configuration in force now. */
  config(): GroupConfig;
  readonly store: GroupStore;
  readonly topics: TopicCatalog;
  /** The state of share groups' partitions. */
  readonly shareState: ShareStateStore;
  /** Dynamic configs of a group; default: none. */
  configsOf?(groupId: string): ReadonlyMap<string, string>;
  /** A random UUID of 36 characters; default: the system's. */
  newUuid?(): string;
}
