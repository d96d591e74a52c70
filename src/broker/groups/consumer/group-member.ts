// A member of a group of the consumer protocol (ConsumerGroupMember). Values are replaced, never changed.
import type { MemberProtocol } from '../member.ts';
import { NOTHING_OWNED, type OwnedPartitions } from '../modern/assignment.ts';
import { sameNames } from '../modern/member.ts';

/** Of a member that speaks JoinGroup, SyncGroup and Heartbeat in a group of the consumer protocol. */
export interface ClassicSide {
  readonly sessionTimeoutMs: number;
  /** In the member's order of preference; the first is the one it is told. */
  readonly supportedProtocols: readonly MemberProtocol[];
}

/** What a member said of itself; it is on record as ConsumerGroupMemberMetadata. */
export interface MemberMetadata {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  /** Empty for none. */
  readonly subscribedTopicRegex: string;
  /** How long the member may take to give partitions up; milliseconds. */
  readonly rebalanceTimeoutMs: number;
  /** null for the group's default. */
  readonly serverAssignor: string | null;
  /** null for a member that speaks the consumer protocol itself. */
  readonly classic: ClassicSide | null;
}

/** MemberState: whether a member still has to give partitions up, or waits for others to do so. */
export type MemberState = 'Stable' | 'UnrevokedPartitions' | 'UnreleasedPartitions' | 'Unknown';

/** What a member has; it is on record as ConsumerGroupCurrentMemberAssignment. */
export interface CurrentAssignment {
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly state: MemberState;
  readonly assigned: OwnedPartitions;
  /** Not the member's any more, but not known to be given up. */
  readonly pendingRevocation: OwnedPartitions;
}

export interface GroupMember extends MemberMetadata, CurrentAssignment {
  readonly memberId: string;
}

export const NEW_MEMBER: CurrentAssignment & MemberMetadata = {
  instanceId: null,
  rackId: null,
  clientId: '',
  clientHost: '',
  subscribedTopicNames: [],
  subscribedTopicRegex: '',
  rebalanceTimeoutMs: -1,
  serverAssignor: null,
  classic: null,
  epoch: 0,
  previousEpoch: 0,
  state: 'Stable',
  assigned: NOTHING_OWNED,
  pendingRevocation: NOTHING_OWNED,
};

export function sameMetadata(a: MemberMetadata, b: MemberMetadata): boolean {
  return (
    a.instanceId === b.instanceId &&
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    sameNames(a.subscribedTopicNames, b.subscribedTopicNames) &&
    a.subscribedTopicRegex === b.subscribedTopicRegex &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.serverAssignor === b.serverAssignor &&
    sameSide(a.classic, b.classic)
  );
}

function sameSide(a: ClassicSide | null, b: ClassicSide | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.sessionTimeoutMs === b.sessionTimeoutMs &&
    a.supportedProtocols.length === b.supportedProtocols.length &&
    a.supportedProtocols.every(({ name, metadata }, i) => {
      const other = b.supportedProtocols[i]!;
      return name === other.name && metadata.equals(other.metadata);
    })
  );
}
