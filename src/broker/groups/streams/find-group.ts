// The group and the member that a heartbeat is about (getOrCreateStreamsGroup, getOrMaybeCreateDynamicStreamsGroupMember).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { StreamsGroupHeartbeatRequest } from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { ClassicGroup } from '../classic-group.ts';
import { knownMember } from '../known-member.ts';
import { MemberEpoch } from '../modern/member.ts';
import type { StreamsContext } from './context.ts';
import { type GroupMember, NEW_MEMBER } from './group-member.ts';
import { StreamsGroup } from './streams-group.ts';
import { isContained } from './tasks.ts';

export interface FoundGroup {
  readonly group: StreamsGroup;
  /** An empty classic group of that name, which goes. */
  readonly replaced?: ClassicGroup | undefined;
}

/** @throws KafkaError GROUP_ID_NOT_FOUND, GROUP_MAX_SIZE_REACHED */
export function groupForHeartbeat(context: StreamsContext, groupId: string, isJoin: boolean): FoundGroup {
  const group = context.groups.get(groupId);
  if (!isJoin) return { group: group ?? missing(context, groupId, `Streams group ${groupId} not found.`) };
  const maxSize = context.config.groupStreamsMaxSize;
  if (group && group.members.size >= maxSize) {
    const text = `The streams group has reached its maximum capacity of ${maxSize} members.`;
    throw new KafkaError(ErrorCode.GROUP_MAX_SIZE_REACHED, text);
  }
  if (group) return { group };
  const classic = context.classicGroups.get(groupId);
  if (context.isOtherKind(groupId) || (classic && classic.state !== 'Empty')) missing(context, groupId, '');
  return { group: new StreamsGroup(groupId), replaced: classic };
}

/** @throws KafkaError GROUP_ID_NOT_FOUND */
export function existingGroup(context: StreamsContext, groupId: string): StreamsGroup {
  return context.groups.get(groupId) ?? missing(context, groupId, `Group ${groupId} not found.`);
}

function missing(context: StreamsContext, groupId: string, text: string): never {
  const isOther = context.classicGroups.has(groupId) || context.isOtherKind(groupId);
  throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, isOther ? `Group ${groupId} is not a streams group.` : text);
}

/** The member as it is; one that joins may not be in the group yet. @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH */
export function findMember(group: StreamsGroup, request: StreamsGroupHeartbeatRequest): GroupMember {
  const { memberId, memberEpoch } = request;
  if (memberEpoch === MemberEpoch.JOIN) return group.members.get(memberId) ?? { ...NEW_MEMBER, memberId };
  const member = knownMember(group, memberId);
  validateEpoch(member, request);
  return member;
}

/** The answer with a new epoch may have been lost: who comes with the one before and less than it has is let in. */
function validateEpoch(member: GroupMember, request: StreamsGroupHeartbeatRequest): void {
  const { memberEpoch, activeTasks, standbyTasks, warmupTasks } = request;
  if (memberEpoch === member.epoch) return;
  const { active, standby, warmup } = member.assigned;
  const isSubset =
    activeTasks !== null &&
    standbyTasks !== null &&
    warmupTasks !== null &&
    isContained(activeTasks, active) &&
    isContained(standbyTasks, standby) &&
    isContained(warmupTasks, warmup);
  if (memberEpoch < member.epoch && memberEpoch === member.previousEpoch && isSubset) return;
  const difference = memberEpoch > member.epoch ? 'greater' : 'smaller';
  throw new KafkaError(
    ErrorCode.FENCED_MEMBER_EPOCH,
    `The streams group member has a ${difference} member epoch (${memberEpoch}) than the one known by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}
