// Where the replicas of new partitions go, and the refusals of assignments made by hand (ReplicationControlManager).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';

/**
 * Replicas for new partitions of a cluster that has only this broker.
 * @throws KafkaError INVALID_REPLICATION_FACTOR if there must be more than one
 */
export function placeReplicas(nodeId: number, partitions: number, replicationFactor: number): number[][] {
  if (replicationFactor > 1) {
    throw new KafkaError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ` +
        `${replicationFactor} cannot be reached because only 1 broker(s) are registered or some brokers have all their log directories cordoned.`,
    );
  }
  return Array.from({ length: partitions }, () => [nodeId]);
}

/**
 * Checks the replicas that a request names for one partition.
 * @throws KafkaError INVALID_REPLICA_ASSIGNMENT: none, one that is not registered, one twice
 */
export function checkReplicas(nodeId: number, brokerIds: readonly number[]): void {
  const refuse = (what: string) =>
    new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, `The manual partition assignment includes ${what}`);
  if (brokerIds.length === 0) throw refuse('an empty replica list.');
  const sorted = [...brokerIds].sort((a, b) => a - b);
  for (const [at, id] of sorted.entries()) {
    if (id !== nodeId) throw refuse(`broker ${id}, but no such broker is registered.`);
    if (id === sorted[at - 1]) throw refuse(`the broker ${id} more than once.`);
  }
}

/**
 * The replicas of a new topic's partitions, in order, from an assignment made by hand.
 * @throws KafkaError INVALID_REPLICA_ASSIGNMENT: as checkReplicas, a partition twice or left out
 */
export function manualReplicas(
  nodeId: number,
  assignments: readonly { partitionIndex: number; brokerIds: readonly number[] }[],
): (readonly number[])[] {
  const byIndex = new Map<number, readonly number[]>();
  for (const { partitionIndex, brokerIds } of assignments) {
    if (byIndex.has(partitionIndex)) {
      const message = `Found multiple manual partition assignments for partition ${partitionIndex}`;
      throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    }
    checkReplicas(nodeId, brokerIds);
    byIndex.set(partitionIndex, brokerIds);
  }
  return Array.from({ length: byIndex.size }, (_, index) => {
    const replicas = byIndex.get(index);
    if (replicas) return replicas;
    const message = 'partitions should be a consecutive 0-based integer sequence';
    throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
  });
}
