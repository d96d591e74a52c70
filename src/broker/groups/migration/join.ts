// JoinGroup in a group of the consumer protocol (GroupMetadataManager.classicGroupJoinToConsumerGroup). It is answered at
// once: the coordinator assigns, nobody leads, and the member is told by its heartbeats when to join again.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { JoinGroupRequest } from '../../../protocol/messages/join-group.ts';
import { DecodeError } from '../../../protocol/reader.ts';
import type { ConsumerProtocolSubscriptionData } from '../../../protocol/state/consumer-protocol.ts';
import { randomUuid } from '../../../util/uuid.ts';
import { moveMember, refreshSubscription, updateMember } from '../consumer/advance.ts';
import type { ConsumerGroup } from '../consumer/consumer-group.ts';
import type { ConsumerContext } from '../consumer/context.ts';
import { Draft } from '../consumer/draft.ts';
import { assertRoom, replaceStatic, staticMember } from '../consumer/find-group.ts';
import { type GroupMember, type MemberMetadata, NEW_MEMBER } from '../consumer/group-member.ts';
import { expectSync, startSession } from '../consumer/sessions.ts';
import { updateTarget } from '../consumer/target.ts';
import { knownMember } from '../known-member.ts';
import {
  type GroupClient,
  type JoinResponse,
  joinError,
  MEMBER_ID_REQUIRED_VERSION,
  UNKNOWN_MEMBER_ID,
} from '../messages.ts';
import { downgrade, mayDowngradeWith } from './downgrade.ts';
import { ownedPartitions, readSubscription } from './embedded-protocol.ts';
import { isDisabled } from './policy.ts';

interface ClassicJoin {
  readonly client: GroupClient;
  readonly request: JoinGroupRequest;
}

/** @throws KafkaError INCONSISTENT_GROUP_PROTOCOL, GROUP_MAX_SIZE_REACHED, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function joinConsumerGroup(context: ConsumerContext, group: ConsumerGroup, join: ClassicJoin): JoinResponse {
  const { request, client } = join;
  const isUnknown = request.memberId === UNKNOWN_MEMBER_ID;
  const memberId = isUnknown ? randomUuid() : request.memberId;
  assertMayJoin(context, group, request, memberId);
  if (isUnknown && request.groupInstanceId === null && client.apiVersion >= MEMBER_ID_REQUIRED_VERSION) {
    return joinError(ErrorCode.MEMBER_ID_REQUIRED, memberId);
  }
  const draft = new Draft(group);
  const replaced = request.groupInstanceId === null ? undefined : group.staticMember(request.groupInstanceId);
  const before = memberBefore(draft, request, { memberId, isUnknown, replaced });
  const subscription = subscriptionOf(request);
  const subscriptionChanged = updateMember(draft, before, metadataAfter(before, join, subscription));
  refreshSubscription(context, draft, subscriptionChanged, { memberId, client });
  const owned = ownedPartitions(context.topics, subscription);
  const isDowngrade = replaced !== undefined && mayDowngradeWith(context, group, replaced);
  if (!isDowngrade) updateTarget(context, draft);
  moveMember(context, draft, owned, { memberId, subscriptionChanged });
  const after = knownMember(draft.group, memberId);
  if (isDowngrade) {
    const isStale = draft.group.epoch > draft.group.targetEpoch;
    const reason = `Downgrade group ${group.groupId} from consumer to classic with stale assignment.`;
    downgrade(context, draft, { leaving: [], rebalanceReason: isStale ? reason : undefined });
  } else {
    draft.commit(context);
    if (replaced && replaced.memberId !== memberId) context.timers.cancelMember(group.groupId, replaced.memberId);
    context.timers.cancel('join', group.groupId, memberId);
    startSession(context, group.groupId, after);
    expectSync(context, group.groupId, after);
  }
  return joined(after);
}

function assertMayJoin(
  { config }: ConsumerContext,
  group: ConsumerGroup,
  { protocolType, protocols }: JoinGroupRequest,
  memberId: string,
): void {
  if (isDisabled(config.groupConsumerMigrationPolicy)) throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  assertRoom(config, group, memberId);
  if (protocolType !== 'consumer' || !supportsOneOf(group, new Set(protocols.map(({ name }) => name)))) {
    throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }
}

/** Whether all classic members have one of these protocols, so that the group can become a classic one again. */
function supportsOneOf({ members }: ConsumerGroup, names: ReadonlySet<string>): boolean {
  const classic = [...members.values()].flatMap((member) => member.classic ?? []);
  return [...names].some((name) =>
    classic.every(({ supportedProtocols }) => supportedProtocols.some((protocol) => protocol.name === name)),
  );
}

/** A static member without its member id takes the place of the one before, of whichever protocol. */
function memberBefore(
  draft: Draft,
  { groupInstanceId }: JoinGroupRequest,
  { memberId, isUnknown, replaced }: { memberId: string; isUnknown: boolean; replaced: GroupMember | undefined },
): GroupMember {
  const newMember = { ...NEW_MEMBER, memberId };
  if (groupInstanceId === null) return draft.group.members.get(memberId) ?? newMember;
  if (!isUnknown) return staticMember(draft.group, groupInstanceId, memberId);
  return replaced ? replaceStatic(draft, replaced, memberId) : newMember;
}

/** The first protocol speaks for all. @throws KafkaError UNKNOWN_SERVER_ERROR, as Kafka answers what it cannot read */
function subscriptionOf({ protocols }: JoinGroupRequest): ConsumerProtocolSubscriptionData {
  try {
    return readSubscription(protocols[0]!.metadata);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR);
  }
}

function metadataAfter(
  before: GroupMember,
  { client, request }: ClassicJoin,
  { topics, rackId }: ConsumerProtocolSubscriptionData,
): MemberMetadata {
  const { groupInstanceId, rebalanceTimeoutMs, sessionTimeoutMs, protocols } = request;
  return {
    instanceId: groupInstanceId ?? before.instanceId,
    rackId: rackId || before.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    subscribedTopicNames: topics,
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : rebalanceTimeoutMs,
    serverAssignor: before.serverAssignor,
    classic: { sessionTimeoutMs, supportedProtocols: protocols },
  };
}

function joined({ memberId, epoch, classic }: GroupMember): JoinResponse {
  return {
    errorCode: ErrorCode.NONE,
    generationId: epoch,
    protocolType: 'consumer',
    protocolName: classic!.supportedProtocols[0]!.name,
    leader: '',
    memberId,
    members: [],
  };
}
