// AlterShareGroupOffsets: new start offsets for an empty share group, which is made if it is not there
// (GroupMetadataManager.alterShareGroupOffsets).
import { ErrorCode, errorInfo } from '../../../protocol/errors.ts';
import type {
  AlterShareGroupOffsets,
  AlterShareGroupOffsetsRequest,
} from '../../../protocol/messages/alter-share-group-offsets.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { ZERO_UUID } from '../../../util/uuid.ts';
import type { TopicImage } from '../../metadata/image.ts';
import { ascending } from '../modern/assignment.ts';
import type { ShareContext } from './context.ts';
import { Draft } from './draft.ts';
import { assertEmpty, groupOrNew } from './find-group.ts';
import { applyStateTopics, requestState } from './initialize.ts';
import { type StateTopic, withInitializing } from './state-topics.ts';

export type AlterRequest = AlterShareGroupOffsetsRequest;
export type AlterAnswer = ResponseInput<typeof AlterShareGroupOffsets>;
type AskedTopic = AlterRequest['topics'][number];
type AnsweredTopic = AlterAnswer['responses'][number];
type AnsweredPartition = AnsweredTopic['partitions'][number];

/** @throws KafkaError GROUP_ID_NOT_FOUND if the group is of another kind, NON_EMPTY_GROUP */
export function alterOffsets(context: ShareContext, request: AlterRequest): AlterAnswer {
  const { groupId } = request;
  const group = groupOrNew(context, groupId);
  assertEmpty(group);
  const existing = firstOfEach(request.topics).flatMap((asked) => {
    const topic = context.topics.topic(asked.topicName);
    return topic ? [{ topic, partitions: asked.partitions.filter((one) => isThere(topic, one.partitionIndex)) }] : [];
  });
  const started = new Map<string, StateTopic>(
    existing.map(({ topic, partitions }) => [
      topic.id,
      { topicName: topic.name, partitions: ascending(new Set(partitions.map((one) => one.partitionIndex))) },
    ]),
  );
  if (started.size === 0) return answer(context, request, new Map());
  const draft = new Draft(group);
  applyStateTopics(draft, withInitializing(group.topicsWithState, started), context.clock.nowMs());
  draft.commit(context);
  const stateEpoch = group.epoch;
  const states = existing.map(({ topic, partitions }) => ({
    topicId: topic.id,
    partitions: partitions.map(({ partitionIndex, startOffset }) => ({
      partition: partitionIndex,
      stateEpoch,
      startOffset,
    })),
  }));
  return answer(context, request, requestState(context, groupId, states, started));
}

function isThere({ partitions }: TopicImage, index: number): boolean {
  return index >= 0 && index < partitions.length;
}

function answer(context: ShareContext, { topics }: AlterRequest, errors: ReturnType<typeof requestState>): AlterAnswer {
  const answered = (asked: AskedTopic): AnsweredTopic => {
    const topic = context.topics.topic(asked.topicName);
    const partitions = asked.partitions.map(({ partitionIndex }): AnsweredPartition => {
      if (!topic || !isThere(topic, partitionIndex)) return unknownPartition(partitionIndex);
      const error = errors.get(topic.id)?.get(partitionIndex);
      if (!error) return { partitionIndex, errorCode: ErrorCode.NONE };
      return { partitionIndex, errorCode: error.code, errorMessage: error.message };
    });
    return { topicName: asked.topicName, topicId: topic?.id ?? ZERO_UUID, partitions };
  };
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, responses: firstOfEach(topics).map(answered) };
}

/** A topic that is named again is passed over. */
function firstOfEach(topics: readonly AskedTopic[]): AskedTopic[] {
  return [...new Map(topics.map((topic) => [topic.topicName, topic] as const).reverse()).values()].reverse();
}

function unknownPartition(partitionIndex: number): AnsweredPartition {
  const errorCode = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return { partitionIndex, errorCode, errorMessage: errorInfo(errorCode).text };
}
