// Transactions, and the producers that a partition knows (KIP-664, KIP-890).
import type { KafkaError } from '../../../protocol/errors.ts';
import type { TopicPartition } from './common.ts';

export interface TransactionFilter {
  /** Only transactions that run longer than so many milliseconds; all if negative. */
  readonly durationMs?: number | undefined;
  /** Only ids that match this regular expression of RE2 as a whole. */
  readonly pattern?: string | undefined;
  readonly producerIds?: readonly number[];
}

export interface TransactionListing {
  readonly transactionalId: string;
  readonly coordinatorId: number;
  readonly producerId: number;
  /** Kafka's spelling: `Ongoing`. */
  readonly state: string;
}

export interface TransactionDescription {
  readonly coordinatorId: number;
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly state: string;
  readonly timeoutMs: number;
  /** undefined while no transaction is open. */
  readonly startTimeMs: number | undefined;
  readonly partitions: readonly TopicPartition[];
}

export interface ProducerState {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestamp: number;
  /** -1 before the first marker. */
  readonly coordinatorEpoch: number;
  /** Offset of the first record of its open transaction; undefined without one. */
  readonly transactionStartOffset: number | undefined;
}

export interface PartitionProducers extends TopicPartition {
  readonly producers: readonly ProducerState[];
  readonly error?: KafkaError;
}

/** Whose transaction in which partition is ended by a marker. */
export interface TransactionToAbort extends TopicPartition {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
}

/** AbortTransactionSpec.toString. */
export const abortSpecText = (transaction: TransactionToAbort): string =>
  `AbortTransactionSpec(topicPartition=${transaction.topic}-${transaction.partition}, producerId=${transaction.producerId}, producerEpoch=${transaction.producerEpoch}, coordinatorEpoch=${transaction.coordinatorEpoch})`;
