import { ErrorCode } from '../../protocol/errors.ts';
import { Fetch, type FetchResponse } from '../../protocol/messages/fetch.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { byTopic } from './by-topic.ts';
import type { FetchedReplica, ReplicaFetch } from './types.ts';

/** Who reads a replica to look at it (FetchRequest.DEBUGGING_CONSUMER_ID): served by followers too, up to the high watermark. */
const DEBUGGING_CONSUMER_ID = -2;

/** @see Admin.fetchReplicas */
export async function fetchReplicas(
  cluster: Cluster,
  { broker: id, partitions, maxWaitMs, maxBytes, timeoutMs }: ReplicaFetch,
): Promise<FetchedReplica[]> {
  return cluster.call(
    'fetch',
    { broker: id },
    async (broker) => {
      const response = await broker.send(Fetch, {
        replicaId: DEBUGGING_CONSUMER_ID,
        replicaState: { replicaId: DEBUGGING_CONSUMER_ID },
        maxWaitMs,
        minBytes: 1,
        topics: byTopic(partitions, ({ partition, offset }) => ({
          partition,
          fetchOffset: offset,
          logStartOffset: 0,
          partitionMaxBytes: maxBytes,
        })).map(({ name, partitions: some }) => ({
          topic: name,
          topicId: partitions.find(({ topic }) => topic === name)!.topicId,
          partitions: some,
        })),
      });
      throwIfError(response.errorCode);
      return answers(response, partitions);
    },
    timeoutMs,
  );
}

function answers({ responses }: FetchResponse, asked: ReplicaFetch['partitions']): FetchedReplica[] {
  return responses.flatMap(({ topic, topicId, partitions }) => {
    const name = asked.find((one) => one.topic === topic || one.topicId === topicId)?.topic;
    if (name === undefined) return [];
    return partitions.map(({ partitionIndex, errorCode, highWatermark, records }) => ({
      topic: name,
      partition: partitionIndex,
      highWatermark,
      records: errorCode === ErrorCode.NONE && records !== null ? records : Buffer.alloc(0),
    }));
  });
}
