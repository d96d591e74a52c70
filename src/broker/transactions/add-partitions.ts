// Partitions become part of a transaction, or are looked for in it (TransactionCoordinator.handleAddPartitionsToTransaction
// and handleVerifyPartitionsInTransaction).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  hasPartition,
  isPrepared,
  type ProducerIdAndEpoch,
  type TopicPartition,
  type Transaction,
  withPartitions,
} from './transaction.ts';

export interface Addition extends ProducerIdAndEpoch {
  readonly partitions: readonly TopicPartition[];
  /** Of the request: 2 where a produce or offset commit adds its partitions itself, else 0. */
  readonly transactionVersion: number;
  readonly nowMs: number;
}

/**
 * The transaction with the partitions in it, begun if there was none; undefined if all of them were in it.
 * @throws KafkaError INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS
 */
export function withAdded(current: Transaction, addition: Addition): Transaction | undefined {
  assertIsProducer(current, addition);
  const isOngoing = current.state === 'Ongoing';
  if (isOngoing && addition.partitions.every((partition) => hasPartition(current, partition))) return undefined;
  return {
    ...current,
    previousProducerId: current.producerId,
    state: 'Ongoing',
    partitions: withPartitions(current.partitions, addition.partitions),
    startTimestampMs: isOngoing ? current.startTimestampMs : addition.nowMs,
    lastUpdateTimestampMs: addition.nowMs,
    clientTransactionVersion: addition.transactionVersion,
  };
}

/**
 * Whether partitions are in the transaction: NONE or TRANSACTION_ABORTABLE for each.
 * @throws KafkaError as {@link withAdded}
 */
export function verified(
  current: Transaction,
  producer: ProducerIdAndEpoch,
  partitions: readonly TopicPartition[],
): number[] {
  assertIsProducer(current, producer);
  return partitions.map((partition) =>
    hasPartition(current, partition) ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE,
  );
}

function assertIsProducer(current: Transaction, { producerId, producerEpoch }: ProducerIdAndEpoch): void {
  if (current.producerId !== producerId) throw new KafkaError(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  if (current.producerEpoch !== producerEpoch) throw new KafkaError(ErrorCode.PRODUCER_FENCED);
  if (isPrepared(current)) throw new KafkaError(ErrorCode.CONCURRENT_TRANSACTIONS);
}
