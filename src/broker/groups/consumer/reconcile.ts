// One step of a member towards its target assignment (CurrentAssignmentBuilder): what it has to give up comes before
// what it gets, and nobody gets what another one has not given up.
import {
  type Assignment,
  ascending,
  filterOwned,
  isOwned,
  mergeOwned,
  NOTHING_OWNED,
  type OwnedPartitions,
  type TopicPartitions,
} from '../modern/assignment.ts';
import type { CurrentAssignment } from './group-member.ts';

export interface Goal {
  readonly targetEpoch: number;
  readonly target: Assignment;
  /** Ids of the topics that the member is subscribed to: of others it keeps nothing. */
  readonly subscribed: ReadonlySet<string>;
  /** Whether the subscription has changed with this request. */
  readonly subscriptionChanged: boolean;
  /** What the member says that it has; null if it says nothing. */
  readonly reported: readonly TopicPartitions[] | null;
  /** Whether somebody has the partition or has not given it up. */
  isTaken(topicId: string, partition: number): boolean;
}

/** The next state of a member; the same object if nothing changes. */
export function reconcile(member: CurrentAssignment, goal: Goal): CurrentAssignment {
  switch (member.state) {
    case 'Stable':
      if (member.epoch !== goal.targetEpoch) return advance(member, goal);
      return goal.subscriptionChanged ? dropUnsubscribed(member, goal) : member;
    case 'UnrevokedPartitions':
      if (!stillHas(goal.reported, member.pendingRevocation)) return advance(member, goal);
      return goal.subscriptionChanged ? dropUnsubscribed(member, goal) : member;
    default:
      return advance(member, goal);
  }
}

/** Who does not say what it has is taken to have it all still. */
function stillHas(reported: Goal['reported'], revoked: OwnedPartitions): boolean {
  if (reported === null) return true;
  return reported.some(({ topicId, partitions }) => partitions.some((one) => isOwned(revoked, topicId, one)));
}

function dropUnsubscribed(member: CurrentAssignment, { subscribed, reported }: Goal): CurrentAssignment {
  const assigned = filterOwned(member.assigned, (topicId) => subscribed.has(topicId));
  if (assigned.size === member.assigned.size) return member;
  const dropped = filterOwned(member.assigned, (topicId) => !subscribed.has(topicId));
  const pendingRevocation = mergeOwned(member.pendingRevocation, dropped);
  if (!stillHas(reported, pendingRevocation)) return next(member, { assigned });
  return next(member, { state: 'UnrevokedPartitions', assigned, pendingRevocation });
}

function advance(member: CurrentAssignment, goal: Goal): CurrentAssignment {
  const target = new Map([...goal.target].filter(([topicId]) => goal.subscribed.has(topicId)));
  const isTarget = (topicId: string, partition: number) => target.get(topicId)?.includes(partition) ?? false;
  const kept = filterOwned(member.assigned, isTarget);
  const revoked = filterOwned(member.assigned, (topicId, partition) => !isTarget(topicId, partition));
  if (revoked.size > 0 && stillHas(goal.reported, revoked)) {
    return next(member, { state: 'UnrevokedPartitions', assigned: kept, pendingRevocation: revoked });
  }
  const { free, isSomeTaken } = missing(member, target, goal);
  return next(member, {
    state: isSomeTaken ? 'UnreleasedPartitions' : 'Stable',
    epoch: goal.targetEpoch,
    assigned: mergeOwned(kept, free),
    pendingRevocation: NOTHING_OWNED,
  });
}

/** What the member should have and has not: what is free of it, and whether more is not. */
function missing(
  member: CurrentAssignment,
  target: Assignment,
  { targetEpoch, isTaken }: Goal,
): { free: OwnedPartitions; isSomeTaken: boolean } {
  const free = new Map<string, Map<number, number>>();
  let isSomeTaken = false;
  for (const [topicId, partitions] of target) {
    for (const partition of ascending(partitions)) {
      if (isOwned(member.assigned, topicId, partition)) continue;
      if (isTaken(topicId, partition) && !isOwned(member.pendingRevocation, topicId, partition)) {
        isSomeTaken = true;
        continue;
      }
      free.set(topicId, (free.get(topicId) ?? new Map<number, number>()).set(partition, targetEpoch));
    }
  }
  return { free, isSomeTaken };
}

/** Taking a new epoch, or the same one again, makes the one before it the previous one. */
function next(member: CurrentAssignment, change: Partial<CurrentAssignment>): CurrentAssignment {
  const { epoch, state, assigned, pendingRevocation } = member;
  return { epoch, previousEpoch: epoch, state, assigned, pendingRevocation, ...change };
}
