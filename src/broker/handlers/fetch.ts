// Fetch, v4-18: batches of partitions from given offsets on, as they were appended.
// v4: read_committed, aborted transactions.  v5: log start offset.  v7: sessions (KIP-227).  v9: leader epochs (KIP-320).
// v11: racks.  v12: flexible, diverging epochs.  v13: topic ids for names.  v15: replica state for the replica id.
// v16: the leader's address with its error.  v17: directory ids.  v18: the follower's high watermark.
// Follows kafka.server.KafkaApis.handleFetchRequest. Only consumers fetch here: replicas share their data.
import { ErrorCode } from '../../protocol/errors.ts';
import { Fetch, type FetchRequest } from '../../protocol/messages/fetch.ts';
import { byteFieldSize } from '../../protocol/writer.ts';
import type { FetchPartition, FetchPartitionResult, FetchResponseInput } from '../fetch/fetch-partition.ts';
import { type FetchParams, fetchPartitions } from '../fetch/read-partitions.ts';
import { quotaClient } from '../quotas/serve-throttled.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import { leaderEndpoints } from './current-leader.ts';
import { defineHandler, NO_RESPONSE, type RequestContext } from './define.ts';

const READ_COMMITTED = 1;
/** From then on followers answer consumers. */
const FIRST_VERSION_WITH_RACK = 11;

export const fetchHandler = defineHandler(Fetch, async (request, context) => {
  const { services, apiVersion } = context;
  const opened = services.fetchSessions.open(request, apiVersion, (id) => services.metadata.topicById(id)?.name);
  if (typeof opened === 'number') return { throttleTimeMs: 0, errorCode: opened, responses: [] };
  const { partitions } = opened;
  const refused = unreadable(partitions, request, context);
  const results = isFollower(request)
    ? partitions.map(refused.size > 0 ? refusedToClient : refusedToFollower)
    : await fetchReadable(partitions, refused, paramsOf(request, context), context);
  if (results === undefined) return NO_RESPONSE;
  const throttleTimeMs = throttleTime(results, request, context);
  if (throttleTimeMs > 0)
    return { throttleTimeMs, errorCode: ErrorCode.NONE, sessionId: opened.sessionId, responses: [] };
  return withEndpoints(opened.respond(results), context);
});

function paramsOf(request: FetchRequest, context: RequestContext): FetchParams {
  const { config, quotas } = context.services;
  const allowed = quotas.active ? quotas.maxFetchBytes(quotaClient(context)) : Number.POSITIVE_INFINITY;
  const maxBytes = Math.min(request.maxBytes, config.fetchMaxBytes, allowed);
  return {
    maxBytes,
    minBytes: Math.min(request.minBytes, maxBytes),
    maxWaitMs: request.maxWaitMs,
    readCommitted: request.isolationLevel === READ_COMMITTED,
    anyReplica: context.apiVersion >= FIRST_VERSION_WITH_RACK,
  };
}

/** What a partition takes in an answer besides its records, about. */
const PARTITION_BYTES = 50;

/** How long the client must wait because it has fetched too much; what was read for it then is of no use. */
function throttleTime(
  results: readonly FetchPartitionResult[],
  request: FetchRequest,
  context: RequestContext,
): number {
  const { quotas } = context.services;
  if (!quotas.active || isFollower(request)) return 0;
  const bytes = results.reduce(
    (sum, { records }) => sum + PARTITION_BYTES + (records === null ? 0 : byteFieldSize(records)),
    0,
  );
  return quotas.fetched(quotaClient(context), bytes);
}

function isFollower({ replicaId, replicaState }: FetchRequest): boolean {
  return replicaId >= 0 || replicaState.replicaId >= 0;
}

const NONE: ReadonlySet<FetchPartition> = new Set();

/** What may not be read: asked with every fetch, as a session's partitions outlive the permission to read them. */
function unreadable(
  partitions: readonly FetchPartition[],
  request: FetchRequest,
  { access }: RequestContext,
): ReadonlySet<FetchPartition> {
  if (!access) return NONE;
  if (isFollower(request)) return access.onCluster(AclOperation.CLUSTER_ACTION) ? NONE : new Set(partitions);
  const names = partitions.flatMap(({ topic }) => topic ?? []);
  const readable = access.allowed(AclOperation.READ, AclResource.TOPIC, names);
  return new Set(partitions.filter(({ topic }) => topic !== undefined && !readable.has(topic)));
}

async function fetchReadable(
  partitions: readonly FetchPartition[],
  refused: ReadonlySet<FetchPartition>,
  params: FetchParams,
  { services, connection }: RequestContext,
): Promise<FetchPartitionResult[] | undefined> {
  if (refused.size === 0) return await fetchPartitions(services, partitions, params, connection);
  const readable = partitions.filter((partition) => !refused.has(partition));
  const read = await fetchPartitions(services, readable, params, connection);
  const results = read?.values();
  return results && partitions.map((each) => (refused.has(each) ? refusedToClient(each) : results.next().value!));
}

function refusedToClient({ partition }: FetchPartition): FetchPartitionResult {
  return {
    partitionIndex: partition,
    errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    highWatermark: -1,
    abortedTransactions: [],
    records: Buffer.alloc(0),
  };
}

/** No replica fetches from another (Partition.followerReplicaOrThrow). */
function refusedToFollower({ partition, currentLeaderEpoch }: FetchPartition): FetchPartitionResult {
  const errorCode = currentLeaderEpoch >= 0 ? ErrorCode.UNKNOWN_LEADER_EPOCH : ErrorCode.NOT_LEADER_OR_FOLLOWER;
  return {
    partitionIndex: partition,
    errorCode,
    highWatermark: -1,
    abortedTransactions: null,
    records: Buffer.alloc(0),
  };
}

/** From version 16 on a client that must go elsewhere is told where. */
function withEndpoints(response: FetchResponseInput, context: RequestContext): FetchResponseInput {
  if (context.apiVersion < 16) return response;
  const results = response.responses.flatMap(({ partitions }) => partitions);
  const nodeEndpoints = leaderEndpoints(results, context);
  return nodeEndpoints.length === 0 ? response : { ...response, nodeEndpoints };
}
