// ShareGroupHeartbeat (GroupMetadataManager.shareGroupHeartbeat): a member says what it wants, the group follows, and the
// member is told what it reads. Nobody has to give anything up first, as partitions are shared.

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type {
  ShareGroupHeartbeat,
  ShareGroupHeartbeatRequest,
} from '../../../protocol/messages/share-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { knownMember } from '../known-member.ts';
import type { GroupClient } from '../messages.ts';
import { type Assignment, sameAssignment, toTopicPartitions } from '../modern/assignment.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { MemberEpoch, sameNames } from '../modern/member.ts';
import { hashOfTopics, topicIdsOf } from '../modern/topic-catalog.ts';
import type { ShareContext } from './context.ts';
import { Draft } from './draft.ts';
import { existingGroup, groupOrNew } from './find-group.ts';
import { addInitializing, initializeState, isAssignmentPending } from './initialize.ts';
import { leave, startSession } from './leave.ts';
import { NEW_MEMBER, type ShareMember, sameMetadata } from './share-member.ts';
import { updateTarget } from './target.ts';
import { validateHeartbeat } from './validate-heartbeat.ts';

export type HeartbeatResponse = ResponseInput<typeof ShareGroupHeartbeat>;

/** @throws KafkaError with the number and the text to answer with */
export function heartbeat(
  context: ShareContext,
  client: GroupClient,
  request: ShareGroupHeartbeatRequest,
): HeartbeatResponse {
  validateHeartbeat(request);
  const { groupId, memberId, memberEpoch } = request;
  if (memberEpoch < MemberEpoch.JOIN) return leave(context, request);
  const isJoin = memberEpoch === MemberEpoch.JOIN;
  const draft = new Draft(
    isJoin ? groupOrNew(context, groupId) : existingGroup(context, groupId, `Share group ${groupId} not found.`),
  );
  assertRoom(context, draft, memberId);
  const before = findMember(draft, request);
  const bumped = refreshSubscription(context, draft, updateMember(draft, before, client, request));
  updateTarget(context, draft);
  moveMember(context, draft, memberId, bumped);
  const started = addInitializing(context, draft);
  draft.commit(context);
  startSession(context, groupId, memberId);

  const after = knownMember(draft.group, memberId);
  const isNews = isJoin || request.subscribedTopicNames !== null || !sameAssignment(before.assigned, after.assigned);
  // Kafka does it just after the answer: the member hears of these partitions with its next heartbeat.
  initializeState(context, groupId, started);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: after.epoch,
    heartbeatIntervalMs: heartbeatIntervalMs(context, groupId),
    assignment: isNews ? { topicPartitions: toTopicPartitions(after.assigned) } : null,
  };
}

/** @throws KafkaError GROUP_MAX_SIZE_REACHED */
function assertRoom({ config }: ShareContext, { group }: Draft, memberId: string): void {
  const maxSize = config.groupShareMaxSize;
  if (group.members.size < maxSize || group.members.has(memberId)) return;
  const text = `The share group has reached its maximum capacity of ${maxSize} members.`;
  throw new KafkaError(ErrorCode.GROUP_MAX_SIZE_REACHED, text);
}

/** The member as it is; one that joins is not in the group yet. */
function findMember({ group }: Draft, { memberId, memberEpoch }: ShareGroupHeartbeatRequest): ShareMember {
  if (memberEpoch === MemberEpoch.JOIN) return group.members.get(memberId) ?? { ...NEW_MEMBER, memberId };
  const member = knownMember(group, memberId);
  // The answer with a new epoch may have been lost: the one before counts too.
  if (memberEpoch === member.epoch || (memberEpoch < member.epoch && memberEpoch === member.previousEpoch))
    return member;
  const isGreater = memberEpoch > member.epoch;
  const previous = isGreater ? '' : `, and it does not match the previous member epoch (${member.previousEpoch})`;
  throw new KafkaError(
    ErrorCode.FENCED_MEMBER_EPOCH,
    `The share group member has a ${isGreater ? 'greater' : 'smaller'} member epoch (${memberEpoch}) than the one known by the group coordinator (${member.epoch})${previous}. The member must abandon all its partitions and rejoin.`,
  );
}

/** What the request says stands for what the member said before; tells whether it wants other topics now. */
function updateMember(
  draft: Draft,
  before: ShareMember,
  { clientId, clientHost }: GroupClient,
  request: ShareGroupHeartbeatRequest,
): boolean {
  const value = {
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    subscribedTopicNames: request.subscribedTopicNames ?? before.subscribedTopicNames,
  };
  const { memberId } = before;
  if (!draft.group.members.has(memberId) || !sameMetadata(before, value))
    draft.apply({ kind: 'member', memberId, value });
  return !sameNames(before.subscribedTopicNames, value.subscribedTopicNames);
}

/**
 * Begins a new group epoch if the members want other topics, the topics have changed, or the state of partitions is there
 * that nobody reads yet; tells whether it did.
 */
function refreshSubscription({ topics }: ShareContext, draft: Draft, subscriptionChanged: boolean): boolean {
  const { group } = draft;
  const isPending = group.targetEpoch >= group.epoch && isAssignmentPending(group);
  if (!subscriptionChanged && !isPending && group.checkedVersion === topics.lastOffset) return false;
  const metadataHash = hashOfTopics(topics, group.subscribedTopics);
  const bumped = subscriptionChanged || isPending || metadataHash !== group.metadataHash;
  if (bumped) draft.apply({ kind: 'epoch', value: { epoch: group.epoch + 1, metadataHash } });
  draft.group.checkedVersion = topics.lastOffset;
  return bumped;
}

/** The member takes over its target assignment at once, as far as it is subscribed to it. */
function moveMember({ topics }: ShareContext, draft: Draft, memberId: string, bumped: boolean): void {
  const { group } = draft;
  const member = knownMember(group, memberId);
  const isNewEpoch = member.epoch !== group.targetEpoch;
  if (!isNewEpoch && !bumped) return;
  const wanted = topicIdsOf(topics, member.subscribedTopicNames);
  const assigned: Assignment = new Map([...group.target(memberId)].filter(([topicId]) => wanted.has(topicId)));
  if (!isNewEpoch && sameAssignment(member.assigned, assigned)) return;
  const epochs = isNewEpoch ? { epoch: group.targetEpoch, previousEpoch: member.epoch } : epochsOf(member);
  draft.apply({ kind: 'current', memberId, value: { ...epochs, assigned } });
}

const epochsOf = ({ epoch, previousEpoch }: ShareMember) => ({ epoch, previousEpoch });

function heartbeatIntervalMs(context: ShareContext, groupId: string): number {
  return groupSetting(context, groupId, 'share.heartbeat.interval.ms', context.config.groupShareHeartbeatIntervalMs);
}
