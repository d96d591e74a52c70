// DeleteRecords, v0-2: raises the log start offset of partitions; -1 stands for the high watermark.
// v2: flexible.
// Follows kafka.server.KafkaApis.handleDeleteRecordsRequest, ReplicaManager.deleteRecordsOnLocalLog and
// Partition.deleteRecordsOnLeader. There is one replica, so nothing waits for the timeout.
import { LogError } from '../../log/errors.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { DeleteRecords, type DeleteRecordsRequest } from '../../protocol/messages/delete-records.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { hostedPartition } from '../hosted-partition.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

type Partition = DeleteRecordsRequest['topics'][number]['partitions'][number];
type PartitionResult = ResponseInput<typeof DeleteRecords>['topics'][number]['partitions'][number];

const HIGH_WATERMARK = -1;

export const deleteRecordsHandler = defineHandler(DeleteRecords, (request, { services }) => ({
  throttleTimeMs: 0,
  topics: request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((partition) => deleteRecords(name, partition, services)),
  })),
}));

function deleteRecords(topic: string, { partitionIndex, offset }: Partition, services: Services): PartitionResult {
  const failed = (errorCode: number) => ({ partitionIndex, lowWatermark: -1, errorCode });
  const image = services.metadata.topic(topic);
  const found = hostedPartition(services, image, partitionIndex);
  if (found === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return failed(found);
  if (image?.internal) return failed(ErrorCode.INVALID_TOPIC_EXCEPTION);
  if (typeof found === 'number') return failed(found);
  const { log } = found;
  if (log.config.compact && !log.config.delete) return failed(ErrorCode.POLICY_VIOLATION);
  const before = offset === HIGH_WATERMARK ? log.highWatermark : offset;
  if (before < 0) return failed(ErrorCode.OFFSET_OUT_OF_RANGE);
  try {
    return { partitionIndex, lowWatermark: log.deleteRecordsBefore(before), errorCode: ErrorCode.NONE };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return failed(error.code);
  }
}
