import { JavaException } from '../java-exception.ts';
import { javaSplit } from '../java-split.ts';
import { includeList } from '../topic-filter.ts';

/** The times with a meaning of their own in ListOffsets (ListOffsetsRequest). */
const SPECIAL_TIMES: ReadonlyMap<string, number> = new Map([
  ['latest', -1],
  ['earliest', -2],
  ['max-timestamp', -3],
  ['earliest-local', -4],
  ['latest-tiered', -5],
  ['earliest-pending-upload', -6],
]);

/** The timestamp of a ListOffsets request for a `--time` argument: milliseconds, or a negative number with a meaning. */
export function offsetTime(argument: string): number {
  const special = SPECIAL_TIMES.get(argument);
  if (special !== undefined) return special;
  const exact = /^[+-]?\d+$/.test(argument) ? BigInt(argument.replace('+', '')) : undefined;
  if (exact !== undefined && BigInt.asIntN(64, exact) === exact) return Number(exact);
  const choices = [...SPECIAL_TIMES].map(([name, time]) => `${time} or ${name}`);
  throw new Error(
    `Malformed time argument ${argument}. Please use ${choices.join(' / ')}, or a specified long format timestamp`,
  );
}

/** Whether a partition is meant. */
export type PartitionFilter = (topic: string, partition: number) => boolean;

/** The partitions that `--topic` and `--partitions` stand for together; all of what is left out. */
export function topicAndPartitions(topic: string | undefined, partitions: string | undefined): PartitionFilter {
  const wanted = partitionIds(partitions);
  const matches = includeList(topic ?? '.*');
  return (name, partition) => matches(name) && (wanted === undefined || wanted.has(partition));
}

function partitionIds(argument: string | undefined): Set<number> | undefined {
  if (!argument) return undefined;
  const ids = javaSplit(argument, ',').map(javaInt);
  if (ids.includes(undefined))
    throw new Error(`--partitions expects a comma separated list of numeric partition ids, but received: ${argument}`);
  return ids.length === 0 ? undefined : new Set(ids as number[]);
}

/** Integer.parseInt; undefined for what is no int. */
function javaInt(text: string): number | undefined {
  const number = Number(text);
  return /^[+-]?\d+$/.test(text) && number === (number | 0) ? number : undefined;
}

/** The partitions that a `--topic-partitions` argument stands for: one of its rules must match. */
export function topicPartitions(argument: string): PartitionFilter {
  const rules = javaSplit(argument, ',').map(partitionRule);
  return (topic, partition) => rules.some((rule) => rule(topic, partition));
}

/** `TOPIC`, `TOPIC:7`, `TOPIC:2-5` (without 5), `TOPIC:2-`, `TOPIC:-5`; the topic may be left out. */
function partitionRule(rule: string): PartitionFilter {
  const match = /^([^:,]*)(?::(?:(\d*)|(\d*)-(\d*)))?$/.exec(rule);
  // Kafka wraps this exception in another, whose message begins with the name of the first.
  if (!match) throw new Error(`org.apache.kafka.tools.TerseException: Invalid rule specification: ${rule}`);
  const [, topic, only, from, to] = match;
  const matches = includeList(topic || '.*');
  if (only) {
    const wanted = boundary(only);
    return (name, partition) => matches(name) && partition === wanted;
  }
  const least = from ? boundary(from) : 0;
  const below = to ? boundary(to) : Number.POSITIVE_INFINITY;
  return (name, partition) => matches(name) && partition >= least && partition < below;
}

function boundary(text: string): number {
  const number = javaInt(text);
  if (number === undefined) throw new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);
  return number;
}
