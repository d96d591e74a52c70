// The task assignor (StickyTaskAssignor, `sticky`): tasks stay where they were as long as the load is even, active ones
// move to where a standby is, and no process has two copies of a task. Racks, client tags and lags do not count in 4.3.
import { NO_ASSIGNMENT } from '../../modern/assignment.ts';
import { type Tasks, tasksOf } from '../tasks.ts';
import { assignStandbys } from './standby.ts';
import { byPartition, bySubtopology, type TaskId } from './task-id.ts';
import { type AssignorInput, type AssignorMember, Workload } from './workload.ts';

/** What every member should have, by member id. */
export function assignTasks(input: AssignorInput): Map<string, Tasks> {
  const workload = new Workload(input);
  assignActive(workload, taskIds(input.subtopologies));
  if (input.standbyReplicas > 0) {
    const stateful = input.subtopologies.filter(({ isStateful }) => isStateful);
    assignStandbys(workload, taskIds(stateful), input.standbyReplicas);
  }
  return new Map(
    input.members.map((member) => {
      const { active, standby } = workload.processOf(member);
      const given = (tasks: ReadonlyMap<string, TaskId[]>) => compact(tasks.get(member.memberId) ?? []);
      return [member.memberId, { active: given(active), standby: given(standby), warmup: NO_ASSIGNMENT }];
    }),
  );
}

function taskIds(subtopologies: AssignorInput['subtopologies']): TaskId[] {
  return subtopologies.flatMap(({ subtopologyId, taskCount }) =>
    Array.from({ length: taskCount }, (_, partition) => ({ subtopologyId, partition })),
  );
}

function assignActive(workload: Workload, tasks: readonly TaskId[]): void {
  const giveBack = (left: readonly TaskId[], before: (task: TaskId) => AssignorMember | undefined) =>
    left.filter((task) => {
      const member = before(task);
      if (!member) return true;
      const process = workload.processOf(member);
      if (process.countOf(member.memberId) >= workload.active.perMember) return true;
      workload.given(process.add(member.memberId, task, true), true);
      return false;
    });
  const kept = giveBack([...tasks].sort(byPartition), (task) => workload.activeBefore(task));
  const left = giveBack(kept, (task) => workload.standbyBefore(task, false));
  const byLoad = workload.processesByLoad();
  for (const task of left.sort(bySubtopology)) {
    const process = byLoad.poll()!;
    workload.given(process.addToLeastLoaded(task, true), true);
    byLoad.add(process);
  }
}

function compact(tasks: readonly TaskId[]): Tasks['active'] {
  const partitions = new Map<string, number[]>();
  for (const { subtopologyId, partition } of tasks) {
    partitions.set(subtopologyId, [...(partitions.get(subtopologyId) ?? []), partition]);
  }
  return tasksOf([...partitions].map(([subtopologyId, numbers]) => ({ subtopologyId, partitions: numbers })));
}
