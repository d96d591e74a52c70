import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { StateRecord } from '../topics/state-topic.ts';
import type { TxnMarker } from './markers.ts';
import { transactionRecord } from './records.ts';
import type { TopicPartition, Transaction } from './transaction.ts';

export type TransactionConfig = Pick<
  BrokerConfig,
  | 'transactionMaxTimeoutMs'
  | 'transactionalIdExpirationMs'
  | 'transactionAbortTimedOutCleanupIntervalMs'
  | 'transactionRemoveExpiredCleanupIntervalMs'
>;

/** Where transactions are kept; TransactionTopic is the real one. */
export interface TransactionStore {
  /** Makes what transactions are kept in, if it is not there yet. @throws KafkaError */
  prepare(): void;
  partitionFor(transactionalId: string): number;
  /** Leader epoch of the id's partition, which its markers carry. @throws KafkaError */
  coordinatorEpoch(transactionalId: string): number;
  /** @throws KafkaError with the number that the client is to be answered with */
  append(transactionalId: string, record: StateRecord): void;
  /** Whether this broker leads the partition of an id; default: it leads them all. */
  coordinates?(transactionalId: string): boolean;
  /** All that was written: whole batches, one partition after the other, or those of one partition. */
  read(partition?: number): AsyncIterable<{ partition: number; batches: Buffer }>;
}

/** What the coordinator's steps work on. The steps are synchronous: between two of them everything is consistent. */
export interface TransactionContext {
  /** In force now; read anew each time. */
  readonly config: TransactionConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: TransactionStore;
  /** By transactional id. */
  readonly transactions: Map<string, Transaction>;
  /** The cluster's finalized transaction.version. */
  readonly transactionVersion: number;
  newProducerId(): number;
  /** Ends a transaction in a partition; the error code, NONE if it is written. */
  writeMarker(partition: TopicPartition, marker: TxnMarker): number;
}

/** Writes the step; when that has succeeded it counts. @throws KafkaError with the number to answer with */
export function save(context: TransactionContext, transaction: Transaction): void {
  const { store, transactions, transactionVersion } = context;
  store.append(transaction.transactionalId, transactionRecord(transaction, transactionVersion));
  transactions.set(transaction.transactionalId, transaction);
}

/** @throws KafkaError INVALID_REQUEST for an empty id, INVALID_PRODUCER_ID_MAPPING for one that nobody initialized */
export function existing({ transactions }: TransactionContext, transactionalId: string): Transaction {
  if (transactionalId === '') throw new KafkaError(ErrorCode.INVALID_REQUEST);
  const transaction = transactions.get(transactionalId);
  if (transaction === undefined) throw new KafkaError(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  return transaction;
}
