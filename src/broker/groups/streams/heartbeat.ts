// StreamsGroupHeartbeat (GroupMetadataManager.streamsGroupHeartbeat): a member says what its application is made of and
// which tasks it has, the group follows, and the member is taken a step towards the tasks that it should have.

import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  StreamsGroupHeartbeat,
  StreamsGroupHeartbeatRequest,
} from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import type { GroupClient } from '../messages.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { MemberEpoch } from '../modern/member.ts';
import type { Change } from './changes.ts';
import { commitChanges } from './commit-changes.ts';
import type { StreamsContext } from './context.ts';
import { describeTasks } from './describe.ts';
import { partitionsByEndpoint } from './endpoints.ts';
import { findMember, groupForHeartbeat } from './find-group.ts';
import { type GroupMember, type MemberMetadata, sameCurrent, sameMetadata } from './group-member.ts';
import { leave } from './leave.ts';
import { reconcile } from './reconcile.ts';
import { refreshGroup } from './refresh.ts';
import { startRebalance, startSession } from './sessions.ts';
import { holdersOf, isReconciledTo, StreamsGroup } from './streams-group.ts';
import { sameOwned, type Tasks, tasksOf } from './tasks.ts';
import { GroupStatus, type InternalTopic, type StatusReport } from './topics/configured-topology.ts';
import { validateHeartbeat } from './validate-heartbeat.ts';

type HeartbeatResponse = ResponseInput<typeof StreamsGroupHeartbeat>;

export interface HeartbeatResult {
  readonly response: HeartbeatResponse;
  /** Internal topics that are missing, for the broker to create. */
  readonly missingTopics: readonly InternalTopic[];
}

/** @throws KafkaError with the number and the text to answer with */
export function heartbeat(
  context: StreamsContext,
  client: GroupClient,
  request: StreamsGroupHeartbeatRequest,
): HeartbeatResult {
  validateHeartbeat(request);
  const { groupId, memberId, memberEpoch } = request;
  if (memberEpoch < MemberEpoch.JOIN) return { response: leave(context, request), missingTopics: [] };
  const { group, replaced } = groupForHeartbeat(context, groupId, memberEpoch === MemberEpoch.JOIN);
  const before = findMember(group, request);
  const metadata = updatedMetadata(before, client, request);
  const changes: Change[] = [];
  const isChanged = !sameMetadata(before, metadata);
  if (isChanged) changes.push({ kind: 'member', memberId, value: metadata });

  const refreshed = refreshGroup(context, group, { ...before, ...metadata }, request, isChanged);
  changes.push(...refreshed.changes);
  const after = moveMember(group, { ...before, ...metadata }, request, refreshed);
  const isMoved = !sameCurrent(before, after);
  if (isMoved) changes.push({ kind: 'current', memberId, value: after });

  // What is not on record of a new group only counts from the next heartbeat on, as in Kafka.
  const isNew = !context.groups.has(groupId);
  commitChanges(context, isNew ? new StreamsGroup(groupId) : group, changes, replaced);
  group.checkedVersion = refreshed.version;
  startSession(context, groupId, memberId);
  if (isMoved) startRebalance(context, groupId, after);
  if (request.shutdownApplication) group.shutdownMemberId ??= memberId;
  const response = answer(context, group, { request, before, after });
  const statuses = [...refreshed.statuses, ...shutdownStatus(group)];
  return {
    response: { ...response, status: statuses, endpointInformationEpoch: isNew ? 0 : group.endpointEpoch },
    missingTopics: refreshed.configured.missingTopics,
  };
}

/** What the request says stands for what the member said before. */
function updatedMetadata(
  before: GroupMember,
  { clientId, clientHost }: GroupClient,
  request: StreamsGroupHeartbeatRequest,
): MemberMetadata {
  const { userEndpoint, clientTags } = request;
  return {
    instanceId: null,
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    topologyEpoch: request.topology?.epoch ?? before.topologyEpoch,
    processId: request.processId ?? before.processId,
    userEndpoint: userEndpoint ? { host: userEndpoint.host, port: userEndpoint.port } : before.userEndpoint,
    clientTags: clientTags ? new Map(clientTags.map(({ key, value }) => [key, value])) : before.clientTags,
  };
}

function moveMember(
  group: StreamsGroup,
  member: GroupMember,
  { activeTasks, standbyTasks, warmupTasks }: StreamsGroupHeartbeatRequest,
  { targetEpoch, target }: { targetEpoch: number; target: Tasks },
): GroupMember {
  if (isReconciledTo(member, targetEpoch)) return member;
  const reported =
    activeTasks && standbyTasks && warmupTasks
      ? { active: tasksOf(activeTasks), standby: tasksOf(standbyTasks), warmup: tasksOf(warmupTasks) }
      : null;
  return { ...member, ...reconcile(member, { targetEpoch, target, reported, holders: holdersOf(group) }) };
}

/** Who joins or has other tasks now hears all of them; endpoints are told to whoever does not know the latest. */
function answer(
  context: StreamsContext,
  group: StreamsGroup,
  { request, before, after }: { request: StreamsGroupHeartbeatRequest; before: GroupMember; after: GroupMember },
): Omit<HeartbeatResponse, 'status' | 'endpointInformationEpoch'> {
  const { groupId, memberId, memberEpoch, endpointInformationEpoch } = request;
  const isNews = memberEpoch === MemberEpoch.JOIN || !sameOwned(before.assigned, after.assigned);
  if (isNews && after.userEndpoint !== null) group.endpointEpoch++;
  const knowsEndpoints = group.endpointEpoch === endpointInformationEpoch;
  const { groupStreamsHeartbeatIntervalMs } = context.config;
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: after.epoch,
    heartbeatIntervalMs: groupSetting(
      context,
      groupId,
      'streams.heartbeat.interval.ms',
      groupStreamsHeartbeatIntervalMs,
    ),
    acceptableRecoveryLag: 0,
    taskOffsetIntervalMs: 0,
    ...(isNews ? describeTasks(after.assigned) : {}),
    partitionsByUserEndpoint: knowsEndpoints ? null : partitionsByEndpoint(group, after, context.topics),
  };
}

function shutdownStatus({ shutdownMemberId }: StreamsGroup): StatusReport[] {
  if (shutdownMemberId === null) return [];
  const statusDetail = `Streams group member ${shutdownMemberId} encountered a fatal error and requested a shutdown for the entire application.`;
  return [{ statusCode: GroupStatus.SHUTDOWN_APPLICATION, statusDetail }];
}
