// What kafka-reassign-partitions does (ReassignPartitionsCommand). Each action prints as it goes and answers its JSON.
import type { Admin, Reassignment, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { commandFailed } from '../admin-exceptions.ts';
import { JavaException } from '../java-exception.ts';
import { currentAssignment, currentOf, execution } from './cluster-state.ts';
import { type ReplicaMove, replicaMoves } from './moves.ts';
import { ANY_DIR, checkPlan, duplicates, nameOf, type PlannedPartition, planText, sorted } from './plan.ts';
import { clearThrottles, throttleBrokers, throttleTopics } from './throttles.ts';

export type Print = (text: string) => void;

/** A failure that the script reports by its message alone. */
export class TerseFailure extends Error {}

const plural = (count: number): string => (count === 1 ? '' : 's');
const placeOf = ({ topic, partition }: TopicPartition) => ({ topic, partition });
const moveData = ({ broker, place: { topic, partition, path } }: Pick<ReplicaMove, 'broker' | 'place'>) => ({
  ...{ topic, partition, broker, logDir: path },
});
const names = (partitions: readonly PlannedPartition[]): string => sorted(partitions).map(nameOf).join(',');

/** Waits for the answer of a call; a failure is wrapped as that of a future. */
async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof KafkaError ? execution(error) : error;
  }
}

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
  let open = wanted;
  for (let left = timeoutMs; open.length > 0; left -= RETRY_MS) {
    const later: typeof open = [];
    for (const one of open) {
      const [outcome] = await answer(admin.alterReplicaLogDirs(one.broker, [one.place]));
      const { broker, place } = one;
      if (outcome?.error?.code === ErrorCode.REPLICA_NOT_AVAILABLE) later.push(one);
      else if (outcome?.error) {
        const failure = commandFailed(`Failed to alter dir for ${nameOf(place)}-${broker}`);
        throw Object.assign(failure, { cause: execution(outcome.error) });
      } else
        print(
          `Successfully started moving log directory to ${place.path} for replica ${nameOf(place)} with broker ${broker} \n`,
        );
    }
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

/** What verify says of a partition. */
interface PartitionState extends TopicPartition {
  readonly state: 'completed' | 'inProgress' | 'different';
  readonly replicas: readonly number[];
  readonly targetReplicas: readonly number[];
}

function stateText({ state, replicas, targetReplicas, ...place }: PartitionState): string {
  if (state === 'inProgress') return `Reassignment of partition ${nameOf(place)} is still in progress.`;
  if (state === 'completed') return `Reassignment of partition ${nameOf(place)} is completed.`;
  return `There is no active reassignment of partition ${nameOf(place)}, but replica set is ${replicas} rather than ${targetReplicas}.`;
}

/** `--verify` */
export async function verify(
  admin: Admin,
  plan: readonly PlannedPartition[],
  preserveThrottles: boolean,
  print: Print,
): Promise<unknown> {
  const all = await answer(admin.listPartitionReassignments());
  const ongoing = new Set(all.map(nameOf));
  const described = await answer(admin.describeTopics([...new Set(plan.map(({ topic }) => topic))]));
  const states = sorted([...new Map(plan.map((one) => [nameOf(one), one])).values()]).map((one): PartitionState => {
    const topic = described.get(one.topic);
    if (one.partition < 0 && topic !== undefined && !(topic instanceof KafkaError))
      throw new JavaException(
        'java.lang.IndexOutOfBoundsException',
        `Index ${one.partition} out of bounds for length ${topic.partitions.length}`,
      );
    const replicas =
      topic === undefined || topic instanceof KafkaError
        ? []
        : (topic.partitions.find(({ partition }) => partition === one.partition)?.replicas ?? []);
    const isThere = replicas.join(',') === one.replicas.join(',');
    const state = ongoing.has(nameOf(one)) ? 'inProgress' : isThere ? 'completed' : 'different';
    return { ...placeOf(one), state, replicas, targetReplicas: one.replicas };
  });
  print('Status of partition reassignment:\n');
  const moves = await answer(replicaMoves(admin, plan));
  print(
    [...states.map(stateText), ...moves.map(({ text }) => text), ...(moves.length === 0 ? [''] : [])]
      .join('\n')
      .concat('\n'),
  );
  const isOver = all.length === 0 && !moves.some(({ isActive }) => isActive);
  if (isOver && !preserveThrottles) await clearThrottles(admin, plan, print);
  return {
    partitions: states,
    logDirMoves: moves.map((move) => ({
      ...moveData(move),
      state: move.state,
      currentLogDir: move.current ?? null,
      futureLogDir: move.future ?? null,
    })),
  };
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

/** `--generate` */
export async function generate(
  admin: Admin,
  topics: readonly string[],
  wanted: readonly number[],
  print: Print,
): Promise<unknown> {
  const current = await currentAssignment(admin, topics);
  const live = (await answer(admin.describeCluster())).nodes.map(({ id }) => id);
  const brokers = wanted.filter((id) => live.includes(id));
  if (brokers.length === 0)
    throw new JavaException(
      'org.apache.kafka.common.errors.InvalidReplicationFactorException',
      'All brokers are currently fenced, or have all their log directories cordoned.',
    );
  const proposed = current.map((one, i) => ({
    ...one,
    replicas: one.replicas.map((_, n) => brokers[(i + n) % brokers.length]!),
    logDirs: one.replicas.map(() => ANY_DIR),
  }));
  if (current.some(({ replicas }) => replicas.length > brokers.length || duplicates(brokers).length > 0))
    throw commandFailed(`Replication factor larger than available brokers: ${brokers.length}`);
  print(
    `Current partition replica assignment\n${planText(current)}\n\nProposed partition reassignment configuration\n${planText(proposed)}\n`,
  );
  return { current: JSON.parse(planText(current)), proposed: JSON.parse(planText(proposed)) };
}
