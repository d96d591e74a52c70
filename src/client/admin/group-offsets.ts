import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { OffsetCommit } from '../../protocol/messages/offset-commit.ts';
import { OffsetDelete } from '../../protocol/messages/offset-delete.ts';
import { OffsetFetch, type OffsetFetchResponse } from '../../protocol/messages/offset-fetch.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { askCoordinator } from './coordinators.ts';
import { HANDLERS, type Handler, handlerError, handlerWarning } from './handler-log.ts';
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
  const fetch = (broker: Broker) => fetchOffsets(cluster, broker, groupId, partitions);
  return askCoordinator(cluster, HANDLERS.offsets, { group: groupId }, fetch, timeoutMs);
}

async function fetchOffsets(
  cluster: Cluster,
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
    committed
      .filter(({ partitionIndex, errorCode }) => !isSkipped(cluster, name, partitionIndex, errorCode))
      .map(({ partitionIndex, committedOffset, committedLeaderEpoch, metadata }) => ({
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata: metadata ?? '',
      })),
  );
}

/** A partition with an error is left out, as by Kafka's client. */
function isSkipped(cluster: Cluster, topic: string, partition: number, code: number): boolean {
  if (code === ErrorCode.NONE) return false;
  const text = `Skipping return offset for ${partitionKey(topic, partition)} due to error ${errorInfo(code).name}.`;
  handlerWarning(cluster, HANDLERS.offsets.name, text);
  return true;
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
  const { retried }: Handler = HANDLERS.alterOffsets;
  return askCoordinator(
    cluster,
    HANDLERS.alterOffsets,
    { group: groupId },
    async (broker) => {
      const request = { groupId, memberId: '', topics };
      const response = await broker.send(OffsetCommit, request, { maxVersion: LAST_WITH_NAMES });
      const errors = response.topics.flatMap(({ partitions }) => partitions);
      throwIfError(errors.find(({ errorCode }) => retried.includes(errorCode))?.errorCode ?? ErrorCode.NONE);
      const outcomes = inOrder(offsets, response.topics);
      for (const outcome of outcomes) logUnexpected(cluster, groupId, outcome);
      return outcomes;
    },
    timeoutMs,
  );
}

/** AlterConsumerGroupOffsetsHandler.handleError. */
function logUnexpected(cluster: Cluster, groupId: string, { topic, partition, error }: PartitionOutcome): void {
  const { name, expected }: Handler = HANDLERS.alterOffsets;
  if (error === undefined || expected.includes(error.code)) return;
  const request = `OffsetCommit request for group id ${groupId} and partition ${partitionKey(topic, partition)}`;
  handlerError(cluster, name, `${request} failed due to unexpected error ${error.info.name}.`);
}

/** @see Admin.deleteGroupOffsets */
export function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const topics = byTopic(partitions, ({ partition }) => ({ partitionIndex: partition }));
  return askCoordinator(
    cluster,
    HANDLERS.deleteOffsets,
    { group: groupId },
    async (broker) => {
      const response = await broker.send(OffsetDelete, { groupId, topics });
      throwIfError(response.errorCode);
      return inOrder(partitions, response.topics);
    },
    timeoutMs,
  );
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
