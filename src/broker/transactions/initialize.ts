// InitProducerId: what becomes of a transactional id (TransactionCoordinator.prepareInitProducerIdTransit, KIP-360).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  EPOCH_BUMP_VERSION,
  isEpochExhausted,
  isPrepared,
  NO_PARTITIONS,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  type ProducerIdAndEpoch,
  type Transaction,
} from './transaction.ts';

export interface Initialization {
  readonly timeoutMs: number;
  /** What the client goes on from (InitProducerId version 3 and later). */
  readonly expected: ProducerIdAndEpoch | undefined;
  readonly nowMs: number;
  newProducerId(): number;
}

/** A transactional id that nobody has used yet. */
export function newTransaction(
  transactionalId: string,
  { timeoutMs, nowMs, newProducerId }: Initialization,
): Transaction {
  const producerId = newProducerId();
  return {
    transactionalId,
    producerId,
    previousProducerId: producerId,
    nextProducerId: NO_PRODUCER_ID,
    producerEpoch: NO_PRODUCER_EPOCH,
    lastProducerEpoch: NO_PRODUCER_EPOCH,
    timeoutMs,
    state: 'Empty',
    partitions: NO_PARTITIONS,
    startTimestampMs: -1,
    lastUpdateTimestampMs: nowMs,
    clientTransactionVersion: 0,
  };
}

/**
 * The same id with the next epoch, or with a new producer id where the epochs are used up.
 * @param current in no transaction
 * @throws KafkaError CONCURRENT_TRANSACTIONS while a decided transaction is being ended, PRODUCER_FENCED
 */
export function initialized(current: Transaction, request: Initialization): Transaction {
  assertMayInitialize(current, request.expected);
  if (isPrepared(current)) throw new KafkaError(ErrorCode.CONCURRENT_TRANSACTIONS);
  const fresh = {
    ...current,
    previousProducerId: current.producerId,
    nextProducerId: NO_PRODUCER_ID,
    timeoutMs: request.timeoutMs,
    state: 'Empty',
    partitions: NO_PARTITIONS,
    startTimestampMs: -1,
    lastUpdateTimestampMs: request.nowMs,
  } as const;
  const { expected } = request;
  const isLast = isEpochExhausted(current.producerEpoch);
  if (isLast && (expected === undefined || expected.producerEpoch === current.producerEpoch)) {
    const lastProducerEpoch = expected === undefined ? NO_PRODUCER_EPOCH : current.producerEpoch;
    return { ...fresh, producerId: request.newProducerId(), producerEpoch: 0, lastProducerEpoch };
  }
  return { ...fresh, ...nextEpoch(current, expected) };
}

/** @throws KafkaError PRODUCER_FENCED if the client goes on from another producer's id */
export function assertMayInitialize(current: Transaction, expected: ProducerIdAndEpoch | undefined): void {
  if (expected === undefined || current.producerEpoch === NO_PRODUCER_EPOCH) return;
  if (expected.producerId === current.producerId) return;
  // A repetition: the client has not seen the new producer id.
  if (expected.producerId === current.previousProducerId && isEpochExhausted(expected.producerEpoch)) return;
  throw new KafkaError(ErrorCode.PRODUCER_FENCED);
}

function nextEpoch(
  { producerEpoch, lastProducerEpoch }: Transaction,
  expected: ProducerIdAndEpoch | undefined,
): Pick<Transaction, 'producerEpoch' | 'lastProducerEpoch'> {
  if (expected === undefined) return { producerEpoch: producerEpoch + 1, lastProducerEpoch: NO_PRODUCER_EPOCH };
  if (producerEpoch === NO_PRODUCER_EPOCH || expected.producerEpoch === producerEpoch) {
    return { producerEpoch: producerEpoch + 1, lastProducerEpoch: producerEpoch };
  }
  // A repetition; had another producer come in between there would be no last epoch.
  if (expected.producerEpoch === lastProducerEpoch) return { producerEpoch, lastProducerEpoch };
  throw new KafkaError(ErrorCode.PRODUCER_FENCED);
}

/**
 * An ongoing transaction that is to be aborted because its time is up or another producer takes the id over: the
 * epoch goes up, so that its producer can do nothing more.
 * @param transactionVersion the cluster's
 */
export function fenced(current: Transaction, nowMs: number, transactionVersion: number): Transaction {
  const { producerEpoch } = current;
  return {
    ...current,
    previousProducerId: current.producerId,
    state: 'PrepareAbort',
    producerEpoch: producerEpoch + 1,
    lastProducerEpoch: transactionVersion >= EPOCH_BUMP_VERSION ? producerEpoch : NO_PRODUCER_EPOCH,
    lastUpdateTimestampMs: nowMs,
    clientTransactionVersion: transactionVersion,
  };
}
