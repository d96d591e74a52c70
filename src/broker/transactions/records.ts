// The records of `__transaction_state` (TransactionLog): TransactionLogKey 0; TransactionLogValue 1 from
// transaction.version 1 on, before that 0. A key and a value begin with their version.
import { decode, encode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { EncodableMessage, Message } from '../../protocol/schema.ts';
import { TransactionLogKey, TransactionLogValue } from '../../protocol/state/transaction/transaction-log.ts';
import { Writer } from '../../protocol/writer.ts';
import type { StateRecord } from '../topics/state-topic.ts';
import { NO_PRODUCER_EPOCH, TRANSACTION_STATES, type Transaction } from './transaction.ts';

const KEY_VERSION = 0;

/** @param transactionVersion the cluster's */
export function transactionRecord(transaction: Transaction, transactionVersion: number): StateRecord {
  const version = transactionVersion >= 1 ? 1 : 0;
  const partitions = [...transaction.partitions].map(([topic, numbers]) => ({ topic, partitionIds: [...numbers] }));
  const value = withVersion(version, TransactionLogValue, {
    producerId: transaction.producerId,
    previousProducerId: transaction.previousProducerId,
    nextProducerId: transaction.nextProducerId,
    producerEpoch: transaction.producerEpoch,
    transactionTimeoutMs: transaction.timeoutMs,
    transactionStatus: TRANSACTION_STATES.indexOf(transaction.state),
    transactionPartitions: transaction.state === 'Empty' ? null : partitions,
    transactionLastUpdateTimestampMs: transaction.lastUpdateTimestampMs,
    transactionStartTimestampMs: transaction.startTimestampMs,
    clientTransactionVersion: transaction.clientTransactionVersion,
  });
  return { key: keyOf(transaction.transactionalId), value };
}

export function transactionTombstone(transactionalId: string): StateRecord {
  return { key: keyOf(transactionalId), value: null };
}

/** What a record says; undefined for a record of another kind. The bytes may be reused afterwards. */
export function readTransactionRecord(
  key: Buffer,
  value: Buffer | null,
): { transactionalId: string; transaction: Transaction | undefined } | undefined {
  const keyReader = new Reader(key);
  if (keyReader.int16() !== KEY_VERSION) return undefined;
  const { transactionalId } = decode(TransactionLogKey, KEY_VERSION, keyReader);
  return { transactionalId, transaction: value === null ? undefined : transactionOf(transactionalId, value) };
}

function transactionOf(transactionalId: string, value: Buffer): Transaction {
  const reader = new Reader(value);
  const stored = decode(TransactionLogValue, reader.int16(), reader);
  const state = TRANSACTION_STATES[stored.transactionStatus];
  if (state === undefined)
    throw new Error(`Unknown state ${stored.transactionStatus} of transaction ${transactionalId}`);
  return {
    transactionalId,
    producerId: stored.producerId,
    previousProducerId: stored.previousProducerId,
    nextProducerId: stored.nextProducerId,
    producerEpoch: stored.producerEpoch,
    lastProducerEpoch: NO_PRODUCER_EPOCH,
    timeoutMs: stored.transactionTimeoutMs,
    state,
    partitions: new Map(
      (stored.transactionPartitions ?? []).map(({ topic, partitionIds }) => [topic, new Set(partitionIds)]),
    ),
    startTimestampMs: stored.transactionStartTimestampMs,
    lastUpdateTimestampMs: stored.transactionLastUpdateTimestampMs,
    clientTransactionVersion: stored.clientTransactionVersion,
  };
}

function keyOf(transactionalId: string): Buffer {
  return withVersion(KEY_VERSION, TransactionLogKey, { transactionalId });
}

function withVersion<M extends Message>(version: number, message: M, value: EncodableMessage<M>): Buffer {
  const writer = new Writer();
  writer.int16(version);
  encode(message, version, writer, value);
  return Buffer.concat(writer.finish());
}
