// One step of a member towards its target assignment (CurrentAssignmentBuilder): what it has to give up comes before
// what it gets; nobody gets an active task that another one has not given up, and no process has a task twice.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import { type Assignment, ascending, type OwnedPartitions } from '../modern/assignment.ts';
import type { CurrentAssignment, GroupMember } from './group-member.ts';
import { type TaskHolders, taskKey } from './streams-group.ts';
import { isEmpty, NO_OWNED_TASKS, type OwnedTasks, overlap, partitionsIn, type Tasks } from './tasks.ts';

export interface Goal {
  readonly targetEpoch: number;
  readonly target: Tasks;
  /** What the member says that it has; null if it says nothing. */
  readonly reported: Tasks | null;
  /** As the group was before this request. */
  readonly holders: TaskHolders;
}

/** The next state of a member; the same object if nothing changes. @throws KafkaError FENCED_MEMBER_EPOCH */
export function reconcile(member: GroupMember, goal: Goal): CurrentAssignment {
  switch (member.state) {
    case 'Stable':
      return member.epoch === goal.targetEpoch ? member : advance(member, member.epoch, goal);
    case 'UnrevokedTasks':
      if (goal.reported === null || overlap(goal.reported, member.pendingRevocation)) return member;
      return advance(member, member.epoch + 1, goal);
    case 'UnreleasedTasks':
      return advance(member, member.epoch, goal);
    default: {
      // Written by a later version: only a member that has nothing can go on.
      if (goal.reported !== null && isEmpty(goal.reported)) return advance(member, goal.targetEpoch, goal);
      const text = 'The streams group member is in a unknown state. The member must abandon all its tasks and rejoin.';
      throw new KafkaError(ErrorCode.FENCED_MEMBER_EPOCH, text);
    }
  }
}

function advance(member: GroupMember, epochWhileRevoking: number, goal: Goal): CurrentAssignment {
  const { target, targetEpoch, reported, holders } = goal;
  const { processId, assigned } = member;
  const inProcess = (task: string) =>
    holders.standby.get(task)?.has(processId) || holders.warmup.get(task)?.has(processId) || false;
  const isActiveTaken = (task: string) => holders.active.has(task) || inProcess(task);
  const isCopyTaken = (task: string) => holders.active.get(task) === processId || inProcess(task);

  const active = difference(assigned.active, target.active, isActiveTaken);
  const standby = difference(assigned.standby, target.standby, isCopyTaken);
  const warmup = difference(assigned.warmup, target.warmup, isCopyTaken);
  const revoked: OwnedTasks = {
    active: withEpochs(active.revoked, assigned.active, targetEpoch),
    standby: standby.revoked,
    warmup: warmup.revoked,
  };
  const previousEpoch = member.epoch;
  if (!isEmpty(revoked) && (reported === null || overlap(reported, revoked))) {
    const kept = {
      active: withEpochs(active.kept, assigned.active, targetEpoch),
      standby: standby.kept,
      warmup: warmup.kept,
    };
    const epoch = epochWhileRevoking;
    return { state: 'UnrevokedTasks', epoch, previousEpoch, assigned: kept, pendingRevocation: revoked };
  }
  const isSomeTaken = active.isSomeTaken || standby.isSomeTaken || warmup.isSomeTaken;
  return {
    state: isSomeTaken ? 'UnreleasedTasks' : 'Stable',
    epoch: targetEpoch,
    previousEpoch,
    assigned: {
      active: withEpochs(active.next, assigned.active, targetEpoch),
      standby: standby.next,
      warmup: warmup.next,
    },
    pendingRevocation: NO_OWNED_TASKS,
  };
}

interface Difference {
  /** What the member has and keeps. */
  readonly kept: Assignment;
  readonly revoked: Assignment;
  /** What it keeps, with what is free of the rest. */
  readonly next: Assignment;
  /** Whether something of the rest is not free. */
  readonly isSomeTaken: boolean;
}

function difference(
  has: Assignment | OwnedPartitions,
  target: Assignment,
  isTaken: (task: string) => boolean,
): Difference {
  const kept = new Map<string, number[]>();
  const revoked = new Map<string, number[]>();
  const next = new Map<string, number[]>();
  let isSomeTaken = false;
  const put = (tasks: Map<string, number[]>, id: string, partitions: number[]) => {
    if (partitions.length > 0) tasks.set(id, partitions);
  };
  for (const id of new Set([...target.keys(), ...has.keys()])) {
    const before = partitionsIn(has, id);
    const wanted = target.get(id) ?? [];
    const missing = wanted.filter((partition) => !before.includes(partition));
    const free = missing.filter((partition) => !isTaken(taskKey(id, partition)));
    const stays = before.filter((partition) => wanted.includes(partition));
    isSomeTaken ||= free.length < missing.length;
    put(kept, id, stays);
    put(
      revoked,
      id,
      before.filter((partition) => !wanted.includes(partition)),
    );
    put(next, id, ascending([...stays, ...free]));
  }
  return { kept, revoked, next, isSomeTaken };
}

/** Tasks that the member had keep their epoch. */
function withEpochs(tasks: Assignment, before: OwnedPartitions, epoch: number): OwnedPartitions {
  return new Map(
    [...tasks].map(([id, partitions]) => [
      id,
      new Map(partitions.map((partition) => [partition, before.get(id)?.get(partition) ?? epoch])),
    ]),
  );
}
