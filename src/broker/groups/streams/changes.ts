// What can happen to a streams group: one kind of change per kind of record. Null takes away.
import type { CurrentAssignment, MemberMetadata } from './group-member.ts';
import type { Tasks } from './tasks.ts';
import type { Topology } from './topology.ts';

export interface GroupEpoch {
  readonly epoch: number;
  /** Of the topics that the topology needs. */
  readonly metadataHash: number;
  /** Epoch of the topology whose topics were found to be right; -1 for none. */
  readonly validatedTopologyEpoch: number;
  /** The settings that tasks were assigned with. */
  readonly assignmentConfigs: ReadonlyMap<string, string>;
}

export type Change =
  | { readonly kind: 'epoch'; readonly value: GroupEpoch | null }
  | { readonly kind: 'topology'; readonly value: Topology | null }
  | { readonly kind: 'member'; readonly memberId: string; readonly value: MemberMetadata | null }
  | { readonly kind: 'target-epoch'; readonly value: { readonly epoch: number; readonly timestampMs: number } | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: Tasks | null }
  | { readonly kind: 'current'; readonly memberId: string; readonly value: CurrentAssignment | null };

/** Takes a member out, in the order in which Kafka writes it. */
export function removalOf(memberId: string): Change[] {
  return [
    { kind: 'current', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'member', memberId, value: null },
  ];
}
