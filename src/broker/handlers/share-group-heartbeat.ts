// ShareGroupHeartbeat (v1, KIP-932). Steps: groups/share/heartbeat.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareGroupHeartbeat } from '../../protocol/messages/share-group-heartbeat.ts';
import { isMemberId } from '../shares/acknowledge-request.ts';
import { shareVersion } from '../shares/open-shares.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';
import { mayJoin, maySubscribe } from './may-join.ts';

export const shareGroupHeartbeatHandler = defineHandler(ShareGroupHeartbeat, (request, context) => {
  try {
    if (shareVersion(context.services.metadata) < 1) return refused(ErrorCode.UNSUPPORTED_VERSION);
    const groups = context.services.groups.sharesOf(request.groupId);
    if (!mayJoin(request.groupId, context)) return refused(ErrorCode.GROUP_AUTHORIZATION_FAILED);
    const isRefused = isMemberId(request.memberId) && !maySubscribe(request.subscribedTopicNames ?? [], context);
    if (isRefused) return refused(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    return groups.heartbeat(groupClientOf(context), request);
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

function refused(errorCode: number) {
  return { throttleTimeMs: 0, errorCode, errorMessage: null, memberEpoch: 0, heartbeatIntervalMs: 0 };
}
