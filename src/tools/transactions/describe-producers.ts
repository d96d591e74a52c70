import type { Admin, TopicPartition } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { tabbedTable } from '../tabbed-table.ts';
import { failedTo, trying } from './refused.ts';

const HEADERS = [
  'ProducerId',
  'ProducerEpoch',
  'LatestCoordinatorEpoch',
  'LastSequence',
  'LastTimestamp',
  'CurrentTransactionStartOffset',
];

const known = (value: number): number | null => (value < 0 ? null : value);

/** `transactions describe-producers`: of the data, what the broker does not know (-1) is null. */
export async function describeProducers(
  admin: Pick<Admin, 'describeProducers'>,
  partition: TopicPartition,
  brokerId: number | undefined,
): Promise<Report> {
  const on = brokerId === undefined ? 'leader' : `broker ${brokerId}`;
  const failure = `Failed to describe producers for partition ${partition.topic}-${partition.partition} on ${on}`;
  const [answer] = await trying(failure, admin.describeProducers([partition], { brokerId }));
  if (answer?.error) throw failedTo(failure, answer.error);
  const producers = answer?.producers ?? [];
  const cells = producers.map((each) => [
    each.producerId,
    each.producerEpoch,
    each.coordinatorEpoch,
    each.lastSequence,
    each.lastTimestamp,
    each.transactionStartOffset ?? 'None',
  ]);
  return {
    data: producers.map((each) => ({
      producerId: each.producerId,
      producerEpoch: each.producerEpoch,
      coordinatorEpoch: known(each.coordinatorEpoch),
      lastSequence: known(each.lastSequence),
      lastTimestamp: known(each.lastTimestamp),
      startOffset: each.transactionStartOffset ?? null,
    })),
    text: tabbedTable(
      HEADERS,
      cells.map((row) => row.map(String)),
    ),
    table: {
      columns: ['Producer', 'Epoch', 'Coordinator epoch', 'Last sequence', 'Last timestamp', 'Open since offset'],
      rows: cells.map((row) => row.map((cell) => (cell === 'None' ? '-' : cell))),
    },
  };
}
