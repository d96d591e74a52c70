import { CreateTopics } from '../../protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../protocol/messages/delete-topics.ts';
import { Metadata } from '../../protocol/messages/metadata.ts';
import type { Cluster } from '../cluster.ts';
import { errorOf } from '../errors.ts';
import { checkController, itemError, outcomes, splitNames } from './outcomes.ts';
import type { CallOptions, CreatedTopic, NewTopic, Outcome, TopicListing } from './types.ts';

/** @see Admin.listTopics */
export function listTopics(cluster: Cluster, options: CallOptions = {}): Promise<TopicListing[]> {
  return cluster.call(
    'listTopics',
    'any',
    async (broker) => {
      const response = await broker.send(Metadata, { topics: null, allowAutoTopicCreation: false });
      cluster.learn(response);
      const listings = response.topics.map(({ name, topicId, isInternal }) => ({
        name: name ?? '',
        topicId,
        isInternal,
      }));
      return listings;
    },
    options.timeoutMs,
  );
}

/** @see Admin.createTopics */
export async function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  { timeoutMs, validateOnly = false }: CallOptions & { readonly validateOnly?: boolean } = {},
): Promise<Map<string, Outcome<CreatedTopic>>> {
  const { refused } = splitNames(topics.map(({ name }) => name));
  const sendable = topics.filter(({ name }) => name !== '').map(toRequest);
  const results = new Map<string, Outcome<CreatedTopic>>(refused);
  if (sendable.length === 0) return results;
  const request = { topics: sendable, timeoutMs: cluster.settings.requestTimeoutMs, validateOnly };
  return cluster.call(
    'createTopics',
    'controller',
    async (broker) => {
      const response = await broker.send(CreateTopics, request);
      checkController(response.topics);
      for (const { name, errorCode, errorMessage, ...created } of response.topics) {
        const { topicId, numPartitions, replicationFactor } = created;
        results.set(name, itemError(errorCode, errorMessage) ?? { topicId, numPartitions, replicationFactor });
      }
      return results;
    },
    timeoutMs,
  );
}

function toRequest({ name, numPartitions, replicationFactor, assignments, configs }: NewTopic) {
  const assigned = [...(assignments ?? [])];
  return {
    name,
    numPartitions: assigned.length > 0 ? -1 : (numPartitions ?? -1),
    replicationFactor: assigned.length > 0 ? -1 : (replicationFactor ?? -1),
    assignments: assigned.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
    configs: Object.entries(configs ?? {}).map(([key, value]) => ({ name: key, value })),
  };
}

/** @see Admin.deleteTopics */
export async function deleteTopics(
  cluster: Cluster,
  names: readonly string[],
  options: CallOptions = {},
): Promise<Map<string, Outcome<undefined>>> {
  const { valid, refused } = splitNames(names);
  if (valid.length === 0) return refused;
  const request = { topics: valid.map((name) => ({ name })), topicNames: valid };
  const deleted = await sendDelete(cluster, request, ({ name }) => name ?? '', options);
  return new Map([...refused, ...deleted]);
}

/** @see Admin.deleteTopicsById */
export function deleteTopicsById(
  cluster: Cluster,
  ids: readonly string[],
  options: CallOptions = {},
): Promise<Map<string, Outcome<undefined>>> {
  const request = { topics: ids.map((topicId) => ({ topicId })), topicNames: [] };
  return sendDelete(cluster, request, ({ topicId }) => topicId, options);
}

function sendDelete(
  cluster: Cluster,
  topics: { topics: readonly { name?: string; topicId?: string }[]; topicNames: readonly string[] },
  keyOf: (response: { name: string | null; topicId: string }) => string,
  { timeoutMs }: CallOptions,
): Promise<Map<string, Outcome<undefined>>> {
  const request = { ...topics, timeoutMs: cluster.settings.requestTimeoutMs };
  return cluster.call(
    'deleteTopics',
    'controller',
    async (broker) => {
      const { responses } = await broker.send(DeleteTopics, request);
      checkController(responses);
      return outcomes(responses, keyOf, ({ errorCode, errorMessage }) => errorOf(errorCode, errorMessage));
    },
    timeoutMs,
  );
}
