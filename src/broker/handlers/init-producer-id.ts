// InitProducerId, v0-5: a producer id for an idempotent producer.
// v2: flexible.  v3: the id and epoch to go on with (KIP-360).  v4: PRODUCER_FENCED.  v5: transactions of version 2.
// Follows kafka.server.KafkaApis.handleInitProducerIdRequest and TransactionCoordinator.handleInitProducerId.
import { ErrorCode } from '../../protocol/errors.ts';
import { InitProducerId, type InitProducerIdRequest } from '../../protocol/messages/init-producer-id.ts';
import { defineHandler } from './define.ts';

export const initProducerIdHandler = defineHandler(InitProducerId, (request, { services }) => {
  const errorCode = requestError(request);
  if (errorCode !== ErrorCode.NONE) return { throttleTimeMs: 0, errorCode, producerId: -1, producerEpoch: -1 };
  const producerId = services.producerIds.next();
  return { throttleTimeMs: 0, errorCode, producerId, producerEpoch: 0 };
});

function requestError({ transactionalId, producerId, producerEpoch }: InitProducerIdRequest): number {
  if (producerId < 0 !== producerEpoch < 0 || transactionalId === '') return ErrorCode.INVALID_REQUEST;
  // There is no transaction coordinator. Clients take this as final and say so; of a coordinator that is not available
  // they would go on asking.
  return transactionalId === null ? ErrorCode.NONE : ErrorCode.UNSUPPORTED_VERSION;
}
