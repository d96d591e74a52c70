// Reads for a member of a share group, waiting where there is nothing to acquire (DelayedShareFetch, ShareFetchUtils).
import { LogError } from '../../../log/errors.ts';
import { ErrorCode, errorInfo, KafkaError } from '../../../protocol/errors.ts';
import { visibleEnd } from '../../fetch/fetch-purgatory.ts';
import type { ConnectionInfo } from '../../network/connection-info.ts';
import type { Services } from '../../services.ts';
import type { AcquiredRecords } from '../partition/acquire.ts';
import { type ReadBatch, readBatches, slice } from '../partition/read-batches.ts';
import type { SharePartition } from '../partition/share-partition.ts';
import { type Seen, waitForShare } from './wait.ts';

export interface ShareFetchParams {
  readonly memberId: string;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  /** Divided among the partitions that are read. */
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly batchSize: number;
  readonly isRecordLimit: boolean;
  readonly readCommitted: boolean;
}

export interface SharePartitionResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly records: Buffer[];
  readonly acquiredRecords: AcquiredRecords[];
}

interface PartitionRead {
  readonly partition: SharePartition;
  readonly fetchOffset: number;
  /** How far the member could see. */
  readonly visibleEnd: number;
  readonly batches: readonly ReadBatch[];
  readonly bytes: number;
  readonly aborted: readonly { readonly producerId: number; readonly firstOffset: number }[];
  readonly error: LogError | KafkaError | undefined;
}

/**
 * What the member acquires, once there are `minBytes` to read, an error among them, or time is up. Partitions that
 * others are reading just then are not in the answer. Undefined if the connection has ended meanwhile.
 */
export async function shareFetch(
  services: Services,
  partitions: readonly SharePartition[],
  params: ShareFetchParams,
  connection: ConnectionInfo,
): Promise<Map<SharePartition, SharePartitionResult> | undefined> {
  const deadline = services.clock.monotonicMs() + params.maxWaitMs;
  for (;;) {
    const leftMs = deadline - services.clock.monotonicMs();
    const isLast = leftMs <= 0 || partitions.every(({ isFenced }) => isFenced);
    const { results, seen } = await tryFetch(services, partitions, params, isLast);
    if (connection.closed) return undefined;
    if (results) return results;
    const { readCommitted } = params;
    const outcome = await waitForShare(services, partitions, { seen, readCommitted, leftMs, connection });
    if (outcome === 'cancelled') return undefined;
  }
}

interface Attempt {
  /** Undefined if it is better to wait. */
  readonly results?: Map<SharePartition, SharePartitionResult>;
  readonly seen: ReadonlyMap<SharePartition, Seen>;
}

async function tryFetch(
  services: Services,
  partitions: readonly SharePartition[],
  params: ShareFetchParams,
  isLast: boolean,
): Promise<Attempt> {
  const free = partitions.filter((partition) => partition.tryLock());
  if (free.length === 0) return { seen: new Map(), ...(isLast && { results: new Map() }) };
  try {
    const maxBytes = Math.max(1, Math.floor(params.maxBytes / free.length));
    const reads: PartitionRead[] = [];
    for (const partition of free) reads.push(await read(services, partition, maxBytes, params.readCommitted));
    const bytes = reads.reduce((sum, each) => sum + each.bytes, 0);
    const hasError = reads.some(({ error }) => error !== undefined);
    const seen = new Map(reads.map((each) => [each.partition, each]));
    const isEnough = isLast || hasError || bytes >= params.minBytes;
    return { seen, ...(isEnough && { results: acquireAll(services, reads, params) }) };
  } finally {
    for (const partition of free) partition.unlock();
  }
}

async function read(
  services: Services,
  partition: SharePartition,
  maxBytes: number,
  readCommitted: boolean,
): Promise<PartitionRead> {
  const fetchOffset = partition.nextFetchOffset;
  try {
    const { log } = services.sharePartitions.hosted(partition.key);
    const upTo = visibleEnd(log, readCommitted);
    const { records, sizeInBytes, nextOffset } = await log.read(fetchOffset, maxBytes, { minOneMessage: true, upTo });
    const aborted = readCommitted ? log.abortedTransactions(fetchOffset, nextOffset) : [];
    return {
      partition,
      fetchOffset,
      visibleEnd: upTo,
      batches: readBatches(records),
      bytes: sizeInBytes,
      aborted,
      error: undefined,
    };
  } catch (error) {
    if (!(error instanceof LogError || error instanceof KafkaError)) throw error;
    return { partition, fetchOffset, visibleEnd: 0, batches: [], bytes: 0, aborted: [], error };
  }
}

function acquireAll(
  services: Services,
  reads: readonly PartitionRead[],
  params: ShareFetchParams,
): Map<SharePartition, SharePartitionResult> {
  let left = params.maxRecords;
  const results = new Map<SharePartition, SharePartitionResult>();
  for (const { partition, fetchOffset, batches, aborted, error } of reads) {
    if (error) {
      results.set(partition, failed(services, partition, error));
      continue;
    }
    const { memberId, isRecordLimit, batchSize } = params;
    const request = { memberId, isRecordLimit, batchSize, maxRecords: left, fetchOffset, batches, aborted };
    const acquired = batches.length === 0 ? [] : partition.acquire(request);
    left -= acquired.reduce((sum, { firstOffset, lastOffset }) => sum + lastOffset - firstOffset + 1, 0);
    const records = acquired.length === 0 ? [] : slice(batches, acquired).map(({ bytes }) => bytes);
    results.set(partition, { errorCode: ErrorCode.NONE, errorMessage: null, records, acquiredRecords: acquired });
  }
  return results;
}

/** Where the log no longer has what the group wants, it goes on at its beginning. */
function failed(services: Services, partition: SharePartition, error: LogError | KafkaError): SharePartitionResult {
  if (error.code !== ErrorCode.OFFSET_OUT_OF_RANGE) return failure(error.code);
  partition.moveLogStart(services.sharePartitions.hosted(partition.key).log.logStartOffset);
  return { errorCode: ErrorCode.NONE, errorMessage: errorInfo(ErrorCode.NONE).text, records: [], acquiredRecords: [] };
}

/** A partition of which nothing can be read. @param message Kafka's text for the code if it is not given */
export function failure(errorCode: number, message: string | null = errorInfo(errorCode).text): SharePartitionResult {
  return { errorCode, errorMessage: message, records: [], acquiredRecords: [] };
}
