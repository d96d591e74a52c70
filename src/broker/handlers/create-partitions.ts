// CreatePartitions, v0-3: raises the number of partitions of topics.
// v2: flexible.  v3: quota errors (KIP-599).
// Follows QuorumController.createPartitions and ReplicationControlManager.createPartitions.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { CreatePartitions, type CreatePartitionsRequest } from '../../protocol/messages/create-partitions.ts';
import type { TopicImage } from '../metadata/image.ts';
import type { MutationQuota } from '../quotas/mutation-quota.ts';
import { quotaClient } from '../quotas/serve-throttled.ts';
import type { Services } from '../services.ts';
import { checkReplicas, checkSomeoneLeads, usableBrokers } from '../topics/assignment.ts';
import { placeReplicas } from '../topics/place-replicas.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, repeated, resourceFailure } from './failures.ts';

type Growth = CreatePartitionsRequest['topics'][number];

/** Records in one batch (QuorumController.MAX_RECORDS_PER_BATCH). */
const MAX_NEW_PARTITIONS = 10_000;
/** Older clients are not refused what goes beyond their quota. */
const FIRST_STRICT_VERSION = 3;

export const createPartitionsHandler = defineHandler(CreatePartitions, (request, context) => {
  const { apiVersion, services } = context;
  const quota = services.quotas.mutations(quotaClient(context), apiVersion >= FIRST_STRICT_VERSION);
  const duplicates = repeated(request.topics.map(({ name }) => name));
  const refusal = { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Duplicate topic name.' };
  const topics = request.topics.filter(({ name }) => !duplicates.has(name));
  const grown = topics.map((topic) => ({
    name: topic.name,
    ...grow(topic, request.validateOnly, quota, services),
  }));
  return {
    throttleTimeMs: quota.throttleMs,
    results: [...[...duplicates].map((name) => ({ name, ...refusal })), ...grown],
  };
});

function grow(growth: Growth, validateOnly: boolean, quota: MutationQuota, services: Services) {
  const { metadata } = services;
  const topic = metadata.topic(growth.name);
  if (!topic) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };
  try {
    const replicas = newReplicas(topic, growth, services);
    quota.take(replicas.length);
    if (!validateOnly) metadata.createPartitions(topic.id, replicas);
    return NO_FAILURE;
  } catch (error) {
    return resourceFailure(error);
  }
}

/** @throws KafkaError with Kafka's code and text */
function newReplicas(
  topic: TopicImage,
  { count, assignments }: Growth,
  services: Services,
): readonly (readonly number[])[] {
  const current = topic.partitions.length;
  if (count === current)
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, `Topic already has ${current} partition(s).`);
  if (count < current) {
    const message = `The topic ${topic.name} currently has ${current} partition(s); ${count} would not be an increase.`;
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, message);
  }
  const additional = count - current;
  if (additional > MAX_NEW_PARTITIONS)
    throw new KafkaError(ErrorCode.POLICY_VIOLATION, 'Excessively large number of partitions per request.');
  if (assignments === null)
    return placeReplicas(usableBrokers(services), additional, topic.partitions[0]?.replicas.length ?? 1);
  if (assignments.length !== additional) {
    const message = `Attempted to add ${additional} additional partition(s), but only ${assignments.length} assignment(s) were specified.`;
    throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, message);
  }
  const expected = topic.partitions[0]?.replicas.length;
  for (const [at, { brokerIds }] of assignments.entries()) {
    checkReplicas(services, brokerIds, expected);
    checkSomeoneLeads(services, brokerIds, current + at);
  }
  return assignments.map(({ brokerIds }) => brokerIds);
}
