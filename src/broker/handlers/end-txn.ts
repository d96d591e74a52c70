// EndTxn, v0-5: commits or aborts a transaction.
// v2: PRODUCER_FENCED.  v3: flexible.  v5: the epoch goes up with every transaction and is in the answer (KIP-890).
// Follows kafka.server.KafkaApis.handleEndTxnRequest and TransactionCoordinator.endTransaction.
import { ErrorCode } from '../../protocol/errors.ts';
import { EndTxn } from '../../protocol/messages/end-txn.ts';
import { defineHandler } from './define.ts';
import { producerErrorOf } from './producer-fenced.ts';

const PRODUCER_FENCED_VERSION = 2;
const EPOCH_BUMP_VERSION = 5;

export const endTxnHandler = defineHandler(EndTxn, (request, { services, apiVersion }) => {
  const { transactionalId, ...end } = request;
  try {
    const transactionVersion = apiVersion >= EPOCH_BUMP_VERSION ? 2 : 0;
    const { producerId, producerEpoch } = services.transactions.end(transactionalId, { ...end, transactionVersion });
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, producerId, producerEpoch };
  } catch (error) {
    const errorCode = producerErrorOf(error, apiVersion >= PRODUCER_FENCED_VERSION);
    return { throttleTimeMs: 0, errorCode, producerId: -1, producerEpoch: -1 };
  }
});
