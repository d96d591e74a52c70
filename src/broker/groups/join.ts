// JoinGroup (GroupMetadataManager.classicGroupJoin).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { JoinGroupRequest } from '../../protocol/messages/join-group.ts';
import { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { joinAsStaticMember } from './join-static.ts';
import { Member } from './member.ts';
import { type Join, type JoinResponse, joinError, MEMBER_ID_REQUIRED_VERSION, UNKNOWN_MEMBER_ID } from './messages.ts';
import { kindOf } from './modern/group-kind.ts';
import { joinResponse, rebalanceOrCompleteJoin } from './rebalance.ts';
import { groupMetadataRecord } from './records.ts';
import { expectJoin, NEW_MEMBER_JOIN_TIMEOUT_MS, restartSession } from './sessions.ts';

/**
 * The answer, on an error or where nothing changes; otherwise undefined, and `reply` is called when the rebalance that
 * the join causes or takes part in lets its members go on.
 */
export function joinGroup(context: GroupContext, join: Join): JoinResponse | undefined {
  const { request } = join;
  const { memberId } = request;
  const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = context.config;
  if (request.groupId === '') return joinError(ErrorCode.INVALID_GROUP_ID, memberId);
  if (request.sessionTimeoutMs < groupMinSessionTimeoutMs || request.sessionTimeoutMs > groupMaxSessionTimeoutMs) {
    return joinError(ErrorCode.INVALID_SESSION_TIMEOUT, memberId);
  }
  const isNewMember = memberId === UNKNOWN_MEMBER_ID;
  // An empty group of another protocol gives way, except for a share group.
  const consumers = context.consumers.get(request.groupId);
  if (consumers && consumers.state !== 'Empty') return context.consumers.join(consumers, join.client, request);
  const other = kindOf(context.kinds, request.groupId);
  if (other && (other.type === 'share' || other.get(request.groupId)?.state !== 'Empty'))
    return joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
  const group =
    context.groups.get(request.groupId) ?? (isNewMember ? createGroup(context, request.groupId) : undefined);
  if (!group) return joinError(ErrorCode.UNKNOWN_MEMBER_ID, memberId);
  if (!hasRoom(context, group, memberId)) {
    group.remove(memberId);
    return joinError(ErrorCode.GROUP_MAX_SIZE_REACHED);
  }
  if (!group.supports(request.protocolType, request.protocols)) {
    return joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
  }
  if (isNewMember) return joinAsNewMember(context, group, join);
  if (!group.pendingJoins.has(memberId)) return rejoin(context, group, join);
  // Ids are only given out to dynamic members.
  if (request.groupInstanceId !== null) return joinError(ErrorCode.UNKNOWN_SERVER_ERROR, memberId);
  addMember(context, group, join, memberId);
  return undefined;
}

/** A new group is on record before its first member is (with generation 0), as in Kafka. An empty one of a newer protocol gives way. */
function createGroup(context: GroupContext, groupId: string): ClassicGroup {
  const group = new ClassicGroup(groupId, context.clock);
  const other = kindOf(context.kinds, groupId);
  const replaced = other?.tombstonesOf(groupId) ?? [];
  context.append(groupId, [...replaced, groupMetadataRecord(group, new Map())]);
  other?.drop(groupId);
  context.groups.set(groupId, group);
  return group;
}

/**
 * group.max.size. While a rebalance is prepared, who waits already counts, so that in a group that is too large the
 * last ones to join again are turned away.
 */
function hasRoom(context: GroupContext, group: ClassicGroup, memberId: string): boolean {
  const maxSize = context.config.groupMaxSize;
  const member = group.members.get(memberId);
  if (group.state === 'Empty') return true;
  if (group.state === 'PreparingRebalance') return Boolean(member?.awaitingJoin) || group.awaitingJoinCount < maxSize;
  return member !== undefined || group.members.size < maxSize;
}

function joinAsNewMember(context: GroupContext, group: ClassicGroup, join: Join): JoinResponse | undefined {
  const { request, client } = join;
  const { groupInstanceId } = request;
  const memberId = `${groupInstanceId ?? client.clientId}-${context.newUuid()}`;
  if (groupInstanceId !== null) {
    const existing = group.staticMemberId(groupInstanceId);
    if (existing === undefined) addMember(context, group, join, memberId);
    else joinAsStaticMember(context, group, join, { oldMemberId: existing, newMemberId: memberId });
  } else if (client.apiVersion >= MEMBER_ID_REQUIRED_VERSION) {
    expectJoin(context, group, memberId, request.sessionTimeoutMs);
    return joinError(ErrorCode.MEMBER_ID_REQUIRED, memberId);
  } else {
    addMember(context, group, join, memberId);
  }
  return undefined;
}

function addMember(
  context: GroupContext,
  group: ClassicGroup,
  { client, request, reply }: Join,
  memberId: string,
): void {
  const { clientId, clientHost } = client;
  const { groupInstanceId, rebalanceTimeoutMs, sessionTimeoutMs, protocolType, protocols } = request;
  const timeouts = { rebalanceTimeoutMs, sessionTimeoutMs };
  const member = new Member({ memberId, groupInstanceId, clientId, clientHost, ...timeouts, protocolType, protocols });
  member.isNew = true;
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true;
  group.add(member, reply);
  restartSession(context, group, member, NEW_MEMBER_JOIN_TIMEOUT_MS);
  rebalanceOrCompleteJoin(context, group, `Adding new member ${memberId}; client reason: ${reasonOf(request)}`);
}

/** A member joins again: because of a rebalance, to cause one, or because it did not get the answer. */
function rejoin(context: GroupContext, group: ClassicGroup, { request, reply }: Join): JoinResponse | undefined {
  const { memberId } = request;
  let member: Member;
  try {
    member = group.validateMember(memberId, request.groupInstanceId);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return joinError(error.code, memberId);
  }
  const isLeader = group.leaderId === memberId;
  const unchanged = member.matches(request.protocols);
  // The leader of a stable group joins when something that only it looks at has changed, such as the topics.
  if (unchanged && (group.state === 'CompletingRebalance' || (group.state === 'Stable' && !isLeader))) {
    return joinResponse(group, member, isLeader);
  }
  group.update(member, request, reply);
  rebalanceOrCompleteJoin(context, group, `Member ${memberId} joins again; client reason: ${reasonOf(request)}`);
  return undefined;
}

export function reasonOf(request: JoinGroupRequest): string {
  return request.reason || 'not provided';
}
