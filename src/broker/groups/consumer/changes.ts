// What can happen to a group of the consumer protocol: one kind of change per kind of record. Null takes away.

import type { Assignment } from '../modern/assignment.ts';
import type { CommonChange } from '../modern/modern-group.ts';
import type { CurrentAssignment, MemberMetadata } from './group-member.ts';

/** Topics that a regular expression resolved to. */
export interface ResolvedRegex {
  readonly topics: readonly string[];
  /** Of the metadata: the offset of its last record. */
  readonly version: number;
  /** Wall-clock milliseconds. */
  readonly timestampMs: number;
}

export type Change =
  | CommonChange<Assignment>
  | { readonly kind: 'member'; readonly memberId: string; readonly value: MemberMetadata | null }
  | { readonly kind: 'current'; readonly memberId: string; readonly value: CurrentAssignment | null }
  | { readonly kind: 'regex'; readonly regex: string; readonly value: ResolvedRegex | null }
  /** Up to Kafka 4.0 a record of its own kept partition counts; Kafka still writes its tombstone. */
  | { readonly kind: 'partition-metadata'; readonly value: null };

/** Takes a member out, in the order in which Kafka writes it. */
export function removalOf(memberId: string): Change[] {
  return [
    { kind: 'current', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'member', memberId, value: null },
  ];
}

/** A group's members and what it knows of them, by member id, and its regular expressions. */
interface Contents {
  readonly members: ReadonlyMap<string, unknown>;
  readonly targets: ReadonlyMap<string, unknown>;
  readonly regexes: ReadonlyMap<string, unknown>;
}

/** Takes a group out with all its members, in the order in which Kafka writes it (createGroupTombstoneRecords). */
export function dissolutionOf({ members, targets, regexes }: Contents): Change[] {
  const memberIds = [...members.keys()];
  return [
    ...memberIds.map((memberId): Change => ({ kind: 'current', memberId, value: null })),
    ...[...targets.keys()].map((memberId): Change => ({ kind: 'target', memberId, value: null })),
    { kind: 'target-epoch', value: null },
    ...memberIds.map((memberId): Change => ({ kind: 'member', memberId, value: null })),
    ...[...regexes.keys()].map((regex): Change => ({ kind: 'regex', regex, value: null })),
    { kind: 'partition-metadata', value: null },
    { kind: 'epoch', value: null },
  ];
}
