// Where an application takes its inputs up (StreamsResetter.maybeReset).
import type { Admin, CallOptions, TopicPartition } from '../../client/admin.ts';
import { inHashOrder, partitionKey } from '../consumer-groups/partitions.ts';
import { JavaException } from '../java-exception.ts';
import { javaSplit } from '../java-split.ts';
import { throwFirstError } from '../outcomes.ts';

export interface Position extends TopicPartition {
  readonly offset: number;
}

export type PositionAdmin = Pick<Admin, 'listOffsets' | 'listGroupOffsets'>;

export interface PositionTools {
  readonly admin: PositionAdmin;
  readonly options: CallOptions;
  readonly group: string;
  /** Takes what Kafka's script prints of offsets that are not what was asked for. */
  say(line: string): void;
}

export const EARLIEST = -2;
export const LATEST = -1;

/** The first or the last offsets, or those of a time; -1 where there is nothing as late. */
export async function offsetsAt(
  partitions: readonly TopicPartition[],
  timestamp: number,
  { admin, options }: PositionTools,
): Promise<Position[]> {
  if (partitions.length === 0) return [];
  const queries = partitions.map(({ topic, partition }) => ({ topic, partition, timestamp }));
  const found = await admin.listOffsets(queries, options);
  throwFirstError(found);
  return found.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
}

/** So far from where the application is; from the end where it has committed nothing. */
export async function shifted(
  partitions: readonly TopicPartition[],
  by: number,
  tools: PositionTools,
): Promise<Position[]> {
  const committed = await tools.admin.listGroupOffsets(tools.group, partitions, tools.options);
  const found = new Map(committed.filter(({ offset }) => offset >= 0).map((at) => [partitionKey(at), at.offset]));
  const ends = await offsetsAt(partitions, LATEST, tools);
  const wanted = ends.map((end) => ({ ...end, offset: (found.get(partitionKey(end)) ?? end.offset) + by }));
  return withinLog(wanted, partitions, tools);
}

/** The first record at or after a time; the end where there is none. */
export async function atTime(
  partitions: readonly TopicPartition[],
  timestamp: number,
  tools: PositionTools,
): Promise<Position[]> {
  const [first] = partitions;
  if (first && timestamp < 0)
    throw new JavaException(
      'java.lang.IllegalArgumentException',
      `The target time for partition ${partitionKey(first)} is ${timestamp}. The target time cannot be negative.`,
    );
  const found = await offsetsAt(partitions, timestamp, tools);
  const ends = new Map(
    (
      await offsetsAt(
        found.filter(({ offset }) => offset < 0),
        LATEST,
        tools,
      )
    ).map((end) => [partitionKey(end), end]),
  );
  return found.map((position) => {
    const end = ends.get(partitionKey(position));
    if (!end) return position;
    const { topic, partition } = end;
    tools.say(
      `Partition ${partition} from topic ${topic} is empty, without a committed record. Falling back to latest known offset.`,
    );
    return end;
  });
}

/** Offsets outside the log become its beginning or its end; Kafka's script says so of offsets at either end too. */
export async function withinLog(
  wanted: readonly Position[],
  partitions: readonly TopicPartition[],
  tools: PositionTools,
): Promise<Position[]> {
  const byKey = (positions: readonly Position[]) => new Map(positions.map((at) => [partitionKey(at), at.offset]));
  const ends = byKey(await offsetsAt(partitions, LATEST, tools));
  const starts = byKey(await offsetsAt(partitions, EARLIEST, tools));
  return inHashOrder(wanted).map((position) => {
    const key = partitionKey(position);
    const [start, end] = [starts.get(key), ends.get(key)];
    if (start === undefined || end === undefined)
      throw new PlanMismatch(`The plan names ${key}, which is no partition of the --input-topics`);
    const { offset } = position;
    if (offset > start && offset < end) return position;
    const [side, limit] = offset < end ? ['lower than earliest', start] : ['higher than latest', end];
    tools.say(`New offset (${offset}) is ${side} offset. Value will be set to ${limit}`);
    return { ...position, offset: limit };
  });
}

/** A plan that is of other partitions than the inputs, which Kafka's script trips over. */
export class PlanMismatch extends Error {
  readonly inJavasWords: string = String(
    new JavaException(
      'java.lang.NullPointerException',
      'Cannot invoke "java.lang.Long.longValue()" because the return value of "java.util.Map.get(Object)" is null',
    ),
  );
}

/** The offsets in a `--from-file` file, lines of `TOPIC,PARTITION,OFFSET`; the last of several for a partition. @throws JavaException */
export function parsePlan(text: string): Position[] {
  const refuse = (message: string) => new JavaException('java.text.ParseException', message);
  if (text === '') throw refuse('Error parsing reset plan CSV file. It is empty,');
  const lines = javaSplit(text, '\n');
  const positions = lines.map((line) => {
    const [topic = '', partition = '', offset = '', ...more] = line.split(',');
    if (offset === '' || more.length > 0)
      throw refuse('Reset plan CSV file is not following the format `TOPIC,PARTITION,OFFSET`.');
    return { topic, partition: integer(partition), offset: integer(offset) };
  });
  return [...new Map(positions.map((at) => [partitionKey(at), at])).values()];
}

function integer(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);
}
