// A member of a share group (ShareGroupMember). Values are replaced, never changed.

import { type Assignment, NO_ASSIGNMENT } from '../modern/assignment.ts';
import { sameNames } from '../modern/member.ts';

/** What a member said of itself; it is on record as ShareGroupMemberMetadata. */
export interface MemberMetadata {
  readonly rackId: string | null;
  readonly clientId: string;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
}

/** What a member reads; it is on record as ShareGroupCurrentMemberAssignment. */
export interface CurrentAssignment {
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly assigned: Assignment;
}

export interface ShareMember extends MemberMetadata, CurrentAssignment {
  readonly memberId: string;
}

export const NEW_MEMBER: MemberMetadata & CurrentAssignment = {
  rackId: null,
  clientId: '',
  clientHost: '',
  subscribedTopicNames: [],
  epoch: 0,
  previousEpoch: 0,
  assigned: NO_ASSIGNMENT,
};

export function sameMetadata(a: MemberMetadata, b: MemberMetadata): boolean {
  return (
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    sameNames(a.subscribedTopicNames, b.subscribedTopicNames)
  );
}
