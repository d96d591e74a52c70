// Reads the partitions of a fetch within its limits, and waits where there is too little (ReplicaManager.fetchMessages).
import type { ConnectionInfo } from '../network/connection-info.ts';
import type { Services } from '../services.ts';
import type { FetchPartition, FetchPartitionResult } from './fetch-partition.ts';
import type { WaitingPartition } from './fetch-purgatory.ts';
import { type PartitionRead, readPartition } from './read-partition.ts';

export interface FetchParams {
  /** Bytes of the whole answer; the first batch of all may be larger (KIP-74). */
  readonly maxBytes: number;
  readonly minBytes: number;
  readonly maxWaitMs: number;
  readonly readCommitted: boolean;
  /** A follower may answer too (KIP-392). */
  readonly anyReplica: boolean;
}

/**
 * One result for each partition, once there are `minBytes` of them, an error among them, or time is up.
 * Undefined if the connection has ended meanwhile.
 */
export async function fetchPartitions(
  services: Services,
  partitions: readonly FetchPartition[],
  params: FetchParams,
  connection: ConnectionInfo,
): Promise<FetchPartitionResult[] | undefined> {
  const { clock, fetchPurgatory } = services;
  const deadline = clock.monotonicMs() + params.maxWaitMs;
  for (;;) {
    const reads = await readAll(services, partitions, params);
    const leftMs = deadline - clock.monotonicMs();
    if (isEnough(reads, params.minBytes) || leftMs <= 0) return reads.map(({ result }) => result);
    const { minBytes, readCommitted } = params;
    const waiting = reads.map((read, i) => waitingPartition(read, partitions[i]!, readCommitted));
    const outcome = await fetchPurgatory.wait({
      partitions: waiting,
      minBytes,
      maxWaitMs: leftMs,
      readCommitted,
      connection,
    });
    if (outcome === 'cancelled') return undefined;
    if (outcome === 'expired') return (await readAll(services, partitions, params)).map(({ result }) => result);
  }
}

async function readAll(
  services: Services,
  partitions: readonly FetchPartition[],
  { maxBytes, readCommitted, anyReplica }: FetchParams,
): Promise<PartitionRead[]> {
  const reads: PartitionRead[] = [];
  let left = maxBytes;
  let minOneMessage = true;
  for (const wanted of partitions) {
    const ownMaxBytes = Math.max(0, Math.min(wanted.maxBytes, left));
    const limits = { maxBytes: ownMaxBytes, minOneMessage, readCommitted, anyReplica };
    const reading = readPartition(services, wanted, limits);
    const read = reading instanceof Promise ? await reading : reading;
    if (read.bytes > 0) minOneMessage = false;
    left -= read.bytes;
    reads.push(read);
  }
  return reads;
}

function isEnough(reads: readonly PartitionRead[], minBytes: number): boolean {
  let bytes = 0;
  for (const read of reads) {
    if (read.log === undefined) return true;
    bytes += read.bytes;
  }
  return reads.length === 0 || bytes >= minBytes;
}

function waitingPartition(
  { result, log, bytes }: PartitionRead,
  { fetchOffset, maxBytes }: FetchPartition,
  readCommitted: boolean,
): WaitingPartition {
  const { highWatermark, lastStableOffset = -1 } = result;
  return { log: log!, fetchOffset, maxBytes, bytes, endOffset: readCommitted ? lastStableOffset : highWatermark };
}
