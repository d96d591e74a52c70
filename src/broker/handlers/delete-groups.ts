// DeleteGroups (v0-2): empty groups with all that they committed (KIP-229). Rules: groups/delete.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { DeleteGroups } from '../../protocol/messages/delete-groups.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const deleteGroupsHandler = defineHandler(DeleteGroups, (request, { services }) => ({
  throttleTimeMs: 0,
  results: request.groupsNames.map((groupId) => ({ groupId, errorCode: deleteGroup(services, groupId) })),
}));

function deleteGroup(services: Services, groupId: string): number {
  try {
    services.groups.deleteGroup(groupId);
    return ErrorCode.NONE;
  } catch (error) {
    return errorCodeOf(error);
  }
}
