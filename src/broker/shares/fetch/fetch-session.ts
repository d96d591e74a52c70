import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ShareFetchRequest } from '../../../protocol/messages/share-fetch.ts';
import type { RequestContext } from '../../handlers/define.ts';
import { AclOperation, AclResource } from '../../security/acl.ts';
import type { SharePartition } from '../partition/share-partition.ts';
import type { PartitionId, ShareSession } from '../session/share-sessions.ts';
import { failure, type SharePartitionResult, shareFetch } from './share-fetch.ts';

/** ShareAcquireMode.RECORD_LIMIT (KIP-1206). */
const RECORD_LIMIT = 1;

export interface FetchedPartition extends SharePartitionResult {
  readonly topicId: string;
  readonly partitionIndex: number;
}

/** What a session's member acquires of its partitions; undefined if the connection has ended meanwhile. */
export async function fetchSession(
  session: ShareSession,
  request: ShareFetchRequest,
  context: RequestContext,
): Promise<FetchedPartition[] | undefined> {
  const { services, connection } = context;
  const { groupId, memberId } = session;
  const failed: FetchedPartition[] = [];
  const open: SharePartition[] = [];
  const wanted = rotated([...session.partitions.values()], request.shareSessionEpoch);
  const maxBytes = Math.min(request.maxBytes, services.config.fetchMaxBytes);
  const isIdle = request.maxRecords === 0 || maxBytes === 0;
  const fail = (partition: PartitionId, errorCode: number, message: string | null) =>
    failed.push({ topicId: partition.topicId, partitionIndex: partition.partition, ...failure(errorCode, message) });
  for (const each of wanted) {
    const unknown = unknownCode(context, each);
    if (unknown !== ErrorCode.NONE) fail(each, unknown, null);
    if (unknown !== ErrorCode.NONE || isIdle) continue;
    try {
      const { topicId, partition } = each;
      open.push(await services.sharePartitions.open({ groupId, topicId, partition }));
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      fail(each, error.code, error.code === ErrorCode.UNKNOWN_SERVER_ERROR ? null : error.message);
    }
  }
  if (open.length === 0) return failed;
  const results = await shareFetch(
    services,
    open,
    {
      memberId,
      maxWaitMs: request.maxWaitMs,
      minBytes: Math.min(request.minBytes, maxBytes),
      maxBytes,
      maxRecords: request.maxRecords,
      batchSize: request.batchSize,
      isRecordLimit: request.shareAcquireMode === RECORD_LIMIT,
      readCommitted: services.sharePartitions.configOf(groupId).readCommitted,
    },
    connection,
  );
  if (!results) return undefined;
  const fetched = [...results].map(([{ key }, result]) => ({
    topicId: key.topicId,
    partitionIndex: key.partition,
    ...result,
  }));
  return [...failed, ...fetched];
}

function unknownCode({ services, access }: RequestContext, { topicId, partition }: PartitionId): number {
  const topic = services.metadata.topicById(topicId);
  if (!topic) return ErrorCode.UNKNOWN_TOPIC_ID;
  if (access && !access.may(AclOperation.READ, AclResource.TOPIC, topic.name))
    return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
  return topic.partitions[partition] ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
}

/** Each request begins with another partition (PartitionRotateStrategy). */
function rotated<T>(partitions: readonly T[], epoch: number): T[] {
  if (partitions.length < 2 || epoch < 1) return [...partitions];
  const at = epoch % partitions.length;
  return [...partitions.slice(at), ...partitions.slice(0, at)];
}
