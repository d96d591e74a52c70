// ShareFetch, v1-2 (KIP-932): records for a member of a share group, and what it has made of earlier ones.
// v2: renewals (KIP-1222), strict numbers of records (KIP-1206).
// Follows kafka.server.KafkaApis.handleShareFetchRequest. What a quota throttles is answered whole, as it is acquired.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareFetch, type ShareFetchRequest } from '../../protocol/messages/share-fetch.ts';
import { quotaClient } from '../quotas/serve-throttled.ts';
import { type AcknowledgeResult, acknowledgeTopics, isMemberId } from '../shares/acknowledge-request.ts';
import { type FetchedPartition, fetchSession } from '../shares/fetch/fetch-session.ts';
import { shareVersion } from '../shares/open-shares.ts';
import { FINAL_EPOCH, INITIAL_EPOCH, nameOf, type ShareSession } from '../shares/session/share-sessions.ts';
import { leaderEndpoints } from './current-leader.ts';
import { defineHandler, NO_RESPONSE, type RequestContext } from './define.ts';
import { mayJoin } from './may-join.ts';
import { byTopic, isStale, withCurrentLeader } from './share-answers.ts';

/** From this version on records can be renewed, and their number limited. */
const RENEW_VERSION = 2;

type Member = ShareFetchRequest & { readonly groupId: string; readonly memberId: string };

export const shareFetchHandler = defineHandler(ShareFetch, async (request, context) => {
  const { services, apiVersion } = context;
  if (shareVersion(services.metadata) < 1) return refused(ErrorCode.UNSUPPORTED_VERSION);
  if (!mayJoin(request.groupId, context)) return refused(ErrorCode.GROUP_AUTHORIZATION_FAILED);
  if (!isMember(request) || (apiVersion >= RENEW_VERSION && isRenewalThatFetches(request)))
    return refused(ErrorCode.INVALID_REQUEST);
  const session = await openSession(request, context);
  if (typeof session === 'number') return refused(session);
  const acknowledged = acknowledgeRequest(request, context);
  const isFinal = request.shareSessionEpoch === FINAL_EPOCH;
  const isSubsequent = !isFinal && request.shareSessionEpoch !== INITIAL_EPOCH;
  const epoch = session.epoch;
  const fetched = isFinal || request.isRenewAck ? [] : await fetchSession(session, request, context);
  if (fetched === undefined) return NO_RESPONSE;
  if (isSubsequent && session.epoch !== epoch) return refused(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
  const told = isSubsequent ? fetched.filter((each) => mustTell(session, each)) : fetched;
  if (isFinal) services.shareSessions.leave(request.groupId, request.memberId);
  return answer(request, told, acknowledged, context);
});

function isMember(request: ShareFetchRequest): request is Member {
  return request.groupId !== null && isMemberId(request.memberId);
}

function isRenewalThatFetches({ isRenewAck, maxBytes, minBytes, maxRecords, maxWaitMs }: ShareFetchRequest): boolean {
  return isRenewAck && [maxBytes, minBytes, maxRecords, maxWaitMs].some((value) => value !== 0);
}

/** The session that the request is of, or the error code; one who finds no room waits as long as for records. */
async function openSession(request: Member, { services, connection }: RequestContext): Promise<ShareSession | number> {
  const { groupId, memberId, shareSessionEpoch: epoch, topics, forgottenTopicsData } = request;
  const wanted = topics.flatMap(({ topicId, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ topicId, partition: partitionIndex })),
  );
  const forgotten = forgottenTopicsData.flatMap(({ topicId, partitions }) =>
    partitions.map((partition) => ({ topicId, partition })),
  );
  const { shareSessions, clock } = services;
  try {
    if (epoch === FINAL_EPOCH) return shareSessions.assertThere(groupId, memberId);
    if (epoch !== INITIAL_EPOCH) return shareSessions.goOn({ groupId, memberId, epoch, wanted, forgotten, connection });
    if (hasAcknowledgements(request)) return ErrorCode.INVALID_REQUEST;
    return shareSessions.begin({ groupId, memberId, epoch, wanted, forgotten, connection });
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    if (error.code === ErrorCode.SHARE_SESSION_LIMIT_REACHED) {
      await new Promise<void>((resolve) => {
        const timer = clock.setTimer(request.maxWaitMs, resolve);
        connection.onClose(() => {
          timer.cancel();
          resolve();
        });
      });
    }
    return error.code;
  }
}

