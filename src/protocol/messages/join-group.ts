// JoinGroup: enter a classic group and wait for the generation. v4 a member id must be asked for first (KIP-394), v5
// static members (KIP-345), v8 reasons (KIP-800), v9 the leader may skip the assignment (KIP-814).
import { api, array, bool, bytes, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const JoinGroup = api({
  name: 'JoinGroup',
  key: 11,
  versions: [0, 9],
  flexible: 6,
  request: {
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32.since(1).default(-1),
    memberId: string,
    groupInstanceId: string.since(5).nullable().default(null),
    protocolType: string,
    protocols: array({ name: string, metadata: bytes }),
    reason: string.since(8).nullable().default(null),
  },
  response: {
    throttleTimeMs: int32.since(2),
    errorCode: int16,
    generationId: int32.default(-1),
    protocolType: string.since(7).nullable().default(null),
    protocolName: string.nullable(7),
    leader: string,
    skipAssignment: bool.since(9).default(false),
    memberId: string,
    members: array({ memberId: string, groupInstanceId: string.since(5).nullable().default(null), metadata: bytes }),
  },
});

export interface JoinGroupRequest extends RequestOf<typeof JoinGroup> {}
export interface JoinGroupResponse extends ResponseOf<typeof JoinGroup> {}
