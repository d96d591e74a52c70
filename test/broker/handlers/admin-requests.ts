// Requests of an administrator, shortly.
import { AlterConfigs } from '../../../src/protocol/messages/alter-configs.ts';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { DescribeTopicPartitions } from '../../../src/protocol/messages/describe-topic-partitions.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import type { Api, RequestInput } from '../../../src/protocol/schema.ts';

export interface AdminStep {
  readonly api: Api;
  readonly version: number;
  readonly body: object;
}

export const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
export const NOBODY = 'abcdefghijklmnopqrstuQ';
export const step = <A extends Api>(api: A, version: number, body: RequestInput<A>): AdminStep => ({
  api: api as unknown as Api,
  version,
  body,
});
export const topic = (name: string, more: object = {}) => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: [],
  ...more,
});
export const assigned = (name: string, ...assignments: [number, number[]][]) =>
  topic(name, {
    numPartitions: -1,
    replicationFactor: -1,
    assignments: assignments.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
  });
export const create = (version: number, topics: ReturnType<typeof topic>[], validateOnly = false) =>
  step(CreateTopics, version, { topics, timeoutMs: 10000, validateOnly });
export const metadata = (version: number, names: (string | null)[] | null, more: object = {}) =>
  step(Metadata, version, {
    topics: names?.map((name) => ({ topicId: ZERO, name })) ?? null,
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
    ...more,
  });
export const byId = (version: number, ids: string[]) =>
  step(Metadata, version, {
    topics: ids.map((topicId) => ({ topicId, name: null })),
    allowAutoTopicCreation: true,
    includeTopicAuthorizedOperations: false,
  });
export const remove = (version: number, ...topicNames: string[]) =>
  step(DeleteTopics, version, {
    topicNames,
    topics: topicNames.map((name) => ({ name, topicId: ZERO })),
    timeoutMs: 10000,
  });
export const removeAny = (...topics: { name: string | null; topicId: string }[]) =>
  step(DeleteTopics, 6, { topics, topicNames: [], timeoutMs: 10000 });
export const grow = (
  version: number,
  topics: { name: string; count: number; assignments?: number[][] }[],
  validateOnly = false,
) =>
  step(CreatePartitions, version, {
    topics: topics.map(({ name, count, assignments }) => ({
      name,
      count,
      assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
    })),
    timeoutMs: 10000,
    validateOnly,
  });
export const describe = (
  version: number,
  resources: [number, string, string[]?][],
  more: { includeSynonyms?: boolean; includeDocumentation?: boolean } = {},
) =>
  step(DescribeConfigs, version, {
    resources: resources.map(([resourceType, resourceName, keys]) => ({
      resourceType,
      resourceName,
      configurationKeys: keys ?? null,
    })),
    ...more,
  });
export type Change = [name: string, operation: number, value: string | null];
export const incremental = (resources: [number, string, Change[]][], validateOnly = false, version = 1) =>
  step(IncrementalAlterConfigs, version, {
    resources: resources.map(([resourceType, resourceName, changes]) => ({
      resourceType,
      resourceName,
      configs: changes.map(([name, configOperation, value]) => ({ name, configOperation, value })),
    })),
    validateOnly,
  });
export const legacy = (resources: [number, string, [string, string | null][]][], validateOnly = false, version = 2) =>
  step(AlterConfigs, version, {
    resources: resources.map(([resourceType, resourceName, configs]) => ({
      resourceType,
      resourceName,
      configs: configs.map(([name, value]) => ({ name, value })),
    })),
    validateOnly,
  });
export const cluster = (version: number, endpointType = 1, authorized = false) =>
  step(DescribeCluster, version, {
    includeClusterAuthorizedOperations: authorized,
    endpointType,
    includeFencedBrokers: false,
  });
export const partitions = (names: string[], responsePartitionLimit = 2000, cursor: [string, number] | null = null) =>
  step(DescribeTopicPartitions, 0, {
    topics: names.map((name) => ({ name })),
    responsePartitionLimit,
    cursor: cursor && { topicName: cursor[0], partitionIndex: cursor[1] },
  });
export const [TOPIC, BROKER, LOGGER, METRICS, GROUP] = [2, 4, 8, 16, 32];
export const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];