function hasAcknowledgements({ topics }: ShareFetchRequest): boolean {
  return topics.some(({ partitions }) => partitions.some((each) => each.acknowledgementBatches.length > 0));
}

function acknowledgeRequest(request: Member, { services, apiVersion, access }: RequestContext): AcknowledgeResult[] {
  const { groupId, memberId, isRenewAck, topics } = request;
  return acknowledgeTopics(services, topics, {
    groupId,
    memberId,
    isRenewAck,
    supportsRenew: apiVersion >= RENEW_VERSION,
    access,
  });
}

/** Whether there is something to tell that the member does not know (CachedSharePartition.maybeUpdateResponseData). */
function mustTell(session: ShareSession, { topicId, partitionIndex, errorCode, records }: FetchedPartition): boolean {
  const name = nameOf({ topicId, partition: partitionIndex });
  const known = session.partitions.get(name);
  const hasRecords = records.length > 0;
  if (!known) return hasRecords || errorCode !== ErrorCode.NONE;
  const must = known.mustTell || hasRecords || errorCode !== ErrorCode.NONE;
  known.mustTell = errorCode !== ErrorCode.NONE;
  if (hasRecords) {
    // Others come first next time.
    session.partitions.delete(name);
    session.partitions.set(name, known);
  }
  return must;
}

function answer(
  request: Member,
  fetched: readonly FetchedPartition[],
  acknowledged: readonly AcknowledgeResult[],
  context: RequestContext,
) {
  const { services } = context;
  const acknowledgedBy = new Map(acknowledged.map((each) => [`${each.topicId}:${each.partitionIndex}`, each]));
  const nothing = { errorCode: ErrorCode.NONE, errorMessage: null, records: [], acquiredRecords: [] };
  const names = new Set(fetched.map((each) => `${each.topicId}:${each.partitionIndex}`));
  const others = acknowledged
    .filter(({ topicId, partitionIndex }) => !names.has(`${topicId}:${partitionIndex}`))
    .map(({ topicId, partitionIndex }) => ({ topicId, partitionIndex, ...nothing }));
  const results = [...fetched, ...others].map((result) => {
    const acknowledgement = acknowledgedBy.get(`${result.topicId}:${result.partitionIndex}`);
    return {
      ...withCurrentLeader(result, result.errorCode, services),
      acknowledgeErrorCode: acknowledgement?.errorCode ?? ErrorCode.NONE,
      acknowledgeErrorMessage: acknowledgement?.errorMessage ?? null,
    };
  });
  return {
    throttleTimeMs: throttleTime(fetched, context),
    errorCode: ErrorCode.NONE,
    acquisitionLockTimeoutMs: services.sharePartitions.configOf(request.groupId).recordLockDurationMs,
    responses: byTopic(results),
    nodeEndpoints: leaderEndpoints(
      results.filter(({ errorCode }) => isStale(errorCode)),
      context,
    ),
  };
}

function throttleTime(fetched: readonly FetchedPartition[], context: RequestContext): number {
  const { quotas } = context.services;
  if (!quotas.active) return 0;
  const bytes = fetched.flatMap(({ records }) => records).reduce((sum, { length }) => sum + length, 0);
  return quotas.fetched(quotaClient(context), bytes);
}

function refused(errorCode: number) {
  return { throttleTimeMs: 0, errorCode, acquisitionLockTimeoutMs: 0, responses: [], nodeEndpoints: [] };
}
