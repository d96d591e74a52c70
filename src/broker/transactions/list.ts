// ListTransactions (TransactionStateManager.listTransactionStates).
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { TransactionContext } from './context.ts';
import { TRANSACTION_STATES, type Transaction } from './transaction.ts';

export interface TransactionFilters {
  /** Names; empty for all. */
  readonly states: readonly string[];
  /** Empty for all. */
  readonly producerIds: readonly number[];
  /** Only transactions open for longer, milliseconds; negative for all. */
  readonly durationMs: number;
  /** By transactional id. */
  matches(transactionalId: string): boolean;
}

export interface ListedTransactions {
  readonly unknownStates: string[];
  readonly transactions: Transaction[];
}

export function listTransactions(context: TransactionContext, filters: TransactionFilters): ListedTransactions {
  const { states, producerIds, durationMs } = filters;
  const known: ReadonlySet<string> = new Set(TRANSACTION_STATES);
  const nowMs = context.clock.nowMs();
  const isWanted = ({ transactionalId, producerId, state, startTimestampMs }: Transaction) =>
    (producerIds.length === 0 || producerIds.includes(producerId)) &&
    (states.length === 0 || states.includes(state)) &&
    (durationMs < 0 || nowMs - startTimestampMs > durationMs) &&
    filters.matches(transactionalId);
  return {
    unknownStates: states.filter((state) => !known.has(state)),
    transactions: inListOrder(context).filter(isWanted),
  };
}

/** Kafka goes through the partitions of `__transaction_state`, and through a hash table for each. */
function inListOrder({ transactions, store }: TransactionContext): Transaction[] {
  const byPartition = new Map<number, Transaction[]>();
  for (const transaction of transactions.values()) {
    const partition = store.partitionFor(transaction.transactionalId);
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), transaction]);
  }
  return [...byPartition]
    .sort(([a], [b]) => a - b)
    .flatMap(([, some]) => hashMapOrder(some, ({ transactionalId }) => javaStringHash(transactionalId)));
}
