// ConsumerGroupHeartbeat (v0-1, KIP-848): v1 regular expressions, member ids chosen by clients (KIP-1082). Steps:
// groups/consumer/heartbeat.ts.

import { KafkaError } from '../../protocol/errors.ts';
import { ConsumerGroupHeartbeat } from '../../protocol/messages/consumer-group-heartbeat.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';
import { assertConsumerGroups } from './group-protocols.ts';

export const consumerGroupHeartbeatHandler = defineHandler(ConsumerGroupHeartbeat, (request, context) => {
  try {
    assertConsumerGroups(context.services);
  } catch (error) {
    // Kafka refuses the request before its coordinator sees it, with a code alone.
    return { ...failure(error), errorMessage: null };
  }
  try {
    return context.services.groups.consumerHeartbeat(groupClientOf(context), request);
  } catch (error) {
    return failure(error);
  }
});

function failure(error: unknown) {
  if (!(error instanceof KafkaError)) throw error;
  return {
    throttleTimeMs: 0,
    errorCode: error.code,
    errorMessage: error.message,
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
  };
}
