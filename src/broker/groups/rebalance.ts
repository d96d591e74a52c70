// A rebalance from its reason to the answers to JoinGroup: wait until all members have joined again or time is up, drop
// those who have not, begin the next generation.
import { ErrorCode } from '../../protocol/errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { canRebalance } from './group-state.ts';
import { EMPTY_ASSIGNMENT, type Member } from './member.ts';
import type { JoinResponse } from './messages.ts';
import { groupMetadataRecord } from './records.ts';
import { restartSession } from './sessions.ts';
import { propagateAssignment, schedulePendingSync } from './sync-phase.ts';

export function prepareRebalance(context: GroupContext, group: ClassicGroup, reason: string): void {
  if (group.state === 'CompletingRebalance') {
    for (const member of group.members.values()) member.assignment = EMPTY_ASSIGNMENT;
    propagateAssignment(context, group, ErrorCode.REBALANCE_IN_PROGRESS);
  }
  group.pendingSyncs.clear();
  group.syncTimer?.cancel();

  const initial = group.state === 'Empty';
  group.transitionTo('PreparingRebalance');
  context.logger.debug(
    `Preparing to rebalance group ${group.groupId} with old generation ${group.generationId} (reason: ${reason}).`,
  );
  if (initial) startInitialDelay(context, group);
  else if (group.hasAllMembersJoined) completeJoin(context, group);
  else scheduleCompletion(context, group);
}

/**
 * Takes over a group that was one of the consumer protocol until now (KIP-848).
 * @param reason for a rebalance, undefined if the members can go on as they are
 */
export function adoptGroup(context: GroupContext, group: ClassicGroup, reason: string | undefined): void {
  context.groups.set(group.groupId, group);
  for (const member of group.members.values()) restartSession(context, group, member);
  if (reason !== undefined) prepareRebalance(context, group, reason);
}

/** After the members of a group have changed: begins a rebalance, or ends the one under way if nobody is missing. */
export function rebalanceOrCompleteJoin(context: GroupContext, group: ClassicGroup, reason: string): void {
  if (canRebalance(group.state)) prepareRebalance(context, group, reason);
  else maybeCompleteJoin(context, group);
}

/** Ends the join phase if all have joined. An initial rebalance always waits for its delay. */
export function maybeCompleteJoin(context: GroupContext, group: ClassicGroup): void {
  if (group.state !== 'PreparingRebalance' || group.previousState === 'Empty') return;
  if (group.hasAllMembersJoined) completeJoin(context, group);
}

export function completeJoin(context: GroupContext, group: ClassicGroup): void {
  group.joinTimer?.cancel();
  for (const member of [...group.members.values()]) {
    if (!member.awaitingJoin && !member.isStatic) group.remove(member.memberId);
  }
  if (!group.electJoinedLeader() && group.members.size > 0) {
    // Only static members are left and none of them has joined: wait until one does or its session ends.
    scheduleCompletion(context, group);
    return;
  }
  group.nextGeneration();
  if (group.members.size === 0) recordEmptyGeneration(context, group);
  else answerJoins(context, group);
}

/**
 * What a member learns about the generation it is in.
 * @param withMembers the leader gets the list to assign partitions to
 */
export function joinResponse(group: ClassicGroup, member: Member, withMembers: boolean): JoinResponse {
  return {
    errorCode: ErrorCode.NONE,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: group.leaderId ?? '',
    skipAssignment: false,
    memberId: member.memberId,
    members: withMembers ? joinedMembers(group) : [],
  };
}

function joinedMembers(group: ClassicGroup): JoinResponse['members'] {
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: member.metadata(group.protocolName),
  }));
}

function answerJoins(context: GroupContext, group: ClassicGroup): void {
  for (const member of group.members.values()) {
    group.answerJoin(member, joinResponse(group, member, member.memberId === group.leaderId));
    restartSession(context, group, member);
    member.isNew = false;
    group.pendingSyncs.add(member.memberId);
  }
  schedulePendingSync(context, group, prepareRebalance);
}

/** If it cannot be written, a restart brings back the last generation, whose members then time out. */
function recordEmptyGeneration(context: GroupContext, group: ClassicGroup): void {
  try {
    context.append(group.groupId, [groupMetadataRecord(group, new Map())]);
  } catch (error) {
    context.logger.warn(`Failed to write empty metadata for group ${group.groupId}: ${String(error)}`);
  }
}

function scheduleCompletion(context: GroupContext, group: ClassicGroup): void {
  group.joinTimer?.cancel();
  group.joinTimer = context.clock.setTimer(group.rebalanceTimeoutMs, () => completeJoin(context, group));
}

/** A new group waits for more members: group.initial.rebalance.delay.ms after each one, up to the rebalance timeout. */
function startInitialDelay(context: GroupContext, group: ClassicGroup): void {
  const delayMs = context.config.groupInitialRebalanceDelayMs;
  delayCompletion(context, group, delayMs, Math.max(group.rebalanceTimeoutMs - delayMs, 0));
}

function delayCompletion(context: GroupContext, group: ClassicGroup, delayMs: number, remainingMs: number): void {
  group.joinTimer?.cancel();
  group.joinTimer = context.clock.setTimer(delayMs, () => {
    if (!group.newMemberAdded || remainingMs === 0) {
      completeJoin(context, group);
      return;
    }
    group.newMemberAdded = false;
    const nextDelayMs = Math.min(context.config.groupInitialRebalanceDelayMs, remainingMs);
    delayCompletion(context, group, nextDelayMs, Math.max(remainingMs - delayMs, 0));
  });
}
