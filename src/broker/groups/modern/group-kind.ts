// What the groups of the newer protocols have in common for the steps that do not care which protocol it is: offsets,
// lists, expiry, deletion, replay. A name is either a classic group's or that of one group of one kind.
import type { Reader } from '../../../protocol/reader.ts';
import type { Commit } from '../commit-request.ts';
import type { GroupRecord } from '../records.ts';
import type { ModernGroup } from './modern-group.ts';

/** All groups of one of the newer protocols (Group.GroupType). */
export interface GroupKind {
  /** As ListGroups names the type, and the protocol type that goes with it. */
  readonly type: 'consumer' | 'share' | 'streams';
  get(groupId: string): ModernGroup | undefined;
  all(): readonly ModernGroup[];
  /** Takes in a record that was written before; false for one of another kind of group. @throws DecodeError */
  replay(type: number, key: Reader, value: Buffer | null): boolean;
  /** Members that were read back have their session timeout from now on to be heard of. */
  startSessions(wanted?: (groupId: string) => boolean): void;
  /** Deletes what an empty group has elsewhere, before the group itself goes. @throws KafkaError if that fails */
  prepareDelete?(groupId: string): void;
  /** The records that delete an empty group, in Kafka's order. */
  tombstonesOf(groupId: string): GroupRecord[];
  /** Drops a group whose tombstones are written. */
  drop(groupId: string): void;
  /**
   * @param apiVersion of OffsetCommit; undefined in a transaction
   * @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH, UNSUPPORTED_VERSION; GROUP_ID_NOT_FOUND if such groups have no offsets
   */
  validateCommit(commit: Commit, apiVersion?: number): void;
  /** @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH */
  validateFetch(groupId: string, memberId: string | null, memberEpoch: number): void;
  /** Forgets all groups. */
  clear(): void;
  /** Ends all time limits. */
  close(): void;
}

/** The kind that has a group of this name; undefined for a classic one and for none. */
export function kindOf(kinds: readonly GroupKind[], groupId: string): GroupKind | undefined {
  return kinds.find((kind) => kind.get(groupId) !== undefined);
}
