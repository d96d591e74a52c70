import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import { DescribeProducers, type DescribeProducersResponse } from '../../protocol/messages/describe-producers.ts';
import { WriteTxnMarkers } from '../../protocol/messages/write-txn-markers.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { handlerError } from './handler-log.ts';
import { askLeaders, leftOut } from './leaders.ts';
import {
  abortSpecText,
  type CallOptions,
  type PartitionProducers,
  type TopicPartition,
  type TransactionToAbort,
} from './types.ts';

/** @see Admin.describeProducers */
export function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  { timeoutMs, brokerId: broker }: CallOptions & { readonly brokerId?: number | undefined } = {},
): Promise<PartitionProducers[]> {
  const isOpen = (code: number) =>
    code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION ||
    (code === ErrorCode.NOT_LEADER_OR_FOLLOWER && broker === undefined);
  const retried = ({ error }: PartitionProducers) => (error && isOpen(error.code) ? error : undefined);
  const send = async (link: Broker, share: readonly TopicPartition[]) => {
    const answers = await ask(link, share, broker);
    for (const { topic, partition, error } of answers)
      if (error && !isOpen(error.code)) logRefusal(cluster, partitionKey(topic, partition), error.code, broker);
    return answers;
  };
  const failed = ({ topic, partition }: TopicPartition, error: KafkaError) => ({
    ...{ topic, partition },
    producers: [],
    error,
  });
  const handler = { name: 'describeProducers', api: 'DESCRIBE_PRODUCERS', broker, send, failed, retried };
  return askLeaders(cluster, partitions, handler, timeoutMs);
}

async function ask(
  broker: Broker,
  partitions: readonly TopicPartition[],
  brokerId: number | undefined,
): Promise<PartitionProducers[]> {
  const topics = byTopic(partitions, ({ partition }) => partition);
  const request = { topics: topics.map(({ name, partitions }) => ({ name, partitionIndexes: partitions })) };
  const response = await broker.send(DescribeProducers, request);
  const answers = new Map<string, PartitionProducers>();
  for (const { name, partitions } of response.topics)
    for (const each of partitions)
      answers.set(partitionKey(name, each.partitionIndex), described(name, each, brokerId));
  return partitions.map(({ topic, partition }) => {
    const answer = answers.get(partitionKey(topic, partition));
    return answer ?? { topic, partition, producers: [], error: leftOut(broker.node.id, { topic, partition }) };
  });
}

type PartitionAnswer = DescribeProducersResponse['topics'][number]['partitions'][number];

function described(topic: string, answer: PartitionAnswer, brokerId: number | undefined): PartitionProducers {
  const { partitionIndex: partition, errorCode, activeProducers } = answer;
  const producers = activeProducers.map(({ currentTxnStartOffset, ...producer }) => ({
    ...producer,
    transactionStartOffset: currentTxnStartOffset < 0 ? undefined : currentTxnStartOffset,
  }));
  if (errorCode === ErrorCode.NONE) return { topic, partition, producers };
  const error = new KafkaError(errorCode, failure(topic, answer, brokerId));
  return { topic, partition, producers, error };
}

/** DescribeProducersHandler.handlePartitionError: what it logs. */
function logRefusal(cluster: Cluster, partition: string, code: number, brokerId: number | undefined): void {
  const response = `\`DescribeProducers\` response for partition ${partition}`;
  const tell = (text: string) => handlerError(cluster, 'DescribeProducersHandler', text);
  if (code === ErrorCode.NOT_LEADER_OR_FOLLOWER && brokerId !== undefined)
    tell(`Not leader error in ${response} for brokerId ${brokerId} set in options`);
  else if (code === ErrorCode.INVALID_TOPIC_EXCEPTION) tell(`Invalid topic in ${response}`);
  else if (code === ErrorCode.TOPIC_AUTHORIZATION_FAILED) tell(`Authorization failed in ${response}`);
  else tell(`Unexpected error in ${response}`);
}

