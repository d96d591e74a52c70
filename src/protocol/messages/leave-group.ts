// LeaveGroup: leave a classic group, or remove members from it. v3 several members and static ones, v5 reasons
// (KIP-800).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const LeaveGroup = api({
  name: 'LeaveGroup',
  key: 13,
  versions: [0, 5],
  flexible: 4,
  request: {
    groupId: string,
    memberId: string.until(2),
    members: array({
      memberId: string.since(3),
      groupInstanceId: string.since(3).nullable().default(null),
      reason: string.since(5).nullable().default(null),
    }).since(3),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    members: array({
      memberId: string.since(3),
      groupInstanceId: string.since(3).nullable(),
      errorCode: int16.since(3),
    }).since(3),
  },
});

export interface LeaveGroupRequest extends RequestOf<typeof LeaveGroup> {}
export interface LeaveGroupResponse extends ResponseOf<typeof LeaveGroup> {}
