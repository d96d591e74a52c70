// `--execute`: throttles first, then replicas move between brokers, and between directories.
import type { Admin } from '../../client/admin.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { commandFailed } from '../admin-exceptions.ts';
import { answer, moveData, type Print, placeOf, plural, TerseFailure } from './action.ts';
import { currentOf, execution } from './cluster-state.ts';
import { type ReplicaMove, replicaMoves } from './moves.ts';
import { ANY_DIR, checkPlan, nameOf, type PlannedPartition, planText, sorted } from './plan.ts';
import { throttleBrokers, throttleTopics } from './throttles.ts';

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
  if (!options.additional && (await answer(admin.listPartitionReassignments())).length > 0)
    throw new TerseFailure(
      'Cannot execute because there is an existing partition assignment.  Use --additional to override this and create a new partition assignment in addition to the existing one. The --additional flag can also be used to change the throttle by resubmitting the current reassignment.',
    );
  const live = (await answer(admin.describeCluster())).nodes.map(({ id }) => id);
  const unknown = plan.flatMap(({ replicas }) => replicas).find((id) => !live.includes(id));
  if (unknown !== undefined) throw commandFailed(`Unknown broker id ${unknown}`);
  const current = await currentOf(admin, plan);
  print(
    `Current partition replica assignment\n\n${planText(current)}\n\nSave this to use as the --reassignment-json-file option during rollback\n`,
  );
  await throttle(admin, current, plan, options, print);
  const changes = plan.map(({ topic, partition, replicas }) => ({ topic, partition, replicas }));
  const { allowReplicationFactorChange } = options;
  const outcomes = await answer(admin.alterPartitionReassignments(changes, { allowReplicationFactorChange }));
  const failed = outcomes.filter(({ error }) => error !== undefined);
  if (failed.length > 0) {
    const lines = sorted(failed).map((one) => `${nameOf(one)}: ${one.error?.message}`);
    throw new TerseFailure(`Error reassigning partition(s):\n${lines.join('\n')}`);
  }
  print(`Successfully started partition reassignment${plural(plan.length)} for ${names(plan)}\n`);
  const moves = await startMoves(admin, plan, options.timeoutMs, print);
  return { current: JSON.parse(planText(current)), partitions: sorted(plan).map(placeOf), logDirMoves: moves };
}

async function throttle(
  admin: Admin,
  current: readonly PlannedPartition[],
  plan: readonly PlannedPartition[],
  { interBroker, logDirs }: ExecuteOptions,
  print: Print,
): Promise<void> {
  if (interBroker < 0 && logDirs < 0) return;
  print(
    'Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.\n',
  );
  const brokers = (partitions: readonly PlannedPartition[]) => partitions.flatMap(({ replicas }) => replicas);
  if (interBroker >= 0) {
    await throttleTopics(admin, current, plan);
    await throttleBrokers(admin, [...new Set([...brokers(current), ...brokers(plan)])], { interBroker, logDirs: -1 });
    print(`The inter-broker throttle limit was set to ${interBroker} B/s\n`);
  }
  if (logDirs < 0) return;
  const moving = plan.flatMap(({ replicas, logDirs: dirs }) => replicas.filter((_, i) => dirs[i] !== ANY_DIR));
  await throttleBrokers(admin, [...new Set(moving)], { interBroker: -1, logDirs });
  print(`The replica-alter-dir throttle limit was set to ${logDirs} B/s\n`);
}

const RETRY_MS = 100;

async function startMoves(
  admin: Admin,
  plan: readonly PlannedPartition[],
  timeoutMs: number,
  print: Print,
): Promise<object[]> {
  const wanted = (await replicaMoves(admin, plan)).map(({ broker, place }) => ({ broker, place }));
  let open: Move[] = wanted;
  for (let left = timeoutMs; open.length > 0; left -= RETRY_MS) {
    const later = await startEach(admin, open, print);
    open = later;
    if (open.length === 0) break;
    if (left <= 0) {
      const missing = open.map(({ broker, place }) => `${nameOf(place)}-${broker}`);
      throw new TerseFailure(
        `Timed out before log directory move${plural(open.length)} could be started for ${missing.join(',')}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return wanted.map(moveData);
}

type Move = Pick<ReplicaMove, 'broker' | 'place'>;

/** Says which moves have begun once it is known of all that none has failed. @returns those that cannot begin yet */
async function startEach(admin: Admin, moves: readonly Move[], print: Print): Promise<Move[]> {
  const started: Move[] = [];
  const later: Move[] = [];
  for (const move of moves) {
    const { broker, place } = move;
    const [outcome] = await answer(admin.alterReplicaLogDirs(broker, [place]));
    if (outcome?.error?.code === ErrorCode.REPLICA_NOT_AVAILABLE) later.push(move);
    else if (outcome?.error) {
      const failure = commandFailed(`Failed to alter dir for ${nameOf(place)}-${broker}`);
      throw Object.assign(failure, { cause: execution(outcome.error) });
    } else started.push(move);
  }
  for (const { broker, place } of started)
    print(
      `Successfully started moving log directory to ${place.path} for replica ${nameOf(place)} with broker ${broker} \n`,
    );
  return later;
}