function failure(topic: string, answer: PartitionAnswer, brokerId: number | undefined): string {
  const { partitionIndex, errorCode, errorMessage } = answer;
  const partition = partitionKey(topic, partitionIndex);
  switch (errorCode) {
    case ErrorCode.NOT_LEADER_OR_FOLLOWER:
      return `Failed to describe active producers for partition ${partition} on brokerId ${brokerId}`;
    case ErrorCode.INVALID_TOPIC_EXCEPTION:
      return `Failed to fetch metadata for partition ${partition} due to invalid topic error: ${errorMessage ?? new KafkaError(errorCode).message}`;
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
      return `Failed to describe active producers for partition ${partition} due to authorization failure on topic \`${topic}\``;
    default:
      return `Failed to describe active producers for partition ${partition} due to unexpected error`;
  }
}

/** @see Admin.abortTransaction */
export async function abortTransaction(
  cluster: Cluster,
  transaction: TransactionToAbort,
  { timeoutMs }: CallOptions = {},
): Promise<void> {
  const { topic, partition, producerId, producerEpoch, coordinatorEpoch } = transaction;
  const marker = {
    ...{ producerId, producerEpoch, coordinatorEpoch },
    transactionResult: false,
    topics: [{ name: topic, partitionIndexes: [partition] }],
  };
  const send = async (broker: Broker) => {
    const { markers } = await broker.send(WriteTxnMarkers, { markers: [marker] });
    const code = markers[0]?.topics[0]?.partitions[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR;
    if (code === ErrorCode.NONE) return [undefined];
    if (!MARKER_MAY_COME.has(code)) logMarkerRefusal(cluster, code, transaction);
    return [new KafkaError(code, refusal(code, transaction))];
  };
  const failed = (_: TransactionToAbort, error: KafkaError): KafkaError | undefined => error;
  const retried = (error: KafkaError | undefined) => (error && MARKER_MAY_COME.has(error.code) ? error : undefined);
  const handler = { name: 'abortTransaction', api: 'WRITE_TXN_MARKERS', send, failed, retried };
  const [error] = await askLeaders(cluster, [transaction], handler, timeoutMs);
  if (error) throw error;
}

/** A partition's leader may be another in a moment. */
const MARKER_MAY_COME: ReadonlySet<number> = new Set([
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.BROKER_NOT_AVAILABLE,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
]);

/** AbortTransactionHandler.handleError: what it logs. */
function logMarkerRefusal(cluster: Cluster, code: number, transaction: TransactionToAbort): void {
  const failed = `WriteTxnMarkers request for abort spec ${abortSpecText(transaction)} failed`;
  const tell = (why: string) => handlerError(cluster, 'AbortTransactionHandler', `${failed} ${why}`);
  if (code === ErrorCode.CLUSTER_AUTHORIZATION_FAILED) tell('cluster authorization');
  else if (code === ErrorCode.INVALID_PRODUCER_EPOCH) tell('due to an invalid producer epoch');
  else if (code === ErrorCode.TRANSACTION_COORDINATOR_FENCED) tell('because the coordinator epoch is fenced');
  else tell(`due to an unexpected error ${errorInfo(code).name}`);
}

function refusal(code: number, transaction: TransactionToAbort): string {
  const failed = `WriteTxnMarkers request with ${abortSpecText(transaction)} failed`;
  switch (code) {
    case ErrorCode.CLUSTER_AUTHORIZATION_FAILED:
      return `${failed} due to cluster authorization error`;
    case ErrorCode.INVALID_PRODUCER_EPOCH:
      return `${failed} due an invalid producer epoch`;
    case ErrorCode.TRANSACTION_COORDINATOR_FENCED:
      return `${failed} since the provided coordinator epoch ${transaction.coordinatorEpoch} has been fenced by the active coordinator`;
    default:
      return `${failed} due to unexpected error: ${new KafkaError(code).message}`;
  }
}
