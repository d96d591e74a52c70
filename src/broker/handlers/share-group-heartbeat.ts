// ShareGroupHeartbeat (v1, KIP-932). Steps: groups/share/heartbeat.ts.
import { KafkaError } from '../../protocol/errors.ts';
import { ShareGroupHeartbeat } from '../../protocol/messages/share-group-heartbeat.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';

export const shareGroupHeartbeatHandler = defineHandler(ShareGroupHeartbeat, (request, context) => {
  try {
    return context.services.groups.sharesOf(request.groupId).heartbeat(groupClientOf(context), request);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return {
      throttleTimeMs: 0,
      errorCode: error.code,
      // Without a member id Kafka refuses the request before its coordinator sees it.
      errorMessage: request.memberId === '' ? null : error.message,
      memberEpoch: 0,
      heartbeatIntervalMs: 0,
    };
  }
});
