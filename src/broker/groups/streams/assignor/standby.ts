// Standby tasks (StickyTaskAssignor.assignStandby): best where the task was active or a standby before, else where the load
// is least; as many as asked for, or as many as there are processes without the task.
import type { JavaPriorityQueue } from '../../../../util/java-priority-queue.ts';
import type { ProcessState } from './process-state.ts';
import { byPartition, bySubtopology, type TaskId } from './task-id.ts';
import type { AssignorMember, Workload } from './workload.ts';

export function assignStandbys(workload: Workload, tasks: readonly TaskId[], replicas: number): void {
  const left: { task: TaskId; count: number }[] = [];
  for (const task of [...tasks].sort((a, b) => byPartition(b, a))) {
    const placed = placeAsBefore(workload, task, replicas);
    if (placed < replicas) left.push({ task, count: replicas - placed });
  }
  left.sort((a, b) => bySubtopology(b.task, a.task));
  const byLoad = workload.processesByLoad();
  for (const { task, count } of left) {
    for (let i = 0; i < count; i++) if (!placeAtLeastLoaded(workload, byLoad, task)) break;
  }
}

/** How many of the copies found a place among those who had the task. */
function placeAsBefore(workload: Workload, task: TaskId, replicas: number): number {
  for (let placed = 0; placed < replicas; placed++) {
    const active = workload.activeBefore(task);
    const isActiveFree = active && !workload.processOf(active).has(task) && hasRoom(workload, active);
    const member = isActiveFree ? active : workload.standbyBefore(task, true);
    if (!member || !hasRoom(workload, member)) return placed;
    workload.given(workload.processOf(member).add(member.memberId, task, false), false);
  }
  return replicas;
}

function hasRoom(workload: Workload, member: AssignorMember): boolean {
  return workload.processOf(member).countOf(member.memberId) < workload.total.perMember;
}

function placeAtLeastLoaded(workload: Workload, byLoad: JavaPriorityQueue<ProcessState>, task: TaskId): boolean {
  const process = byLoad.poll();
  if (!process) return false;
  const isPlaced = process.has(task) ? placeAtLeastLoaded(workload, byLoad, task) : give(workload, process, task);
  byLoad.add(process);
  return isPlaced;
}

function give(workload: Workload, process: ProcessState, task: TaskId): true {
  workload.given(process.addToLeastLoaded(task, false), false);
  return true;
}
