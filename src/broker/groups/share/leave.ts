// Members that go, or are not heard of (GroupMetadataManager.shareGroupLeave, shareGroupFenceMember).

import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  ShareGroupHeartbeat,
  ShareGroupHeartbeatRequest,
} from '../../../protocol/messages/share-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { knownMember } from '../known-member.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { hashOfTopics } from '../modern/topic-catalog.ts';
import { removalOf } from './changes.ts';
import type { ShareContext } from './context.ts';
import { Draft } from './draft.ts';
import { existingGroup } from './find-group.ts';
import type { ShareGroup } from './share-group.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID */
export function leave(
  context: ShareContext,
  { groupId, memberId, memberEpoch }: ShareGroupHeartbeatRequest,
): ResponseInput<typeof ShareGroupHeartbeat> {
  const group = existingGroup(context, groupId);
  fence(context, group, knownMember(group, memberId).memberId);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, memberId, memberEpoch, heartbeatIntervalMs: 0 };
}

/** Takes a member out; the next heartbeat of another one brings the new assignment. @throws KafkaError if the log refuses */
function fence(context: ShareContext, group: ShareGroup, memberId: string): void {
  const draft = new Draft(group);
  draft.apply(...removalOf(memberId));
  const metadataHash = hashOfTopics(context.topics, draft.group.subscribedTopics);
  draft.apply({ kind: 'epoch', value: { epoch: group.epoch + 1, metadataHash } });
  draft.commit(context);
  context.timers.cancelMember(group.groupId, memberId);
}

/** The member has its session timeout from now on to be heard of again. */
export function startSession(context: ShareContext, groupId: string, memberId: string): void {
  const { groupShareSessionTimeoutMs } = context.config;
  const timeoutMs = groupSetting(context, groupId, 'share.session.timeout.ms', groupShareSessionTimeoutMs);
  context.timers.start('session', groupId, memberId, timeoutMs, () => expire(context, groupId, memberId));
}

function expire(context: ShareContext, groupId: string, memberId: string): void {
  const group = context.groups.get(groupId);
  if (!group?.members.has(memberId)) return;
  const text = `[GroupId ${groupId}] Member ${memberId} fenced from the group because the member session expired.`;
  context.logger.info(text);
  try {
    fence(context, group, memberId);
  } catch (error) {
    context.logger.error(`Failed to fence ${memberId} from ${groupId}`, error);
  }
}
