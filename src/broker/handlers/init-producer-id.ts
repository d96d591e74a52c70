// InitProducerId, v0-5: a producer id for an idempotent producer, or an id with an epoch for a transactional one.
// v2: flexible.  v3: the id and epoch to go on with (KIP-360).  v4: PRODUCER_FENCED.  v5: transactions of version 2.
// Follows kafka.server.KafkaApis.handleInitProducerIdRequest and TransactionCoordinator.handleInitProducerId.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { InitProducerId, type InitProducerIdRequest } from '../../protocol/messages/init-producer-id.ts';
import type { Services } from '../services.ts';
import type { ProducerIdAndEpoch } from '../transactions/transaction.ts';
import { defineHandler } from './define.ts';
import { producerErrorOf } from './producer-fenced.ts';

const PRODUCER_FENCED_VERSION = 4;

export const initProducerIdHandler = defineHandler(InitProducerId, (request, { services, apiVersion }) => {
  try {
    const { producerId, producerEpoch } = init(services, request);
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, producerId, producerEpoch };
  } catch (error) {
    const errorCode = producerErrorOf(error, apiVersion >= PRODUCER_FENCED_VERSION);
    return { throttleTimeMs: 0, errorCode, producerId: -1, producerEpoch: -1 };
  }
});

function init({ producerIds, transactions }: Services, request: InitProducerIdRequest): ProducerIdAndEpoch {
  const { transactionalId, transactionTimeoutMs, producerId, producerEpoch } = request;
  if (producerId < 0 !== producerEpoch < 0) throw new KafkaError(ErrorCode.INVALID_REQUEST);
  if (transactionalId === null) return { producerId: producerIds.next(), producerEpoch: 0 };
  const expected = producerId < 0 ? undefined : { producerId, producerEpoch };
  return transactions.initProducerId(transactionalId, transactionTimeoutMs, expected);
}
