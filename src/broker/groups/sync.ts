// SyncGroup (GroupMetadataManager.classicGroupSync): the leader hands in the assignment, everybody waits for their part.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { SyncGroupRequest } from '../../protocol/messages/sync-group.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { EMPTY_ASSIGNMENT, type Member } from './member.ts';
import { type SyncReply, type SyncResponse, syncError } from './messages.ts';
import { rebalanceOrCompleteJoin } from './rebalance.ts';
import { groupMetadataRecord } from './records.ts';
import { propagateAssignment, removePendingSync } from './sync-phase.ts';

/** The answer, or undefined, and `reply` is called when the leader has handed in the assignment. */
export function syncGroup(
  context: GroupContext,
  request: SyncGroupRequest,
  reply: SyncReply,
): SyncResponse | undefined {
  if (request.groupId === '') return syncError(ErrorCode.INVALID_GROUP_ID);
  const consumers = context.consumers.get(request.groupId);
  if (consumers) return context.consumers.sync(consumers, request);
  const group = context.groups.get(request.groupId);
  if (!group || group.state === 'Empty') return syncError(ErrorCode.UNKNOWN_MEMBER_ID);
  let member: Member;
  try {
    member = validateSync(group, request);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return syncError(error.code);
  }
  if (group.state === 'PreparingRebalance') return syncError(ErrorCode.REBALANCE_IN_PROGRESS);
  removePendingSync(group, member.memberId);
  if (group.state === 'Stable') {
    const { protocolType, protocolName } = group;
    return { errorCode: ErrorCode.NONE, protocolType, protocolName, assignment: member.assignment };
  }
  member.awaitingSync = reply;
  if (member.memberId === group.leaderId) takeAssignment(context, group, request);
  return undefined;
}

function validateSync(group: ClassicGroup, request: SyncGroupRequest): Member {
  const member = group.validateMember(request.memberId, request.groupInstanceId);
  if (request.generationId !== group.generationId) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  if (differs(request.protocolType, group.protocolType) || differs(request.protocolName, group.protocolName)) {
    throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }
  return member;
}

function differs(ofRequest: string | null, ofGroup: string | null): boolean {
  return ofRequest !== null && ofGroup !== null && ofRequest !== ofGroup;
}

/** Stores what the leader assigned and hands it out; strangers in it are ignored, members left out get nothing. */
function takeAssignment(context: GroupContext, group: ClassicGroup, request: SyncGroupRequest): void {
  const given = new Map(request.assignments.map(({ memberId, assignment }) => [memberId, Buffer.from(assignment)]));
  try {
    context.append(group.groupId, [groupMetadataRecord(group, given)]);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    for (const member of group.members.values()) member.assignment = EMPTY_ASSIGNMENT;
    propagateAssignment(context, group, error.code);
    rebalanceOrCompleteJoin(context, group, `Error ${error.info.name} when storing group assignment`);
    return;
  }
  for (const member of group.members.values()) member.assignment = given.get(member.memberId) ?? EMPTY_ASSIGNMENT;
  propagateAssignment(context, group, ErrorCode.NONE);
  group.transitionTo('Stable');
}
