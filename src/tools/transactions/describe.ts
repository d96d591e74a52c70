import type { Admin } from '../../client/admin.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import type { Report } from '../report.ts';
import { tabbedTable } from '../tabbed-table.ts';
import { trying } from './refused.ts';

const HEADERS = [
  'CoordinatorId',
  'TransactionalId',
  'ProducerId',
  'ProducerEpoch',
  'TransactionState',
  'TransactionTimeoutMs',
  'CurrentTransactionStartTimeMs',
  'TransactionDurationMs',
  'TopicPartitions',
];

/** `transactions describe`: start and duration are null in its data while no transaction is open. */
export async function describeTransaction(
  admin: Pick<Admin, 'describeTransaction'>,
  transactionalId: string,
  nowMs: () => number,
): Promise<Report> {
  const failure = `Failed to describe transaction state of transactional-id \`${transactionalId}\``;
  const found = await trying(failure, admin.describeTransaction(transactionalId));
  const partitions = hashMapOrder(found.partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));
  const { coordinatorId, producerId, producerEpoch, state, timeoutMs, startTimeMs } = found;
  const durationMs = startTimeMs === undefined ? undefined : nowMs() - startTimeMs;
  const cells = [
    ...[coordinatorId, transactionalId, producerId, producerEpoch, state, timeoutMs].map(String),
    ...[startTimeMs ?? 'None', durationMs ?? 'None'].map(String),
    partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(','),
  ];
  return {
    data: {
      ...{ transactionalId, coordinatorId, producerId, producerEpoch, state, timeoutMs },
      ...{ startTimeMs: startTimeMs ?? null, durationMs: durationMs ?? null, partitions },
    },
    text: tabbedTable(HEADERS, [cells]),
    table: {
      title: `${transactionalId}  (${state})`,
      columns: ['Coordinator', 'Producer', 'Epoch', 'Timeout', 'Open for', 'Partitions'],
      units: [undefined, undefined, undefined, 'ms', 'ms'],
      rows: [[coordinatorId, producerId, producerEpoch, timeoutMs, durationMs ?? '-', cells.at(-1) || '-']],
    },
  };
}
