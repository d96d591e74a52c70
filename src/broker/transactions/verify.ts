// Nothing is written for a transaction that its coordinator does not know to include the partition, so that none is left
// hanging (KIP-890: AddPartitionsToTxnManager, ReplicaManager.maybeStartTransactionVerificationForPartitions).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { Services } from '../services.ts';
import type { ProducerIdAndEpoch, TopicPartition } from './transaction.ts';
import type { TransactionCoordinator } from './transaction-coordinator.ts';

/** What the version of a request allows (TransactionSupportedOperation). */
export interface VerificationRules {
  /** The partitions are added to the transaction if they are not in it. */
  readonly addsPartitions: boolean;
  /** The client knows TRANSACTION_ABORTABLE. */
  readonly knowsAbortable: boolean;
}

/** Whether the partition has records of the transaction, and so was checked before. */
export function withinTransaction(
  { logs }: Pick<Services, 'logs'>,
  { topic, partition }: TopicPartition,
  { producerId, producerEpoch }: ProducerIdAndEpoch,
): boolean {
  return logs.get(topic, partition)?.hasOngoingTransaction(producerId, producerEpoch) ?? false;
}

/** The error code of each partition, NONE if its records may be written. */
export function verifyPartitions(
  services: Pick<Services, 'transactions' | 'config' | 'metadata' | 'peers'>,
  transactionalId: string,
  producer: ProducerIdAndEpoch,
  partitions: readonly TopicPartition[],
  { addsPartitions, knowsAbortable }: VerificationRules,
): number[] {
  const { config } = services;
  const transactions = coordinatorOf(services, transactionalId);
  try {
    if (addsPartitions) {
      transactions.addPartitions(transactionalId, { ...producer, partitions, transactionVersion: 2 });
      return partitions.map(() => ErrorCode.NONE);
    }
    if (!config.transactionPartitionVerificationEnable) return partitions.map(() => ErrorCode.NONE);
    return transactions
      .verifyPartitions(transactionalId, producer, partitions)
      .map((errorCode) => (errorCode === ErrorCode.NONE || knowsAbortable ? errorCode : ErrorCode.INVALID_TXN_STATE));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    // This is what producers expect from partitions.
    const told = error.code === ErrorCode.PRODUCER_FENCED ? ErrorCode.INVALID_PRODUCER_EPOCH : error.code;
    return partitions.map(() => told);
  }
}

/** The transaction's coordinator, wherever it is; without one, that of this broker, which then refuses. */
function coordinatorOf(
  { transactions, metadata, peers }: Pick<Services, 'transactions' | 'metadata' | 'peers'>,
  transactionalId: string,
): TransactionCoordinator {
  const partition = transactions.statePartitionFor(transactionalId);
  const leader = metadata.topic(InternalTopic.TRANSACTION_STATE)?.partitions[partition]?.leader;
  return (leader === undefined ? undefined : peers.running(leader)?.transactions) ?? transactions;
}
