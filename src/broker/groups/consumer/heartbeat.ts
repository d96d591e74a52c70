// ConsumerGroupHeartbeat (GroupMetadataManager.consumerGroupHeartbeat): a member says what it wants and has, the group
// follows, and the member is taken a step towards what it should have.

import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  ConsumerGroupHeartbeat,
  ConsumerGroupHeartbeatRequest,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { randomUuid } from '../../../util/uuid.ts';
import { knownMember } from '../known-member.ts';
import type { GroupClient } from '../messages.ts';
import { partitionsOf, sameAssignment, toTopicPartitions } from '../modern/assignment.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { MemberEpoch } from '../modern/member.ts';
import { moveMember, refreshSubscription, updateMember } from './advance.ts';
import type { ConsumerContext } from './context.ts';
import { assertRoom, draftForHeartbeat, findMember } from './find-group.ts';
import type { GroupMember, MemberMetadata } from './group-member.ts';
import { leave } from './leave.ts';
import { startRebalance, startSession } from './sessions.ts';
import { updateTarget } from './target.ts';
import { validateHeartbeat } from './validate-heartbeat.ts';

export type HeartbeatResponse = ResponseInput<typeof ConsumerGroupHeartbeat>;

/** @throws KafkaError with the number and the text to answer with */
export function heartbeat(
  context: ConsumerContext,
  client: GroupClient,
  request: ConsumerGroupHeartbeatRequest,
): HeartbeatResponse {
  validateHeartbeat(request, client.apiVersion, context.config.groupConsumerAssignors);
  const { groupId, memberEpoch } = request;
  if (memberEpoch < MemberEpoch.JOIN) return leave(context, request);
  const memberId = request.memberId === '' ? randomUuid() : request.memberId;
  const draft = draftForHeartbeat(context, groupId, memberEpoch === MemberEpoch.JOIN);
  assertRoom(context.config, draft.group, memberId);
  const namesake = request.instanceId === null ? undefined : draft.group.staticMember(request.instanceId);
  const before = findMember(draft, request, memberId);
  const subscriptionChanged = updateMember(draft, before, metadataAfter(before, client, request));
  refreshSubscription(context, draft, subscriptionChanged, { memberId, client });
  updateTarget(context, draft);
  const moved = moveMember(context, draft, request.topicPartitions, { memberId, subscriptionChanged });
  const isNewGroup = !context.groups.has(groupId);
  draft.commit(context);

  const after = knownMember(draft.group, memberId);
  if (namesake && namesake.memberId !== memberId) context.timers.cancelMember(groupId, namesake.memberId);
  if (before.classic !== null) context.timers.cancelMember(groupId, memberId);
  for (const member of isNewGroup ? draft.group.members.values() : [after]) startSession(context, groupId, member);
  if (moved) startRebalance(context, groupId, after);
  const assigned = partitionsOf(after.assigned);
  const isNews = isFullRequest(request) || !sameAssignment(partitionsOf(before.assigned), assigned);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: after.epoch,
    heartbeatIntervalMs: heartbeatIntervalMs(context, groupId),
    assignment: isNews ? { topicPartitions: toTopicPartitions(assigned) } : null,
  };
}

/** What the request says stands for what the member said before. */
function metadataAfter(
  before: GroupMember,
  { clientId, clientHost }: GroupClient,
  request: ConsumerGroupHeartbeatRequest,
): MemberMetadata {
  return {
    instanceId: request.instanceId ?? before.instanceId,
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    subscribedTopicNames: request.subscribedTopicNames ?? before.subscribedTopicNames,
    subscribedTopicRegex: request.subscribedTopicRegex ?? before.subscribedTopicRegex,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    serverAssignor: request.serverAssignor ?? before.serverAssignor,
    classic: null,
  };
}

/** Who tells all about itself wants to hear all too. */
function isFullRequest(request: ConsumerGroupHeartbeatRequest): boolean {
  const { memberEpoch, rebalanceTimeoutMs, subscribedTopicNames, subscribedTopicRegex, topicPartitions } = request;
  if (memberEpoch === MemberEpoch.JOIN) return true;
  const isSubscribed = subscribedTopicNames !== null || subscribedTopicRegex !== null;
  return rebalanceTimeoutMs !== -1 && isSubscribed && topicPartitions !== null;
}

function heartbeatIntervalMs(context: ConsumerContext, groupId: string): number {
  const { groupConsumerHeartbeatIntervalMs } = context.config;
  return groupSetting(context, groupId, 'consumer.heartbeat.interval.ms', groupConsumerHeartbeatIntervalMs);
}
