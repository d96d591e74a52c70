// Throttles of reassignments: rates of brokers, and which replicas of a topic they count for (KIP-73).
import {
  type Admin,
  type AlterConfigs,
  ConfigResourceType,
  type Reassignment,
  type TopicPartition,
} from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { execution } from './cluster-state.ts';
import { idSet, nameOf, type PlannedPartition } from './plan.ts';

const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];
const LOG_DIR_RATE = 'replica.alter.log.dirs.io.max.bytes.per.second';
const LEADERS = 'leader.replication.throttled.replicas';
const FOLLOWERS = 'follower.replication.throttled.replicas';

type Altering = Pick<Admin, 'incrementalAlterConfigs'>;

const plural = (count: number): string => (count === 1 ? '' : 's');

async function alter(admin: Altering, alterations: readonly AlterConfigs[]): Promise<void> {
  const outcomes = await admin.incrementalAlterConfigs(alterations);
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed?.error) throw execution(failed.error);
}

const change = (type: number, name: string, configs: readonly (readonly [string, string | null])[]): AlterConfigs => ({
  resource: { type, name },
  ops: configs.map(([key, value]) => ({ name: key, value: value ?? '', op: value === null ? 'DELETE' : 'SET' })),
});

/** Limits the brokers' rates; a negative rate is none. */
export async function throttleBrokers(
  admin: Altering,
  brokers: readonly number[],
  { interBroker, logDirs }: { readonly interBroker: number; readonly logDirs: number },
): Promise<void> {
  const configs = [
    ...(interBroker >= 0 ? RATES.map((key) => [key, String(interBroker)] as const) : []),
    ...(logDirs >= 0 ? [[LOG_DIR_RATE, String(logDirs)] as const] : []),
  ];
  if (configs.length === 0) return;
  await alter(
    admin,
    brokers.map((id) => change(ConfigResourceType.BROKER, String(id), configs)),
  );
}

/** From where to where the replicas of a partition go. */
export interface PartitionMove extends TopicPartition {
  readonly sources: readonly number[];
  readonly destinations: readonly number[];
}

/**
 * What moves already, and what a plan moves (ReassignPartitionsCommand.calculateProposedMoveMap). A partition that is on
 * its way goes on from where it came from.
 * @param current the partitions of the plan as they are
 */
export function allMoves(
  ongoing: readonly Reassignment[],
  current: readonly PlannedPartition[],
  plan: readonly PlannedPartition[],
): PartitionMove[] {
  const moves = new Map<string, PartitionMove>();
  for (const { topic, partition, replicas, addingReplicas } of ongoing) {
    const sources = replicas.filter((id) => !addingReplicas.includes(id));
    moves.set(nameOf({ topic, partition }), { topic, partition, sources, destinations: addingReplicas });
  }
  for (const [i, { topic, partition, replicas }] of plan.entries()) {
    const sources = moves.get(nameOf({ topic, partition }))?.sources ?? current[i]!.replicas;
    const destinations = replicas.filter((id) => !sources.includes(id));
    moves.set(nameOf({ topic, partition }), { topic, partition, sources, destinations });
  }
  return [...moves.values()];
}

/** Has the rates count for what moves: from all replicas there are, to those that are new; each list sorted as texts. */
export async function throttleTopics(admin: Altering, moves: readonly PartitionMove[]): Promise<void> {
  const topics = [...new Set(moves.map(({ topic }) => topic))];
  const alterations = topics.map((name) => {
    const own = moves.filter(({ topic }) => topic === name);
    const list = (ids: (move: PartitionMove) => readonly number[]) =>
      own.flatMap((move) => ids(move).map((id) => `${move.partition}:${id}`)).sort();
    return change(ConfigResourceType.TOPIC, name, [
      [LEADERS, list(({ sources }) => sources).join(',')],
      [FOLLOWERS, list(({ destinations }) => destinations).join(',')],
    ]);
  });
  await alter(admin, alterations);
}

/** Kafka's client waits for a broker that the cluster does not have. */
function unreachable(error: unknown): unknown {
  if (!(error instanceof KafkaError)) return error;
  const text = 'Timed out waiting for a node assignment. Call: incrementalAlterConfigs';
  const isUnknown = error.code === ErrorCode.BROKER_NOT_AVAILABLE;
  return execution(isUnknown ? new KafkaError(ErrorCode.REQUEST_TIMED_OUT, text) : error);
}

/** Takes all throttles away, saying so as it goes. */
export async function clearThrottles(
  admin: Altering & Pick<Admin, 'describeCluster'>,
  plan: readonly PlannedPartition[],
  print: (text: string) => void,
): Promise<void> {
  const live = (await admin.describeCluster()).nodes.map(({ id }) => id);
  const brokers = idSet([...live, ...plan.flatMap(({ replicas }) => replicas)]);
  print(`Clearing broker-level throttles on broker${plural(brokers.length)} ${brokers.join(',')}\n`);
  const none = [...RATES, LOG_DIR_RATE].map((key) => [key, null] as const);
  await alter(
    admin,
    brokers.map((id) => change(ConfigResourceType.BROKER, String(id), none)),
  ).catch((error: unknown) => {
    throw unreachable(error);
  });
  const topics = hashMapOrder(new Set(plan.map(({ topic }) => topic)), javaStringHash);
  print(`Clearing topic-level throttles on topic${plural(topics.length)} ${topics.join(',')}\n`);
  await alter(
    admin,
    topics.map((topic) =>
      change(ConfigResourceType.TOPIC, topic, [
        [LEADERS, null],
        [FOLLOWERS, null],
      ]),
    ),
  );
}
