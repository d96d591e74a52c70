// The group and the member that a heartbeat is about (getOrMaybeCreateConsumerGroup, getOrMaybeSubscribe…).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ConsumerGroupHeartbeatRequest } from '../../../protocol/messages/consumer-group-heartbeat.ts';
import { knownMember } from '../known-member.ts';
import { upgrade } from '../migration/upgrade.ts';
import { isOwned } from '../modern/assignment.ts';
import { MemberEpoch } from '../modern/member.ts';
import { removalOf } from './changes.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import { Draft } from './draft.ts';
import { type GroupMember, type MemberMetadata, NEW_MEMBER } from './group-member.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND if there is none of the consumer protocol, or a classic one that cannot become one */
export function draftForHeartbeat(context: ConsumerContext, groupId: string, isJoin: boolean): Draft {
  const group = context.groups.get(groupId);
  if (group) return new Draft(group);
  const classic = context.classicGroups.get(groupId);
  const isOther = context.isOtherKind(groupId);
  if (!isJoin || isOther) {
    const text =
      classic || isOther ? `Group ${groupId} is not a consumer group.` : `Consumer group ${groupId} not found.`;
    throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, text);
  }
  if (classic && classic.state !== 'Empty') return upgrade(context, classic);
  return new Draft(new ConsumerGroup(groupId), classic);
}

/** @throws KafkaError GROUP_MAX_SIZE_REACHED */
export function assertRoom(config: ConsumerContext['config'], group: ConsumerGroup, memberId: string): void {
  const maxSize = config.groupConsumerMaxSize;
  if (group.members.size < maxSize || group.members.has(memberId)) return;
  const text = `The consumer group has reached its maximum capacity of ${maxSize} members.`;
  throw new KafkaError(ErrorCode.GROUP_MAX_SIZE_REACHED, text);
}

/** The member as it is; one that joins is not in the group yet. */
export function findMember(draft: Draft, request: ConsumerGroupHeartbeatRequest, memberId: string): GroupMember {
  const { instanceId, memberEpoch } = request;
  const isJoin = memberEpoch === MemberEpoch.JOIN;
  const existing = instanceId === null ? draft.group.members.get(memberId) : draft.group.staticMember(instanceId);
  if (instanceId !== null && existing && isJoin) {
    if (existing.classic === null) assertReleased(existing, memberId, instanceId);
    return replaceStatic(draft, existing, memberId);
  }
  if (!existing && isJoin) return { ...NEW_MEMBER, memberId };
  const member =
    instanceId === null ? knownMember(draft.group, memberId) : staticMember(draft.group, instanceId, memberId);
  validateEpoch(member, request);
  return member;
}

/** @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function staticMember(group: ConsumerGroup, instanceId: string, memberId: string): GroupMember {
  const member = group.staticMember(instanceId);
  if (!member) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID, `Instance id ${instanceId} is unknown.`);
  if (member.memberId === memberId) return member;
  const text = `Static member ${memberId} with instance id ${instanceId} was fenced by member ${member.memberId}.`;
  throw new KafkaError(ErrorCode.FENCED_INSTANCE_ID, text);
}

/** Between members of the consumer protocol, the one before must have left for the moment. */
function assertReleased(before: GroupMember, memberId: string, instanceId: string): void {
  if (before.epoch === MemberEpoch.LEAVE_STATIC) return;
  const text = `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is owned by ${before.memberId} member.`;
  throw new KafkaError(ErrorCode.UNRELEASED_INSTANCE_ID, text);
}

/** A static member that comes back takes over what it had under its earlier id. */
export function replaceStatic(draft: Draft, before: GroupMember, memberId: string): GroupMember {
  const { state, assigned, pendingRevocation } = before;
  const current = { epoch: 0, previousEpoch: 0, state, assigned, pendingRevocation };
  const target = draft.group.target(before.memberId);
  draft.apply(
    ...removalOf(before.memberId),
    { kind: 'member', memberId, value: metadataOf(before) },
    { kind: 'target', memberId, value: target },
    { kind: 'current', memberId, value: current },
  );
  return knownMember(draft.group, memberId);
}

function metadataOf(member: GroupMember): MemberMetadata {
  const { instanceId, rackId, clientId, clientHost, subscribedTopicNames, subscribedTopicRegex } = member;
  const { rebalanceTimeoutMs, serverAssignor, classic } = member;
  const subscription = { subscribedTopicNames, subscribedTopicRegex };
  return { instanceId, rackId, clientId, clientHost, ...subscription, rebalanceTimeoutMs, serverAssignor, classic };
}

/** The answer with a new epoch may have been lost: who comes with the one before and less than it has is let in. */
function validateEpoch(member: GroupMember, request: ConsumerGroupHeartbeatRequest): void {
  const { memberEpoch, topicPartitions } = request;
  if (memberEpoch === member.epoch) return;
  const isSubset = topicPartitions?.every(({ topicId, partitions }) =>
    partitions.every((partition) => isOwned(member.assigned, topicId, partition)),
  );
  if (memberEpoch < member.epoch && memberEpoch === member.previousEpoch && isSubset) return;
  const difference = memberEpoch > member.epoch ? 'greater' : 'smaller';
  throw new KafkaError(
    ErrorCode.FENCED_MEMBER_EPOCH,
    `The consumer group member has a ${difference} member epoch (${memberEpoch}) than the one known by the group coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  );
}
