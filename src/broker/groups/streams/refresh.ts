// What a heartbeat changes of its group: the topology it brings, what has become of the topics, a new group epoch where
// something is different, and the target assignment of that epoch.

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { StreamsGroupHeartbeatRequest } from '../../../protocol/messages/streams-group-heartbeat.ts';
import { hashOfTopics } from '../modern/topic-catalog.ts';
import type { Change } from './changes.ts';
import type { StreamsContext } from './context.ts';
import { type GroupMember, sameEntries } from './group-member.ts';
import { delayFirstAssignment, isDelayed } from './initial-delay.ts';
import type { StreamsGroup } from './streams-group.ts';
import { assignmentConfigs, isTooSoon, newTarget } from './target.ts';
import { NO_TASKS, type TaskIds, type Tasks } from './tasks.ts';
import { configureTopology } from './topics/configure.ts';
import { type ConfiguredTopology, GroupStatus, type StatusReport } from './topics/configured-topology.ts';
import { requiredTopics, sameTopology, type Topology } from './topology.ts';
import { invalid } from './validate-heartbeat.ts';

/** No topology has this epoch. */
const NONE_VALIDATED = -1;

export interface Refreshed {
  readonly changes: readonly Change[];
  readonly statuses: readonly StatusReport[];
  readonly configured: ConfiguredTopology;
  /** Of the metadata that was looked at. */
  readonly version: number;
  /** The epoch and the tasks that the member is to come to. */
  readonly targetEpoch: number;
  readonly target: Tasks;
}

/** @param member as it will be @param memberChanged whether it says something else of itself than before */
export function refreshGroup(
  context: StreamsContext,
  group: StreamsGroup,
  member: GroupMember,
  request: StreamsGroupHeartbeatRequest,
  memberChanged: boolean,
): Refreshed {
  const { groupId } = group;
  const version = context.topics.lastOffset;
  const topology = topologyFor(group, request.topology);
  const changes: Change[] = group.topology === null ? [{ kind: 'topology', value: topology }] : [];
  const { metadataHash, configured, isReconfigured } = lookAtTopics(context, group, topology);
  group.configured = configured;
  if (configured.problem === null) refuseUnknownTasks(configured, request);

  const validatedTopologyEpoch = configured.problem === null ? topology.epoch : NONE_VALIDATED;
  const configs = assignmentConfigs(context, groupId);
  const isNewEpoch =
    memberChanged ||
    isReconfigured ||
    validatedTopologyEpoch !== group.validatedTopologyEpoch ||
    !sameEntries(configs, group.assignmentConfigs);
  const epoch = group.epoch + (isNewEpoch ? 1 : 0);
  if (isNewEpoch) {
    const value = { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs: configs };
    changes.push({ kind: 'epoch', value });
  }
  if (group.members.size === 0) delayFirstAssignment(context, groupId);
  const target = targetFor(context, group, { epoch, member, configured, configs });
  const problem = configured.problem ? [configured.problem] : [];
  return {
    changes: [...changes, ...target.changes],
    statuses: [...staleStatus(group, member), ...target.statuses, ...problem],
    configured,
    version,
    targetEpoch: target.epoch,
    target: target.tasks,
  };
}

/** The group's topology, or the first member's for a group that has none. @throws KafkaError INVALID_REQUEST */
function topologyFor(group: StreamsGroup, given: Topology | null): Topology {
  if (group.topology === null) {
    if (given) return given;
    throw new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, 'The topology is null and the group topology is also null.');
  }
  const isStale = given !== null && given.epoch < group.topology.epoch;
  if (given === null || isStale || sameTopology(given, group.topology)) return group.topology;
  throw invalid('Topology updates are not supported yet.');
}

/** Whether topics are as they were when the group looked at them last; if not, or never, they are looked at now. */
function lookAtTopics(
  { topics }: StreamsContext,
  group: StreamsGroup,
  topology: Topology,
): { metadataHash: number; configured: ConfiguredTopology; isReconfigured: boolean } {
  const { metadataHash: hashBefore, configured: before } = group;
  const isFirst = group.topology === null;
  if (!isFirst && before !== null && group.checkedVersion === topics.lastOffset) {
    return { metadataHash: hashBefore, configured: before, isReconfigured: false };
  }
  const metadataHash = hashOfTopics(topics, requiredTopics(topology));
  const isReconfigured = metadataHash !== hashBefore;
  const configured = isFirst || isReconfigured || before === null ? configureTopology(topology, topics) : before;
  return { metadataHash, configured, isReconfigured };
}

function refuseUnknownTasks(
  { subtopologies }: ConfiguredTopology,
  { activeTasks, standbyTasks, warmupTasks }: StreamsGroupHeartbeatRequest,
): void {
  const tasks: TaskIds[] = [...(activeTasks ?? []), ...(standbyTasks ?? []), ...(warmupTasks ?? [])];
  for (const { subtopologyId, partitions } of tasks) {
    const count = subtopologies?.get(subtopologyId)?.taskCount;
    if (count === undefined) throw invalid(`Subtopology ${subtopologyId} does not exist in the topology.`);
    const unknown = partitions.find((partition) => partition < 0 || partition >= count);
    if (unknown === undefined) continue;
    throw invalid(
      `Task ${unknown} for subtopology ${subtopologyId} is invalid. Number of tasks for this subtopology: ${count}`,
    );
  }
}

interface MemberTarget {
  readonly epoch: number;
  readonly tasks: Tasks;
  readonly changes: readonly Change[];
  readonly statuses: readonly StatusReport[];
}

/** Assigns anew if the group epoch is ahead of the assignment, unless it has to wait (maybeUpdateStreamsTargetAssignment). */
function targetFor(
  context: StreamsContext,
  group: StreamsGroup,
  input: {
    epoch: number;
    member: GroupMember;
    configured: ConfiguredTopology;
    configs: ReadonlyMap<string, string>;
  },
): MemberTarget {
  const { epoch, member, configured, configs } = input;
  const { memberId } = member;
  const asBefore = { epoch: group.targetEpoch, tasks: group.target(memberId), changes: [], statuses: [] };
  if (isDelayed(context, group.groupId)) {
    return { ...asBefore, tasks: NO_TASKS, statuses: [delayedBy('initial rebalance delay')] };
  }
  if (group.targetEpoch >= epoch) return asBefore;
  if (isTooSoon(context, group)) return { ...asBefore, statuses: [delayedBy('assignment interval')] };
  const members = new Map(group.members).set(memberId, member);
  const { changes, targets } = newTarget(group, { epoch, members, configured, configs }, context.clock.nowMs());
  return { epoch, tasks: targets.get(memberId) ?? NO_TASKS, changes, statuses: [] };
}

function delayedBy(setting: string): StatusReport {
  const statusDetail = `Assignment delayed due to the configured ${setting}.`;
  return { statusCode: GroupStatus.ASSIGNMENT_DELAYED, statusDetail };
}

function staleStatus({ topology }: StreamsGroup, { topologyEpoch }: GroupMember): StatusReport[] {
  if (topology === null || topologyEpoch >= topology.epoch) return [];
  const statusDetail = `The member's topology epoch ${topologyEpoch} is behind the group's topology epoch ${topology.epoch}.`;
  return [{ statusCode: GroupStatus.STALE_TOPOLOGY, statusDetail }];
}
