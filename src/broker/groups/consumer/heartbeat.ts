// ConsumerGroupHeartbeat (GroupMetadataManager.consumerGroupHeartbeat): a member says what it wants and has, the group
// follows, and the member is taken a step towards what it should have.
import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  ConsumerGroupHeartbeat,
  ConsumerGroupHeartbeatRequest,
} from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { randomUuid } from '../../../util/uuid.ts';
import type { GroupClient } from '../messages.ts';
import { partitionsOf, sameAssignment, toTopicPartitions } from './assignment.ts';
import { type ConsumerContext, groupSetting } from './context.ts';
import type { Draft } from './draft.ts';
import { assertRoom, draftForHeartbeat, findMember, knownMember } from './find-group.ts';
import {
  type CurrentAssignment,
  type GroupMember,
  MemberEpoch,
  type MemberMetadata,
  sameMetadata,
  sameNames,
} from './group-member.ts';
import { leave } from './leave.ts';
import { reconcile } from './reconcile.ts';
import { startRebalance, startSession } from './sessions.ts';
import { metadataHash, regexChanges, topicIdsOf } from './subscription.ts';
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
  assertRoom(context, draft.group, memberId);
  const namesake = request.instanceId === null ? undefined : draft.group.staticMember(request.instanceId);
  const before = findMember(draft, request, memberId);
  const subscriptionChanged = updateMember(draft, before, client, request);
  refreshSubscription(context, draft, subscriptionChanged);
  updateTarget(context, draft);
  const moved = moveMember(context, draft, request, { memberId, subscriptionChanged });
  draft.commit(context);

  const after = knownMember(draft.group, memberId);
  if (namesake) context.timers.cancelSession(groupId, namesake.memberId);
  startSession(context, groupId, memberId);
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

/** What the request says stands for what the member said before; tells whether it wants other topics now. */
function updateMember(
  draft: Draft,
  before: GroupMember,
  { clientId, clientHost }: GroupClient,
  request: ConsumerGroupHeartbeatRequest,
): boolean {
  const value: MemberMetadata = {
    instanceId: request.instanceId ?? before.instanceId,
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    subscribedTopicNames: request.subscribedTopicNames ?? before.subscribedTopicNames,
    subscribedTopicRegex: request.subscribedTopicRegex ?? before.subscribedTopicRegex,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    serverAssignor: request.serverAssignor ?? before.serverAssignor,
  };
  const { memberId } = before;
  if (!draft.group.members.has(memberId) || !sameMetadata(before, value))
    draft.apply({ kind: 'member', memberId, value });
  return (
    !sameNames(before.subscribedTopicNames, value.subscribedTopicNames) ||
    before.subscribedTopicRegex !== value.subscribedTopicRegex
  );
}

/** Begins a new group epoch if the members want other topics, or the topics have changed. */
function refreshSubscription({ topics, clock }: ConsumerContext, draft: Draft, subscriptionChanged: boolean): void {
  if (!subscriptionChanged && draft.group.checkedVersion === topics.lastOffset) return;
  draft.apply(...regexChanges(topics, draft.group, clock.nowMs()));
  const { epoch, metadataHash: hashBefore } = draft.group;
  const hash = metadataHash(topics, draft.group);
  if (subscriptionChanged || hash !== hashBefore) {
    draft.apply({ kind: 'epoch', value: { epoch: epoch + 1, metadataHash: hash } });
  }
  draft.group.checkedVersion = topics.lastOffset;
}

/** Tells whether anything is different for the member now. */
function moveMember(
  { topics }: ConsumerContext,
  draft: Draft,
  { topicPartitions }: ConsumerGroupHeartbeatRequest,
  { memberId, subscriptionChanged }: { memberId: string; subscriptionChanged: boolean },
): boolean {
  const { group } = draft;
  const member = knownMember(group, memberId);
  const value = reconcile(member, {
    targetEpoch: group.targetEpoch,
    target: group.target(memberId),
    subscribed: topicIdsOf(topics, group.topicsOf(member)),
    subscriptionChanged,
    reported: topicPartitions,
    isTaken: (topicId, partition) => group.ownerOf(topicId, partition) !== undefined,
  });
  if (value === member || isSame(member, value)) return false;
  draft.apply({ kind: 'current', memberId, value });
  return true;
}

function isSame(a: CurrentAssignment, b: CurrentAssignment): boolean {
  return (
    a.epoch === b.epoch &&
    a.previousEpoch === b.previousEpoch &&
    a.state === b.state &&
    sameAssignment(partitionsOf(a.assigned), partitionsOf(b.assigned)) &&
    sameAssignment(partitionsOf(a.pendingRevocation), partitionsOf(b.pendingRevocation))
  );
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
