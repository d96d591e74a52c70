// StreamsGroupHeartbeat (v0, KIP-1071). Steps: groups/streams/heartbeat.ts. Internal topics that an application needs are
// created here (KafkaApis.handleStreamsGroupHeartbeat); they are there with the next heartbeat.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  StreamsGroupHeartbeat,
  type StreamsGroupHeartbeatRequest,
} from '../../protocol/messages/streams-group-heartbeat.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import type { Access } from '../authorization/access.ts';
import type { HeartbeatResult } from '../groups/streams/heartbeat.ts';
import { GroupStatus, type InternalTopic } from '../groups/streams/topics/configured-topology.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import type { Services } from '../services.ts';
import { planTopic } from '../topics/create-topic.ts';
import { defineHandler, type RequestContext } from './define.ts';
import { resourceFailure } from './failures.ts';
import { groupClientOf } from './group-client.ts';
import { assertStreamsGroups } from './group-protocols.ts';
import { mayJoin, maySubscribe } from './may-join.ts';

type Response = ResponseInput<typeof StreamsGroupHeartbeat>;

/** How many failures a status names. */
const MAX_NAMED = 3;

export const streamsGroupHeartbeatHandler = defineHandler(StreamsGroupHeartbeat, (request, context) => {
  const { services } = context;
  try {
    assertStreamsGroups(services);
    if (!mayJoin(request.groupId, context)) return refused(ErrorCode.GROUP_AUTHORIZATION_FAILED);
    refuseTopicNames(request);
    if (!maySubscribe(topicNames(request), context)) return refused(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    return withTopicsCreated(
      context,
      services.groups.streamsOf(request.groupId).heartbeat(groupClientOf(context), request),
    );
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failure(error);
  }
});

function failure({ code, message }: KafkaError): Response {
  return {
    throttleTimeMs: 0,
    errorCode: code,
    errorMessage: message,
    memberId: '',
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
    acceptableRecoveryLag: 0,
    taskOffsetIntervalMs: 0,
    status: [],
    endpointInformationEpoch: 0,
  };
}

const refused = (errorCode: number): Response => ({ ...failure(new KafkaError(errorCode)), errorMessage: null });

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY */
function refuseTopicNames(request: StreamsGroupHeartbeatRequest): void {
  const distinct = topicNames(request);
  const prohibited = distinct.filter(isInternalTopic);
  if (prohibited.length > 0) {
    const text = `Use of Kafka internal topics ${prohibited.join()} in a Kafka Streams topology is prohibited.`;
    throw new KafkaError(ErrorCode.STREAMS_INVALID_TOPOLOGY, text);
  }
  const invalid = distinct.filter((name) => whyInvalidTopicName(name) !== undefined);
  if (invalid.length === 0) return;
  throw new KafkaError(ErrorCode.STREAMS_INVALID_TOPOLOGY, `Topic names ${invalid.join()} are not valid topic names.`);
}

function topicNames({ topology }: StreamsGroupHeartbeatRequest): string[] {
  const names = (topology?.subtopologies ?? []).flatMap((subtopology) => [
    ...subtopology.sourceTopics,
    ...subtopology.repartitionSinkTopics,
    ...subtopology.repartitionSourceTopics.map(({ name }) => name),
    ...subtopology.stateChangelogTopics.map(({ name }) => name),
  ]);
  return [...new Set(names)];
}

function withTopicsCreated(
  { services, access }: RequestContext,
  { response, missingTopics }: HeartbeatResult,
): Response {
  const forbidden = access ? uncreatable(missingTopics, access) : [];
  if (forbidden.length > 0) return withForbidden(response, forbidden);
  const failures = missingTopics.flatMap((topic) => createTopic(services, topic) ?? []);
  if (failures.length === 0) return response;
  const named = failures.slice(0, MAX_NAMED).join(', ');
  const more = failures.length > MAX_NAMED ? ` and ${failures.length - MAX_NAMED} more` : '';
  const status = response.status?.map((one) =>
    one.statusCode === GroupStatus.MISSING_INTERNAL_TOPICS
      ? { ...one, statusDetail: `${one.statusDetail}; Creation failed: ${named}${more}.` }
      : one,
  );
  return { ...response, status: status ?? null };
}

/** Where one topic may not be created none is. */
function uncreatable(topics: readonly InternalTopic[], access: Access): string[] {
  if (access.onCluster(AclOperation.CREATE, { quietly: true })) return [];
  const names = topics.map(({ name }) => name);
  const creatable = access.allowed(AclOperation.CREATE, AclResource.TOPIC, names);
  return names.filter((name) => !creatable.has(name));
}

function withForbidden(response: Response, names: readonly string[]): Response {
  const text = `Unauthorized to CREATE on topics ${names.join(', ')}.`;
  const status = response.status ?? [];
  const isMissing = ({ statusCode }: { statusCode: number }) => statusCode === GroupStatus.MISSING_INTERNAL_TOPICS;
  if (!status.some(isMissing)) {
    const missing = { statusCode: GroupStatus.MISSING_INTERNAL_TOPICS, statusDetail: text };
    return { ...response, status: [...status, missing] };
  }
  const told = status.map((one) => (isMissing(one) ? { ...one, statusDetail: `${one.statusDetail}; ${text}` } : one));
  return { ...response, status: told };
}

/** Why the topic could not be created; undefined if it was. */
function createTopic(services: Services, topic: InternalTopic): string | undefined {
  const { name, partitions: numPartitions, replicationFactor, topicConfigs } = topic;
  const configs = topicConfigs.map(({ key, value }) => ({ name: key, value }));
  const request = { name, numPartitions, replicationFactor: replicationFactor || -1, assignments: [], configs };
  try {
    services.metadata.createTopic(planTopic(services, request));
    return undefined;
  } catch (error) {
    const { errorMessage } = resourceFailure(error);
    services.logger.info(`Auto topic creation failed for ${name}: ${errorMessage}`);
    return `${name} (${errorMessage})`;
  }
}
