// Tasks of a streams group: a subtopology and a partition each. They are active (they process), standby (they keep a copy
// of the state) or warm-up (they catch up before they take over; 4.3 assigns none yet).
import {
  type Assignment,
  ascending,
  NO_ASSIGNMENT,
  NOTHING_OWNED,
  type OwnedPartitions,
  sameAssignment,
} from '../modern/assignment.ts';

/** Partitions by subtopology id, those of each in ascending order; subtopologies without any are left out. */
export interface Tasks {
  readonly active: Assignment;
  readonly standby: Assignment;
  readonly warmup: Assignment;
}

/** What a member has: active tasks with the group epoch in which each was given to it (TasksTupleWithEpochs). */
export interface OwnedTasks {
  readonly active: OwnedPartitions;
  readonly standby: Assignment;
  readonly warmup: Assignment;
}

/** As requests, responses and records list tasks. */
export interface TaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export const NO_TASKS: Tasks = { active: NO_ASSIGNMENT, standby: NO_ASSIGNMENT, warmup: NO_ASSIGNMENT };
export const NO_OWNED_TASKS: OwnedTasks = { active: NOTHING_OWNED, standby: NO_ASSIGNMENT, warmup: NO_ASSIGNMENT };

export function tasksOf(ids: readonly TaskIds[]): Assignment {
  return new Map(ids.map(({ subtopologyId, partitions }) => [subtopologyId, ascending(new Set(partitions))]));
}

/** Sorted by subtopology, as Kafka writes and shows them. */
export function toTaskIds(tasks: Assignment): { subtopologyId: string; partitions: number[] }[] {
  return [...tasks]
    .map(([subtopologyId, partitions]) => ({ subtopologyId, partitions: [...partitions] }))
    .sort((a, b) => (a.subtopologyId < b.subtopologyId ? -1 : 1));
}

export function sameTasks(a: Tasks, b: Tasks): boolean {
  return (
    sameAssignment(a.active, b.active) && sameAssignment(a.standby, b.standby) && sameAssignment(a.warmup, b.warmup)
  );
}

export function sameOwned(a: OwnedTasks, b: OwnedTasks): boolean {
  const sameEpochs =
    a.active.size === b.active.size &&
    [...a.active].every(([subtopologyId, epochs]) => {
      const others = b.active.get(subtopologyId);
      return others?.size === epochs.size && [...epochs].every(([task, epoch]) => others.get(task) === epoch);
    });
  return sameEpochs && sameAssignment(a.standby, b.standby) && sameAssignment(a.warmup, b.warmup);
}

export function isEmpty({ active, standby, warmup }: OwnedTasks | Tasks): boolean {
  return active.size === 0 && standby.size === 0 && warmup.size === 0;
}

/** The partitions of each subtopology, whatever else is known of them. */
export function partitionsIn(tasks: Assignment | OwnedPartitions, subtopologyId: string): readonly number[] {
  const partitions = tasks.get(subtopologyId);
  if (partitions === undefined) return [];
  return 'keys' in partitions && partitions instanceof Map ? ascending(partitions.keys()) : (partitions as number[]);
}

/** Whether some of the tasks are among the others, each kind on its own. */
export function overlap(tasks: Tasks, others: OwnedTasks): boolean {
  return (['active', 'standby', 'warmup'] as const).some((kind) =>
    [...tasks[kind]].some(([subtopologyId, partitions]) => {
      const taken = partitionsIn(others[kind], subtopologyId);
      return partitions.some((partition) => taken.includes(partition));
    }),
  );
}

/** Whether all of the tasks are among the others. */
export function isContained(tasks: readonly TaskIds[], others: Assignment | OwnedPartitions): boolean {
  return tasks.every(({ subtopologyId, partitions }) => {
    if (!others.has(subtopologyId)) return false;
    const taken = partitionsIn(others, subtopologyId);
    return partitions.every((partition) => taken.includes(partition));
  });
}
