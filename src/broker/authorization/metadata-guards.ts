// Metadata: a topic that a client may not describe is not there for it when it asks for all, and refused when it names it.
import { ErrorCode } from '../../protocol/errors.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Call, Guard, Guards, Request, Response } from './call.ts';
import { clusterOperations } from './cluster-guards.ts';
import { partition } from './parts.ts';

const { CREATE, DESCRIBE } = Operation;
const DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const FIRST_VERSION_WITH_TOPIC_IDS = 12;
/** In version 0 no topics are all topics; in this one null is. */
const NONE_IS_NONE_VERSION = 1;

type MetadataCall = Call<'Metadata'>;
type Topic = NonNullable<Request<'Metadata'>['topics']>[number];
type TopicAnswer = Response<'Metadata'>['topics'][number];

const metadata: Guard<'Metadata'> = (call) => {
  const { request, apiVersion } = call;
  const { topics } = request;
  const complete = (refused: readonly TopicAnswer[]) => (response: Response<'Metadata'>) =>
    withOperations(call, response, refused);
  if (topics === null || (apiVersion === 0 && topics.length === 0))
    return call.serveThen((response) => complete([])(onlySeen(call, response)));
  if (isMalformed(topics, apiVersion)) return call.serve();
  const { left, refused } = topics.some(({ topicId }) => topicId !== ZERO_UUID)
    ? splitIds(call, topics)
    : splitNames(call, topics);
  const served = call.serve({ ...request, topics: left }, Math.max(apiVersion, NONE_IS_NONE_VERSION));
  return complete(refused)(served as Response<'Metadata'>);
};

/** The handler refuses these as a whole. */
function isMalformed(topics: readonly Topic[], apiVersion: number): boolean {
  return topics.some(({ name, topicId }) =>
    apiVersion < FIRST_VERSION_WITH_TOPIC_IDS
      ? name === null || topicId !== ZERO_UUID
      : name === null && topicId === ZERO_UUID,
  );
}

function onlySeen({ access }: MetadataCall, response: Response<'Metadata'>): Response<'Metadata'> {
  const names = response.topics.map(({ name }) => name ?? '');
  const seen = access.allowed(DESCRIBE, Resource.TOPIC, names, { quietly: true });
  return { ...response, topics: response.topics.filter(({ name }) => seen.has(name ?? '')) };
}

interface Split {
  readonly left: Topic[];
  readonly refused: readonly TopicAnswer[];
}

/** Only the ids count; who may not see a topic is not told its name. */
function splitIds({ access, services }: MetadataCall, topics: readonly Topic[]): Split {
  const ids = topics.filter(({ topicId }) => topicId !== ZERO_UUID);
  const nameOf = ({ topicId }: Topic) => services.metadata.topicById(topicId)?.name;
  const { allowed, refused } = partition(access, [DESCRIBE, Resource.TOPIC], ids, nameOf);
  const distinct = [...new Set(refused.map(({ topicId }) => topicId))];
  return { left: [...allowed], refused: distinct.map((topicId) => refusal(null, topicId, false)) };
}

function splitNames(call: MetadataCall, topics: readonly Topic[]): Split {
  const { access, services, request } = call;
  const distinct = [...new Map(topics.map((topic) => [topic.name ?? '', topic])).values()];
  const nameOf = ({ name }: Topic) => name ?? '';
  const described = partition(access, [DESCRIBE, Resource.TOPIC], distinct, nameOf);
  const unseen = described.refused.map((topic) => refusal(nameOf(topic), ZERO_UUID, false));
  const creates = request.allowAutoTopicCreation && services.config.autoCreateTopicsEnable;
  const isNew = (topic: Topic) => services.metadata.topic(nameOf(topic)) === undefined;
  if (!creates || !described.allowed.some(isNew) || access.onCluster(CREATE, { quietly: true }))
    return { left: [...described.allowed], refused: unseen };
  const ifNew = (topic: Topic) => (isNew(topic) ? nameOf(topic) : undefined);
  const created = partition(access, [CREATE, Resource.TOPIC], described.allowed, ifNew);
  const uncreated = created.refused.map((topic) => refusal(nameOf(topic), ZERO_UUID, isInternalTopic(nameOf(topic))));
  return { left: [...created.allowed], refused: [...uncreated, ...unseen] };
}

function refusal(name: string | null, topicId: string, isInternal: boolean): TopicAnswer {
  return { errorCode: DENIED, name, topicId, isInternal, partitions: [] };
}

function withOperations(call: MetadataCall, response: Response<'Metadata'>, refused: readonly TopicAnswer[]) {
  const { includeTopicAuthorizedOperations, includeClusterAuthorizedOperations } = call.request;
  const topics = response.topics.map((topic) => ({
    ...topic,
    topicAuthorizedOperations:
      includeTopicAuthorizedOperations && topic.name !== null
        ? call.access.operations(Resource.TOPIC, topic.name)
        : OPERATIONS_NOT_ASKED,
  }));
  return {
    ...response,
    topics: [...topics, ...refused],
    clusterAuthorizedOperations: includeClusterAuthorizedOperations ? clusterOperations(call) : OPERATIONS_NOT_ASKED,
  };
}

export const metadataGuards = { Metadata: metadata } satisfies Guards;
