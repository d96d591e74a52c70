import type { Admin, PartitionOutcome, TopicPartition } from '../../client/admin.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import { commandFailed } from '../admin-exceptions.ts';
import type { Report } from '../report.ts';

export type ElectionType = 'PREFERRED' | 'UNCLEAN';

/**
 * `leader-election` (LeaderElectionCommand.electLeaders). Data: [{ topic, partition, result, error? }], result being
 * `elected`, `notNeeded` or `failed`.
 * @param partitions all that need it if undefined
 */
export async function electLeaders(
  admin: Pick<Admin, 'electLeaders'>,
  type: ElectionType,
  partitions: readonly TopicPartition[] | undefined,
): Promise<Report> {
  const answers = await admin.electLeaders(type, partitions);
  const ordered = hashMapOrder(answers, ({ topic, partition }) => topicPartitionHash(topic, partition));
  const elected = ordered.filter((one) => resultOf(one) === 'elected').map(nameOf);
  const valid = ordered.filter((one) => resultOf(one) === 'notNeeded').map(nameOf);
  const failed = ordered.filter((one) => resultOf(one) === 'failed');
  const lines = [
    ...(elected.length > 0
      ? [`Successfully completed leader election (${type}) for partitions ${elected.join(', ')}`]
      : []),
    ...(valid.length > 0 ? [`Valid replica already elected for partitions ${valid.join(', ')}`] : []),
    ...failed.map(
      (one) => `Error completing leader election (${type}) for partition: ${nameOf(one)}: ${String(one.error)}`,
    ),
  ];
  return {
    data: ordered.map((one) => ({
      ...{ topic: one.topic, partition: one.partition, result: resultOf(one) },
      ...(resultOf(one) === 'failed' && { error: String(one.error) }),
    })),
    text: lines.map((line) => `${line}\n`).join(''),
    table: {
      columns: ['Topic', 'Partition', 'Result'],
      unordered: true,
      rows: ordered.map((one) => [
        ...[one.topic, one.partition],
        resultOf(one) === 'failed' ? String(one.error?.message) : resultOf(one),
      ]),
    },
    failed: failed.length > 0,
    warnings: failed.length > 0 ? [failureText(failed)] : [],
  };
}

function failureText(failed: readonly PartitionOutcome[]): string {
  const error = commandFailed(`${failed.length} replica(s) could not be elected`);
  const suppressed = failed.map((one) => `\n\tSuppressed: ${String(one.error)}`).join('');
  return `${error.message}\n${error}${suppressed}\n`;
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

function resultOf({ error }: PartitionOutcome): 'elected' | 'notNeeded' | 'failed' {
  if (error === undefined) return 'elected';
  return error.code === ErrorCode.ELECTION_NOT_NEEDED ? 'notNeeded' : 'failed';
}
