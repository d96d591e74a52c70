// Members that go (GroupMetadataManager.consumerGroupLeave, consumerGroupFenceMember): for good with epoch -1, a static
// one for the moment with epoch -2.

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type {
  ConsumerGroupHeartbeat,
  ConsumerGroupHeartbeatRequest,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { knownMember } from '../known-member.ts';
import { downgrade, mayDowngrade } from '../migration/downgrade.ts';
import { NOTHING_OWNED } from '../modern/assignment.ts';
import { MemberEpoch } from '../modern/member.ts';
import { removalOf } from './changes.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import { Draft } from './draft.ts';
import { staticMember } from './find-group.ts';
import type { GroupMember } from './group-member.ts';
import { metadataHash, unusedRegexes } from './subscription.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function leave(
  context: ConsumerContext,
  request: ConsumerGroupHeartbeatRequest,
): ResponseInput<typeof ConsumerGroupHeartbeat> {
  const { memberId, instanceId, memberEpoch } = request;
  const group = existingGroup(context, request.groupId);
  const member = instanceId === null ? knownMember(group, memberId) : staticMember(group, instanceId, memberId);
  if (instanceId !== null && memberEpoch === MemberEpoch.LEAVE_STATIC) leaveForNow(context, group, member);
  else fence(context, group, [member.memberId]);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, memberId, memberEpoch, heartbeatIntervalMs: 0 };
}

/**
 * Takes members out; the next heartbeat of another one brings the new assignment. If only members of the classic protocol
 * are left, they become a classic group.
 * @throws KafkaError if the log refuses
 */
export function fence(context: ConsumerContext, group: ConsumerGroup, memberIds: readonly string[]): void {
  const { topics, timers } = context;
  const draft = new Draft(group);
  if (mayDowngrade(context, group, memberIds)) {
    downgrade(context, draft, {
      leaving: memberIds,
      rebalanceReason: `Downgrade group ${group.groupId} from consumer to classic for member leaving.`,
    });
    return;
  }
  draft.apply(...memberIds.flatMap(removalOf));
  draft.apply(...unusedRegexes(draft.group));
  const value = { epoch: group.epoch + 1, metadataHash: metadataHash(topics, draft.group) };
  draft.apply({ kind: 'epoch', value });
  draft.commit(context);
  for (const memberId of memberIds) timers.cancelMember(group.groupId, memberId);
}

/** The member keeps what it has until it is back, or its session ends. */
function leaveForNow(context: ConsumerContext, group: ConsumerGroup, member: GroupMember): void {
  const { memberId, previousEpoch, state, assigned } = member;
  const value = { epoch: MemberEpoch.LEAVE_STATIC, previousEpoch, state, assigned, pendingRevocation: NOTHING_OWNED };
  const draft = new Draft(group);
  draft.apply({ kind: 'current', memberId, value });
  draft.commit(context);
}

/** @throws KafkaError GROUP_ID_NOT_FOUND */
export function existingGroup(context: ConsumerContext, groupId: string): ConsumerGroup {
  const group = context.groups.get(groupId);
  if (group) return group;
  const isOther = context.classicGroups.has(groupId) || context.isOtherKind(groupId);
  const text = isOther ? `Group ${groupId} is not a consumer group.` : `Group ${groupId} not found.`;
  throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, text);
}
