// Moves of replicas between log directories, as verify and cancel look at them (LogDirMoveState).
import type { Admin, ReplicaPlace } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { execution, replicaDirs } from './cluster-state.ts';
import { nameOf, type PlannedPartition, placesIn } from './plan.ts';

export interface ReplicaMove {
  readonly broker: number;
  readonly place: ReplicaPlace;
  readonly current: string | undefined;
  /** Where it is on its way to. */
  readonly future: string | undefined;
  readonly isActive: boolean;
  /** Nothing goes on, and the replica is on a log directory that is there. */
  readonly isOver: boolean;
  /** `offline`: on no log directory of the broker that is there. */
  readonly state: 'completed' | 'inProgress' | 'different' | 'offline';
  /** What verify says of it. */
  readonly text: string;
}

/** The moves that a plan asks for, by broker, topic and partition. @throws JavaException for brokers that are away: Kafka's client waits for them */
export async function replicaMoves(
  admin: Pick<Admin, 'describeLogDirs' | 'describeCluster'>,
  plan: readonly PlannedPartition[],
): Promise<ReplicaMove[]> {
  const wanted = placesIn(plan);
  if (wanted.length === 0) return [];
  const ids = wanted.map(({ broker }) => broker);
  const live = (await admin.describeCluster()).nodes.map(({ id }) => id);
  if (ids.some((id) => !live.includes(id))) {
    const text = 'Timed out waiting for a node assignment. Call: describeReplicaLogDirs';
    throw execution(new KafkaError(ErrorCode.REQUEST_TIMED_OUT, text));
  }
  const dirs = await replicaDirs(admin, ids);
  return wanted.map(({ broker, place }) => {
    const { current, future } = dirs(broker, place);
    const isActive = current !== undefined && future !== undefined;
    const isOver = current !== undefined && future === undefined;
    const text = textOf(broker, place, current, future);
    return { broker, place, current, future, isActive, isOver, state: stateOf(place, current, future), text };
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
