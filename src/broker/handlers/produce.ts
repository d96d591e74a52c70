// Produce, v3-13: appends one batch to each partition of a request.
// v5: log start offset.  v7: zstd.  v8: errors of single records, messages (KIP-467).  v9: flexible.
// v10: the current leader with its error (KIP-951).  v12: transactions of version 2 (KIP-890).  v13: topic ids for names.
// Versions 0 to 2 are advertised but not accepted: old librdkafka does not compress otherwise (KAFKA-18659).
// Follows kafka.server.KafkaApis.handleProduceRequest and ReplicaManager.appendRecords. Live replicas have all that the
// leader has, so acks=1 and acks=all are answered at once; with acks=0 nothing is answered, and an error ends the connection.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { Produce, type ProduceRequest } from '../../protocol/messages/produce.ts';
import { loadCodec } from '../../protocol/records/compression.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import type { TopicImage } from '../metadata/image.ts';
import {
  type AppendContext,
  appendPartition,
  failedPartition,
  type PartitionResponse,
} from '../produce/append-partition.ts';
import { hasTransaction, type Refusal, refusedBatches, transactionalBatch } from '../produce/verify-transaction.ts';
import type { Services } from '../services.ts';
import { leaderEndpoints } from './current-leader.ts';
import { CloseConnection, defineHandler, type HandlerResult, NO_RESPONSE, type RequestContext } from './define.ts';
import { eachPartitionOnce } from './each-partition-once.ts';

type Topic = ProduceRequest['topicData'][number];

const FIRST_VERSION_WITH_TOPIC_IDS = 13;
const NO_REFUSALS: ReadonlyMap<string, Refusal> = new Map();
/** Kafka's own tools may write to internal topics (AdminUtils.ADMIN_CLIENT_ID). */
const ADMIN_CLIENT_ID = '__admin_client';

export const produceHandler = defineHandler(
  Produce,
  (request, context) => {
    const codec = codecNeeded(request, context);
    if (codec === undefined) return produce(request, context);
    return loadCodecs(request, context, codec).then(() => produce(request, context));
  },
  { advertised: [0, Produce.versions[1]] },
);

function produce(request: ProduceRequest, context: RequestContext): HandlerResult<typeof Produce> {
  const { services, apiVersion, clientId } = context;
  const { acks } = request;
  const refusal = isRefused(request) ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED : ErrorCode.NONE;
  const internalTopicsAllowed = clientId === ADMIN_CLIENT_ID;
  const refusals = refusalsOf(request, context);
  const responses = eachPartitionOnce(request.topicData).map((topic) => ({
    name: topic.name,
    topicId: topic.topicId,
    partitionResponses: appendTopic(topic, refusal, { services, apiVersion, acks, internalTopicsAllowed, refusals }),
  }));
  if (acks === 0) return unacknowledged(responses);
  const nodeEndpoints = leaderEndpoints(
    responses.flatMap(({ partitionResponses }) => partitionResponses),
    context,
  );
  return { responses, nodeEndpoints };
}

function appendTopic(topic: Topic, refusal: number, context: AppendContext): PartitionResponse[] {
  const image = topicOf(topic, context.services, context.apiVersion);
  const byId = context.apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS;
  const unknown = byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return topic.partitionData.map((data) => {
    if (refusal !== ErrorCode.NONE) return failedPartition(data.index, refusal);
    return image === undefined ? failedPartition(data.index, unknown) : appendPartition(image, data, context);
  });
}

function topicOf({ name, topicId }: Topic, { metadata }: Services, apiVersion: number): TopicImage | undefined {
  return apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS ? metadata.topicById(topicId) : metadata.topic(name);
}

/** A request that names no transaction may not bring records of one: then every partition fails. */
function isRefused({ transactionalId, topicData }: ProduceRequest): boolean {
  if (transactionalId !== null) return false;
  return topicData.some(({ partitionData }) => partitionData.some(({ records }) => hasTransaction(records)));
}

function refusalsOf(request: ProduceRequest, { services, apiVersion }: RequestContext): ReadonlyMap<string, Refusal> {
  const { transactionalId, topicData } = request;
  if (transactionalId === null) return NO_REFUSALS;
  const batches = topicData.flatMap((topic) => {
    const image = topicOf(topic, services, apiVersion);
    const existing = topic.partitionData.filter(({ index }) => image?.partitions[index] !== undefined);
    return existing.flatMap((data) => transactionalBatch(image!.name, data) ?? []);
  });
  return refusedBatches(services, transactionalId, batches, apiVersion);
}

function unacknowledged(responses: ResponseInput<typeof Produce>['responses']): typeof NO_RESPONSE {
  for (const { name, topicId, partitionResponses } of responses) {
    const failed = partitionResponses.find(({ errorCode }) => errorCode !== ErrorCode.NONE);
    if (failed === undefined) continue;
    const where = `${name || topicId}-${failed.index}`;
    throw new CloseConnection(`produce with acks=0 to ${where} failed with ${errorInfo(failed.errorCode).name}`);
  }
  return NO_RESPONSE;
}

/** A codec that a compacted topic, whose records must be looked into, needs and that is not loaded yet. */
function codecNeeded(request: ProduceRequest, { services, apiVersion }: RequestContext): number | undefined {
  for (const topic of request.topicData) {
    const image = topicOf(topic, services, apiVersion);
    if (image === undefined) continue;
    for (const { index, records } of topic.partitionData) {
      const codec = records === null ? undefined : services.logs.get(image.name, index)?.codecNeeded(records);
      if (codec !== undefined) return codec;
    }
  }
  return undefined;
}

async function loadCodecs(request: ProduceRequest, context: RequestContext, first: number): Promise<void> {
  for (let codec: number | undefined = first; codec !== undefined; codec = codecNeeded(request, context)) {
    await loadCodec(codec);
  }
}
