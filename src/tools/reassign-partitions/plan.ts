// The files of kafka-reassign-partitions, and the JSON that it prints (ReassignPartitionsCommand).
import type { ReplicaPlace, TopicPartition } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash, topicPartitionHash } from '../../util/java-hash.ts';
import { commandFailed, operationFailed } from '../admin-exceptions.ts';
import { JsonNode } from '../json-file.ts';

export const ANY_DIR = 'any';

export interface PlannedPartition extends TopicPartition {
  readonly replicas: readonly number[];
  /** For each replica a log directory, or {@link ANY_DIR}. */
  readonly logDirs: readonly string[];
}

export const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

export const sorted = <T extends TopicPartition>(partitions: readonly T[]): T[] =>
  [...partitions].sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));

/** What is there more than once (ToolsUtils.duplicates), in the order of Java's set. @param hashOf the hashCode of an item */
export function duplicates<T>(items: readonly T[], hashOf: (item: T) => number): T[] {
  return hashMapOrder(new Set(items.filter((item, i) => items.indexOf(item) < i)), hashOf);
}

/** The order in which Java's sets and maps hold partitions. */
export const inHashOrder = <T extends TopicPartition>(partitions: readonly T[]): T[] =>
  hashMapOrder(partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));

/** Each partition once, as the last entry of the plan has it. */
export const withoutRepetition = <T extends TopicPartition>(partitions: readonly T[]): T[] => [
  ...new Map(partitions.map((one) => [nameOf(one), one])).values(),
];

/** Ids as a Java set of them has them, each once. */
export const idSet = (ids: readonly number[]): number[] => hashMapOrder(new Set(ids), (id) => id);

function checkVersion(json: JsonNode): JsonNode {
  const version = json.get('version')?.int() ?? 1;
  if (version !== 1) throw operationFailed(`Not supported version field value ${version}`);
  return json;
}

function planIn(text: string): JsonNode {
  try {
    return JsonNode.parseStrictly(text);
  } catch (cause) {
    throw Object.assign(operationFailed((cause as Error).message), { cause });
  }
}

/** @throws JavaException */
export function parsePlan(text: string): PlannedPartition[] {
  const partitions = checkVersion(planIn(text)).get('partitions');
  return (partitions?.list() ?? []).map((one) => {
    const place = { topic: one.field('topic').text(), partition: one.field('partition').int() };
    const replicas = one
      .field('replicas')
      .list()
      .map((replica) => replica.int());
    const dirs = one.get('log_dirs');
    const logDirs = dirs ? dirs.list().map((dir) => dir.text()) : replicas.map(() => ANY_DIR);
    if (replicas.length !== logDirs.length) {
      const sizes = `Size of replicas list [${replicas.join(', ')}] is different from size of log dirs list [${logDirs.join(', ')}]`;
      throw commandFailed(`${sizes} for partition ${nameOf(place)}`);
    }
    return { ...place, replicas, logDirs };
  });
}

/** Checks a plan that is to be carried out. @throws JavaException */
export function checkPlan(plan: readonly PlannedPartition[]): void {
  if (plan.length === 0) throw commandFailed('Partition reassignment list cannot be empty');
  if (plan.some(({ replicas }) => replicas.length === 0)) throw commandFailed('Partition replica list cannot be empty');
  const named = plan.map(nameOf);
  const twice = withoutRepetition(plan.filter((one, i) => named.indexOf(nameOf(one)) < i));
  if (twice.length > 0)
    throw commandFailed(
      `Partition reassignment contains duplicate topic partitions: ${inHashOrder(twice).map(nameOf).join(',')}`,
    );
  const entries = plan
    .map((one) => ({ name: nameOf(one), twice: duplicates(one.replicas, (id) => id) }))
    .filter(({ twice }) => twice.length > 0)
    .map(({ name, twice }) => `${name} contains multiple entries for ${twice.join(',')}`);
  if (entries.length > 0)
    throw commandFailed(`Partition replica lists may not contain duplicate entries: ${entries.join('. ')}`);
}

/** The topics of a --topics-to-move-json-file. @throws JavaException */
export function parseTopics(text: string): string[] {
  const json = JsonNode.parse(text);
  if (json === undefined) throw operationFailed('The input string is not a valid JSON');
  const topics = (checkVersion(json).get('topics')?.list() ?? []).map((one) => one.field('topic').text());
  const twice = duplicates(topics, javaStringHash);
  if (twice.length > 0)
    throw commandFailed(`List of topics to reassign contains duplicate entries: [${twice.join(', ')}]`);
  return topics;
}

/** A plan as the script prints it. */
export function planText(plan: readonly PlannedPartition[]): string {
  const partitions = sorted(plan).map(({ topic, partition, replicas, logDirs }) => ({
    ...{ topic, partition, replicas, log_dirs: logDirs },
  }));
  return JSON.stringify({ version: 1, partitions });
}

/** A replica and the log directory that it is to be in. */
export interface Move {
  readonly broker: number;
  readonly place: ReplicaPlace;
}

/** The places that a plan names, by broker, topic and partition. */
export const placesIn = (plan: readonly PlannedPartition[]): Move[] =>
  sorted(plan)
    .flatMap(({ topic, partition, replicas, logDirs }) =>
      replicas.flatMap((broker, i) =>
        logDirs[i] === ANY_DIR ? [] : [{ broker, place: { topic, partition, path: logDirs[i]! } }],
      ),
    )
    .sort((a, b) => a.broker - b.broker);
