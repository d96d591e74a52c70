// Partitions are read once they have state in the share coordinator. It is asked for when members first want their topics
// and when topics grow (GroupMetadataManager.maybeCreateInitializeShareGroupStateRequest, initializeShareGroupState).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { InitializeShareGroupStateRequest } from '../../../protocol/messages/initialize-share-group-state.ts';
import { partitionsIn } from '../modern/assignment.ts';
import type { ShareContext } from './context.ts';
import { commitChanges, type Draft } from './draft.ts';
import type { ShareGroup } from './share-group.ts';
import {
  type StateTopic,
  type StateTopics,
  type TopicSet,
  union,
  withInitialized,
  withInitializing,
  without,
} from './state-topics.ts';

type PartitionState = InitializeShareGroupStateRequest['topics'][number]['partitions'][number];

/** Where share.auto.offset.reset says where to begin. */
const NO_OFFSET = -1;

/** Whether some partition with state is in nobody's target assignment although its topic is subscribed to. */
export function isAssignmentPending(group: ShareGroup): boolean {
  const { initialized } = group.topicsWithState;
  if (group.members.size === 0 || initialized.size === 0) return false;
  const wanted = group.subscribedTopics;
  const assigned = partitionsIn(group.targets.values());
  return [...initialized].some(([topicId, { topicName, partitions }]) => {
    if (!wanted.has(topicName)) return false;
    const given = assigned.get(topicId);
    return given?.size !== partitions.length || !partitions.every((partition) => given.has(partition));
  });
}

/** Notes down the partitions whose state is to be asked for now, and answers them. */
export function addInitializing({ topics, config, clock }: ShareContext, draft: Draft): TopicSet {
  const { group } = draft;
  const { initialized, initializing } = group.topicsWithState;
  const isRecent = clock.nowMs() - group.stateTopicsAtMs < config.groupShareInitializeRetryIntervalMs;
  const known = isRecent ? union(initialized, initializing) : initialized;
  const all = new Map<string, StateTopic>();
  for (const topicName of group.subscribedTopics) {
    const topic = topics.topic(topicName);
    if (topic) all.set(topic.id, { topicName, partitions: topic.partitions.map(({ index }) => index) });
  }
  const missing = without(all, known);
  if (missing.size > 0) applyStateTopics(draft, withInitializing(group.topicsWithState, missing), clock.nowMs());
  return missing;
}

export function applyStateTopics(draft: Draft, topics: StateTopics, atMs: number): void {
  draft.apply({ kind: 'state-topics', value: { topics, atMs } });
}

/** Asks for the state of partitions, and notes down that it is there, or that it has to be asked for again. */
export function initializeState(context: ShareContext, groupId: string, started: TopicSet): void {
  const group = context.groups.get(groupId);
  if (started.size === 0 || !group) return;
  const stateOf = (partition: number) => ({ partition, stateEpoch: group.epoch, startOffset: NO_OFFSET });
  const topics = [...started].map(([topicId, { partitions }]) => ({ topicId, partitions: partitions.map(stateOf) }));
  requestState(context, groupId, topics, started);
}

/**
 * The same with start offsets; answers the errors by topic and partition.
 * @throws KafkaError if the group's log refuses
 */
export function requestState(
  context: ShareContext,
  groupId: string,
  topics: readonly { readonly topicId: string; readonly partitions: PartitionState[] }[],
  started: TopicSet,
): ReadonlyMap<string, ReadonlyMap<number, KafkaError>> {
  const errors = errorsOf(context, { groupId, topics: [...topics] });
  const group = context.groups.get(groupId);
  if (!group) return errors;
  const before = group.topicsWithState;
  const after =
    errors.size === 0
      ? withInitialized(before, started)
      : { ...before, initializing: without(before.initializing, started) };
  if (errors.size > 0) {
    const [first] = [...errors.values()].flatMap((byPartition) => [...byPartition.values()]);
    context.logger.error(`Failed to initialize share partitions of group ${groupId}: ${first}`);
  }
  const value = { topics: after, atMs: context.clock.nowMs() };
  commitChanges(context, group, { kind: 'state-topics', value });
  return errors;
}

function errorsOf(
  { state }: ShareContext,
  request: InitializeShareGroupStateRequest,
): ReadonlyMap<string, ReadonlyMap<number, KafkaError>> {
  const errors = new Map<string, Map<number, KafkaError>>();
  const add = (topicId: string, partition: number, error: KafkaError) =>
    errors.set(topicId, (errors.get(topicId) ?? new Map<number, KafkaError>()).set(partition, error));
  try {
    for (const { topicId, partitions } of state.initialize(request).results) {
      for (const { partition, errorCode, errorMessage } of partitions) {
        if (errorCode !== ErrorCode.NONE) add(topicId, partition, new KafkaError(errorCode, errorMessage ?? undefined));
      }
    }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    for (const { topicId, partitions } of request.topics) {
      for (const { partition } of partitions) add(topicId, partition, error);
    }
  }
  return errors;
}
