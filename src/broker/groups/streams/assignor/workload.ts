// What the assignor works on (StickyTaskAssignor.LocalState): processes with what they have been given, who had which
// task before, and how many tasks a member may have.
import { hashMapOrder, javaStringHash } from '../../../../util/java-hash.ts';
import { JavaPriorityQueue } from '../../../../util/java-priority-queue.ts';
import type { Assignment } from '../../modern/assignment.ts';
import { taskKey } from '../streams-group.ts';
import type { Tasks } from '../tasks.ts';
import { ProcessState } from './process-state.ts';
import type { TaskId } from './task-id.ts';

export interface AssignorMember {
  readonly memberId: string;
  readonly processId: string;
  /** What it should have until now. */
  readonly current: Tasks;
}

export interface AssignorSubtopology {
  readonly subtopologyId: string;
  readonly taskCount: number;
  /** Whether it keeps state: only such tasks have standbys. */
  readonly isStateful: boolean;
}

export interface AssignorInput {
  readonly members: readonly AssignorMember[];
  /** In the order of their ids. */
  readonly subtopologies: readonly AssignorSubtopology[];
  readonly standbyReplicas: number;
}

export class Workload {
  readonly processes: ReadonlyMap<string, ProcessState>;
  readonly #hadActive = new Map<string, AssignorMember>();
  readonly #hadStandby = new Map<string, AssignorMember[]>();
  readonly active: Quota;
  readonly total: Quota;

  constructor({ members, subtopologies, standbyReplicas }: AssignorInput) {
    const tasks = subtopologies.reduce((sum, { taskCount }) => sum + taskCount, 0);
    const stateful = subtopologies.filter(({ isStateful }) => isStateful);
    const standbys = stateful.reduce((sum, { taskCount }) => sum + taskCount * standbyReplicas, 0);
    this.active = new Quota(tasks, members.length);
    this.total = new Quota(tasks + standbys, members.length);
    const processes = new Map<string, ProcessState>();
    for (const member of hashMapOrder(members, ({ memberId }) => javaStringHash(memberId))) {
      const process = processes.get(member.processId) ?? new ProcessState(member.processId);
      process.addMember(member.memberId);
      processes.set(member.processId, process);
      for (const task of keysOf(member.current.active)) this.#hadActive.set(task, member);
      for (const task of keysOf(member.current.standby)) {
        this.#hadStandby.set(task, [...(this.#hadStandby.get(task) ?? []), member]);
      }
    }
    this.processes = new Map(hashMapOrder(processes, ([processId]) => javaStringHash(processId), members.length));
  }

  processOf({ processId }: AssignorMember): ProcessState {
    return this.processes.get(processId)!;
  }

  /** Who had the active task. */
  activeBefore(task: TaskId): AssignorMember | undefined {
    return this.#hadActive.get(taskKey(task.subtopologyId, task.partition));
  }

  /**
   * Of those who had a standby of the task the one with the least load.
   * @param isStandby whether it is for a standby: not one whose process has the task already
   */
  standbyBefore(task: TaskId, isStandby: boolean): AssignorMember | undefined {
    const [first, ...others] = this.#hadStandby.get(taskKey(task.subtopologyId, task.partition)) ?? [];
    if (first === undefined) return undefined;
    let candidate = first;
    let processLoad = this.processOf(first).load;
    let memberLoad = this.processOf(first).countOf(first.memberId);
    for (const member of others) {
      const process = this.processOf(member);
      const isBetter =
        process.load < processLoad &&
        !(isStandby && process.has(task)) &&
        process.countOf(member.memberId) < memberLoad;
      if (!isBetter) continue;
      candidate = member;
      processLoad = process.load;
      memberLoad = process.countOf(member.memberId);
    }
    // As in Kafka, where the first one's process decides, whoever was chosen.
    return isStandby && this.processOf(first).has(task) ? undefined : candidate;
  }

  processesByLoad(): JavaPriorityQueue<ProcessState> {
    return new JavaPriorityQueue((a, b) => a.load - b.load, this.processes.values());
  }

  /** Counts a member's tasks after one was given to it. */
  given(count: number, isActive: boolean): void {
    if (isActive) this.active.reached(count);
    this.total.reached(count);
  }
}

/** An even share of what is left for the members that are not full yet. */
export class Quota {
  #tasks: number;
  #members: number;
  perMember: number;

  constructor(tasks: number, members: number) {
    this.#tasks = tasks;
    this.#members = members;
    this.perMember = share(tasks, members);
  }

  /** A member that has its share takes no further part. */
  reached(count: number): void {
    if (count !== this.perMember) return;
    this.#members--;
    this.#tasks -= count;
    this.perMember = share(this.#tasks, this.#members);
  }
}

function share(tasks: number, members: number): number {
  return members === 0 ? 0 : Math.ceil(tasks / members);
}

function keysOf(tasks: Assignment): string[] {
  return [...tasks].flatMap(([id, partitions]) => partitions.map((partition) => taskKey(id, partition)));
}
