// ListTransactions, v0-2 (KIP-664): v1 by duration (KIP-994), v2 by a pattern for the id (KIP-1152), an RE2 expression.
// Follows TransactionStateManager.listTransactionStates.
import { ErrorCode } from '../../protocol/errors.ts';
import { ListTransactions } from '../../protocol/messages/list-transactions.ts';
import type { Clock } from '../../util/clock.ts';
import { clientPattern } from '../client-pattern.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const listTransactionsHandler = defineHandler(ListTransactions, (request, { services }) => {
  const { stateFilters, producerIdFilters, durationFilter, transactionalIdPattern } = request;
  const matches = matcherOf(transactionalIdPattern, services.clock);
  if (matches === undefined) return failed(ErrorCode.INVALID_REGULAR_EXPRESSION);
  try {
    const { unknownStates, transactions } = services.transactions.list({
      states: stateFilters,
      producerIds: producerIdFilters,
      durationMs: durationFilter,
      matches,
    });
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      unknownStateFilters: unknownStates,
      transactionStates: transactions.map(({ transactionalId, producerId, state }) => ({
        transactionalId,
        producerId,
        transactionState: state,
      })),
    };
  } catch (error) {
    return failed(errorCodeOf(error));
  }
});

/** Undefined if the pattern is no regular expression. */
function matcherOf(pattern: string | null, clock: Clock): ((transactionalId: string) => boolean) | undefined {
  if (pattern === null || pattern === '') return () => true;
  try {
    return clientPattern(pattern, clock);
  } catch {
    return undefined;
  }
}

function failed(errorCode: number) {
  return { throttleTimeMs: 0, errorCode, unknownStateFilters: [], transactionStates: [] };
}
