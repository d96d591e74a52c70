// State of one streams group (StreamsGroup, KIP-1071). It is what its changes have made of it, whether they come from
// requests or are read back, and a few things that are not on record.
import { ModernGroup } from '../modern/modern-group.ts';
import type { Change } from './changes.ts';
import { type GroupMember, NEW_MEMBER } from './group-member.ts';
import { NO_OWNED_TASKS, NO_TASKS, partitionsIn, type Tasks } from './tasks.ts';
import type { ConfiguredTopology } from './topics/configured-topology.ts';
import { readerOf, type Topology } from './topology.ts';

export type StreamsGroupState = 'Empty' | 'NotReady' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

const GONE = -1;

export class StreamsGroup extends ModernGroup<GroupMember, Tasks> {
  /** Epoch of the topology whose topics were found to be right. */
  validatedTopologyEpoch = 0;
  assignmentConfigs: ReadonlyMap<string, string> = new Map();
  topology: Topology | null = null;

  // Not on record.
  /** The topology with its internal topics and numbers of tasks, as the topics were when it was looked at last. */
  configured: ConfiguredTopology | null = null;
  /** Who asked the whole application to end; forgotten when the group is empty. */
  shutdownMemberId: string | null = null;
  /** Grows when the tasks of a member with an endpoint change. */
  endpointEpoch = 0;

  override get state(): StreamsGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.topology?.epoch !== this.validatedTopologyEpoch) return 'NotReady';
    if (this.epoch > this.targetEpoch) return 'Assigning';
    const isReconciled = [...this.members.values()].every((member) => isReconciledTo(member, this.targetEpoch));
    return isReconciled ? 'Stable' : 'Reconciling';
  }

  target(memberId: string): Tasks {
    return this.targets.get(memberId) ?? NO_TASKS;
  }

  override isSubscribedTo(topic: string): boolean {
    if (this.members.size === 0 || this.topology === null) return false;
    return readerOf(this.topology, topic) !== undefined;
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'epoch':
        this.applyCommon(change);
        this.validatedTopologyEpoch = change.value?.validatedTopologyEpoch ?? 0;
        this.assignmentConfigs = change.value?.assignmentConfigs ?? new Map();
        break;
      case 'topology':
        this.topology = change.value;
        break;
      case 'target-epoch':
        this.applyCommon(change);
        if (change.value === null) this.targetEpoch = GONE;
        break;
      case 'target':
        this.applyCommon(change);
        break;
      case 'member':
      case 'current':
        this.#applyToMember(change);
    }
    if (this.members.size === 0) this.shutdownMemberId = null;
  }

  #applyToMember(change: Extract<Change, { kind: 'member' | 'current' }>): void {
    const { memberId } = change;
    const member = this.members.get(memberId);
    if (change.kind === 'member' && change.value === null) this.members.delete(memberId);
    else if (change.value === null) {
      if (member) this.members.set(memberId, { ...member, ...NO_CURRENT });
    } else this.members.set(memberId, { ...NEW_MEMBER, ...member, memberId, ...change.value });
  }
}

/** Without a record of what it has, a member counts as gone. */
const NO_CURRENT = {
  epoch: GONE,
  previousEpoch: GONE,
  assigned: NO_OWNED_TASKS,
  pendingRevocation: NO_OWNED_TASKS,
} as const;

export function isReconciledTo({ state, epoch }: GroupMember, targetEpoch: number): boolean {
  return state === 'Stable' && epoch === targetEpoch;
}

/** Which processes have a task, or have not given it up yet, by `subtopology/partition`. */
export interface TaskHolders {
  readonly active: ReadonlyMap<string, string>;
  readonly standby: ReadonlyMap<string, ReadonlySet<string>>;
  readonly warmup: ReadonlyMap<string, ReadonlySet<string>>;
}

export function holdersOf({ members }: StreamsGroup): TaskHolders {
  const active = new Map<string, string>();
  const copies = { standby: new Map<string, Set<string>>(), warmup: new Map<string, Set<string>>() };
  for (const { assigned, pendingRevocation, processId } of members.values()) {
    for (const tasks of [assigned, pendingRevocation]) {
      for (const task of keysOf(tasks.active)) active.set(task, processId);
      for (const kind of ['standby', 'warmup'] as const) {
        for (const task of keysOf(tasks[kind])) {
          copies[kind].set(task, (copies[kind].get(task) ?? new Set()).add(processId));
        }
      }
    }
  }
  return { active, ...copies };
}

export function taskKey(subtopologyId: string, partition: number): string {
  return `${subtopologyId}/${partition}`;
}

function keysOf(tasks: Parameters<typeof partitionsIn>[0]): string[] {
  return [...tasks.keys()].flatMap((id) => partitionsIn(tasks, id).map((partition) => taskKey(id, partition)));
}
