import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DescribeProducers, type DescribeProducersResponse } from '../../protocol/messages/describe-producers.ts';
import { WriteTxnMarkers } from '../../protocol/messages/write-txn-markers.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, TimeoutError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { handlerError, logTopicError } from './handler-log.ts';
import { askLeaders } from './leaders.ts';
import {
  abortSpecText,
  type CallOptions,
  type PartitionProducers,
  type TopicPartition,
  type TransactionToAbort,
} from './types.ts';

/** What may be otherwise in a moment: Kafka's client asks again until its time is up. */
const MAY_COME: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.BROKER_NOT_AVAILABLE,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.LEADER_NOT_AVAILABLE,
]);

/** @see Admin.describeProducers */
export function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  { timeoutMs, brokerId }: CallOptions & { readonly brokerId?: number | undefined } = {},
): Promise<PartitionProducers[]> {
  const send = async (broker: Broker, share: readonly TopicPartition[]) => {
    const answers = await ask(broker, share, brokerId);
    for (const { topic, partition, error } of answers)
      if (error !== undefined) logRefusal(cluster, partitionKey(topic, partition), error.code, brokerId);
    return answers;
  };
  const failed = ({ topic, partition }: TopicPartition, error: KafkaError) => {
    logTopicError(cluster, topic, error);
    return { topic, partition, producers: [], error };
  };
  return untilThere(
    cluster,
    ['describeProducers', brokerId === undefined ? 'METADATA' : 'DESCRIBE_PRODUCERS'],
    timeoutMs,
    async (leftMs) => {
      const answers =
        brokerId === undefined
          ? await askLeaders(cluster, 'describeProducers', partitions, send, failed, leftMs)
          : await cluster.call('describeProducers', { broker: brokerId }, (broker) => send(broker, partitions), leftMs);
      const missing = answers.find(({ error }) => error !== undefined && MAY_COME.has(error.code))?.error;
      if (missing && !(brokerId !== undefined && missing.code === ErrorCode.NOT_LEADER_OR_FOLLOWER)) throw missing;
      return answers;
    },
  );
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
  return partitions.flatMap(({ topic, partition }) => answers.get(partitionKey(topic, partition)) ?? []);
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

/** DescribeProducersHandler.handlePartitionError: what it logs, unless it will ask again. */
function logRefusal(cluster: Cluster, partition: string, code: number, brokerId: number | undefined): void {
  const response = `\`DescribeProducers\` response for partition ${partition}`;
  const tell = (text: string) => handlerError(cluster, 'DescribeProducersHandler', text);
  if (code === ErrorCode.NOT_LEADER_OR_FOLLOWER && brokerId !== undefined)
    tell(`Not leader error in ${response} for brokerId ${brokerId} set in options`);
  else if (MAY_COME.has(code) || code === ErrorCode.REQUEST_TIMED_OUT) return;
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
export function abortTransaction(
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
    return [code === ErrorCode.NONE ? {} : { error: new KafkaError(code, refusal(code, transaction)) }];
  };
  return untilThere(cluster, ['abortTransaction', 'METADATA'], timeoutMs, async (leftMs) => {
    const [answer] = await askLeaders(
      cluster,
      'abortTransaction',
      [transaction],
      send,
      (_, error) => {
        logTopicError(cluster, topic, error);
        return { error };
      },
      leftMs,
    );
    if (answer?.error) throw answer.error;
  });
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

/** Tries until partition and broker are there; then Kafka's message for a call that found no broker in its time. */
async function untilThere<T>(
  cluster: Cluster,
  [call, api]: readonly [string, string],
  timeoutMs = cluster.settings.defaultApiTimeoutMs,
  run: (leftMs: number) => Promise<T>,
): Promise<T> {
  const deadline = cluster.clock.monotonicMs() + timeoutMs;
  for (let attempt = 1; ; attempt++) {
    const leftMs = deadline - cluster.clock.monotonicMs();
    try {
      return await run(Math.max(1, leftMs));
    } catch (error) {
      const isOver = error instanceof TimeoutError;
      if (!isOver && !MAY_COME.has(asKafkaError(error).code)) throw error;
      const pause = isOver ? Number.POSITIVE_INFINITY : cluster.retryBackoffMs(attempt);
      if (leftMs <= pause) {
        if (!isOver) await cluster.sleep(Math.max(0, leftMs));
        throw new TimeoutError(`Timed out waiting for a node assignment. Call: ${call}(api=${api})`, error);
      }
      cluster.metadata.invalidate();
      await cluster.sleep(pause);
    }
  }
}
