// SyncGroup and Heartbeat in a group of the consumer protocol (GroupMetadataManager.classicGroupSyncToConsumerGroup,
// classicGroupHeartbeatToConsumerGroup): the generation of a classic member is its epoch.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { HeartbeatRequest } from '../../../protocol/messages/heartbeat.ts';
import type { SyncGroupRequest } from '../../../protocol/messages/sync-group.ts';
import type { ConsumerGroup } from '../consumer/consumer-group.ts';
import type { ConsumerContext } from '../consumer/context.ts';
import { staticMember } from '../consumer/find-group.ts';
import type { ClassicSide, GroupMember } from '../consumer/group-member.ts';
import { expectJoin, startSession } from '../consumer/sessions.ts';
import { knownMember } from '../known-member.ts';
import type { SyncResponse } from '../messages.ts';
import { isOwned, partitionsOf } from '../modern/assignment.ts';
import { writeAssignment } from './embedded-protocol.ts';

type ClassicMember = GroupMember & { readonly classic: ClassicSide };

/**
 * The assignment is the coordinator's: what a member that takes itself for the leader hands in is not looked at.
 * @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL, REBALANCE_IN_PROGRESS
 */
export function syncConsumerGroup(
  context: ConsumerContext,
  group: ConsumerGroup,
  request: SyncGroupRequest,
): SyncResponse {
  const member = classicMember(group, request);
  const [protocol] = member.classic.supportedProtocols;
  const { protocolType, protocolName } = request;
  if ((protocolType ?? 'consumer') !== 'consumer' || (protocolName ?? protocol!.name) !== protocol!.name) {
    throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }
  if (group.targetEpoch > member.epoch && member.state !== 'UnrevokedPartitions') {
    expectJoin(context, group.groupId, member);
    throw new KafkaError(ErrorCode.REBALANCE_IN_PROGRESS);
  }
  context.timers.cancel('sync', group.groupId, member.memberId);
  startSession(context, group.groupId, member);
  const assignment = writeAssignment(context.topics, partitionsOf(member.assigned), protocol!.metadata);
  return { errorCode: ErrorCode.NONE, protocolType, protocolName, assignment };
}

/** @throws KafkaError REBALANCE_IN_PROGRESS (the session goes on all the same), UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION */
export function heartbeatConsumerGroup(
  context: ConsumerContext,
  group: ConsumerGroup,
  request: HeartbeatRequest,
): void {
  const member = classicMember(group, request);
  startSession(context, group.groupId, member);
  if (!shouldJoin(group, member)) return;
  expectJoin(context, group.groupId, member);
  throw new KafkaError(ErrorCode.REBALANCE_IN_PROGRESS);
}

/** Because there is a new assignment, to give partitions up, or as those it waits for are free. */
function shouldJoin(group: ConsumerGroup, member: GroupMember): boolean {
  if (member.epoch < group.targetEpoch || member.state === 'UnrevokedPartitions') return true;
  return member.state === 'UnreleasedPartitions' && !isWaiting(group, member);
}

function isWaiting(group: ConsumerGroup, { memberId, assigned }: GroupMember): boolean {
  return [...group.target(memberId)].some(([topicId, partitions]) =>
    partitions.some((one) => !isOwned(assigned, topicId, one) && group.ownerOf(topicId, one) !== undefined),
  );
}

function classicMember(
  group: ConsumerGroup,
  { memberId, groupInstanceId, generationId }: Pick<SyncGroupRequest, 'memberId' | 'groupInstanceId' | 'generationId'>,
): ClassicMember {
  const member =
    groupInstanceId === null ? knownMember(group, memberId) : staticMember(group, groupInstanceId, memberId);
  const { classic } = member;
  if (classic === null) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
  if (generationId !== member.epoch) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  return { ...member, classic };
}
