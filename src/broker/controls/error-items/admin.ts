// Topics, configs, users and all else that administrators ask for.
import type { ItemTable } from './items.ts';

interface Resources {
  readonly resources: readonly { readonly resourceType: number; readonly resourceName: string }[];
}

const resources = (request: Resources) =>
  request.resources.map(({ resourceType, resourceName }) => ({ resourceType, resourceName }));

export const adminItems: ItemTable = {
  CreateTopics: ({ topics }) => ({ topics: topics.map(({ name }) => ({ name, configs: [] })) }),
  DeleteTopics: ({ topics, topicNames }, version) => ({
    responses:
      version < 6 ? topicNames.map((name) => ({ name })) : topics.map(({ name, topicId }) => ({ name, topicId })),
  }),
  CreatePartitions: ({ topics }) => ({ results: topics.map(({ name }) => ({ name })) }),
  DescribeTopicPartitions: ({ topics }) => ({ topics: topics.map(({ name }) => ({ name })) }),
  DescribeConfigs: (request) => ({ results: resources(request) }),
  AlterConfigs: (request) => ({ responses: resources(request) }),
  IncrementalAlterConfigs: (request) => ({ responses: resources(request) }),
  AlterReplicaLogDirs: ({ dirs }) => ({
    results: dirs.flatMap(({ topics }) =>
      topics.map(({ name, partitions }) => ({
        topicName: name,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex })),
      })),
    ),
  }),
  // Before version 3 an error has no other place than a directory.
  DescribeLogDirs: (_request, version) => (version < 3 ? { results: [{}] } : {}),
  AlterPartitionReassignments: ({ topics }) => ({
    responses: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex })),
    })),
  }),
  ElectLeaders: ({ topicPartitions }) => ({
    replicaElectionResults: (topicPartitions ?? []).map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map((partitionId) => ({ partitionId })),
    })),
  }),
  AlterClientQuotas: ({ entries }) => ({ entries: entries.map(({ entity }) => ({ entity })) }),
  DescribeClientQuotas: () => ({ entries: null }),
  AlterUserScramCredentials: ({ deletions, upsertions }) => ({
    results: [...new Set([...deletions, ...upsertions].map(({ name }) => name))].map((user) => ({ user })),
  }),
  DescribeUserScramCredentials: ({ users }) => ({ results: (users ?? []).map(({ name }) => ({ user: name })) }),
  UpdateFeatures: ({ featureUpdates }) => ({ results: featureUpdates.map(({ feature }) => ({ feature })) }),
  CreateAcls: ({ creations }) => ({ results: creations.map(() => ({})) }),
  DeleteAcls: ({ filters }) => ({ filterResults: filters.map(() => ({})) }),
};
