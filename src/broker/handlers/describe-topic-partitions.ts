// DescribeTopicPartitions, v0 (KIP-966): topics in the order of their names, a limited number of partitions at a time.
// Follows DescribeTopicPartitionsRequestHandler: a cursor must name a topic that is asked for (or, asking for all, any),
// topics before it are left out, unknown topics are answered only where they were named.
import { ErrorCode } from '../../protocol/errors.ts';
import {
  DescribeTopicPartitions,
  type DescribeTopicPartitionsRequest,
} from '../../protocol/messages/describe-topic-partitions.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { ALL_TOPIC_OPERATIONS } from '../authorized-operations.ts';
import type { PartitionImage, TopicImage } from '../metadata/image.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { offlineReplicas } from '../offline-replicas.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import { defineHandler } from './define.ts';

type Answer = ResponseInput<typeof DescribeTopicPartitions>;
type TopicAnswer = Answer['topics'][number];

/** `max.request.partition.size.limit` bounds the client's limit; it can go no lower than one partition. */
export const describeTopicPartitionsHandler = defineHandler(
  DescribeTopicPartitions,
  (request, { services, access }) => {
    const { metadata, config } = services;
    const { cursor } = request;
    if (isBadCursor(request)) {
      const names = request.topics.map(({ name }) => name);
      return {
        throttleTimeMs: 0,
        topics: names.map((name) => ({ ...withoutPartitions(ErrorCode.INVALID_REQUEST, name), isInternal: false })),
      };
    }
    const all = request.topics.length === 0;
    const names = all ? [...metadata.topics()].map(({ name }) => name) : request.topics.map(({ name }) => name);
    const limit = Math.max(1, Math.min(config.maxRequestPartitionSizeLimit, request.responsePartitionLimit));
    const from = (name: string) => (name === cursor?.topicName ? cursor.partitionIndex : 0);
    const left = [...new Set(names)].filter((name) => cursor === null || name >= cursor.topicName).sort();
    if (!access) return page(left, metadata, from, limit);
    const seen = access.allowed(AclOperation.DESCRIBE, AclResource.TOPIC, left);
    const answer = page(
      left.filter((name) => seen.has(name)),
      metadata,
      from,
      limit,
    );
    const topics = answer.topics.map((topic) => ({
      ...topic,
      topicAuthorizedOperations: access.operations(AclResource.TOPIC, topic.name ?? ''),
    }));
    const unseen = all ? [] : left.filter((name) => !seen.has(name)).map(refused);
    return { ...answer, topics: [...topics, ...unseen] };
  },
);

function refused(name: string): TopicAnswer {
  return { ...withoutPartitions(ErrorCode.TOPIC_AUTHORIZATION_FAILED, name), isInternal: false };
}

function isBadCursor({ cursor, topics }: DescribeTopicPartitionsRequest): boolean {
  if (cursor === null) return false;
  return cursor.partitionIndex < 0 || (topics.length > 0 && !topics.some(({ name }) => name === cursor.topicName));
}

function page(
  names: readonly string[],
  metadata: MetadataStore,
  firstPartition: (name: string) => number,
  limit: number,
): Answer {
  const topics: TopicAnswer[] = [];
  let room = limit;
  for (const name of names) {
    const topic = metadata.topic(name);
    const first = firstPartition(name);
    if (!topic) {
      const isInvalid = whyInvalidTopicName(name) !== undefined;
      const code = isInvalid ? ErrorCode.INVALID_TOPIC_EXCEPTION : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      topics.push({ ...withoutPartitions(code, name), topicAuthorizedOperations: ALL_TOPIC_OPERATIONS });
      continue;
    }
    if (room === 0) return { throttleTimeMs: 0, topics, nextCursor: { topicName: name, partitionIndex: 0 } };
    const partitions = topic.partitions.slice(first, first + room);
    room -= partitions.length;
    topics.push(describe(topic, partitions, metadata));
    const next = first + partitions.length;
    if (next < topic.partitions.length)
      return { throttleTimeMs: 0, topics, nextCursor: { topicName: name, partitionIndex: next } };
  }
  return { throttleTimeMs: 0, topics, nextCursor: null };
}

function describe(topic: TopicImage, partitions: readonly PartitionImage[], metadata: MetadataStore): TopicAnswer {
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.internal,
    partitions: partitions.map((partition) => ({
      errorCode: partition.leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
      partitionIndex: partition.index,
      leaderId: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: partition.replicas,
      isrNodes: partition.isr,
      eligibleLeaderReplicas: partition.elr ?? [],
      lastKnownElr: partition.lastKnownElr ?? [],
      offlineReplicas: offlineReplicas(partition, metadata),
    })),
    topicAuthorizedOperations: ALL_TOPIC_OPERATIONS,
  };
}

function withoutPartitions(errorCode: number, name: string): TopicAnswer {
  return { errorCode, name, topicId: ZERO_UUID, isInternal: isInternalTopic(name), partitions: [] };
}
