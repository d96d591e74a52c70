// SyncGroup: hand out, or wait for, the assignment of a generation. v3 static members, v5 protocol type and name
// (KIP-559).
import { api, array, bytes, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const SyncGroup = api({
  name: 'SyncGroup',
  key: 14,
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).nullable().default(null),
    protocolType: string.since(5).nullable().default(null),
    protocolName: string.since(5).nullable().default(null),
    assignments: array({ memberId: string, assignment: bytes }),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    protocolType: string.since(5).nullable().default(null),
    protocolName: string.since(5).nullable().default(null),
    assignment: bytes,
  },
});

export interface SyncGroupRequest extends RequestOf<typeof SyncGroup> {}
export interface SyncGroupResponse extends ResponseOf<typeof SyncGroup> {}
