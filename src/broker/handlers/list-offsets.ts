// ListOffsets, v1-11: offsets by timestamp, and the special ones.
// v2: isolation level.  v4: leader epochs.  v6: flexible.  v7: -3, the largest timestamp (KIP-734).
// v8: -4, earliest local (KIP-405).  v9: -5, latest tiered (KIP-1005).  v10: timeout.  v11: -6, earliest pending upload.
// Follows kafka.server.KafkaApis.handleListOffsetRequest and Partition.fetchOffsetForTimestamp. Nothing is tiered: all that
// there is is local.
import { LogError } from '../../log/errors.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { ListOffsets, type ListOffsetsRequest } from '../../protocol/messages/list-offsets.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { checkLeaderEpoch, earliestEpoch, hostedPartition } from '../hosted-partition.ts';
import type { PartitionImage } from '../metadata/image.ts';
import { defineHandler, type RequestContext } from './define.ts';

type Partition = ListOffsetsRequest['topics'][number]['partitions'][number];
type PartitionResult = ResponseInput<typeof ListOffsets>['topics'][number]['partitions'][number];
type Found = Pick<PartitionResult, 'timestamp' | 'offset' | 'leaderEpoch'>;

const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;
const LATEST_TIERED = -5;
const EARLIEST_PENDING_UPLOAD = -6;

/** From which version on a special timestamp may be asked for. */
const SPECIAL_SINCE: ReadonlyMap<number, number> = new Map([
  [LATEST, 1],
  [EARLIEST, 1],
  [MAX_TIMESTAMP, 7],
  [EARLIEST_LOCAL, 8],
  [LATEST_TIERED, 9],
  [EARLIEST_PENDING_UPLOAD, 11],
]);

const READ_COMMITTED = 1;
const CONSUMER = -1;
/** ListOffsetsRequest.DEBUGGING_REPLICA_ID: whoever asks so wants to know what this replica has. */
const DEBUGGING = -2;

export const listOffsetsHandler = defineHandler(ListOffsets, async (request, context) => {
  const topics = [];
  for (const { name, partitions: asked } of request.topics) {
    const partitions: PartitionResult[] = [];
    for (const [partition, count] of counted(asked)) {
      partitions.push(
        count > 1 ? failed(partition, ErrorCode.INVALID_REQUEST) : await answer(name, partition, request, context),
      );
    }
    if (partitions.length > 0) topics.push({ name, partitions });
  }
  return { throttleTimeMs: 0, topics };
});

/** Each partition once, with the number of times it was named. */
function counted(asked: readonly Partition[]): Iterable<readonly [Partition, number]> {
  const found = new Map<number, readonly [Partition, number]>();
  for (const partition of asked) {
    const [first, count] = found.get(partition.partitionIndex) ?? [partition, 0];
    found.set(partition.partitionIndex, [first, count + 1]);
  }
  return found.values();
}

async function answer(
  name: string,
  asked: Partition,
  request: ListOffsetsRequest,
  { services, apiVersion }: RequestContext,
): Promise<PartitionResult> {
  const { timestamp, partitionIndex } = asked;
  const since = timestamp < 0 ? SPECIAL_SINCE.get(timestamp) : 0;
  if (since === undefined || since > apiVersion) return failed(asked, ErrorCode.UNSUPPORTED_VERSION);
  const found = hostedPartition(
    services,
    services.metadata.topic(name),
    partitionIndex,
    request.replicaId === DEBUGGING,
  );
  if (typeof found === 'number') return failed(asked, found);
  const stale = checkLeaderEpoch(found.image, asked.currentLeaderEpoch);
  if (stale !== ErrorCode.NONE) return failed(asked, stale);
  try {
    const place = await lookUp(found.log, found.image, timestamp, lastFetchableOffset(found.log, request));
    return { partitionIndex, errorCode: ErrorCode.NONE, ...place };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return failed(asked, error.code);
  }
}

/** Consumers see as far as they may read. */
function lastFetchableOffset(log: PartitionLog, { replicaId, isolationLevel }: ListOffsetsRequest): number {
  return replicaId === CONSUMER && isolationLevel === READ_COMMITTED ? log.lastStableOffset : log.highWatermark;
}

async function lookUp(log: PartitionLog, image: PartitionImage, timestamp: number, end: number): Promise<Found> {
  switch (timestamp) {
    case LATEST:
      return { offset: end, leaderEpoch: image.leaderEpoch };
    case EARLIEST:
    case EARLIEST_LOCAL:
      return { offset: log.logStartOffset, leaderEpoch: earliestEpoch(log, image) };
    case LATEST_TIERED:
    case EARLIEST_PENDING_UPLOAD:
      return {};
    case MAX_TIMESTAMP:
      return (await log.maxTimestampOffset()) ?? {};
    default: {
      const found = await log.offsetForTimestamp(timestamp);
      return found !== undefined && found.offset < end ? found : {};
    }
  }
}

function failed({ partitionIndex }: Partition, errorCode: number): PartitionResult {
  return { partitionIndex, errorCode };
}
