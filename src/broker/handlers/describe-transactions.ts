// DescribeTransactions, v0 (KIP-664). Follows TransactionCoordinator.handleDescribeTransactions.
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeTransactions } from '../../protocol/messages/describe-transactions.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import type { Services } from '../services.ts';
import {
  NO_PARTITIONS,
  partitionsOf,
  type TransactionPartitions,
  withPartitions,
} from '../transactions/transaction.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

type State = ResponseInput<typeof DescribeTransactions>['transactionStates'][number];

export const describeTransactionsHandler = defineHandler(DescribeTransactions, (request, { services }) => ({
  throttleTimeMs: 0,
  transactionStates: request.transactionalIds.map((transactionalId) => describe(services, transactionalId)),
}));

function describe({ transactions }: Services, transactionalId: string): State {
  try {
    const { state, timeoutMs, startTimestampMs, producerId, producerEpoch, partitions } =
      transactions.describe(transactionalId);
    return {
      errorCode: ErrorCode.NONE,
      transactionalId,
      transactionState: state,
      transactionTimeoutMs: timeoutMs,
      transactionStartTimeMs: startTimestampMs,
      producerId,
      producerEpoch,
      topics: inHashOrder(partitions),
    };
  } catch (error) {
    const nothing = { transactionState: '', transactionTimeoutMs: 0, transactionStartTimeMs: 0 };
    return { errorCode: errorCodeOf(error), transactionalId, ...nothing, producerId: 0, producerEpoch: 0, topics: [] };
  }
}

/** Kafka goes through a hash set of partitions. */
function inHashOrder(partitions: TransactionPartitions) {
  const ordered = hashMapOrder(partitionsOf(partitions), ({ topic, partition }) =>
    topicPartitionHash(topic, partition),
  );
  return [...withPartitions(NO_PARTITIONS, ordered)].map(([topic, numbers]) => ({ topic, partitions: [...numbers] }));
}
