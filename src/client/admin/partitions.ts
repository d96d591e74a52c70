import { AlterPartitionReassignments } from '../../protocol/messages/alter-partition-reassignments.ts';
import { CreatePartitions } from '../../protocol/messages/create-partitions.ts';
import { ListPartitionReassignments } from '../../protocol/messages/list-partition-reassignments.ts';
import type { Cluster } from '../cluster.ts';
import { byTopic } from './by-topic.ts';
import { checkController, errorField, itemError, outcomes, refuseButMoved } from './outcomes.ts';
import type {
  CallOptions,
  NewPartitions,
  Outcome,
  PartitionOutcome,
  Reassignment,
  ReassignmentChange,
  TopicPartition,
} from './types.ts';

/** @see Admin.createPartitions */
export function createPartitions(
  cluster: Cluster,
  requests: readonly NewPartitions[],
  { timeoutMs, validateOnly = false }: CallOptions & { readonly validateOnly?: boolean } = {},
): Promise<Map<string, Outcome<undefined>>> {
  const topics = requests.map(({ topic, totalCount, assignments }) => ({
    name: topic,
    count: totalCount,
    assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
  }));
  return cluster.call(
    'createPartitions',
    'controller',
    async (broker) => {
      const request = { topics, timeoutMs: cluster.settings.requestTimeoutMs, validateOnly };
      const { results } = await broker.send(CreatePartitions, request);
      checkController(results);
      return outcomes(
        results,
        ({ name }) => name,
        ({ errorCode, errorMessage }) => itemError(errorCode, errorMessage),
      );
    },
    timeoutMs,
  );
}

/** @see Admin.alterPartitionReassignments */
export function alterPartitionReassignments(
  cluster: Cluster,
  changes: readonly ReassignmentChange[],
  options: CallOptions & { readonly allowReplicationFactorChange?: boolean } = {},
): Promise<PartitionOutcome[]> {
  const { timeoutMs, allowReplicationFactorChange = true } = options;
  const topics = byTopic(changes, ({ partition, replicas }) => ({
    partitionIndex: partition,
    replicas: replicas && [...replicas],
  }));
  const request = { topics, allowReplicationFactorChange, timeoutMs: cluster.settings.requestTimeoutMs };
  return cluster.call(
    'alterPartitionReassignments',
    'controller',
    async (broker) => {
      const response = await broker.send(AlterPartitionReassignments, request);
      refuseButMoved(response.errorCode, response.errorMessage);
      return response.responses.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, errorCode, errorMessage }) => ({
          ...{ topic: name, partition: partitionIndex },
          ...errorField(errorCode, errorMessage),
        })),
      );
    },
    timeoutMs,
  );
}

/** @see Admin.listPartitionReassignments */
export function listPartitionReassignments(
  cluster: Cluster,
  partitions?: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<Reassignment[]> {
  const topics = partitions ? byTopic(partitions, ({ partition }) => partition) : null;
  const request = {
    timeoutMs: cluster.settings.requestTimeoutMs,
    topics: topics?.map(({ name, partitions: partitionIndexes }) => ({ name, partitionIndexes })) ?? null,
  };
  return cluster.call(
    'listPartitionReassignments',
    'controller',
    async (broker) => {
      const response = await broker.send(ListPartitionReassignments, request);
      refuseButMoved(response.errorCode, response.errorMessage);
      return response.topics.flatMap(({ name, partitions: ongoing }) =>
        ongoing.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
          topic: name,
          partition: partitionIndex,
          replicas,
          addingReplicas,
          removingReplicas,
        })),
      );
    },
    timeoutMs,
  );
}
