// Throttles of reassignments: rates of brokers, and which replicas of a topic they count for (KIP-73).
import { type Admin, type AlterConfigs, ConfigResourceType } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { execution } from './cluster-state.ts';
import type { PlannedPartition } from './plan.ts';

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

/** Has the rates count for what the plan moves: from all replicas there are, to those that are new; each list sorted as texts. */
export async function throttleTopics(
  admin: Altering,
  current: readonly PlannedPartition[],
  plan: readonly PlannedPartition[],
): Promise<void> {
  const topics = [...new Set(plan.map(({ topic }) => topic))];
  const alterations = topics.map((topic) => {
    const leaders: string[] = [];
    const followers: string[] = [];
    for (const [i, { replicas, partition, topic: name }] of plan.entries()) {
      if (name !== topic) continue;
      const before = current[i]!.replicas;
      leaders.push(...before.map((id) => `${partition}:${id}`));
      followers.push(...replicas.filter((id) => !before.includes(id)).map((id) => `${partition}:${id}`));
    }
    return change(ConfigResourceType.TOPIC, topic, [
      [LEADERS, leaders.sort().join(',')],
      [FOLLOWERS, followers.sort().join(',')],
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
  const brokers = [...new Set([...live, ...plan.flatMap(({ replicas }) => replicas)])].sort((a, b) => a - b);
  print(`Clearing broker-level throttles on broker${plural(brokers.length)} ${brokers.join(',')}\n`);
  const none = [...RATES, LOG_DIR_RATE].map((key) => [key, null] as const);
  await alter(
    admin,
    brokers.map((id) => change(ConfigResourceType.BROKER, String(id), none)),
  ).catch((error: unknown) => {
    throw unreachable(error);
  });
  const topics = [...new Set(plan.map(({ topic }) => topic))].sort();
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
