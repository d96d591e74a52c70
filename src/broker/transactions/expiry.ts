// What time does to transactions (TransactionCoordinator.abortTimedOutTransactions,
// TransactionStateManager.removeExpiredTransactionalIds).
import { KafkaError } from '../../protocol/errors.ts';
import { complete } from './complete.ts';
import { save, type TransactionContext } from './context.ts';
import { fenced } from './initialize.ts';
import { transactionTombstone } from './records.ts';
import { isPrepared, type Transaction } from './transaction.ts';

/** Aborts the transactions that have been open for longer than their producers asked for, and fences these. */
export function abortTimedOut(context: TransactionContext): void {
  const nowMs = context.clock.nowMs();
  for (const transaction of [...context.transactions.values()]) {
    const { transactionalId, state, startTimestampMs, timeoutMs } = transaction;
    if (state !== 'Ongoing' || startTimestampMs + timeoutMs >= nowMs) continue;
    attempt(context, transactionalId, () => abort(context, transaction));
  }
}

/** Aborts an ongoing transaction on nobody's behalf. @throws KafkaError with the number to answer with */
export function abort(context: TransactionContext, ongoing: Transaction): void {
  const aborting = fenced(ongoing, context.clock.nowMs(), context.transactionVersion);
  save(context, aborting);
  complete(context, aborting);
}

/** Forgets the ids that were not used for transactional.id.expiration.ms. */
export function removeExpired(context: TransactionContext): void {
  const expiredMs = context.clock.nowMs() - context.config.transactionalIdExpirationMs;
  for (const transaction of [...context.transactions.values()]) {
    const { transactionalId, state, lastUpdateTimestampMs } = transaction;
    if (state === 'Ongoing' || isPrepared(transaction) || lastUpdateTimestampMs > expiredMs) continue;
    attempt(context, transactionalId, () => {
      context.store.append(transactionalId, transactionTombstone(transactionalId));
      context.transactions.delete(transactionalId);
    });
  }
}

function attempt({ logger }: TransactionContext, transactionalId: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    logger.warn(`Transactional id ${transactionalId} stays as it is for now: ${error.message}`);
  }
}
