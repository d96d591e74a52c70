// OffsetForLeaderEpoch, v2-4: where a leader epoch ended, for clients to find out whether their position was truncated
// (KIP-101, KIP-320).
// v3: replica id.  v4: flexible.
// Follows kafka.server.KafkaApis.handleOffsetForLeaderEpochRequest and Partition.lastOffsetForLeaderEpoch.
import { ErrorCode } from '../../protocol/errors.ts';
import {
  OffsetForLeaderEpoch,
  type OffsetForLeaderEpochRequest,
} from '../../protocol/messages/offset-for-leader-epoch.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { checkLeaderEpoch, endOffsetForEpoch, hostedPartition } from '../hosted-partition.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

type Partition = OffsetForLeaderEpochRequest['topics'][number]['partitions'][number];
type PartitionResult = ResponseInput<typeof OffsetForLeaderEpoch>['topics'][number]['partitions'][number];

export const offsetForLeaderEpochHandler = defineHandler(OffsetForLeaderEpoch, (request, { services }) => ({
  throttleTimeMs: 0,
  topics: request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map((partition) => endOffset(topic, partition, services)),
  })),
}));

function endOffset(topic: string, asked: Partition, services: Services): PartitionResult {
  const { partition, currentLeaderEpoch, leaderEpoch } = asked;
  const found = hostedPartition(services, services.metadata.topic(topic), partition);
  if (typeof found === 'number') return { partition, errorCode: found };
  const stale = checkLeaderEpoch(found.image, currentLeaderEpoch);
  if (stale !== ErrorCode.NONE) return { partition, errorCode: stale };
  const end = endOffsetForEpoch(found.log, found.image, leaderEpoch);
  return { partition, errorCode: ErrorCode.NONE, leaderEpoch: end.epoch, endOffset: end.endOffset };
}
