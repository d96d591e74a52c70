// The files of kafka-reassign-partitions, and the JSON that it prints (ReassignPartitionsCommand).
import type { TopicPartition } from '../../client/admin.ts';
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

export function duplicates<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, i) => items.indexOf(item) < i))];
}

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
  const twice = duplicates(plan.map(nameOf));
  if (twice.length > 0)
    throw commandFailed(`Partition reassignment contains duplicate topic partitions: ${twice.join(',')}`);
  const repeated = plan.filter(({ replicas }) => duplicates(replicas).length > 0);
  if (repeated.length === 0) return;
  const entries = repeated.map(
    (one) => `${nameOf(one)} contains multiple entries for ${duplicates(one.replicas).join(',')}`,
  );
  throw commandFailed(`Partition replica lists may not contain duplicate entries: ${entries.join('; ')}`);
}

/** The topics of a --topics-to-move-json-file. @throws JavaException */
export function parseTopics(text: string): string[] {
  const json = JsonNode.parse(text);
  if (json === undefined) throw operationFailed('The input string is not a valid JSON');
  const topics = (checkVersion(json).get('topics')?.list() ?? []).map((one) => one.field('topic').text());
  const twice = duplicates(topics);
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
