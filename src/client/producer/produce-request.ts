// What goes into a Produce request and what its answers mean.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { ProduceResponse } from '../../protocol/messages/produce.ts';
import type { Batch } from './batch.ts';

/** From version 13 on topics go by id; a name finds a topic that was made anew too. */
export const LAST_WITH_NAMES = 12;

export type PartitionAnswer = ProduceResponse['responses'][number]['partitionResponses'][number];

export function topicData(batches: readonly Batch[]) {
  const topics = new Map<string, { index: number; records: Buffer }[]>();
  for (const { queue, records } of batches) {
    const partitions = topics.get(queue.topic);
    if (partitions) partitions.push({ index: queue.partition, records });
    else topics.set(queue.topic, [{ index: queue.partition, records }]);
  }
  return [...topics].map(([name, partitionData]) => ({ name, partitionData }));
}

/** A duplicate has been written before. */
export function isWritten(code: number): boolean {
  return code === ErrorCode.NONE || code === ErrorCode.DUPLICATE_SEQUENCE_NUMBER;
}

export function isNumberingError(code: number): boolean {
  return code === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER || code === ErrorCode.UNKNOWN_PRODUCER_ID;
}

export function errorOfAnswer(answer: PartitionAnswer | undefined): KafkaError {
  if (!answer) return new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, 'The broker left the partition out of its answer');
  return new KafkaError(answer.errorCode, answer.errorMessage);
}

const placeOf = ({ correlationId, queue }: Batch): string =>
  `correlation id ${correlationId} on topic-partition ${queue.topic}-${queue.partition}`;

/** What Kafka's Sender logs of a batch that is sent again. */
export const retryText = (batch: Batch, error: KafkaError, attemptsLeft: number): string =>
  `Got error produce response with ${placeOf(batch)}, retrying (${attemptsLeft} attempts left). Error: ${error.info.name}`;

/** The same of one that goes again in parts. */
export const splitText = (batch: Batch, error: KafkaError, attemptsLeft: number): string =>
  `Got error produce response in ${placeOf(batch)}, splitting and retrying (${attemptsLeft} attempts left). Error: ${error.info.name}`;

/** What it logs where the leader of a partition is to be looked for again, whether the batch is sent again or not. */
export function movedText({ queue }: Batch, error: KafkaError): string {
  const partition = `${queue.topic}-${queue.partition}`;
  return error.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    ? `Received unknown topic or partition error in produce request on partition ${partition}. The topic-partition may not exist or the user may not have Describe access to it`
    : `Received invalid metadata error in produce request on partition ${partition} due to ${error}. Going to request metadata update now`;
}

/** What the records of a batch that is given up fail with. */
export function refusalOf({ queue }: Batch, error: KafkaError): KafkaError {
  switch (error.code) {
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
      return new KafkaError(error.code, `Not authorized to access topics: [${queue.topic}]`);
    case ErrorCode.CLUSTER_AUTHORIZATION_FAILED:
      return new KafkaError(error.code, 'The producer is not authorized to do idempotent sends');
    default:
      return error;
  }
}
