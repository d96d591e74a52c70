import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetCommit } from '../../protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../protocol/messages/offset-delete.ts';
import { OffsetFetch, type OffsetFetchResponse } from '../../protocol/messages/offset-fetch.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { GROUP_HANDLERS, telling } from './handler-log.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, CommittedOffset, OffsetToCommit, PartitionOutcome, TopicPartition } from './types.ts';

// From version 10 on topics go by id, which an offset of a deleted topic has none of.
const LAST_WITH_NAMES = 9;
/** First version that asks for several groups at once. */
const BATCHED = 8;

/** @see Admin.listGroupOffsets */
export function listGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions?: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<CommittedOffset[]> {
  const call = cluster.call(
    'listConsumerGroupOffsets',
    { group: groupId },
    (broker) => fetchOffsets(broker, groupId, partitions),
    timeoutMs,
  );
  return telling(GROUP_HANDLERS.offsets, cluster, groupId, call);
}

async function fetchOffsets(
  broker: Broker,
  groupId: string,
  partitions: readonly TopicPartition[] | undefined,
): Promise<CommittedOffset[]> {
  const grouped = partitions ? byTopic(partitions, ({ partition }) => partition) : undefined;
  const topics = grouped?.map(({ name, partitions: partitionIndexes }) => ({ name, partitionIndexes })) ?? null;
  const version = broker.versions.best(OffsetFetch, LAST_WITH_NAMES);
  const batched = version >= BATCHED;
  const request = batched
    ? { groupId: '', topics: null, groups: [{ groupId, topics }] }
    : { groupId, topics, groups: [] };
  const response = await broker.send(OffsetFetch, request, { maxVersion: LAST_WITH_NAMES });
  const answer: Pick<OffsetFetchResponse, 'errorCode' | 'topics'> = batched
    ? (response.groups[0] ?? { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, topics: [] })
    : response;
  throwIfError(answer.errorCode);
  return answer.topics.flatMap(({ name, partitions: committed }) =>
    committed.map(({ partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode }) => ({
      topic: name,
      partition: partitionIndex,
      offset: committedOffset,
      leaderEpoch: committedLeaderEpoch,
      metadata: metadata ?? '',
      ...errorField(errorCode),
    })),
  );
}

/** @see Admin.alterGroupOffsets */
export function alterGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly OffsetToCommit[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const topics = byTopic(offsets, ({ partition, offset, leaderEpoch, metadata }) => ({
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch ?? -1,
    committedMetadata: metadata ?? '',
  }));
  return cluster.call(
    'alterConsumerGroupOffsets',
    { group: groupId },
    async (broker) => {
      const request = { groupId, memberId: '', topics };
      const response = await broker.send(OffsetCommit, request, { maxVersion: LAST_WITH_NAMES });
      return inOrder(offsets, response.topics);
    },
    timeoutMs,
  );
}

/** @see Admin.deleteGroupOffsets */
export function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const topics = byTopic(partitions, ({ partition }) => ({ partitionIndex: partition }));
  const call = cluster.call(
    'offsetDelete',
    { group: groupId },
    async (broker) => {
      const response = await broker.send(OffsetDelete, { groupId, topics });
      throwIfError(response.errorCode);
      return inOrder(partitions, response.topics);
    },
    timeoutMs,
  );
  return telling(GROUP_HANDLERS.deleteOffsets, cluster, groupId, call);
}

function inOrder(
  asked: readonly TopicPartition[],
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
): PartitionOutcome[] {
  const codes = new Map<string, number>();
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) codes.set(partitionKey(name, partitionIndex), errorCode);
  }
  return asked.map(({ topic, partition }) => ({
    topic,
    partition,
    ...errorField(codes.get(partitionKey(topic, partition)) ?? ErrorCode.UNKNOWN_SERVER_ERROR),
  }));
}
