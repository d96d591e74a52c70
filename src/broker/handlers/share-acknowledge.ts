// ShareAcknowledge, v1-2 (KIP-932): what a member of a share group has made of records that it holds.
// v2: renewals (KIP-1222), the time for which records are held.
// Follows kafka.server.KafkaApis.handleShareAcknowledgeRequest.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareAcknowledge } from '../../protocol/messages/share-acknowledge.ts';
import { type AcknowledgeResult, acknowledgeTopics, isMemberId } from '../shares/acknowledge-request.ts';
import { shareVersion } from '../shares/open-shares.ts';
import { FINAL_EPOCH } from '../shares/session/share-sessions.ts';
import { leaderEndpoints } from './current-leader.ts';
import { defineHandler, type RequestContext } from './define.ts';
import { mayJoin } from './may-join.ts';
import { byTopic, isStale, withCurrentLeader } from './share-answers.ts';

/** From this version on records can be renewed. */
const RENEW_VERSION = 2;

export const shareAcknowledgeHandler = defineHandler(ShareAcknowledge, (request, context) => {
  const { services, apiVersion, access } = context;
  const { groupId, memberId, shareSessionEpoch, isRenewAck, topics } = request;
  if (shareVersion(services.metadata) < 1) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (!mayJoin(groupId, context)) return refused(ErrorCode.GROUP_AUTHORIZATION_FAILED);
  if (groupId === null || !isMemberId(memberId)) return refused(ErrorCode.INVALID_REQUEST);
  try {
    services.shareSessions.advance(groupId, memberId, shareSessionEpoch);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return refused(error.code);
  }
  const supportsRenew = apiVersion >= RENEW_VERSION;
  const results = acknowledgeTopics(services, topics, { groupId, memberId, isRenewAck, supportsRenew, access });
  if (shareSessionEpoch === FINAL_EPOCH) services.shareSessions.leave(groupId, memberId);
  return answer(results, services.sharePartitions.configOf(groupId).recordLockDurationMs, context);
});

function answer(results: readonly AcknowledgeResult[], acquisitionLockTimeoutMs: number, context: RequestContext) {
  const told = results.map((result) => withCurrentLeader(result, result.errorCode, context.services));
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    acquisitionLockTimeoutMs,
    responses: byTopic(told),
    nodeEndpoints: leaderEndpoints(
      told.filter(({ errorCode }) => isStale(errorCode)),
      context,
    ),
  };
}

function refused(errorCode: number) {
  return { throttleTimeMs: 0, errorCode, acquisitionLockTimeoutMs: 0, responses: [], nodeEndpoints: [] };
}
