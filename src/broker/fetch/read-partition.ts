// Reads one partition for a fetch (ReplicaManager.readFromLog, Partition.fetchRecords).
import { LogError } from '../../log/errors.ts';
import type { PartitionLog, ReadResult } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { checkLeaderEpoch, endOffsetForEpoch, type HostedPartition, hostedPartition } from '../hosted-partition.ts';
import type { PartitionImage } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import type { FetchPartition, FetchPartitionResult } from './fetch-partition.ts';

const NO_RECORDS = Buffer.alloc(0);

export interface ReadLimits {
  /** Bytes that this partition may take. */
  readonly maxBytes: number;
  /** Whether one batch may be larger than that (KIP-74). */
  readonly minOneMessage: boolean;
  readonly readCommitted: boolean;
  /** A follower may answer too (KIP-392). */
  readonly anyReplica: boolean;
}

export interface PartitionRead {
  readonly result: FetchPartitionResult;
  /** Undefined where there is nothing to wait for: the answer is an error or a diverging epoch. */
  readonly log: PartitionLog | undefined;
  readonly bytes: number;
}

/** A read, or the promise of one where a file has to be read. */
export function readPartition(
  services: Services,
  wanted: FetchPartition,
  limits: ReadLimits,
): PartitionRead | Promise<PartitionRead> {
  const found = findPartition(services, wanted, limits.anyReplica);
  if (typeof found === 'number') return failed(wanted.partition, found, leaderOf(services, wanted));
  const stale = checkLeaderEpoch(found.image, wanted.currentLeaderEpoch);
  if (stale !== ErrorCode.NONE) return failed(wanted.partition, stale, found.image);
  const { log } = found;
  if (wanted.lastFetchedEpoch >= 0) {
    const diverged = divergence(found, wanted);
    if (diverged !== undefined) return diverged;
  }
  return readLog(log, wanted, limits);
}

function findPartition(
  services: Services,
  { topic, topicId, partition }: FetchPartition,
  anyReplica: boolean,
): HostedPartition | number {
  if (topic === undefined) return ErrorCode.UNKNOWN_TOPIC_ID;
  const image = services.metadata.topic(topic);
  const found = hostedPartition(services, image, partition, anyReplica);
  const isOther = topicId !== ZERO_UUID && image !== undefined && image.id !== topicId;
  return isOther && typeof found !== 'number' ? ErrorCode.INCONSISTENT_TOPIC_ID : found;
}

function readLog(
  log: PartitionLog,
  { partition, fetchOffset }: FetchPartition,
  { readCommitted, maxBytes, minOneMessage }: ReadLimits,
): PartitionRead | Promise<PartitionRead> {
  // Taken before the read: what is appended while a file is read belongs to the next fetch.
  const { highWatermark, lastStableOffset, logStartOffset } = log;
  const upTo = readCommitted ? lastStableOffset : highWatermark;
  const finish = (read: ReadResult): PartitionRead => ({
    result: {
      partitionIndex: partition,
      errorCode: ErrorCode.NONE,
      highWatermark,
      lastStableOffset,
      logStartOffset,
      abortedTransactions: readCommitted ? log.abortedTransactions(fetchOffset, read.nextOffset) : null,
      records: read.sizeInBytes === 0 ? NO_RECORDS : read.records,
    },
    log,
    bytes: read.sizeInBytes,
  });
  const fail = (error: unknown): PartitionRead => {
    if (!(error instanceof LogError)) throw error;
    return failed(partition, error.code);
  };
  try {
    const read = log.read(fetchOffset, maxBytes, { minOneMessage, upTo });
    return read instanceof Promise ? read.then(finish).catch(fail) : finish(read);
  } catch (error) {
    return fail(error);
  }
}

/** Whether the client has records of an epoch that ended earlier here (KIP-595): it must truncate. */
function divergence({ log, image }: HostedPartition, wanted: FetchPartition): PartitionRead | undefined {
  const { partition, fetchOffset, lastFetchedEpoch } = wanted;
  const { epoch, endOffset } = endOffsetForEpoch(log, image, lastFetchedEpoch);
  if (epoch < 0 || endOffset < 0) return failed(partition, ErrorCode.OFFSET_OUT_OF_RANGE);
  if (epoch >= lastFetchedEpoch && endOffset >= fetchOffset) return undefined;
  const { highWatermark, lastStableOffset, logStartOffset } = log;
  const result = {
    partitionIndex: partition,
    errorCode: ErrorCode.NONE,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch: { epoch, endOffset },
    abortedTransactions: null,
    records: NO_RECORDS,
  };
  return { result, log: undefined, bytes: 0 };
}

function leaderOf({ metadata }: Services, { topic, partition }: FetchPartition): PartitionImage | undefined {
  return topic === undefined ? undefined : metadata.topic(topic)?.partitions[partition];
}

function failed(partitionIndex: number, errorCode: number, image?: PartitionImage): PartitionRead {
  const isUnknown = errorCode === ErrorCode.UNKNOWN_TOPIC_ID || errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const isElsewhere = errorCode === ErrorCode.FENCED_LEADER_EPOCH || errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER;
  const currentLeader = image && isElsewhere && { leaderId: image.leader, leaderEpoch: image.leaderEpoch };
  const result = {
    partitionIndex,
    errorCode,
    highWatermark: -1,
    abortedTransactions: isUnknown ? [] : null,
    records: NO_RECORDS,
    ...(currentLeader && { currentLeader }),
  };
  return { result, log: undefined, bytes: 0 };
}
