// ListGroups: the groups that a broker coordinates. v4 filter by state (KIP-518), v5 by type (KIP-848).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const ListGroups = api({
  name: 'ListGroups',
  key: 16,
  versions: [0, 5],
  flexible: 3,
  request: { statesFilter: array(string).since(4), typesFilter: array(string).since(5) },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16,
    groups: array({ groupId: string, protocolType: string, groupState: string.since(4), groupType: string.since(5) }),
  },
});

export interface ListGroupsRequest extends RequestOf<typeof ListGroups> {}
export interface ListGroupsResponse extends ResponseOf<typeof ListGroups> {}
