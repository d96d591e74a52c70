// AddPartitionsToTxn, v0-5: partitions become part of a transaction, all of them or none.
// v2: PRODUCER_FENCED.  v3: flexible.  v4: several transactions, verification only (KIP-890, between brokers).
// v5: transactions of version 2.
// Follows kafka.server.KafkaApis.handleAddPartitionsToTxnRequest.
import { ErrorCode } from '../../protocol/errors.ts';
import { AddPartitionsToTxn, type AddPartitionsToTxnRequest } from '../../protocol/messages/add-partitions-to-txn.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import type { Services } from '../services.ts';
import type { TopicPartition } from '../transactions/transaction.ts';
import { defineHandler, type RequestContext } from './define.ts';
import { producerErrorOf } from './producer-fenced.ts';

const PRODUCER_FENCED_VERSION = 2;
const BATCHED_VERSION = 4;
const EPOCH_BUMP_VERSION = 5;

type TransactionRequest = AddPartitionsToTxnRequest['transactions'][number];
type RequestedTopics = TransactionRequest['topics'];

export const addPartitionsToTxnHandler = defineHandler(AddPartitionsToTxn, (request, context) => {
  const { services, apiVersion } = context;
  if (apiVersion < BATCHED_VERSION) {
    const transaction = single(request);
    const codes = add(services, transaction, apiVersion, forbiddenTopics(transaction.topics, context));
    return { throttleTimeMs: 0, resultsByTopicV3AndBelow: resultsOf(request.v3AndBelowTopics, codes) };
  }
  const resultsByTransaction = request.transactions.map((transaction) => ({
    transactionalId: transaction.transactionalId,
    topicResults: resultsOf(transaction.topics, add(services, transaction, apiVersion)),
  }));
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, resultsByTransaction };
});

function single(request: AddPartitionsToTxnRequest): TransactionRequest {
  return {
    transactionalId: request.v3AndBelowTransactionalId,
    producerId: request.v3AndBelowProducerId,
    producerEpoch: request.v3AndBelowProducerEpoch,
    verifyOnly: false,
    topics: request.v3AndBelowTopics,
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Clients add no partitions of internal topics, whatever they may do, nor of topics that they may not write to. */
function forbiddenTopics(topics: RequestedTopics, { access }: RequestContext): ReadonlySet<string> {
  const names = topics.map(({ name }) => name);
  const ofClients = names.filter((name) => !isInternalTopic(name));
  const allowed = access?.allowed(AclOperation.WRITE, AclResource.TOPIC, ofClients) ?? new Set(ofClients);
  return new Set(names.filter((name) => !allowed.has(name)));
}

/** The error codes of the partitions, in the order of the request; one that cannot be added keeps the others out. */
function add(
  services: Services,
  transaction: TransactionRequest,
  apiVersion: number,
  forbidden: ReadonlySet<string> = NONE,
): number[] {
  const { transactionalId, producerId, producerEpoch, verifyOnly } = transaction;
  const partitions = partitionsOf(transaction.topics);
  const codes = partitions.map(({ topic, partition }) => {
    if (forbidden.has(topic)) return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    const isThere = services.metadata.topic(topic)?.partitions[partition] !== undefined;
    return isThere ? ErrorCode.OPERATION_NOT_ATTEMPTED : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  });
  if (codes.some((code) => code !== ErrorCode.OPERATION_NOT_ATTEMPTED)) return codes;
  const producer = { producerId, producerEpoch };
  try {
    if (verifyOnly) return services.transactions.verifyPartitions(transactionalId, producer, partitions);
    const transactionVersion = apiVersion >= EPOCH_BUMP_VERSION ? 2 : 0;
    services.transactions.addPartitions(transactionalId, { ...producer, partitions, transactionVersion });
    return partitions.map(() => ErrorCode.NONE);
  } catch (error) {
    const errorCode = producerErrorOf(error, apiVersion >= PRODUCER_FENCED_VERSION);
    return partitions.map(() => errorCode);
  }
}

function partitionsOf(topics: RequestedTopics): TopicPartition[] {
  return topics.flatMap(({ name, partitions }) => partitions.map((partition) => ({ topic: name, partition })));
}

function resultsOf(topics: RequestedTopics, codes: readonly number[]) {
  const left = codes.values();
  return topics.map(({ name, partitions }) => ({
    name,
    resultsByPartition: partitions.map((partitionIndex) => ({
      partitionIndex,
      partitionErrorCode: left.next().value ?? ErrorCode.NONE,
    })),
  }));
}
