import { randomInt } from 'node:crypto';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { type Random, stripedReplicas, type UsableBroker } from '../../util/replica-placer.ts';

/**
 * Replicas for new partitions, in order, the leader first.
 * @throws KafkaError INVALID_REPLICATION_FACTOR if there are too few brokers, or all are fenced
 */
export function placeReplicas(
  brokers: readonly UsableBroker[],
  partitions: number,
  replicationFactor: number,
  random: Random = randomInt,
): number[][] {
  const refuse = (what: string) =>
    new KafkaError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicationFactor} time(s): ${what}`,
    );
  if (brokers.every(({ fenced }) => fenced))
    throw refuse('All brokers are currently fenced, or have all their log directories cordoned.');
  if (replicationFactor > brokers.length) {
    throw refuse(
      `The target replication factor of ${replicationFactor} cannot be reached because only ${brokers.length} broker(s) ` +
        'are registered or some brokers have all their log directories cordoned.',
    );
  }
  return stripedReplicas(brokers, partitions, replicationFactor, random);
}
