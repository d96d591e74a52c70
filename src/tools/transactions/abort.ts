import { type Admin, abortSpecText, type TopicPartition, type TransactionToAbort } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { failedTo, Refused, trying } from './refused.ts';

/** Whose transaction: what starts at an offset, or the transaction of a producer. */
export type TransactionInPartition = TopicPartition &
  (
    | { readonly startOffset: number }
    | { readonly producerId: number; readonly producerEpoch: number; readonly coordinatorEpoch: number }
  );

/**
 * `transactions abort`: prints nothing. Data: { topic, partition, producerId, producerEpoch, coordinatorEpoch, aborted }.
 * @throws Refused
 */
export async function abortTransaction(
  admin: Pick<Admin, 'describeProducers' | 'abortTransaction'>,
  wanted: TransactionInPartition,
): Promise<Report> {
  const transaction = 'startOffset' in wanted ? await startingAt(admin, wanted, wanted.startOffset) : wanted;
  // -1 is a producer whose first transaction hangs: no coordinator has written a marker for it yet, any epoch will do.
  const spec = { ...transaction, coordinatorEpoch: Math.max(0, transaction.coordinatorEpoch) };
  await trying(`Failed to abort transaction ${abortSpecText(spec)}`, admin.abortTransaction(spec));
  return { data: { ...spec, aborted: true }, text: '' };
}

async function startingAt(
  admin: Pick<Admin, 'describeProducers'>,
  { topic, partition }: TopicPartition,
  offset: number,
): Promise<TransactionToAbort> {
  const failure = `Failed to validate producer state for partition ${topic}-${partition}`;
  const [answer] = await trying(failure, admin.describeProducers([{ topic, partition }]));
  if (answer?.error) throw failedTo(failure, answer.error);
  const found = answer?.producers.find(({ transactionStartOffset }) => transactionStartOffset === offset);
  if (!found)
    throw new Refused(
      `Could not find any open transactions starting at offset ${offset} on partition ${topic}-${partition}`,
    );
  const { producerId, producerEpoch, coordinatorEpoch } = found;
  return { topic, partition, producerId, producerEpoch, coordinatorEpoch };
}
