// `--execute`: throttles first, then replicas move between brokers, and between directories.
import type { Admin } from '../../client/admin.ts';
import { commandFailed } from '../admin-exceptions.ts';
import { answer, failedOf, moveData, type Print, placeOf, plural, TerseFailure } from './action.ts';
import { currentOf } from './cluster-state.ts';
import {
  ANY_DIR,
  checkPlan,
  idSet,
  inHashOrder,
  nameOf,
  type PlannedPartition,
  placesIn,
  planText,
  sorted,
} from './plan.ts';
import { startMoves } from './start-moves.ts';
import { allMoves, type PartitionMove, throttleBrokers, throttleTopics } from './throttles.ts';

const names = (partitions: readonly PlannedPartition[]): string => sorted(partitions).map(nameOf).join(',');

export interface ExecuteOptions {
  readonly additional: boolean;
  readonly interBroker: number;
  readonly logDirs: number;
  readonly timeoutMs: number;
  readonly allowReplicationFactorChange: boolean;
}

/** `--execute` */
export async function execute(
  admin: Admin,
  plan: readonly PlannedPartition[],
  options: ExecuteOptions,
  print: Print,
): Promise<unknown> {
  checkPlan(plan);
  const ongoing = await answer(admin.listPartitionReassignments());
  if (!options.additional && ongoing.length > 0)
    throw new TerseFailure(
      'Cannot execute because there is an existing partition assignment.  Use --additional to override this and create a new partition assignment in addition to the existing one. The --additional flag can also be used to change the throttle by resubmitting the current reassignment.',
    );
  const live = (await answer(admin.describeCluster())).nodes.map(({ id }) => id);
  const unknown = idSet(inHashOrder(plan).flatMap(({ replicas }) => replicas)).find((id) => !live.includes(id));
  if (unknown !== undefined) throw commandFailed(`Unknown broker id ${unknown}`);
  const current = await currentOf(admin, plan);
  print(
    `Current partition replica assignment\n\n${planText(current)}\n\nSave this to use as the --reassignment-json-file option during rollback\n`,
  );
  await throttle(admin, allMoves(ongoing, current, plan), plan, options, print);
  const changes = plan.map(({ topic, partition, replicas }) => ({ topic, partition, replicas }));
  const { allowReplicationFactorChange } = options;
  const failed = await failedOf(changes, admin.alterPartitionReassignments(changes, { allowReplicationFactorChange }));
  if (failed.length > 0) throw new TerseFailure(`Error reassigning partition(s):\n${failed.join('\n')}`);
  print(`Successfully started partition reassignment${plural(plan.length)} for ${names(plan)}\n`);
  const moves = placesIn(plan);
  await startMoves(admin, moves, options.timeoutMs, print);
  const logDirMoves = moves.map(moveData);
  return { current: JSON.parse(planText(current)), partitions: sorted(plan).map(placeOf), logDirMoves };
}

async function throttle(
  admin: Admin,
  partitionMoves: readonly PartitionMove[],
  plan: readonly PlannedPartition[],
  { interBroker, logDirs }: ExecuteOptions,
  print: Print,
): Promise<void> {
  if (interBroker < 0 && logDirs < 0) return;
  print(
    'Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.\n',
  );
  if (interBroker >= 0) {
    await throttleTopics(admin, partitionMoves);
    const brokers = partitionMoves.flatMap(({ sources, destinations }) => [...sources, ...destinations]);
    await throttleBrokers(admin, [...new Set(brokers)], { interBroker, logDirs: -1 });
    print(`The inter-broker throttle limit was set to ${interBroker} B/s\n`);
  }
  if (logDirs < 0) return;
  const moving = plan.flatMap(({ replicas, logDirs: dirs }) => replicas.filter((_, i) => dirs[i] !== ANY_DIR));
  await throttleBrokers(admin, [...new Set(moving)], { interBroker: -1, logDirs });
  print(`The replica-alter-dir throttle limit was set to ${logDirs} B/s\n`);
}
