// Shapes that the coordinator's steps share with the handlers.
import type { JoinGroup } from '../../protocol/messages/join-group.ts';
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

/** JoinGroupRequest.UNKNOWN_MEMBER_ID: the member has no id yet. */
export const UNKNOWN_MEMBER_ID = '';

const EMPTY = Buffer.alloc(0);

export function joinError(errorCode: number, memberId: string = UNKNOWN_MEMBER_ID): JoinResponse {
  return { errorCode, memberId, protocolName: null, leader: '', members: [] };
}

export function syncError(errorCode: number): SyncResponse {
  return { errorCode, assignment: EMPTY };
}
