// OffsetDelete (v0, KIP-496). Topics that a consumer group is subscribed to keep their offsets. Rules: groups/delete.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetDelete } from '../../protocol/messages/offset-delete.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';
import { answerPartitions } from './partition-answers.ts';

export const offsetDeleteHandler = defineHandler(OffsetDelete, (request, { services }) => {
  try {
    const answers = answerPartitions(
      request.topics,
      ({ name }) => services.metadata.topic(name),
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      (known) =>
        services.groups.deleteOffsets(
          request.groupId,
          known.map(({ image, partitions }) => ({
            name: image.name,
            partitions: partitions.map(({ partitionIndex }) => partitionIndex),
          })),
        ),
    );
    const topics = answers.map(({ topic: { name }, partitions }) => ({ name, partitions }));
    return { errorCode: ErrorCode.NONE, throttleTimeMs: 0, topics };
  } catch (error) {
    return { errorCode: errorCodeOf(error), throttleTimeMs: 0, topics: [] };
  }
});
