export interface TaskId {
  readonly subtopologyId: string;
  readonly partition: number;
}

export function byPartition(a: TaskId, b: TaskId): number {
  return a.partition - b.partition || bySubtopologyId(a, b);
}

export function bySubtopology(a: TaskId, b: TaskId): number {
  return bySubtopologyId(a, b) || a.partition - b.partition;
}

function bySubtopologyId(a: TaskId, b: TaskId): number {
  return a.subtopologyId === b.subtopologyId ? 0 : a.subtopologyId < b.subtopologyId ? -1 : 1;
}
