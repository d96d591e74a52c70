// ListPartitionReassignments, v0 (KIP-455): the reassignments in progress, of all partitions or of those asked for; unknown
// ones are no error, in Kafka either.
// Follows ReplicationControlManager.listPartitionReassignments.
import { ErrorCode } from '../../protocol/errors.ts';
import { ListPartitionReassignments } from '../../protocol/messages/list-partition-reassignments.ts';
import type { PartitionImage } from '../metadata/image.ts';
import { defineHandler } from './define.ts';

export const listPartitionReassignmentsHandler = defineHandler(
  ListPartitionReassignments,
  ({ topics }, { services }) => {
    const { metadata } = services;
    const wanted = topics ?? [...metadata.topics()].map(({ name }) => ({ name, partitionIndexes: undefined }));
    const found = wanted.map(({ name, partitionIndexes }) => {
      const partitions = metadata.topic(name)?.partitions ?? [];
      const asked = partitionIndexes?.flatMap((index) => partitions[index] ?? []) ?? partitions;
      return { name, partitions: asked.filter(isMoving).map(described) };
    });
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      topics: found.filter(({ partitions }) => partitions.length > 0),
    };
  },
);

function isMoving({ adding, removing }: PartitionImage): boolean {
  return adding !== undefined || removing !== undefined;
}

function described({ index, replicas, adding = [], removing = [] }: PartitionImage) {
  return { partitionIndex: index, replicas, addingReplicas: adding, removingReplicas: removing };
}
