// DeleteGroups: delete empty groups with their offsets (KIP-229).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DeleteGroups = api({
  name: 'DeleteGroups',
  key: 42,
  versions: [0, 2],
  flexible: 2,
  request: { groupsNames: array(string) },
  response: { throttleTimeMs: int32, results: array({ groupId: string, errorCode: int16 }) },
});

export interface DeleteGroupsRequest extends RequestOf<typeof DeleteGroups> {}
export interface DeleteGroupsResponse extends ResponseOf<typeof DeleteGroups> {}
