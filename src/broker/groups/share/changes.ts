// What can happen to a share group (KIP-932): one kind of change per kind of record. Null takes away.

import type { Assignment } from '../modern/assignment.ts';
import type { CommonChange } from '../modern/modern-group.ts';
import type { CurrentAssignment, MemberMetadata } from './share-member.ts';
import type { StateTopics } from './state-topics.ts';

export type Change =
  | CommonChange<Assignment>
  | { readonly kind: 'member'; readonly memberId: string; readonly value: MemberMetadata | null }
  | { readonly kind: 'current'; readonly memberId: string; readonly value: CurrentAssignment | null }
  /** `atMs`, wall-clock milliseconds, is not on record: what is read back counts from the reading. */
  | { readonly kind: 'state-topics'; readonly value: { readonly topics: StateTopics; readonly atMs: number } | null };

/** Takes a member out, in the order in which Kafka writes it. */
export function removalOf(memberId: string): Change[] {
  return [
    { kind: 'current', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'member', memberId, value: null },
  ];
}
