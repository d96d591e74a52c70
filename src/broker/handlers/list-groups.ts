// ListGroups (v0-5): v4 states (KIP-518), v5 types (KIP-848).
import { ErrorCode } from '../../protocol/errors.ts';
import { ListGroups } from '../../protocol/messages/list-groups.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const listGroupsHandler = defineHandler(ListGroups, (request, { services }) => {
  try {
    const groups = services.groups.list(request.statesFilter, request.typesFilter);
    return { errorCode: ErrorCode.NONE, groups };
  } catch (error) {
    return { errorCode: errorCodeOf(error), groups: [] };
  }
});
