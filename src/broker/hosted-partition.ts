// Partitions as requests name them, resolved to their logs (ReplicaManager.getPartitionOrError, Partition.checkCurrentLeaderEpoch).

import type { EpochEndOffset } from '../log/leader-epochs.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { ErrorCode } from '../protocol/errors.ts';
import type { BrokerCore } from './broker-core.ts';
import type { PartitionImage, TopicImage } from './metadata/image.ts';

export interface HostedPartition {
  readonly topic: TopicImage;
  readonly image: PartitionImage;
  readonly log: PartitionLog;
}

/**
 * The partition, or the error code that says why this broker does not serve it.
 * @param anyReplica a follower will do, which has all that the leader has
 */
export function hostedPartition(
  services: Pick<BrokerCore, 'nodeId' | 'logs'>,
  topic: TopicImage | undefined,
  index: number,
  anyReplica = false,
): HostedPartition | number {
  const image = topic?.partitions[index];
  if (topic === undefined || image === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const isServed = image.leader === services.nodeId || (anyReplica && image.replicas.includes(services.nodeId));
  const log = services.logs.get(topic.name, index);
  if (!isServed) {
    const isOffline = image.replicas.includes(services.nodeId) && log?.failure !== undefined;
    return isOffline ? ErrorCode.KAFKA_STORAGE_ERROR : ErrorCode.NOT_LEADER_OR_FOLLOWER;
  }
  return log === undefined ? ErrorCode.KAFKA_STORAGE_ERROR : { topic, image, log };
}

/**
 * What a client's idea of the leader epoch is worth (KIP-320).
 * @param currentLeaderEpoch -1 if the client has none
 * @returns NONE, FENCED_LEADER_EPOCH if the client is behind, UNKNOWN_LEADER_EPOCH if it is ahead
 */
export function checkLeaderEpoch(image: PartitionImage, currentLeaderEpoch: number): number {
  if (currentLeaderEpoch < 0 || currentLeaderEpoch === image.leaderEpoch) return ErrorCode.NONE;
  return currentLeaderEpoch < image.leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
}

/**
 * Where a leader epoch ended (Partition.lastOffsetForLeaderEpoch). An epoch begins when the leader is elected, though the
 * log knows it only from the first batch on.
 */
export function endOffsetForEpoch(log: PartitionLog, image: PartitionImage, epoch: number): EpochEndOffset {
  const { latestEpoch, logEndOffset } = log;
  if (latestEpoch >= image.leaderEpoch || epoch < latestEpoch || epoch > image.leaderEpoch || epoch < 0) {
    return log.endOffsetForEpoch(epoch);
  }
  const isCurrent = epoch === image.leaderEpoch;
  if (!isCurrent && latestEpoch < 0) return { epoch, endOffset: logEndOffset };
  return { epoch: isCurrent ? epoch : latestEpoch, endOffset: logEndOffset };
}

/** Leader epoch of the first record, or of the one that will be. */
export function earliestEpoch(log: PartitionLog, image: PartitionImage): number {
  return log.logStartOffset === log.logEndOffset && log.latestEpoch < image.leaderEpoch
    ? image.leaderEpoch
    : log.epochOf(log.logStartOffset);
}
