// OffsetCommit (v2-10): v2-4 a retention time of its own, v6 leader epochs (KIP-320), v7 static members (KIP-345),
// v9 GROUP_ID_NOT_FOUND (KIP-848), v10 topic ids (KIP-848). Rules: groups/commit.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetCommit, type OffsetCommitRequest } from '../../protocol/messages/offset-commit.ts';
import type { CommitTopic } from '../groups/commit-request.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';
import { answerPartitions } from './partition-answers.ts';

const TOPIC_ID_VERSION = 10;

export const offsetCommitHandler = defineHandler(OffsetCommit, (request, { services, apiVersion }) => {
  const { metadata } = services;
  const hasIds = apiVersion >= TOPIC_ID_VERSION;
  const answers = answerPartitions(
    request.topics,
    ({ name, topicId }) => (hasIds ? metadata.topicById(topicId) : metadata.topic(name)),
    hasIds ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    (known) => {
      // A request of which nothing is left never comes to the group.
      if (known.length === 0) return [];
      const topics = known.map(({ image, partitions }) => ({ name: image.name, topicId: image.id, partitions }));
      return commit(services, request, topics, apiVersion);
    },
  );
  const told = answers.filter(({ partitions }) => partitions.length > 0);
  return { topics: told.map(({ topic: { name, topicId }, partitions }) => ({ name, topicId, partitions })) };
});

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
