import type { Admin, CallOptions, Outcome } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';
import { byCodeUnits } from '../topics/matching.ts';

const GROUP_LEVEL: readonly number[] = [
  ErrorCode.INVALID_GROUP_ID,
  ErrorCode.GROUP_ID_NOT_FOUND,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.NON_EMPTY_GROUP,
];
const TOPIC_LEVEL: readonly number[] = [ErrorCode.TOPIC_AUTHORIZATION_FAILED, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION];

/**
 * `share-groups --delete-offsets`: what became of each topic. Kafka's script ends with 0 in any case.
 * Data: { group, topics: [{ topic, deleted, error? }] }.
 */
export async function deleteOffsets(
  admin: Pick<Admin, 'deleteShareGroupOffsets'>,
  { group, topics }: { readonly group: string; readonly topics: readonly string[] },
  options: CallOptions,
): Promise<Report> {
  const names = [...new Set(topics)].sort(byCodeUnits);
  const outcomes = await outcomesOf(admin, group, names, options);
  const rows = names.map((topic) => ({ topic, error: outcomes.get(topic) as KafkaError | undefined }));
  const failed = rows.some(({ error }) => error !== undefined);
  return {
    data: {
      group,
      topics: rows.map(({ topic, error }) => ({ topic, deleted: !error, ...(error && { error: error.message }) })),
    },
    text: headline(rows.find(({ error }) => error !== undefined)?.error) + rowsText(rows),
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

/** A failure of the whole call is every topic's. */
async function outcomesOf(
  admin: Pick<Admin, 'deleteShareGroupOffsets'>,
  group: string,
  topics: readonly string[],
  options: CallOptions,
): Promise<Map<string, Outcome<undefined>>> {
  try {
    return await admin.deleteShareGroupOffsets(group, topics, options);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return new Map(topics.map((topic) => [topic, error]));
  }
}

function headline(error: KafkaError | undefined): string {
  if (!error || TOPIC_LEVEL.includes(error.code)) return '';
  if (GROUP_LEVEL.includes(error.code)) return `\nError: ${error.message}\n`;
  return `\nError: Encounter some unknown error: ${error}\n`;
}

function rowsText(rows: readonly { readonly topic: string; readonly error: KafkaError | undefined }[]): string {
  const width = Math.max(15, ...rows.map(({ topic }) => topic.length));
  const line = (topic: string, status: string) => `\n${topic.padEnd(width)} ${status}`;
  const lines = rows.map(({ topic, error }) => line(topic, error ? `Error: ${error.message}` : 'Successful'));
  return `${line('TOPIC', 'STATUS')}${lines.join('')}\n`;
}
