// The target assignment: which tasks every member should have in a group epoch (streams.TargetAssignmentBuilder).

import { hashMapOrder, javaStringHash } from '../../../util/java-hash.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { assignTasks } from './assignor/sticky.ts';
import type { Change } from './changes.ts';
import type { StreamsContext } from './context.ts';
import type { GroupMember } from './group-member.ts';
import type { StreamsGroup } from './streams-group.ts';
import { NO_TASKS, sameTasks, type Tasks } from './tasks.ts';
import type { ConfiguredTopology } from './topics/configured-topology.ts';

const STANDBY_REPLICAS = 'num.standby.replicas';

/** The settings that tasks are assigned with, as they are put on record. */
export function assignmentConfigs(context: StreamsContext, groupId: string): ReadonlyMap<string, string> {
  const { groupStreamsNumStandbyReplicas } = context.config;
  const replicas = groupSetting(context, groupId, 'streams.num.standby.replicas', groupStreamsNumStandbyReplicas);
  return new Map([[STANDBY_REPLICAS, String(replicas)]]);
}

/** Whether the last assignment is too recent for the next one (KIP-1263). */
export function isTooSoon(context: StreamsContext, { groupId, assignedAtMs }: StreamsGroup): boolean {
  const { groupStreamsAssignmentIntervalMs } = context.config;
  const name = 'streams.assignment.interval.ms';
  const intervalMs = groupSetting(context, groupId, name, groupStreamsAssignmentIntervalMs);
  return assignedAtMs !== 0 && context.clock.nowMs() < assignedAtMs + intervalMs;
}

export interface TargetInput {
  /** Of the group when the changes count. */
  readonly epoch: number;
  /** The group's and, as they will be, those that a request changes. */
  readonly members: ReadonlyMap<string, GroupMember>;
  readonly configured: ConfiguredTopology;
  readonly configs: ReadonlyMap<string, string>;
}

/** Assigns all tasks anew; none while the topics are not right. */
export function newTarget(
  group: StreamsGroup,
  { epoch, members, configured, configs }: TargetInput,
  nowMs: number,
): { changes: Change[]; targets: ReadonlyMap<string, Tasks> } {
  const inOrder = hashMapOrder(members.values(), ({ memberId }) => javaStringHash(memberId));
  const targets = assign(group, inOrder, configured, configs);
  const changes: Change[] = [];
  for (const { memberId } of inOrder) {
    const before = group.targets.get(memberId);
    const value = targets.get(memberId) ?? NO_TASKS;
    if (before === undefined || !sameTasks(before, value)) changes.push({ kind: 'target', memberId, value });
  }
  changes.push({ kind: 'target-epoch', value: { epoch, timestampMs: nowMs } });
  return { changes, targets };
}

function assign(
  group: StreamsGroup,
  members: readonly GroupMember[],
  { subtopologies, problem }: ConfiguredTopology,
  configs: ReadonlyMap<string, string>,
): ReadonlyMap<string, Tasks> {
  if (problem !== null || subtopologies === null) return new Map();
  return assignTasks({
    members: members.map(({ memberId, processId }) => ({ memberId, processId, current: group.target(memberId) })),
    subtopologies: [...subtopologies].map(([subtopologyId, { taskCount, stateChangelogTopics }]) => ({
      subtopologyId,
      taskCount,
      isStateful: stateChangelogTopics.length > 0,
    })),
    standbyReplicas: Number(configs.get(STANDBY_REPLICAS) ?? 0),
  });
}
