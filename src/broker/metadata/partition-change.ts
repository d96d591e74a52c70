// What becomes of a partition when brokers come and go, leaders are elected, replicas move: the fields of the one record
// that says so. Follows org.apache.kafka.controller.PartitionChangeBuilder of 4.3, eligible leader replicas included.
import type { PartitionImage } from './image.ts';

/** `online`: whoever may; `preferred`: the first replica before the leader of now; `unclean`: out of the ISR if need be. */
export type Election = 'online' | 'preferred' | 'unclean';

/** What is wanted; what is left out stays. */
export interface PartitionGoal {
  readonly isr?: readonly number[];
  readonly replicas?: readonly number[];
  readonly adding?: readonly number[];
  readonly removing?: readonly number[];
  readonly election?: Election;
}

export interface PartitionRules {
  /** Whether a broker may lead: it is registered, not fenced, not shutting down. */
  readonly mayLead: (brokerId: number) => boolean;
  /** min.insync.replicas of the topic. */
  readonly minIsr: number;
  /** eligible.leader.replicas.version is at least 1. */
  readonly elrEnabled: boolean;
}

/** Fields of a PartitionChangeRecord. */
export interface PartitionChange {
  isr?: readonly number[];
  leader?: number;
  replicas?: readonly number[];
  addingReplicas?: readonly number[];
  removingReplicas?: readonly number[];
  eligibleLeaderReplicas?: readonly number[];
  lastKnownElr?: readonly number[];
}

export const NO_LEADER = -1;

interface Target {
  isr: readonly number[];
  replicas: readonly number[];
  adding: readonly number[];
  removing: readonly number[];
  elr: readonly number[];
  lastKnownElr: readonly number[];
}

interface Elected {
  readonly leader: number;
  readonly unclean: boolean;
}

/** The change that brings the partition to its goal; undefined if there is nothing to change. */
export function changeOf(
  partition: PartitionImage,
  goal: PartitionGoal,
  rules: PartitionRules,
): PartitionChange | undefined {
  const target = targetOf(partition, goal);
  completeReassignment(target);
  populateElr(partition, target, rules);
  const { leader, unclean } = elect(partition, target, goal.election ?? 'online', rules);
  const change: PartitionChange = {};
  if (leader !== partition.leader) {
    change.leader = leader;
    if (leader !== NO_LEADER && !target.isr.includes(leader)) {
      target.isr = [leader];
      target.elr = unclean ? [] : without(target.elr, [leader]);
      target.lastKnownElr = [];
    }
  }
  if (!same(target.isr, partition.isr) && (target.isr.length > 0 || rules.elrEnabled)) change.isr = target.isr;
  if (!same(target.replicas, partition.replicas)) change.replicas = target.replicas;
  if (!same(target.adding, partition.adding)) change.addingReplicas = target.adding;
  if (!same(target.removing, partition.removing)) change.removingReplicas = target.removing;
  if (rules.elrEnabled && change.isr?.length === 0 && partition.leader !== NO_LEADER)
    target.lastKnownElr = [partition.leader];
  if (!same(target.elr, partition.elr)) change.eligibleLeaderReplicas = target.elr;
  if (!same(target.lastKnownElr, partition.lastKnownElr)) change.lastKnownElr = target.lastKnownElr;
  // Replicas that went must not take the leader of now for theirs.
  const lost = partition.replicas.some((id) => !target.replicas.includes(id));
  if (lost && change.leader === undefined) change.leader = partition.leader;
  return Object.keys(change).length > 0 ? change : undefined;
}

function targetOf(partition: PartitionImage, goal: PartitionGoal): Target {
  return {
    isr: goal.isr ?? partition.isr,
    replicas: goal.replicas ?? partition.replicas,
    adding: goal.adding ?? partition.adding ?? [],
    removing: goal.removing ?? partition.removing ?? [],
    elr: partition.elr ?? [],
    lastKnownElr: partition.lastKnownElr ?? [],
  };
}

/** PartitionReassignmentReplicas.maybeCompleteReassignment: all new replicas are in sync, and something is left of the ISR. */
function completeReassignment(target: Target): void {
  if (target.adding.length === 0 && target.removing.length === 0) return;
  const isr = without(target.isr, target.removing);
  if (isr.length === 0 || target.adding.some((id) => !isr.includes(id))) return;
  target.isr = isr;
  target.replicas = without(target.replicas, target.removing);
  target.elr = without(target.elr, target.removing);
  target.adding = [];
  target.removing = [];
}

/** Who leaves an ISR that is too small stays eligible, for as long as it is. */
function populateElr(partition: PartitionImage, target: Target, { minIsr, elrEnabled }: PartitionRules): void {
  if (!elrEnabled || target.isr.length >= Math.min(minIsr, target.replicas.length)) {
    target.elr = [];
    target.lastKnownElr = [];
    return;
  }
  const candidates = [...new Set([...(partition.elr ?? []), ...partition.isr])];
  target.elr = without(candidates, target.isr).filter((id) => target.replicas.includes(id));
}

function elect(partition: PartitionImage, target: Target, election: Election, rules: PartitionRules): Elected {
  const { mayLead, elrEnabled } = rules;
  const isValid = (id: number) =>
    (target.isr.includes(id) || (elrEnabled && target.elr.includes(id))) && target.replicas.includes(id) && mayLead(id);
  const clean = (leader: number): Elected => ({ leader, unclean: false });
  const [preferred] = target.replicas;
  if (election === 'preferred' && preferred !== undefined && isValid(preferred)) return clean(preferred);
  if (isValid(partition.leader)) return clean(partition.leader);
  const online = target.replicas.find(isValid);
  if (online !== undefined) return clean(online);
  const anyone = election === 'unclean' ? target.replicas.find(mayLead) : undefined;
  const last = lastKnownLeader(target, rules) ?? anyone;
  return last === undefined ? clean(NO_LEADER) : { leader: last, unclean: true };
}

/** PartitionChangeBuilder.canElectLastKnownLeader: nobody is left but the one who led last. */
function lastKnownLeader(target: Target, { mayLead, elrEnabled }: PartitionRules): number | undefined {
  if (!elrEnabled || target.elr.length > 0 || target.isr.length > 0 || target.lastKnownElr.length !== 1)
    return undefined;
  return target.lastKnownElr.find(mayLead);
}

/** Those of `ids` that are not in `others`. */
export function without<Id extends number | string>(ids: readonly Id[], others: readonly Id[]): Id[] {
  return ids.filter((id) => !others.includes(id));
}

function same(a: readonly number[], b: readonly number[] | undefined): boolean {
  return a.length === (b?.length ?? 0) && a.every((id, at) => id === b?.[at]);
}
