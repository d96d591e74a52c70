// What kafka-reassign-partitions does (ReassignPartitionsCommand). Each action prints as it goes and answers its JSON.
import type { Admin, Reassignment } from '../../client/admin.ts';
import { answer, moveData, type Print, placeOf, plural, TerseFailure } from './action.ts';
import { replicaMoves } from './moves.ts';
import { nameOf, type PlannedPartition, sorted } from './plan.ts';
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

/** `--cancel` */
export async function cancel(
  admin: Admin,
  plan: readonly PlannedPartition[],
  preserveThrottles: boolean,
  print: Print,
): Promise<unknown> {
  const planned = new Set(plan.map(nameOf));
  const active = (await answer(admin.listPartitionReassignments())).filter((one) => planned.has(nameOf(one)));
  if (active.length === 0) print('None of the specified partition reassignments are active.\n');
  else {
    const changes = active.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const failed = (await answer(admin.alterPartitionReassignments(changes))).filter(
      ({ error }) => error !== undefined,
    );
    if (failed.length > 0) {
      const lines = sorted(failed).map((one) => `${nameOf(one)}: ${one.error?.message}`);
      throw new TerseFailure(
        `Error cancelling partition reassignment${plural(active.length)} for:\n${lines.join('\n')}`,
      );
    }
    const list = sorted(active).map(nameOf).join(',');
    print(`Successfully cancelled partition reassignment${plural(active.length)} for: ${list}\n`);
  }
  const moves = (await answer(replicaMoves(admin, plan))).filter(({ isActive }) => isActive);
  for (const { broker, place, current } of moves)
    await answer(admin.alterReplicaLogDirs(broker, [{ ...place, path: current! }]));
  if (moves.length === 0) print('None of the specified partition moves are active.');
  else {
    const list = moves.map(({ broker, place }) => `${nameOf(place)}-${broker}`).join(',');
    print(`Successfully cancelled log directory movement${plural(moves.length)} for: ${list}\n`);
  }
  if (!preserveThrottles) await clearThrottles(admin, plan, print);
  return { partitions: sorted(active).map(placeOf), logDirMoves: moves.map(moveData) };
}
