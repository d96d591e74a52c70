// LeaveGroup (v0-5): v3 several members, by id or instance id (KIP-345), v5 reasons (KIP-800). Steps: groups/leave.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { LeaveGroup } from '../../protocol/messages/leave-group.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

/** Before this version one member leaves, and its error is the response's. */
const MEMBERS_VERSION = 3;

export const leaveGroupHandler = defineHandler(LeaveGroup, (request, { services, apiVersion }) => {
  const isSingle = apiVersion < MEMBERS_VERSION;
  const leaving = isSingle ? [{ memberId: request.memberId, groupInstanceId: null }] : request.members;
  try {
    const members = services.groups.leave(request.groupId, leaving);
    return { errorCode: isSingle ? members[0]!.errorCode : ErrorCode.NONE, members };
  } catch (error) {
    return { errorCode: errorCodeOf(error), members: [] };
  }
});
