// Where the offsets of a group go, partition by partition (OffsetsUtils).
import type { Admin, CallOptions, TopicPartition } from '../../client/admin.ts';
import { parseDuration } from '../../util/java-duration.ts';
import { inHashOrder, partitionKey } from '../consumer-groups/partitions.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { EXECUTION_EXCEPTION, WrappedError } from '../wrapped-error.ts';
import { parseDateTime } from './datetime.ts';

/** Where offsets are to go. */
export type Scenario =
  | { readonly to: 'earliest' | 'latest' | 'current' }
  | { readonly to: 'offset' | 'shift'; readonly by: number }
  | { readonly to: 'datetime' | 'duration'; readonly text: string };

export interface NewOffset extends TopicPartition {
  readonly offset: number;
}

/** What a reset works with. */
export interface ResetTools {
  readonly admin: Pick<Admin, 'listOffsets' | 'describeTopics'>;
  readonly options: CallOptions;
  readonly nowMs: number;
  /** Prints a line that Kafka's script has on standard output before its result. */
  notice(line: string): void;
  /** Prints what Kafka's script says of an exception that it goes on after. */
  complain(exception: string): void;
  /** Prints a line of Kafka's log. */
  log(level: 'WARN' | 'ERROR', text: string, logger: string): void;
}

/**
 * The new offsets of one group, in the order in which Kafka's scripts show them. `committed` are its offsets by partitionKey().
 * Throws IllegalArgument for a shift of what is not there, an Error for a time that is none or a partition that is named twice.
 */
export async function plan(
  scenario: Scenario,
  partitions: readonly TopicPartition[],
  committed: ReadonlyMap<string, number>,
  tools: ResetTools,
): Promise<NewOffset[]> {
  switch (scenario.to) {
    case 'earliest':
      return offsetsAt(onceEach(partitions), EARLIEST, tools);
    case 'latest':
      return offsetsAt(onceEach(partitions), LATEST, tools);
    case 'current':
      return toCurrent(onceEachOf(partitions, committed), committed, tools);
    case 'offset':
      return withinLog(
        partitions.map(({ topic, partition }) => ({ topic, partition, offset: scenario.by })),
        tools,
      );
    case 'shift':
      return withinLog(
        partitions.map((partition) => shifted(partition, scenario.by, committed)),
        tools,
      );
    case 'datetime':
      return toTime(partitions, parseDateTime(scenario.text), tools);
    case 'duration':
      return toTime(partitions, tools.nowMs - parseDuration(scenario.text), tools);
  }
}

/** In the order of Kafka's hash tables. @throws Error for a partition that is there twice (Collectors.toMap) */
function onceEach<T extends TopicPartition & { readonly offset?: number }>(partitions: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const partition of partitions) {
    const key = partitionKey(partition);
    const first = seen.get(key)?.offset;
    const values = first === undefined ? '' : ` (attempted merging values ${first} and ${partition.offset})`;
    if (seen.has(key)) throw new Error(`Duplicate key ${key}${values}`);
    seen.set(key, partition);
  }
  return inHashOrder(partitions);
}

/** The same of partitions with a committed offset, which it names. */
function onceEachOf(partitions: readonly TopicPartition[], committed: ReadonlyMap<string, number>): TopicPartition[] {
  const seen = new Set<string>();
  for (const partition of partitions) {
    const key = partitionKey(partition);
    const value = `OffsetAndMetadata{offset=${committed.get(key)}, leaderEpoch=null, metadata=''}`;
    if (seen.has(key) && committed.has(key))
      throw new Error(`Duplicate key ${key} (attempted merging values ${value} and ${value})`);
    seen.add(key);
  }
  return onceEach(partitions);
}

const LATEST = -1;
const EARLIEST = -2;

async function offsetsAt(
  partitions: readonly TopicPartition[],
  timestamp: number,
  { admin, options }: ResetTools,
): Promise<NewOffset[]> {
  if (partitions.length === 0) return [];
  const queries = partitions.map(({ topic, partition }) => ({ topic, partition, timestamp }));
  const found = await admin.listOffsets(queries, options);
  return found.map(({ topic, partition, offset, error }) => {
    if (error) throw new WrappedError(error, EXECUTION_EXCEPTION);
    return { topic, partition, offset };
  });
}

/** Partitions without an offset of the group go to the end. */
async function toCurrent(
  partitions: readonly TopicPartition[],
  committed: ReadonlyMap<string, number>,
  tools: ResetTools,
): Promise<NewOffset[]> {
  const others = partitions.filter((partition) => !committed.has(partitionKey(partition)));
  const ends = new Map((await offsetsAt(others, LATEST, tools)).map((end) => [partitionKey(end), end.offset]));
  return partitions.map(({ topic, partition }) => {
    const key = partitionKey({ topic, partition });
    return { topic, partition, offset: committed.get(key) ?? ends.get(key)! };
  });
}

/** A sum beyond the longs wraps around, as in Java, and so ends at the beginning of the log. */
function shifted(at: TopicPartition, by: number, committed: ReadonlyMap<string, number>): NewOffset {
  const from = committed.get(partitionKey(at));
  if (from === undefined)
    throw new IllegalArgument(
      `Cannot shift offset for partition ${partitionKey(at)} since there is no current committed offset`,
    );
  const { topic, partition } = at;
  return { topic, partition, offset: Number(BigInt.asIntN(64, BigInt(from) + BigInt(by))) };
}

/** The first records at or after a time; the end of the log where there is none. */
async function toTime(
  partitions: readonly TopicPartition[],
  timestamp: number,
  tools: ResetTools,
): Promise<NewOffset[]> {
  const found = await offsetsAt(onceEach(partitions), timestamp, tools);
  const without = found.filter(({ offset }) => offset < 0);
  for (const { topic, partition } of without)
    tools.notice(`\nWarn: Partition ${partition} from topic ${topic} is empty. Falling back to latest known offset.`);
  const ends = new Map((await offsetsAt(without, LATEST, tools)).map((end) => [partitionKey(end), end]));
  return found.map((offset) => ends.get(partitionKey(offset)) ?? offset);
}

/** Offsets outside the log become its beginning or its end. @throws Error for a partition that is there twice */
export async function withinLog(offsets: readonly NewOffset[], tools: ResetTools): Promise<NewOffset[]> {
  const wanted = onceEach(offsets);
  const starts = await offsetsAt(wanted, EARLIEST, tools);
  const ends = await offsetsAt(wanted, LATEST, tools);
  return wanted.map(({ topic, partition, offset }, i) => {
    const [start, end] = [starts[i]!.offset, ends[i]!.offset];
    const limit = offset > end ? end : offset < start ? start : undefined;
    if (limit === undefined) return { topic, partition, offset };
    const side = offset > end ? 'higher than latest' : 'lower than earliest';
    const text = `New offset (${offset}) is ${side} offset for topic partition ${topic}-${partition}. Value will be set to ${limit}`;
    tools.log('WARN', text, 'org.apache.kafka.tools.OffsetsUtils');
    return { topic, partition, offset: limit };
  });
}
