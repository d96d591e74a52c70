// TxnOffsetCommit, v0-5: offsets of a group as part of a transaction; they count when it is committed (KIP-98).
// v2: leader epochs, COORDINATOR_LOAD_IN_PROGRESS.  v3: flexible, the member that commits (KIP-447).
// v4: TRANSACTION_ABORTABLE.  v5: the group becomes part of the transaction by itself (KIP-890).
// Follows kafka.server.KafkaApis.handleTxnOffsetCommitRequest and OffsetMetadataManager.commitTransactionalOffset.
import { ErrorCode } from '../../protocol/errors.ts';
import { TxnOffsetCommit, type TxnOffsetCommitRequest } from '../../protocol/messages/txn-offset-commit.ts';
import type { CommitTopic } from '../groups/commit-request.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { Services } from '../services.ts';
import { verifyPartitions, withinTransaction } from '../transactions/verify.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';
import { answerPartitions } from './partition-answers.ts';

const LOAD_IN_PROGRESS_VERSION = 2;
const ABORTABLE_VERSION = 4;
const IMPLICIT_VERSION = 5;

export const txnOffsetCommitHandler = defineHandler(TxnOffsetCommit, (request, { services, apiVersion }) => {
  const { metadata } = services;
  const answers = answerPartitions(
    request.topics,
    ({ name }) => metadata.topic(name),
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    (known) => {
      if (known.length === 0) return [];
      const topics = known.map(({ image, partitions }) => ({ name: image.name, topicId: image.id, partitions }));
      return commit(services, request, topics, apiVersion);
    },
  );
  return { throttleTimeMs: 0, topics: answers.map(({ topic: { name }, partitions }) => ({ name, partitions })) };
});

/** Error codes by topic and partition; an error of the transaction or of the group is that of all partitions. */
function commit(
  services: Services,
  request: TxnOffsetCommitRequest,
  topics: readonly CommitTopic[],
  apiVersion: number,
): number[][] {
  const { groupId, memberId, groupInstanceId, generationId, producerId, producerEpoch } = request;
  const toAll = (errorCode: number) => topics.map(({ partitions }) => partitions.map(() => errorCode));
  try {
    const refusal = verify(services, request, apiVersion);
    if (refusal !== ErrorCode.NONE) return toAll(refusal);
    const offsets = { groupId, generationId, memberId, groupInstanceId, retentionTimeMs: -1, topics };
    return services.groups.commitInTransaction(offsets, { producerId, producerEpoch });
  } catch (error) {
    const errorCode = errorCodeOf(error);
    const isTooNew = errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS && apiVersion < LOAD_IN_PROGRESS_VERSION;
    return toAll(isTooNew ? ErrorCode.COORDINATOR_NOT_AVAILABLE : errorCode);
  }
}

/** Whether the transaction knows of the group; from version 5 on it is told. */
function verify(services: Services, request: TxnOffsetCommitRequest, apiVersion: number): number {
  const { transactionalId, producerId, producerEpoch } = request;
  const topic = InternalTopic.CONSUMER_OFFSETS;
  const partition = { topic, partition: services.groups.statePartitionFor(request.groupId) };
  const producer = { producerId, producerEpoch };
  if (withinTransaction(services, partition, producer)) return ErrorCode.NONE;
  const [errorCode = ErrorCode.NONE] = verifyPartitions(services, transactionalId, producer, [partition], {
    addsPartitions: apiVersion >= IMPLICIT_VERSION,
    knowsAbortable: apiVersion >= ABORTABLE_VERSION,
  });
  return errorCode;
}
