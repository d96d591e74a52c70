// OffsetDelete (v0, KIP-496). Topics that a consumer group is subscribed to keep their offsets. Rules: groups/delete.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetDelete } from '../../protocol/messages/offset-delete.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const offsetDeleteHandler = defineHandler(OffsetDelete, (request, { services }) => {
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => partitionIndex),
    isKnown: services.metadata.topic(name) !== undefined,
  }));
  const known = topics.filter(({ isKnown }) => isKnown);
  try {
    const errors = services.groups.deleteOffsets(request.groupId, known);
    const errorsOf = new Map(known.map((topic, i) => [topic, errors[i]!]));
    return {
      errorCode: ErrorCode.NONE,
      throttleTimeMs: 0,
      topics: topics.map((topic) => ({
        name: topic.name,
        partitions: topic.partitions.map((partitionIndex, i) => ({
          partitionIndex,
          errorCode: errorsOf.get(topic)?.[i] ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        })),
      })),
    };
  } catch (error) {
    return { errorCode: errorCodeOf(error), throttleTimeMs: 0, topics: [] };
  }
});
