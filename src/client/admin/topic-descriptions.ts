import {
  DescribeTopicPartitions,
  type DescribeTopicPartitionsResponse,
} from '../../protocol/messages/describe-topic-partitions.ts';
import { Metadata, type MetadataResponse } from '../../protocol/messages/metadata.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { errorOf } from '../errors.ts';
import { splitNames } from './outcomes.ts';
import type { CallOptions, Outcome, PartitionDescription, TopicDescription } from './types.ts';

const DEFAULT_PAGE = 2000;

/** Kafka's client looks for the brokers first, and names that call when time runs out. */
const FIRST_CALL = 'listNodes';

/** @see Admin.describeTopics */
export async function describeTopics(
  cluster: Cluster,
  names: readonly string[],
  { timeoutMs, partitionSizeLimit = DEFAULT_PAGE }: CallOptions & { readonly partitionSizeLimit?: number } = {},
): Promise<Map<string, Outcome<TopicDescription>>> {
  const { valid, refused } = splitNames(names);
  if (valid.length === 0) return refused;
  const described = await cluster.call(
    FIRST_CALL,
    'any',
    (broker) =>
      broker.versions.has(DescribeTopicPartitions)
        ? describeInPages(broker, valid, partitionSizeLimit)
        : describeByMetadata(
            broker,
            valid.map((name) => ({ name })),
          ),
    timeoutMs,
  );
  return new Map([...refused, ...described.map((topic) => [topic.name ?? '', outcomeOf(topic)] as const)]);
}

/** @see Admin.describeTopicsById */
export async function describeTopicsById(
  cluster: Cluster,
  ids: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<TopicDescription>>> {
  const topics = ids.map((topicId) => ({ topicId, name: null }));
  const found = await cluster.call('describeTopics', 'any', (broker) => describeByMetadata(broker, topics), timeoutMs);
  return new Map(found.map((topic) => [topic.topicId, outcomeOf(topic)]));
}

interface Found extends TopicDescription {
  readonly errorCode: number;
  readonly partitions: PartitionDescription[];
}

function outcomeOf({ errorCode, ...topic }: Found): Outcome<TopicDescription> {
  const error = errorOf(errorCode);
  if (error) return error;
  return { ...topic, partitions: topic.partitions.sort((a, b) => a.partition - b.partition) };
}

/** A page ends anywhere: the topic of the cursor goes on in the next one. */
async function describeInPages(broker: Broker, names: readonly string[], limit: number): Promise<Found[]> {
  const found = new Map<string, Found>();
  let left = [...names].sort();
  let cursor: DescribeTopicPartitionsResponse['nextCursor'] = null;
  do {
    const request = { topics: left.map((name) => ({ name })), responsePartitionLimit: limit, cursor };
    const response: DescribeTopicPartitionsResponse = await broker.send(DescribeTopicPartitions, request);
    for (const topic of response.topics) {
      const name = topic.name ?? '';
      const known = found.get(name);
      const partitions = topic.partitions.map(partitionWithElr);
      if (known) known.partitions.push(...partitions);
      else found.set(name, { ...header(topic), name, partitions });
    }
    cursor = response.nextCursor;
    const from = cursor?.topicName ?? '';
    left = left.filter((name) => name >= from);
  } while (cursor !== null);
  return [...found.values()];
}

async function describeByMetadata(
  broker: Broker,
  topics: readonly { topicId?: string; name: string | null }[],
): Promise<Found[]> {
  const response = await broker.send(Metadata, { topics, allowAutoTopicCreation: false });
  return response.topics.map((topic) => ({
    ...header(topic),
    partitions: topic.partitions.map((partition) => ({ ...partitionOf(partition), elr: null, lastKnownElr: null })),
  }));
}

type DescribedPartition = DescribeTopicPartitionsResponse['topics'][number]['partitions'][number];
type MetadataPartition = MetadataResponse['topics'][number]['partitions'][number];

function header(topic: { errorCode: number; name: string | null; topicId: string; isInternal: boolean }) {
  const { errorCode, name, topicId, isInternal } = topic;
  return { errorCode, name: name ?? '', topicId, isInternal };
}

function partitionWithElr(partition: DescribedPartition): PartitionDescription {
  const { eligibleLeaderReplicas, lastKnownElr } = partition;
  return { ...partitionOf(partition), elr: eligibleLeaderReplicas ?? [], lastKnownElr: lastKnownElr ?? [] };
}

function partitionOf(partition: DescribedPartition | MetadataPartition) {
  const { partitionIndex, leaderId, leaderEpoch, replicaNodes, isrNodes, offlineReplicas } = partition;
  return {
    partition: partitionIndex,
    leader: leaderId,
    leaderEpoch,
    replicas: replicaNodes,
    isr: isrNodes,
    offlineReplicas,
  };
}
