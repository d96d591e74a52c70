// Metadata, v0-13: the brokers, and the topics asked for by name or id.
// v0: no topics = all topics; from v1 null is all and none is none.  v4: the client may forbid auto-creation (before, it is
// allowed).  v8-10: operations of the cluster.  v10: topic ids in answers.  v12: topics may be asked for by id (KIP-516).
// v13: an error for the whole answer.
// Follows KafkaApis.handleTopicMetadataRequest: a topic that is created for the request is UNKNOWN_TOPIC_OR_PARTITION in its
// answer and a little longer, and clients ask again.
import { ErrorCode } from '../../protocol/errors.ts';
import { Metadata, type MetadataRequest } from '../../protocol/messages/metadata.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { mutableSetOrder } from '../../util/scala-hash.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { ALL_CLUSTER_OPERATIONS, ALL_TOPIC_OPERATIONS, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { liveNodes } from '../cluster-nodes.ts';
import type { TopicImage } from '../metadata/image.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import { offlineReplicas } from '../offline-replicas.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

type Answer = ResponseInput<typeof Metadata>;
type TopicAnswer = Answer['topics'][number];

export const metadataHandler = defineHandler(Metadata, (request, { apiVersion, connection, services }) => {
  const refusal = whyRefused(request, apiVersion);
  if (refusal !== undefined) return refused(request, refusal);
  const topics = wanted(request, apiVersion, services);
  const operations = request.includeTopicAuthorizedOperations ? ALL_TOPIC_OPERATIONS : OPERATIONS_NOT_ASKED;
  return {
    brokers: liveNodes(services, connection),
    clusterId: services.clusterId,
    controllerId: services.metadata.controllerId,
    topics: topics.map((topic) => ({ ...topic, topicAuthorizedOperations: operations })),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? ALL_CLUSTER_OPERATIONS
      : OPERATIONS_NOT_ASKED,
    errorCode: ErrorCode.NONE,
  };
});

/** Topics 10 and 11 have ids on the wire that Kafka does not take (KAFKA-12701). */
function whyRefused({ topics }: MetadataRequest, version: number): number | undefined {
  if (version < 12 && topics?.some(({ name, topicId }) => name === null || topicId !== ZERO_UUID))
    return ErrorCode.INVALID_REQUEST;
  if (topics?.some(({ name, topicId }) => name === null && topicId === ZERO_UUID))
    return ErrorCode.UNKNOWN_SERVER_ERROR;
  return undefined;
}

/** MetadataRequest.getErrorResponse. */
function refused({ topics }: MetadataRequest, errorCode: number): Answer {
  return {
    brokers: [],
    topics: (topics ?? []).map(({ name, topicId }) => ({ ...withoutPartitions(errorCode, name ?? '', topicId) })),
    errorCode,
  };
}

function wanted(request: MetadataRequest, version: number, services: Services): TopicAnswer[] {
  const { metadata } = services;
  const { topics } = request;
  if (topics === null || (version === 0 && topics.length === 0))
    return mutableSetOrder([...metadata.topics()], ({ name }) => name).map((topic) => describe(topic, services));
  if (topics.some(({ topicId }) => topicId !== ZERO_UUID)) {
    const ids = new Set(topics.map(({ topicId }) => topicId).filter((id) => id !== ZERO_UUID));
    return [...ids].map((id) => {
      const topic = metadata.topicById(id);
      return topic ? describe(topic, services) : withoutPartitions(ErrorCode.UNKNOWN_TOPIC_ID, null, id);
    });
  }
  const mayCreate = request.allowAutoTopicCreation && services.config.autoCreateTopicsEnable;
  return [...new Set(topics.map(({ name }) => name ?? ''))].map((name) => byName(name, mayCreate, services));
}

function byName(name: string, mayCreate: boolean, services: Services): TopicAnswer {
  const topic = services.metadata.topic(name);
  if (topic) return describe(topic, services);
  if (whyInvalidTopicName(name) !== undefined) return withoutPartitions(ErrorCode.INVALID_TOPIC_EXCEPTION, name);
  if (mayCreate) services.autoTopicCreation.request(name);
  return withoutPartitions(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name);
}

function describe(topic: TopicImage, { metadata }: Services): TopicAnswer {
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.internal,
    partitions: topic.partitions.map((partition) => ({
      errorCode: partition.leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
      partitionIndex: partition.index,
      leaderId: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: partition.replicas,
      isrNodes: partition.isr,
      offlineReplicas: offlineReplicas(partition, metadata),
    })),
  };
}

function withoutPartitions(errorCode: number, name: string | null, topicId = ZERO_UUID): TopicAnswer {
  return { errorCode, name, topicId, isInternal: name !== null && isInternalTopic(name), partitions: [] };
}
