// LeaveGroup, and members that end without it (GroupMetadataManager.classicGroupLeave, expireClassicGroupMemberHeartbeat).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import type { Member } from './member.ts';
import { joinError, type LeaveResult, type LeavingMember, UNKNOWN_MEMBER_ID } from './messages.ts';
import { completeJoin, maybeCompleteJoin, rebalanceOrCompleteJoin } from './rebalance.ts';

/** @throws KafkaError INVALID_GROUP_ID for the group without a name */
export function leaveGroup(context: GroupContext, groupId: string, leaving: readonly LeavingMember[]): LeaveResult[] {
  if (groupId === '') throw new KafkaError(ErrorCode.INVALID_GROUP_ID);
  const consumers = context.consumers.get(groupId);
  if (consumers) return context.consumers.leave(consumers, leaving);
  const group = context.groups.get(groupId);
  const results = leaving.map(({ memberId, groupInstanceId }) => {
    const errorCode = group ? leave(group, memberId, groupInstanceId) : ErrorCode.UNKNOWN_MEMBER_ID;
    return { memberId, groupInstanceId, errorCode };
  });
  const left = results.filter(({ errorCode }) => errorCode === ErrorCode.NONE);
  if (group && left.length > 0) {
    const names = left.map(({ memberId }) => memberId).join(', ');
    if (group.state === 'PreparingRebalance') maybeCompleteJoin(context, group);
    else if (group.state !== 'Empty') {
      rebalanceOrCompleteJoin(context, group, `explicit \`LeaveGroup\` request for (${names}) members.`);
    }
  }
  return results;
}

/** Ends the session of a member, or the wait for a client that was told an id. */
export function expireSession(context: GroupContext, group: ClassicGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (!member) {
    group.remove(memberId);
    if (group.state === 'PreparingRebalance' && group.hasAllMembersJoined) completeJoin(context, group);
    return;
  }
  if (member.hasSatisfiedHeartbeat) return;
  remove(group, member);
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    rebalanceOrCompleteJoin(context, group, `removing member ${memberId} on heartbeat expiration.`);
  } else if (group.state === 'PreparingRebalance' && group.hasAllMembersJoined) {
    completeJoin(context, group);
  }
}

function leave(group: ClassicGroup, memberId: string, groupInstanceId: string | null): number {
  if (group.pendingJoins.has(memberId)) {
    group.remove(memberId);
    return ErrorCode.NONE;
  }
  try {
    remove(group, findLeaving(group, memberId, groupInstanceId));
    return ErrorCode.NONE;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return error.code;
  }
}

function findLeaving(group: ClassicGroup, memberId: string, groupInstanceId: string | null): Member {
  if (memberId !== UNKNOWN_MEMBER_ID) return group.validateMember(memberId, groupInstanceId);
  const current = groupInstanceId === null ? undefined : group.staticMemberId(groupInstanceId);
  return group.validateMember(current ?? memberId, groupInstanceId);
}

/** A JoinGroup of the member that still waits is answered so that a client which is alive after all joins anew. */
function remove(group: ClassicGroup, member: Member): void {
  group.answerJoin(member, joinError(ErrorCode.UNKNOWN_MEMBER_ID));
  group.remove(member.memberId);
}
