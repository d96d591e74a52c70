import type { Admin, TopicPartition } from '../../client/admin.ts';
import { allOf } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { isInternalTopic } from '../topic-filter.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { exceptionText } from '../wrapped-error.ts';
import type { PartitionFilter } from './arguments.ts';

export interface OffsetsToGet {
  readonly wanted: PartitionFilter;
  /** Milliseconds, or a negative number with a meaning (ListOffsetsRequest). */
  readonly time: number;
  readonly excludeInternal: boolean;
}

/**
 * `get-offsets`: `topic:partition:offset` a line, sorted by the text `topic-partition`; a partition without such an offset
 * is left out, one that fails is skipped with a warning (Kafka's script still ends with 0).
 * Data: [{ topic, partition, offset }]. Throws Kafka's text when no partition matches.
 */
export async function getOffsets(
  admin: Pick<Admin, 'listTopics' | 'describeTopics' | 'listOffsets'>,
  wanted: OffsetsToGet,
): Promise<Report> {
  const partitions = await matchingPartitions(admin, wanted);
  if (partitions.length === 0) throw new Error('Could not match any topic-partitions with the specified filters');
  const results = await admin.listOffsets(partitions.map((partition) => ({ ...partition, timestamp: wanted.time })));
  const failed = results.filter(({ error }) => error !== undefined);
  const found = results.filter(({ error, offset }) => error === undefined && offset !== -1);
  return {
    // One of these is asked for, and there may be a million rows.
    get data() {
      return found.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    },
    get text() {
      return found.map(({ topic, partition, offset }) => `${topic}:${partition}:${offset}\n`).join('');
    },
    get table() {
      const rows = found.map(({ topic, partition, offset }) => [topic, partition, offset]);
      return { columns: ['Topic', 'Partition', 'Offset'], rows };
    },
    warnings: failed.map(
      ({ topic, partition, error }) =>
        `Skip getting offsets for topic-partition ${topic}-${partition} due to error: ${exceptionText(error)}`,
    ),
    ...(failed.length > 0 && { failed: true, kafkaExit: 0 }),
  };
}

async function matchingPartitions(
  admin: Pick<Admin, 'listTopics' | 'describeTopics'>,
  { wanted, excludeInternal }: OffsetsToGet,
): Promise<TopicPartition[]> {
  const names = (await admin.listTopics())
    .map(({ name }) => name)
    .filter((name) => !(excludeInternal && isInternalTopic(name)));
  if (names.length === 0) return [];
  return allOf(await admin.describeTopics(names))
    .flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition })))
    .filter(({ topic, partition }) => wanted(topic, partition))
    .sort((a, b) => byCodeUnits(`${a.topic}-${a.partition}`, `${b.topic}-${b.partition}`));
}
