// What one application instance has been given so far (ProcessState): its members are its stream threads.
import { hashMapOrder, javaStringHash } from '../../../../util/java-hash.ts';
import { JavaPriorityQueue } from '../../../../util/java-priority-queue.ts';
import { taskKey } from '../streams-group.ts';
import type { TaskId } from './task-id.ts';

export class ProcessState {
  readonly processId: string;
  readonly active = new Map<string, TaskId[]>();
  readonly standby = new Map<string, TaskId[]>();
  readonly #counts = new Map<string, number>();
  readonly #tasks = new Set<string>();
  #taskCount = 0;
  #byLoad: JavaPriorityQueue<{ memberId: string; count: number }> | undefined;

  constructor(processId: string) {
    this.processId = processId;
  }

  addMember(memberId: string): void {
    this.#counts.set(memberId, 0);
  }

  /** Tasks a thread. */
  get load(): number {
    return this.#taskCount / this.#counts.size;
  }

  /** Tasks of a member, of all kinds. */
  countOf(memberId: string): number {
    return this.#counts.get(memberId)!;
  }

  has({ subtopologyId, partition }: TaskId): boolean {
    return this.#tasks.has(taskKey(subtopologyId, partition));
  }

  /** Returns how many tasks the member has then. */
  add(memberId: string, task: TaskId, isActive: boolean): number {
    this.#byLoad = undefined;
    return this.#give(memberId, task, isActive);
  }

  addToLeastLoaded(task: TaskId, isActive: boolean): number {
    if (this.#counts.size === 1) return this.#give([...this.#counts.keys()][0]!, task, isActive);
    this.#byLoad ??= new JavaPriorityQueue(
      (a, b) => a.count - b.count,
      hashMapOrder(this.#counts, ([memberId]) => javaStringHash(memberId)).map(([memberId, count]) => ({
        memberId,
        count,
      })),
    );
    const member = this.#byLoad.poll()!;
    member.count = this.#give(member.memberId, task, isActive);
    this.#byLoad.add(member);
    return member.count;
  }

  #give(memberId: string, task: TaskId, isActive: boolean): number {
    const given = isActive ? this.active : this.standby;
    given.set(memberId, [...(given.get(memberId) ?? []), task]);
    this.#tasks.add(taskKey(task.subtopologyId, task.partition));
    this.#taskCount++;
    const count = this.countOf(memberId) + 1;
    this.#counts.set(memberId, count);
    return count;
  }
}
