// CreateTopics, v2-7: each topic on its own, checked and created or only checked.
// v4: -1 for the broker's defaults.  v5: partitions, replicas and configs in the answer (KIP-525).  v6: quota errors
// (KIP-599).  v7: topic ids.
// Follows ControllerApis.createTopics and ReplicationControlManager.createTopics. A topic is there, with its leader, when
// the answer is sent; so topics of one request are checked against each other too, except for colliding names.
import { ErrorCode } from '../../protocol/errors.ts';
import { CreateTopics, type CreateTopicsRequest } from '../../protocol/messages/create-topics.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { randomUuid, ZERO_UUID } from '../../util/uuid.ts';
import { describeCreatedTopic } from '../config/describe-topic.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import type { NewTopic } from '../metadata/metadata-store.ts';
import type { MutationQuota } from '../quotas/mutation-quota.ts';
import { quotaClient } from '../quotas/serve-throttled.ts';
import type { Services } from '../services.ts';
import { planTopic, type TopicRequest } from '../topics/create-topic.ts';
import { defineHandler } from './define.ts';
import { type ResourceFailure, repeated, resourceFailure } from './failures.ts';

type TopicAnswer = ResponseInput<typeof CreateTopics>['topics'][number];

/** ReplicationControlManager.MAX_PARTITIONS_PER_BATCH. */
const MAX_PARTITIONS = 10_000;
/** Older clients are not refused what goes beyond their quota (KIP-599). */
const FIRST_STRICT_VERSION = 6;

export const createTopicsHandler = defineHandler(CreateTopics, (request, context) => {
  const { apiVersion, services } = context;
  const quota = services.quotas.mutations(quotaClient(context), apiVersion >= FIRST_STRICT_VERSION);
  const duplicates = repeated(request.topics.map(({ name }) => name));
  const topics = request.topics.filter(({ name }) => !duplicates.has(name));
  if (partitionsOf(topics, services) > MAX_PARTITIONS) {
    const message = 'Excessively large number of partitions per request.';
    const failure = { errorCode: ErrorCode.POLICY_VIOLATION, errorMessage: message };
    return { throttleTimeMs: 0, topics: request.topics.map(({ name }) => failed(name, failure)) };
  }
  const duplicate = { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Duplicate topic name.' };
  const answers = createAll(topics, request.validateOnly, quota, services);
  return {
    throttleTimeMs: quota.throttleMs,
    topics: [...answers, ...[...duplicates].map((name) => failed(name, duplicate))],
  };
});

function partitionsOf(topics: CreateTopicsRequest['topics'], { config }: Services): number {
  return topics
    .map(({ assignments, numPartitions }) =>
      assignments.length > 0 ? assignments.length : numPartitions === -1 ? config.numPartitions : numPartitions,
    )
    .reduce((sum, count) => sum + count, 0);
}

/** All topics are checked before the first is created, as a controller does that writes them in one batch. */
function createAll(
  topics: readonly TopicRequest[],
  validateOnly: boolean,
  quota: MutationQuota,
  services: Services,
): TopicAnswer[] {
  const plan = (topic: TopicRequest) => {
    const planned = planTopic(services, topic);
    quota.take(planned.replicas.length);
    return planned;
  };
  const plans = topics.map((topic) => attempt(topic.name, () => plan(topic)));
  return plans.map((planned) => {
    if ('errorCode' in planned) return planned;
    return attempt(planned.name, () =>
      created(planned, validateOnly ? randomUuid() : services.metadata.createTopic(planned).id, services),
    );
  });
}

function attempt<T>(name: string, action: () => T): T | TopicAnswer {
  try {
    return action();
  } catch (error) {
    return failed(name, resourceFailure(error));
  }
}

function created({ name, replicas, configs }: NewTopic, topicId: string, services: Services): TopicAnswer {
  return {
    name,
    topicId,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    numPartitions: replicas.length,
    replicationFactor: replicas[0]?.length ?? -1,
    configs: describeCreatedTopic(configs, brokerConfigLayers(services)),
  };
}

function failed(name: string, failure: ResourceFailure): TopicAnswer {
  return { name, topicId: ZERO_UUID, ...failure, configs: [] };
}
