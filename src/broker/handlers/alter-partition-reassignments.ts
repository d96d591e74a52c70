// AlterPartitionReassignments, v0-1 (KIP-455): other replicas for partitions, or, with null, the end of a reassignment. The
// only replicas that a partition can have here are those it has, so what is accepted is done at once.
// v1: a replication factor may be held to (KIP-860).
// Follows ReplicationControlManager.alterPartitionReassignments.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  AlterPartitionReassignments,
  type AlterPartitionReassignmentsRequest,
} from '../../protocol/messages/alter-partition-reassignments.ts';
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
        ...reassign(name, partition, services),
      })),
    })),
  }),
);

function reassign(name: string, { partitionIndex, replicas }: Partition, { metadata, nodeId }: Services) {
  try {
    const unknown = (what: string) => new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find ${what}.`);
    const topic = metadata.topic(name);
    if (!topic) throw unknown(`a topic named ${name}`);
    if (!topic.partitions[partitionIndex]) throw unknown(`partition ${name}:${partitionIndex}`);
    if (replicas === null) return { errorCode: ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, errorMessage: null };
    checkReplicas(nodeId, replicas);
    return NO_FAILURE;
  } catch (error) {
    return resourceFailure(error);
  }
}
