// Topics as administrators make, grow and delete them.
import { ErrorCode } from '../../protocol/errors.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Call, Guard, Guards, Request, Response } from './call.ts';
import { onceNamed, partition } from './parts.ts';

const { CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS } = Operation;
const DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const METADATA_TOPIC = '__cluster_metadata';
const FIRST_DELETE_VERSION_WITH_TOPIC_IDS = 6;

const createTopics: Guard<'CreateTopics'> = (call) => {
  const { request, access } = call;
  const once = onceNamed(request.topics, ({ name }) => name);
  const nameOf = (topic: (typeof request.topics)[number]) => (topic.name === METADATA_TOPIC ? undefined : once(topic));
  const mayAll = access.onCluster(CREATE, { quietly: true });
  const { allowed, refused } = mayAll
    ? { allowed: request.topics, refused: [] }
    : partition(access, [CREATE, Resource.TOPIC], request.topics, nameOf);
  const refusals = call.refuse(DENIED, { ...request, topics: [...refused] }, 'Authorization failed.').topics;
  return call.serveThen(
    (response) => ({
      ...response,
      topics: [...response.topics.map((topic) => withoutConfigs(call, topic)), ...refusals],
    }),
    { ...request, topics: [...allowed] },
  );
};

type CreatedTopic = Response<'CreateTopics'>['topics'][number];

/** Who may not see the configuration of topics is not told that of the new one (KIP-525). */
function withoutConfigs({ access }: Call<'CreateTopics'>, topic: CreatedTopic): CreatedTopic {
  if (topic.errorCode !== ErrorCode.NONE) return topic;
  if (access.may(DESCRIBE_CONFIGS, Resource.TOPIC, topic.name, { quietly: true })) return topic;
  return { ...topic, topicConfigErrorCode: DENIED, numPartitions: -1, replicationFactor: -1, configs: [] };
}

const createPartitions: Guard<'CreatePartitions'> = (call) => {
  const { request, access } = call;
  const once = onceNamed(request.topics, ({ name }) => name);
  const { allowed, refused } = partition(access, [ALTER, Resource.TOPIC], request.topics, once);
  if (refused.length === 0) return call.serve();
  const { results } = call.refuse(DENIED, { ...request, topics: [...refused] });
  return call.serveThen((response) => ({ ...response, results: [...response.results, ...results] }), {
    ...request,
    topics: [...allowed],
  });
};

type DeletedTopic = Response<'DeleteTopics'>['responses'][number];

/** A topic that may not be described is not named, and not told apart from one that is not there. */
const deleteTopics: Guard<'DeleteTopics'> = (call) => {
  const { request, access, services } = call;
  const byName = call.apiVersion < FIRST_DELETE_VERSION_WITH_TOPIC_IDS;
  if (!services.config.deleteTopicEnable || access.onCluster(DELETE, { quietly: true })) return call.serve();
  const wanted: Request<'DeleteTopics'>['topics'] = byName
    ? request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }))
    : request.topics;
  const once = onceNamed(wanted, ({ name, topicId }) => `${name} ${topicId}`);
  const nameOf = (topic: (typeof wanted)[number]) => {
    if (once(topic) === undefined || (topic.name === null) === (topic.topicId === ZERO_UUID)) return undefined;
    return topic.name ?? services.metadata.topicById(topic.topicId)?.name;
  };
  const names = new Set(wanted.flatMap((topic) => nameOf(topic) ?? []));
  const describable = access.allowed(DESCRIBE, Resource.TOPIC, names);
  const deletable = access.allowed(DELETE, Resource.TOPIC, names);
  const refusals: DeletedTopic[] = [];
  const left = wanted.filter((topic) => {
    const name = nameOf(topic);
    if (name === undefined) return true;
    const isThere = services.metadata.topic(name) !== undefined;
    if (describable.has(name) && (deletable.has(name) || !isThere)) return true;
    refusals.push(refusedDeletion(topic, describable.has(name) ? name : null));
    return false;
  });
  if (refusals.length === 0) return call.serve();
  const rest = byName ? { ...request, topicNames: left.map(({ name }) => name ?? '') } : { ...request, topics: left };
  return call.serveThen((response) => ({ ...response, responses: [...refusals, ...response.responses] }), rest);
};

function refusedDeletion(topic: { name: string | null; topicId: string }, known: string | null): DeletedTopic {
  const { topicId } = topic;
  return { name: topic.name ?? known, topicId, errorCode: DENIED, errorMessage: 'Topic authorization failed.' };
}

export const topicGuards = {
  CreateTopics: createTopics,
  CreatePartitions: createPartitions,
  DeleteTopics: deleteTopics,
} satisfies Guards;
