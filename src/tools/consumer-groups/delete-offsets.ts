import type {
  Admin,
  CallOptions,
  Outcome,
  PartitionOutcome,
  TopicDescription,
  TopicPartition,
} from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { parseTopicArgs } from '../offset-reset/topic-args.ts';
import type { Report } from '../report.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { exceptionText } from '../wrapped-error.ts';
import { partitionKey } from './partitions.ts';

type DeletingAdmin = Pick<Admin, 'describeTopics' | 'deleteGroupOffsets'>;

/**
 * `consumer-groups --delete-offsets`: what became of each partition. An unknown topic is a row without a partition, and no
 * failure to Kafka, whose script ends with 0 in any case.
 * Data: { group, partitions: [{ topic, partition, deleted, error? }] }, partition null for an unknown topic.
 */
export async function deleteOffsets(
  admin: DeletingAdmin,
  { group, topics }: { readonly group: string; readonly topics: readonly string[] },
  options: CallOptions,
): Promise<Report> {
  return deletePartitions(admin, group, await wantedPartitions(admin, topics, options), options);
}

/** The same for partitions that are known, and rows for topics that do not exist. */
export async function deletePartitions(
  admin: Pick<Admin, 'deleteGroupOffsets'>,
  group: string,
  {
    unknown,
    partitions,
  }: { readonly unknown: readonly PartitionOutcome[]; readonly partitions: readonly TopicPartition[] },
  options: CallOptions,
): Promise<Report> {
  const { groupError, outcomes } = await deleteFrom(admin, group, partitions, options);
  const firstError = groupError ?? outcomes.find(({ error }) => error !== undefined)?.error;
  const rows = [...unknown, ...outcomes].sort(byText);
  const failed = rows.some(({ error }) => error !== undefined);
  return {
    data: {
      group,
      partitions: rows.map(({ topic, partition, error }) => ({
        topic,
        partition: partition < 0 ? null : partition,
        deleted: error === undefined,
        ...(error && { error: error.message }),
      })),
    },
    text: `${headline(group, firstError)}${rowsText(rows)}`,
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

/** Kafka's script sorts by topic and number as one text: `wide11` before `wide2`. */
const byText = (a: TopicPartition, b: TopicPartition): number =>
  byCodeUnits(`${a.topic}${a.partition}`, `${b.topic}${b.partition}`);

async function wantedPartitions(admin: DeletingAdmin, args: readonly string[], options: CallOptions) {
  const { topics, partitions } = parseTopicArgs(args);
  const described = topics.length === 0 ? new Map() : await describedOrFailed(admin, topics, options);
  const unknown: PartitionOutcome[] = [];
  const all: TopicPartition[] = [...partitions];
  for (const topic of topics) {
    const outcome = described.get(topic);
    if (outcome instanceof KafkaError) unknown.push({ topic, partition: -1, error: outcome });
    else for (const { partition } of outcome?.partitions ?? []) all.push({ topic, partition });
  }
  return { unknown, partitions: [...new Map(all.map((at) => [partitionKey(at), at])).values()] };
}

/** A failure of the whole call is every topic's. */
function describedOrFailed(
  admin: DeletingAdmin,
  topics: readonly string[],
  options: CallOptions,
): Promise<Map<string, Outcome<TopicDescription>>> {
  return admin.describeTopics(topics, options).catch((error: unknown) => {
    if (!(error instanceof KafkaError)) throw error;
    return new Map(topics.map((topic) => [topic, error]));
  });
}

/** A failure of the whole call is every partition's. */
async function deleteFrom(
  admin: Pick<Admin, 'deleteGroupOffsets'>,
  group: string,
  partitions: readonly TopicPartition[],
  options: CallOptions,
): Promise<{ groupError?: KafkaError; outcomes: readonly PartitionOutcome[] }> {
  try {
    return { outcomes: await admin.deleteGroupOffsets(group, partitions, options) };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { groupError: error, outcomes: partitions.map((partition) => ({ ...partition, error })) };
  }
}

const GROUP_LEVEL: readonly number[] = [
  ErrorCode.INVALID_GROUP_ID,
  ErrorCode.GROUP_ID_NOT_FOUND,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.NON_EMPTY_GROUP,
];
const PARTITION_LEVEL: readonly number[] = [
  ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
];

function headline(group: string, error: KafkaError | undefined): string {
  if (!error) return `Request succeeded for deleting offsets from group ${group}.\n`;
  if (GROUP_LEVEL.includes(error.code)) return `\nError: ${error.info.text}\n`;
  if (PARTITION_LEVEL.includes(error.code))
    return '\nError: Encountered some partition-level error, see the follow-up details.\n';
  return `\nError: Encountered some unknown error: ${error.info.name}\n`;
}

function rowsText(rows: readonly PartitionOutcome[]): string {
  const width = Math.max(15, ...rows.map(({ topic }) => topic.length));
  const line = (topic: string, partition: string, status: string) =>
    `\n${topic.padEnd(width)} ${partition.padEnd(10)} ${status.padEnd(15)}`;
  const lines = rows.map(({ topic, partition, error }) =>
    line(topic, partition < 0 ? '-' : String(partition), error ? `Error: ${exceptionText(error)}` : 'Successful'),
  );
  return `${line('TOPIC', 'PARTITION', 'STATUS')}${lines.join('')}\n`;
}
