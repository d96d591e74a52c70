// ShareGroupHeartbeat (v1, KIP-932). Steps: groups/share/heartbeat.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareGroupHeartbeat } from '../../protocol/messages/share-group-heartbeat.ts';
import { isMemberId } from '../shares/acknowledge-request.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';
import { mayJoin, maySubscribe } from './may-join.ts';

const UNSEEN_TOPICS = {
  throttleTimeMs: 0,
  errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  errorMessage: null,
  memberEpoch: 0,
  heartbeatIntervalMs: 0,
} as const;

export const shareGroupHeartbeatHandler = defineHandler(ShareGroupHeartbeat, (request, context) => {
  try {
    const groups = context.services.groups.sharesOf(request.groupId);
    if (!mayJoin(request.groupId, context)) throw new KafkaError(ErrorCode.GROUP_AUTHORIZATION_FAILED);
    const isRefused = isMemberId(request.memberId) && !maySubscribe(request.subscribedTopicNames ?? [], context);
    if (isRefused) return UNSEEN_TOPICS;
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
