// A decided transaction is ended in its partitions, and when all know it, it is complete
// (TransactionMarkerChannelManager, TransactionMarkerRequestCompletionHandler). What cannot be written now is written
// later; until then the transaction stays in PrepareCommit or PrepareAbort.
import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import { save, type TransactionContext } from './context.ts';
import { completed } from './end.ts';
import { NO_PARTITIONS, partitionsOf, type TopicPartition, type Transaction, withPartitions } from './transaction.ts';

/** Errors after which a marker is tried again. */
const TRY_AGAIN: ReadonlySet<number> = new Set([ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_LEADER_OR_FOLLOWER]);

/** Writes the markers that are missing. Returns the transaction as it is then. */
export function complete(context: TransactionContext, decided: Transaction): Transaction {
  try {
    const left = [...partitionsOf(decided.partitions)].filter((partition) => !isEnded(context, decided, partition));
    if (left.length > 0) {
      const rest = { ...decided, partitions: withPartitions(NO_PARTITIONS, left) };
      context.transactions.set(decided.transactionalId, rest);
      return rest;
    }
    const done = completed(decided, context.clock.nowMs());
    save(context, done);
    return done;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    context.logger.warn(`Transaction ${decided.transactionalId} stays in ${decided.state} for now: ${error.message}`);
    return decided;
  }
}

/** Whether the transaction has its marker in this partition now, or needs none there. */
function isEnded(context: TransactionContext, decided: Transaction, partition: TopicPartition): boolean {
  const { transactionalId, producerId, producerEpoch, clientTransactionVersion } = decided;
  const errorCode = context.writeMarker(partition, {
    producerId,
    producerEpoch,
    committed: decided.state === 'PrepareCommit',
    coordinatorEpoch: context.store.coordinatorEpoch(transactionalId),
    transactionVersion: clientTransactionVersion,
  });
  if (TRY_AGAIN.has(errorCode)) return false;
  // A partition that was deleted has no transaction to end.
  if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return true;
  const where = `${partition.topic}-${partition.partition}`;
  context.logger.warn(`No marker of transaction ${transactionalId} in ${where}: ${errorInfo(errorCode).name}`);
  return true;
}
