import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { FetchPartition } from './fetch-partition.ts';

/** The partitions that a request names, flat, with the names of their topics. */
export function requestedPartitions(
  request: FetchRequest,
  usesTopicIds: boolean,
  nameOf: (id: string) => string | undefined,
): { partitions: FetchPartition[]; forgotten: FetchPartition[] } {
  const partitions: FetchPartition[] = [];
  for (const { topic: name, topicId, partitions: wanted } of request.topics) {
    const topic = usesTopicIds ? nameOf(topicId) : name;
    for (const { partition, fetchOffset, partitionMaxBytes, currentLeaderEpoch, lastFetchedEpoch } of wanted) {
      const id = usesTopicIds ? topicId : ZERO_UUID;
      partitions.push({
        topic,
        topicId: id,
        partition,
        fetchOffset,
        maxBytes: partitionMaxBytes,
        currentLeaderEpoch,
        lastFetchedEpoch,
      });
    }
  }
  return { partitions, forgotten: forgottenPartitions(request, usesTopicIds) };
}

function forgottenPartitions(request: FetchRequest, usesTopicIds: boolean): FetchPartition[] {
  const unused = { fetchOffset: -1, maxBytes: -1, currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
  return request.forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((partition) => ({ topic, topicId: usesTopicIds ? topicId : ZERO_UUID, partition, ...unused })),
  );
}
