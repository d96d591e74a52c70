// Moves of replicas between log directories, as verify and cancel look at them (LogDirMoveState).
import type { Admin, ReplicaPlace } from '../../client/admin.ts';
import { replicaDirs } from './cluster-state.ts';
import { ANY_DIR, nameOf, type PlannedPartition, sorted } from './plan.ts';

export interface ReplicaMove {
  readonly broker: number;
  readonly place: ReplicaPlace;
  readonly current: string | undefined;
  /** Where it is on its way to. */
  readonly future: string | undefined;
  readonly isActive: boolean;
  /** `offline`: on no log directory of the broker that is there. */
  readonly state: 'completed' | 'inProgress' | 'different' | 'offline';
  /** What verify says of it. */
  readonly text: string;
}

/** The moves that a plan asks for, by broker, topic and partition. */
export async function replicaMoves(
  admin: Pick<Admin, 'describeLogDirs' | 'describeCluster'>,
  plan: readonly PlannedPartition[],
): Promise<ReplicaMove[]> {
  const wanted = sorted(plan)
    .flatMap(({ topic, partition, replicas, logDirs }) =>
      replicas.flatMap((broker, i) =>
        logDirs[i] === ANY_DIR ? [] : [{ broker, place: { topic, partition, path: logDirs[i]! } }],
      ),
    )
    .sort((a, b) => a.broker - b.broker);
  if (wanted.length === 0) return [];
  const dirs = await replicaDirs(
    admin,
    wanted.map(({ broker }) => broker),
  );
  return wanted.map(({ broker, place }) => {
    const { current, future } = dirs(broker, place);
    const isActive = current !== undefined && future !== undefined;
    const text = textOf(broker, place, current, future);
    return { broker, place, current, future, isActive, state: stateOf(place, current, future), text };
  });
}

function stateOf({ path: target }: ReplicaPlace, current?: string, future?: string): ReplicaMove['state'] {
  if (current === undefined && future === undefined) return 'offline';
  if (future === target) return 'inProgress';
  return future === undefined && current === target ? 'completed' : 'different';
}

function textOf(broker: number, place: ReplicaPlace, current?: string, future?: string): string {
  const name = nameOf(place);
  const { path: target } = place;
  if (current === undefined && future === undefined)
    return `Partition ${name} is not found in any live log dir on broker ${broker}. There is likely an offline log directory on the broker.`;
  if (future === target) return `Reassignment of replica ${name}-${broker} is still in progress.`;
  if (future !== undefined)
    return `Partition ${name} on broker ${broker} is being moved to log dir ${future} instead of ${target}.`;
  return current === target
    ? `Reassignment of replica ${name}-${broker} completed successfully.`
    : `Partition ${name} on broker ${broker} is not being moved from log dir ${current} to ${target}.`;
}
