// Whether a producer may append a batch (org.apache.kafka.storage.internals.log.ProducerAppendInfo, and the epoch check of
// UnifiedLog.analyzeAndValidateProducerState).
import { type BatchHeader, isTransactional } from '../protocol/records/batch.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { ProducerEntry } from './producer-entry.ts';

const MAX_SEQUENCE = 0x7fffffff;
/** What Kafka prints for a batch that is no marker (TV_UNKNOWN). */
const UNKNOWN_TRANSACTION_VERSION = -1;

export type AppendOrigin = 'client' | 'coordinator';

export interface BatchPlace {
  /** `orders-0`. */
  topicPartition: string;
  /** The offset that the batch will get. */
  offset: number;
}

/**
 * Checks a data batch against what the log knows of its producer. Only clients have sequences.
 * @param entry undefined for a producer that the log does not know: any sequence is fine then, as its records may have
 *   been deleted
 * @throws LogError INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_TXN_STATE
 */
export function checkDataBatch(
  entry: ProducerEntry | undefined,
  batch: BatchHeader,
  origin: AppendOrigin,
  place: BatchPlace,
): void {
  if (entry === undefined) return;
  const transactional = isTransactional(batch.attributes);
  const ongoing = entry.currentTxnFirstOffset >= 0;
  if (transactional && !(ongoing && entry.epoch === batch.producerEpoch) && batch.producerEpoch < entry.epoch) {
    const which = `Epoch of producer ${batch.producerId} is ${batch.producerEpoch}`;
    throw new LogError(
      LogErrorCode.INVALID_PRODUCER_EPOCH,
      `${which}, which is smaller than the last seen epoch ${entry.epoch}`,
    );
  }
  if (batch.producerEpoch < entry.epoch) throw staleEpoch(entry, batch, place, '<', UNKNOWN_TRANSACTION_VERSION);
  if (origin === 'client') checkSequence(entry, batch, place);
  if (ongoing && !transactional) {
    throw new LogError(
      LogErrorCode.INVALID_TXN_STATE,
      `Expected transactional write from producer ${batch.producerId} at offset ${place.offset} in partition ${place.topicPartition}`,
    );
  }
}

function checkSequence(entry: ProducerEntry, batch: BatchHeader, place: BatchPlace): void {
  const { producerId, producerEpoch, baseSequence } = batch;
  const where = `offset ${place.offset} in partition ${place.topicPartition}`;
  if (producerEpoch !== entry.epoch) {
    if (baseSequence === 0 || entry.epoch === -1) return;
    // The missing blank is Kafka's.
    throw outOfOrder(
      `Invalid sequence number for new epoch of producer ${producerId}at ${where}: ${producerEpoch} (request epoch), ` +
        `${baseSequence} (seq. number), ${entry.epoch} (current producer epoch)`,
    );
  }
  const last = entry.lastSequence;
  if (baseSequence === last + 1 || (baseSequence === 0 && last === MAX_SEQUENCE)) return;
  throw outOfOrder(
    `Out of order sequence number for producer ${producerId} at ${where}: ${baseSequence} (incoming seq. number), ` +
      `${last} (current end sequence number)`,
  );
}

/**
 * Checks a COMMIT or ABORT marker. From transaction version 2 on (KIP-890) each transaction has an epoch of its own, so
 * a marker must bring a higher one, unless it repeats the marker of a transaction that has ended.
 * @throws LogError INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED
 */
export function checkMarker(
  entry: ProducerEntry | undefined,
  batch: BatchHeader,
  coordinatorEpoch: number,
  transactionVersion: number,
  place: BatchPlace,
): void {
  if (entry === undefined) return;
  const strict = transactionVersion >= 2;
  const repeated = batch.producerEpoch === entry.epoch && entry.currentTxnFirstOffset < 0;
  const stale = strict ? batch.producerEpoch <= entry.epoch && !repeated : batch.producerEpoch < entry.epoch;
  if (stale) throw staleEpoch(entry, batch, place, strict ? '<=' : '<', transactionVersion);
  if (entry.coordinatorEpoch <= coordinatorEpoch) return;
  throw new LogError(
    LogErrorCode.TRANSACTION_COORDINATOR_FENCED,
    `Invalid coordinator epoch for producerId ${batch.producerId} at offset ${place.offset} in partition ` +
      `${place.topicPartition}: ${coordinatorEpoch} (zombie), ${entry.coordinatorEpoch} (current)`,
  );
}

function staleEpoch(
  entry: ProducerEntry,
  batch: BatchHeader,
  place: BatchPlace,
  comparison: string,
  transactionVersion: number,
): LogError {
  const which = `Epoch of producer ${batch.producerId} at offset ${place.offset} in ${place.topicPartition}`;
  return new LogError(
    LogErrorCode.INVALID_PRODUCER_EPOCH,
    `${which} is ${batch.producerEpoch}, which is ${comparison} the last seen epoch ${entry.epoch} (TV${transactionVersion})`,
  );
}

function outOfOrder(message: string): LogError {
  return new LogError(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, message);
}
