// DescribeGroups: state and members of classic groups. v3 authorised operations, v4 static members, v6 an error for
// unknown groups (KIP-1043).
import { api, array, bool, bytes, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DescribeGroups = api({
  name: 'DescribeGroups',
  key: 15,
  versions: [0, 6],
  flexible: 5,
  request: { groups: array(string), includeAuthorizedOperations: bool.since(3) },
  response: {
    throttleTimeMs: int32.since(1),
    groups: array({
      errorCode: int16,
      errorMessage: string.since(6).nullable().default(null),
      groupId: string,
      groupState: string,
      protocolType: string,
      protocolData: string,
      members: array({
        memberId: string,
        groupInstanceId: string.since(4).nullable().default(null),
        clientId: string,
        clientHost: string,
        memberMetadata: bytes,
        memberAssignment: bytes,
      }),
      authorizedOperations: int32.since(3).default(-2147483648),
    }),
  },
});

export interface DescribeGroupsRequest extends RequestOf<typeof DescribeGroups> {}
export interface DescribeGroupsResponse extends ResponseOf<typeof DescribeGroups> {}
