// DeleteTopics, v1-6: by name, from v6 on by name or id (KIP-516).
// v5: error messages, quota errors (KIP-599).  v6: ids.
// Follows ControllerApis.deleteTopics. Kafka shuffles its answers; here they keep an order.
import { ErrorCode } from '../../protocol/errors.ts';
import { DeleteTopics, type DeleteTopicsRequest } from '../../protocol/messages/delete-topics.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { TopicImage } from '../metadata/image.ts';
import type { MutationQuota } from '../quotas/mutation-quota.ts';
import { quotaClient } from '../quotas/serve-throttled.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, plainFailure, type ResourceFailure, repeated, resourceFailure } from './failures.ts';

type TopicAnswer = ResponseInput<typeof DeleteTopics>['responses'][number];

/** Older clients are not refused what goes beyond their quota. */
const FIRST_STRICT_VERSION = 5;

export const deleteTopicsHandler = defineHandler(DeleteTopics, (request, context) => {
  const { apiVersion, services } = context;
  const wanted = apiVersion >= 6 ? request.topics : request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }));
  if (!services.config.deleteTopicEnable) {
    const code = apiVersion < 3 ? ErrorCode.INVALID_REQUEST : ErrorCode.TOPIC_DELETION_DISABLED;
    const failure = plainFailure(code);
    return { throttleTimeMs: 0, responses: wanted.map(({ name, topicId }) => answer(name, topicId, failure)) };
  }
  const { answers, topics } = resolve(wanted, services);
  const quota = services.quotas.mutations(quotaClient(context), apiVersion >= FIRST_STRICT_VERSION);
  const deleted = topics.map((topic) => answer(topic.name, topic.id, remove(topic, quota, services)));
  return { throttleTimeMs: quota.throttleMs, responses: [...answers, ...deleted] };
});

function remove({ id, partitions }: TopicImage, quota: MutationQuota, { metadata }: Services) {
  try {
    quota.take(partitions.length);
    metadata.deleteTopic(id);
    return NO_FAILURE;
  } catch (error) {
    return resourceFailure(error);
  }
}

/** The topics to delete, and the answers to those that are not. */
function resolve(wanted: DeleteTopicsRequest['topics'], { metadata }: Services) {
  const answers: TopicAnswer[] = [];
  const refuse = (name: string | null, id: string, errorMessage: string) =>
    answers.push(answer(name, id, { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }));
  const wellFormed = wanted.filter(({ name, topicId }) => {
    if (name === null && topicId === ZERO_UUID) refuse(null, topicId, 'Neither topic name nor id were specified.');
    else if (name !== null && topicId !== ZERO_UUID)
      refuse(name, topicId, 'You may not specify both topic name and topic id.');
    else return true;
    return false;
  });
  const names = wellFormed.flatMap(({ name }) => (name === null ? [] : [name]));
  const ids = wellFormed.flatMap(({ name, topicId }) => (name === null ? [topicId] : []));
  const [repeatedNames, repeatedIds] = [repeated(names), repeated(ids)];
  for (const name of repeatedNames) refuse(name, ZERO_UUID, 'Duplicate topic name.');
  for (const id of repeatedIds) refuse(null, id, 'Duplicate topic id.');
  const byId = new Map<string, TopicImage>();
  for (const id of ids.filter((each) => !repeatedIds.has(each))) {
    const topic = metadata.topicById(id);
    if (topic) byId.set(id, topic);
    else answers.push(answer(null, id, plainFailure(ErrorCode.UNKNOWN_TOPIC_ID)));
  }
  for (const name of names.filter((each) => !repeatedNames.has(each))) {
    const topic = metadata.topic(name);
    if (!topic) answers.push(answer(name, ZERO_UUID, plainFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
    else if (byId.delete(topic.id))
      refuse(name, topic.id, 'The provided topic name maps to an ID that was already supplied.');
    else byId.set(topic.id, topic);
  }
  return { answers, topics: [...byId.values()] };
}

function answer(name: string | null, topicId: string, failure: ResourceFailure | typeof NO_FAILURE): TopicAnswer {
  return { name, topicId, ...failure };
}
