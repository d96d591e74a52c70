// ConsumerGroupHeartbeat (v0-1, KIP-848): v1 regular expressions, member ids chosen by clients (KIP-1082). Steps:
// groups/consumer/heartbeat.ts.

import { KafkaError } from '../../protocol/errors.ts';
import { ConsumerGroupHeartbeat } from '../../protocol/messages/consumer-group-heartbeat.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';

export const consumerGroupHeartbeatHandler = defineHandler(ConsumerGroupHeartbeat, (request, context) => {
  try {
    return context.services.groups.consumerHeartbeat(groupClientOf(context), request);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return {
      throttleTimeMs: 0,
      errorCode: error.code,
      errorMessage: error.message,
      memberEpoch: 0,
      heartbeatIntervalMs: 0,
    };
  }
});
