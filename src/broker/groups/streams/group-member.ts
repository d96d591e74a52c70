// A member of a streams group (StreamsGroupMember): one stream thread. Values are replaced, never changed.
import { NO_OWNED_TASKS, type OwnedTasks, sameOwned } from './tasks.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a member said of itself; it is on record as StreamsGroupMemberMetadata. */
export interface MemberMetadata {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  /** How long the member may take to give tasks up; milliseconds. */
  readonly rebalanceTimeoutMs: number;
  readonly topologyEpoch: number;
  /** The application instance: members of one share their state directory. */
  readonly processId: string;
  /** Where interactive queries reach the instance. */
  readonly userEndpoint: Endpoint | null;
  readonly clientTags: ReadonlyMap<string, string>;
}

/** MemberState: whether a member still has to give tasks up, or waits for others to do so. */
export type MemberState = 'Stable' | 'UnrevokedTasks' | 'UnreleasedTasks' | 'Unknown';

/** What a member has; it is on record as StreamsGroupCurrentMemberAssignment. */
export interface CurrentAssignment {
  readonly epoch: number;
  readonly previousEpoch: number;
  readonly state: MemberState;
  readonly assigned: OwnedTasks;
  /** Not the member's any more, but not known to be given up. */
  readonly pendingRevocation: OwnedTasks;
}

export interface GroupMember extends MemberMetadata, CurrentAssignment {
  readonly memberId: string;
}

export const NEW_MEMBER: MemberMetadata & CurrentAssignment = {
  instanceId: null,
  rackId: null,
  clientId: '',
  clientHost: '',
  rebalanceTimeoutMs: -1,
  topologyEpoch: -1,
  processId: '',
  userEndpoint: null,
  clientTags: new Map(),
  epoch: 0,
  previousEpoch: 0,
  state: 'Stable',
  assigned: NO_OWNED_TASKS,
  pendingRevocation: NO_OWNED_TASKS,
};

export function sameMetadata(a: MemberMetadata, b: MemberMetadata): boolean {
  return (
    a.instanceId === b.instanceId &&
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
    a.topologyEpoch === b.topologyEpoch &&
    a.processId === b.processId &&
    a.userEndpoint?.host === b.userEndpoint?.host &&
    a.userEndpoint?.port === b.userEndpoint?.port &&
    sameEntries(a.clientTags, b.clientTags)
  );
}

export function sameCurrent(a: CurrentAssignment, b: CurrentAssignment): boolean {
  return (
    a.epoch === b.epoch &&
    a.previousEpoch === b.previousEpoch &&
    a.state === b.state &&
    sameOwned(a.assigned, b.assigned) &&
    sameOwned(a.pendingRevocation, b.pendingRevocation)
  );
}

export function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
