// UnregisterBroker, v0: forgets a broker's registration. The only broker there is may be unregistered too, as in Kafka; it
// is then in no list of brokers until it starts again.
// Follows ControllerApis.handleUnregisterBroker and ClusterControlManager.unregisterBroker.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { UnregisterBroker } from '../../protocol/messages/unregister-broker.ts';
import { defineHandler } from './define.ts';
import { resourceFailure } from './failures.ts';

export const unregisterBrokerHandler = defineHandler(UnregisterBroker, ({ brokerId }, { services }) => {
  const { metadata } = services;
  if (!metadata.brokers.has(brokerId)) {
    const message = `Broker ID ${brokerId} is not currently registered`;
    return { throttleTimeMs: 0, ...resourceFailure(new KafkaError(ErrorCode.BROKER_ID_NOT_REGISTERED, message)) };
  }
  metadata.unregister(brokerId);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: '' };
});
