import type { Admin, LoggedReplica, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash, topicPartitionHash } from '../../util/java-hash.ts';
import { JavaException } from '../java-exception.ts';
import { ANY_DIR, nameOf, type PlannedPartition } from './plan.ts';

/** The failure of a future, as Java wraps it. */
export function execution(error: Error): JavaException {
  const wrapped = new JavaException('java.util.concurrent.ExecutionException', String(error));
  wrapped.cause = error;
  return wrapped;
}

/** Where each replica is, `<topic>-<partition>` of a broker, and where a copy of it is growing. */
export interface ReplicaDirs {
  readonly current?: string;
  readonly future?: string;
}

export async function replicaDirs(
  admin: Pick<Admin, 'describeLogDirs' | 'describeCluster'>,
  brokers: readonly number[],
): Promise<(broker: number, partition: TopicPartition) => ReplicaDirs> {
  const live = (await admin.describeCluster()).nodes.map(({ id }) => id);
  const found = new Map<string, { current?: string; future?: string }>();
  const described = await admin.describeLogDirs([...new Set(brokers)].filter((id) => live.includes(id)));
  for (const { broker, directories } of described) {
    for (const { path, replicas, error } of directories) {
      if (error && error.code !== ErrorCode.KAFKA_STORAGE_ERROR) throw execution(illegalDirectory(path, error, broker));
      for (const replica of replicas) note(found, `${broker}/${nameOf(replica)}`, replica, path);
    }
  }
  return (broker, partition) => found.get(`${broker}/${nameOf(partition)}`) ?? {};
}

/** KafkaAdminClient.describeReplicaLogDirs knows directories that are offline, and no other failure. */
function illegalDirectory(path: string, { info }: KafkaError, broker: number): JavaException {
  const text = `The error ${info.exceptionClass} for log directory ${path} in the response from broker ${broker} is illegal`;
  return new JavaException('java.lang.IllegalStateException', text);
}

function note(
  found: Map<string, { current?: string; future?: string }>,
  key: string,
  { isFuture }: LoggedReplica,
  path: string,
): void {
  found.set(key, { ...found.get(key), ...(isFuture ? { future: path } : { current: path }) });
}

type Describing = Pick<Admin, 'describeTopics' | 'describeLogDirs' | 'describeCluster'>;

/** All partitions of topics as they are. @throws JavaException if a topic is not there */
export async function currentAssignment(admin: Describing, topics: readonly string[]): Promise<PlannedPartition[]> {
  const names = hashMapOrder(new Set(topics), javaStringHash);
  const described = await admin.describeTopics(names);
  const partitions = names.flatMap((topic) => {
    const outcome = described.get(topic);
    if (outcome === undefined) return [];
    if (outcome instanceof KafkaError) throw execution(notFound(outcome, `Topic ${topic} not found.`));
    return outcome.partitions.map(({ partition, replicas }) => ({ topic, partition, replicas }));
  });
  const dirs = await replicaDirs(
    admin,
    partitions.flatMap(({ replicas }) => replicas),
  );
  return partitions.map((one) => ({
    ...one,
    logDirs: one.replicas.map((broker) => dirs(broker, one).current ?? ANY_DIR),
  }));
}

/** The partitions of a plan as they are now. @throws JavaException that names those that are not there */
export async function currentOf(admin: Describing, plan: readonly TopicPartition[]): Promise<PlannedPartition[]> {
  const all = await currentAssignment(
    admin,
    plan.map(({ topic }) => topic),
  );
  const found = new Map(all.map((one) => [nameOf(one), one]));
  const size = Math.max(16, Math.floor(plan.length / 0.75) + 1);
  const missing = hashMapOrder(plan, ({ topic, partition }) => topicPartitionHash(topic, partition), size)
    .map(nameOf)
    .filter((name) => !found.has(name));
  if (missing.length > 0) {
    const text = `Unable to find partition: ${missing.join(', ')}`;
    throw execution(new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, text));
  }
  return plan.map((one) => found.get(nameOf(one))!);
}

function notFound(error: KafkaError, text: string): KafkaError {
  return error.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ? new KafkaError(error.code, text) : error;
}
