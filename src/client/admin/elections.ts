import { ElectLeaders } from '../../protocol/messages/elect-leaders.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { byTopic } from './by-topic.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, PartitionOutcome, TopicPartition } from './types.ts';

const ELECTION_TYPES = { PREFERRED: 0, UNCLEAN: 1 } as const;

/** @see Admin.electLeaders */
export function electLeaders(
  cluster: Cluster,
  type: keyof typeof ELECTION_TYPES,
  partitions?: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const topics = partitions && byTopic(partitions, ({ partition }) => partition);
  const request = {
    electionType: ELECTION_TYPES[type],
    topicPartitions: topics?.map(({ name: topic, partitions: indexes }) => ({ topic, partitions: indexes })) ?? null,
    timeoutMs: cluster.settings.requestTimeoutMs,
  };
  return cluster.call(
    'electLeaders',
    'controller',
    async (broker) => {
      const response = await broker.send(ElectLeaders, request);
      refuseIfError(response.errorCode);
      return response.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult.map(({ partitionId, errorCode, errorMessage }) => ({
          ...{ topic, partition: partitionId },
          ...errorField(errorCode, errorMessage),
        })),
      );
    },
    timeoutMs,
  );
}
