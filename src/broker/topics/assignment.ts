// Where the replicas of new partitions go, and the refusals of assignments made by hand (ReplicationControlManager).

import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { UsableBroker } from '../../util/replica-placer.ts';
import type { BrokerCore } from '../broker-core.ts';

/** The registered brokers that can be given replicas: those that share the data. */
type Brokers = Pick<BrokerCore, 'nodeId' | 'metadata' | 'peers'>;

/** Where the replicas of new partitions can go; the only broker can hold them whatever is registered. */
export function usableBrokers({ nodeId, metadata, peers }: Brokers): UsableBroker[] {
  if (peers.nodeIds.length === 1) return [{ id: nodeId, rack: null, fenced: false }];
  return peers.nodeIds.flatMap((id) => {
    const broker = metadata.brokers.get(id);
    return broker ? [{ id, rack: broker.rack, fenced: broker.fenced || broker.inControlledShutdown }] : [];
  });
}

/**
 * Checks the replicas that a request names for one partition.
 * @throws KafkaError INVALID_REPLICA_ASSIGNMENT: none, one that is not registered, one twice
 */
export function checkReplicas(brokers: Brokers, brokerIds: readonly number[], expected?: number): void {
  const refuse = (what: string) =>
    new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, `The manual partition assignment includes ${what}`);
  if (brokerIds.length === 0) throw refuse('an empty replica list.');
  const known = usableBrokers(brokers).map(({ id }) => id);
  const sorted = [...brokerIds].sort((a, b) => a - b);
  for (const [at, id] of sorted.entries()) {
    if (!known.includes(id)) throw refuse(`broker ${id}, but no such broker is registered.`);
    if (id === sorted[at - 1]) throw refuse(`the broker ${id} more than once.`);
  }
  if (expected !== undefined && brokerIds.length !== expected)
    throw refuse(
      `a partition with ${brokerIds.length} replica(s), but this is not consistent with previous partitions, which have ${expected} replica(s).`,
    );
}

/** @throws KafkaError INVALID_REPLICA_ASSIGNMENT if nobody could lead the partition */
export function checkSomeoneLeads(brokers: Brokers, brokerIds: readonly number[], partition: number): void {
  const usable = usableBrokers(brokers);
  if (brokerIds.some((id) => usable.find((broker) => broker.id === id)?.fenced === false)) return;
  const message = `All brokers specified in the manual partition assignment for partition ${partition} are fenced or in controlled shutdown.`;
  throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
}

/**
 * The replicas of a new topic's partitions, in order, from an assignment made by hand.
 * @throws KafkaError INVALID_REPLICA_ASSIGNMENT: as checkReplicas, a partition twice or left out
 */
export function manualReplicas(
  brokers: Brokers,
  assignments: readonly { partitionIndex: number; brokerIds: readonly number[] }[],
): (readonly number[])[] {
  const byIndex = new Map<number, readonly number[]>();
  for (const { partitionIndex, brokerIds } of assignments) {
    if (byIndex.has(partitionIndex)) {
      const message = `Found multiple manual partition assignments for partition ${partitionIndex}`;
      throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
    }
    checkReplicas(brokers, brokerIds, assignments[0]?.brokerIds.length);
    checkSomeoneLeads(brokers, brokerIds, partitionIndex);
    byIndex.set(partitionIndex, brokerIds);
  }
  return Array.from({ length: byIndex.size }, (_, index) => {
    const replicas = byIndex.get(index);
    if (replicas) return replicas;
    const message = 'partitions should be a consecutive 0-based integer sequence';
    throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
  });
}
