// Shapes that the coordinator's steps share with the handlers.
import type { JoinGroup, JoinGroupRequest } from '../../protocol/messages/join-group.ts';
import type { SyncGroup } from '../../protocol/messages/sync-group.ts';
import type { ResponseInput } from '../../protocol/schema.ts';

export type JoinResponse = ResponseInput<typeof JoinGroup>;
export type SyncResponse = ResponseInput<typeof SyncGroup>;

/** Settles a JoinGroup or SyncGroup that waits. */
export type JoinReply = (response: JoinResponse) => void;
export type SyncReply = (response: SyncResponse) => void;

/** Who asks. */
export interface GroupClient {
  readonly clientId: string;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly apiVersion: number;
  /** Those of the topics that the client may know of; undefined where everybody may know of all. */
  readonly visibleTopics?: (names: readonly string[]) => ReadonlySet<string>;
}

/** A JoinGroup and the way back to who sent it. */
export interface Join {
  readonly client: GroupClient;
  readonly request: JoinGroupRequest;
  readonly reply: JoinReply;
}

/** JoinGroupRequest.UNKNOWN_MEMBER_ID: the member has no id yet. */
export const UNKNOWN_MEMBER_ID = '';

/** From this version on a dynamic member is given its id first and joins with it (KIP-394). */
export const MEMBER_ID_REQUIRED_VERSION = 4;

export interface LeavingMember {
  /** Empty if an administrator removes a static member by its instance id. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly reason?: string | null;
}

export interface LeaveResult {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly errorCode: number;
}

const EMPTY = Buffer.alloc(0);

export function joinError(errorCode: number, memberId: string = UNKNOWN_MEMBER_ID): JoinResponse {
  return { errorCode, memberId, protocolName: null, leader: '', members: [] };
}

export function syncError(errorCode: number): SyncResponse {
  return { errorCode, assignment: EMPTY };
}
