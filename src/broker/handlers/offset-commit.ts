// OffsetCommit (v2-10): v2-4 a retention time of its own, v6 leader epochs (KIP-320), v7 static members (KIP-345),
// v9 GROUP_ID_NOT_FOUND (KIP-848), v10 topic ids (KIP-848). Rules: groups/commit.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetCommit, type OffsetCommitRequest } from '../../protocol/messages/offset-commit.ts';
import type { CommitTopic } from '../groups/commit.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

const TOPIC_ID_VERSION = 10;

type RequestedTopic = OffsetCommitRequest['topics'][number];

export const offsetCommitHandler = defineHandler(OffsetCommit, (request, { services, apiVersion }) => {
  const resolved = request.topics.map((topic) => resolveTopic(services, topic, apiVersion));
  const known = resolved.filter((topic) => topic !== undefined);
  const committed = known.length > 0 || request.topics.length === 0 ? commit(services, request, known, apiVersion) : [];
  const unknown = apiVersion >= TOPIC_ID_VERSION ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const errors = new Map(known.map((topic, i) => [topic, committed[i]!]));
  return {
    topics: request.topics.map(({ name, topicId, partitions }, i) => {
      const topic = resolved[i];
      const codes = topic && errors.get(topic);
      return {
        name,
        topicId,
        partitions: partitions.map(({ partitionIndex }, p) => ({ partitionIndex, errorCode: codes?.[p] ?? unknown })),
      };
    }),
  };
});

function resolveTopic(services: Services, topic: RequestedTopic, apiVersion: number): CommitTopic | undefined {
  const { metadata } = services;
  const image = apiVersion >= TOPIC_ID_VERSION ? metadata.topicById(topic.topicId) : metadata.topic(topic.name);
  return image && { name: image.name, topicId: image.id, partitions: topic.partitions };
}

/** Error codes by topic and partition; an error of the group is that of all its partitions. */
function commit(
  services: Services,
  request: OffsetCommitRequest,
  topics: readonly CommitTopic[],
  apiVersion: number,
): number[][] {
  const { groupId, memberId, groupInstanceId, retentionTimeMs, generationIdOrMemberEpoch: generationId } = request;
  try {
    const offsets = { groupId, generationId, memberId, groupInstanceId, retentionTimeMs, topics };
    return services.groups.commit(offsets, apiVersion);
  } catch (error) {
    const errorCode = errorCodeOf(error);
    return topics.map(({ partitions }) => partitions.map(() => errorCode));
  }
}
