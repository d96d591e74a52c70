// What kafka-reassign-partitions does (ReassignPartitionsCommand). Each action prints as it goes and answers its JSON.
import type { Admin, Reassignment } from '../../client/admin.ts';
import { answer, failedOf, moveData, type Print, placeOf, plural, TerseFailure } from './action.ts';
import { replicaMoves } from './moves.ts';
import { nameOf, type PlannedPartition, sorted } from './plan.ts';
import { startMoves } from './start-moves.ts';
import { clearThrottles } from './throttles.ts';

export { execute } from './execute.ts';
export { generate } from './generate.ts';
export { verify } from './verify.ts';

/** `--list` */
export async function list(admin: Admin, print: Print): Promise<unknown> {
  const ongoing = sorted(await answer(admin.listPartitionReassignments()));
  const part = (what: string, ids: readonly number[]) => (ids.length > 0 ? ` ${what}: ${ids.join(',')}.` : '');
  const line = (one: Reassignment) =>
    `${nameOf(one)}: replicas: ${one.replicas.join(',')}.${part('adding', one.addingReplicas)}${part('removing', one.removingReplicas)}\n`;
  if (ongoing.length === 0) print('No partition reassignments found.\n');
  else print(`Current partition reassignments:\n${ongoing.map(line).join('')}`);
  return ongoing.map(({ topic, partition, replicas, addingReplicas, removingReplicas }) => ({
    ...{ topic, partition, replicas, addingReplicas, removingReplicas },
  }));
}

export interface CancelOptions {
  readonly preserveThrottles: boolean;
  /** How long to try to have replicas stay where they are, milliseconds. */
  readonly timeoutMs: number;
}

/** One that only adds replicas is not, whatever the reason: Kafka leaves it alone. */
const isCancelled = ({ addingReplicas, removingReplicas }: Reassignment): boolean =>
  addingReplicas.length === 0 || removingReplicas.length > 0;

/** `--cancel` */
export async function cancel(
  admin: Admin,
  plan: readonly PlannedPartition[],
  { preserveThrottles, timeoutMs }: CancelOptions,
  print: Print,
): Promise<unknown> {
  const planned = new Set(plan.map(nameOf));
  const active = (await answer(admin.listPartitionReassignments()))
    .filter((one) => planned.has(nameOf(one)))
    .filter(isCancelled);
  if (active.length === 0) print('None of the specified partition reassignments are active.\n');
  else {
    const changes = active.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const failed = await failedOf(changes, admin.alterPartitionReassignments(changes));
    if (failed.length > 0)
      throw new TerseFailure(
        `Error cancelling partition reassignment${plural(failed.length)} for:\n${failed.join('\n')}`,
      );
    const list = sorted(active).map(nameOf).join(',');
    print(`Successfully cancelled partition reassignment${plural(active.length)} for: ${list}\n`);
  }
  const moves = (await answer(replicaMoves(admin, plan))).filter(({ isActive }) => isActive);
  const back = moves.map(({ broker, place, current }) => ({ broker, place: { ...place, path: current! } }));
  if (moves.length === 0) print('None of the specified partition moves are active.');
  else await startMoves(admin, back, timeoutMs, print);
  if (!preserveThrottles) await clearThrottles(admin, plan, print);
  return { partitions: sorted(active).map(placeOf), logDirMoves: moves.map(moveData) };
}
