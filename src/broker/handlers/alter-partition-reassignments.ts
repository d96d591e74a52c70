// AlterPartitionReassignments, v0-1 (KIP-455): other replicas for partitions, or, with null, the end of a reassignment. Live
// brokers have all data at once; a reassignment to one that is stopped is in progress until it starts.
// v1: a replication factor may be held to (KIP-860).
// Follows ReplicationControlManager.alterPartitionReassignments.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  AlterPartitionReassignments,
  type AlterPartitionReassignmentsRequest,
} from '../../protocol/messages/alter-partition-reassignments.ts';
import type { PartitionImage } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { checkReplicas } from '../topics/assignment.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, resourceFailure } from './failures.ts';

type Partition = AlterPartitionReassignmentsRequest['topics'][number]['partitions'][number];

export const alterPartitionReassignmentsHandler = defineHandler(
  AlterPartitionReassignments,
  ({ topics, allowReplicationFactorChange }, { services }) => ({
    throttleTimeMs: 0,
    allowReplicationFactorChange,
    errorCode: ErrorCode.NONE,
    // Kafka's own oddity: the default of the field where nothing set it.
    errorMessage: topics.length === 0 ? '' : null,
    responses: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((partition) => ({
        partitionIndex: partition.partitionIndex,
        ...reassign(name, partition, allowReplicationFactorChange, services),
      })),
    })),
  }),
);

function reassign(name: string, { partitionIndex, replicas }: Partition, mayGrow: boolean, services: Services) {
  const { replication } = services.metadata;
  try {
    const unknown = (what: string) => new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find ${what}.`);
    const topic = services.metadata.topic(name);
    if (!topic) throw unknown(`a topic named ${name}`);
    const partition = topic.partitions[partitionIndex];
    if (!partition) throw unknown(`partition ${name}:${partitionIndex}`);
    if (replicas === null) {
      const isMoving = partition.adding !== undefined || partition.removing !== undefined;
      if (!isMoving) return { errorCode: ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, errorMessage: null };
      replication.cancelReassignment(topic, partition);
      return NO_FAILURE;
    }
    checkReplicas(services, replicas);
    if (!mayGrow) checkFactor(partition, replicas);
    replication.reassign(topic, partition, replicas);
    return NO_FAILURE;
  } catch (error) {
    return resourceFailure(error);
  }
}

/** @throws KafkaError INVALID_REPLICATION_FACTOR if there would be more or fewer replicas than without a reassignment (KIP-860) */
function checkFactor({ replicas, adding = [] }: PartitionImage, wanted: readonly number[]): void {
  const current = replicas.length - adding.length;
  if (wanted.length === current) return;
  const message = `The replication factor is changed from ${current} to ${wanted.length}`;
  throw new KafkaError(ErrorCode.INVALID_REPLICATION_FACTOR, message);
}
