// EndTxn: the decision, and what is left when the markers are written (TransactionCoordinator.endTransaction and
// endTransactionWithTV1, TransactionMetadata.prepareAbortOrCommit and prepareComplete; KIP-98, KIP-890).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  EPOCH_BUMP_VERSION,
  isEpochExhausted,
  NO_PARTITIONS,
  NO_PRODUCER_ID,
  type ProducerIdAndEpoch,
  type Transaction,
} from './transaction.ts';

const LAST_EPOCH_OF_CLIENTS = 0x7fff - 1;

export interface End extends ProducerIdAndEpoch {
  readonly committed: boolean;
  /** Of the request: 2 from EndTxn version 5 on, else 0. */
  readonly transactionVersion: number;
  readonly nowMs: number;
  newProducerId(): number;
}

/**
 * The transaction with its commit or abort decided; undefined if that was done before and the request is repeated.
 * @throws KafkaError INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS while the markers of the same
 *   decision are being written, INVALID_TXN_STATE
 */
export function prepared(current: Transaction, end: End): Transaction | undefined {
  return end.transactionVersion >= EPOCH_BUMP_VERSION ? preparedV2(current, end) : preparedV1(current, end);
}

/** Transactions of a producer share its epoch. */
function preparedV1(current: Transaction, end: End): Transaction | undefined {
  if (current.producerId !== end.producerId) throw new KafkaError(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  if (current.producerEpoch !== end.producerEpoch) throw new KafkaError(ErrorCode.PRODUCER_FENCED);
  if (current.state === 'Ongoing') {
    return {
      ...current,
      previousProducerId: current.producerId,
      state: end.committed ? 'PrepareCommit' : 'PrepareAbort',
      lastUpdateTimestampMs: end.nowMs,
      clientTransactionVersion: end.transactionVersion,
    };
  }
  if (isEnded(current, end.committed)) return undefined;
  throw whileEnding(current, end.committed);
}

/**
 * Each transaction has its own epoch: the decision ends it, and a repeated request is known by the one before. That only
 * holds after a transaction of this version; Kafka 4.3.1 does not look, and so lets a fenced producer go on.
 */
function preparedV2(current: Transaction, end: End): Transaction | undefined {
  const bumps = current.clientTransactionVersion >= EPOCH_BUMP_VERSION;
  const isOverflowed =
    bumps &&
    end.producerId === current.previousProducerId &&
    end.producerEpoch === LAST_EPOCH_OF_CLIENTS &&
    current.producerEpoch === 0;
  const isRepeated = bumps && current.producerEpoch === end.producerEpoch + 1;
  if (current.producerId !== end.producerId && !isOverflowed) {
    throw new KafkaError(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  }
  switch (current.state) {
    case 'PrepareCommit':
    case 'PrepareAbort':
      if (!isRepeated) throw new KafkaError(ErrorCode.PRODUCER_FENCED);
      throw whileEnding(current, end.committed);
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (isRepeated || isOverflowed) {
        if (isEnded(current, end.committed)) return undefined;
        throw new KafkaError(ErrorCode.INVALID_TXN_STATE);
      }
  }
  if (current.producerEpoch !== end.producerEpoch) throw new KafkaError(ErrorCode.PRODUCER_FENCED);
  if (current.state === 'Ongoing') return decided(current, end, current.startTimestampMs);
  // A producer that has added nothing may abort, but has nothing to commit.
  if (end.committed) throw new KafkaError(ErrorCode.INVALID_TXN_STATE);
  return decided(current, end, end.nowMs);
}

function decided(current: Transaction, end: End, startTimestampMs: number): Transaction {
  return {
    ...current,
    previousProducerId: current.producerId,
    nextProducerId: isEpochExhausted(current.producerEpoch) ? end.newProducerId() : NO_PRODUCER_ID,
    producerEpoch: current.producerEpoch + 1,
    lastProducerEpoch: current.producerEpoch,
    state: end.committed ? 'PrepareCommit' : 'PrepareAbort',
    startTimestampMs,
    lastUpdateTimestampMs: end.nowMs,
    clientTransactionVersion: end.transactionVersion,
  };
}

function isEnded({ state }: Transaction, committed: boolean): boolean {
  return state === (committed ? 'CompleteCommit' : 'CompleteAbort');
}

function whileEnding({ state }: Transaction, committed: boolean): KafkaError {
  const isSame = state === (committed ? 'PrepareCommit' : 'PrepareAbort');
  return new KafkaError(isSame ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.INVALID_TXN_STATE);
}

/** The transaction when all its markers are written. */
export function completed(current: Transaction, nowMs: number): Transaction {
  const done = {
    ...current,
    previousProducerId: current.producerId,
    nextProducerId: NO_PRODUCER_ID,
    state: current.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
    partitions: NO_PARTITIONS,
    lastUpdateTimestampMs: nowMs,
  } as const;
  if (current.nextProducerId === NO_PRODUCER_ID) return done;
  return { ...done, producerId: current.nextProducerId, producerEpoch: 0 };
}
