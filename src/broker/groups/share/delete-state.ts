// The state of a share group's partitions goes: with DeleteShareGroupOffsets, with the group, or with the topic
// (GroupMetadataManager.sharePartitionsEligibleForOffsetDeletion, shareGroupBuildPartitionDeleteRequest,
// maybeCleanupShareGroupState). What is on its way out is on record first, so that it is tried again after a failure.
import { ErrorCode, errorInfo, KafkaError } from '../../../protocol/errors.ts';
import type {
  DeleteShareGroupOffsets,
  DeleteShareGroupOffsetsRequest,
} from '../../../protocol/messages/delete-share-group-offsets.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { ZERO_UUID } from '../../../util/uuid.ts';
import type { TopicImage } from '../../metadata/image.ts';
import type { ShareContext } from './context.ts';
import { commitChanges } from './draft.ts';
import { assertEmpty, existingGroup } from './find-group.ts';
import type { ShareGroup } from './share-group.ts';
import { hasTopic, type StateTopics, union, withoutTopic } from './state-topics.ts';

export type DeleteRequest = DeleteShareGroupOffsetsRequest;
export type DeleteAnswer = ResponseInput<typeof DeleteShareGroupOffsets>;
type AnsweredTopic = DeleteAnswer['responses'][number];

interface Doomed {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
}

/** @throws KafkaError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP */
export function deleteOffsets(context: ShareContext, { groupId, topics }: DeleteRequest): DeleteAnswer {
  const group = existingGroup(context, groupId);
  assertEmpty(group);
  if (group.stateTopics === undefined) return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, responses: [] };
  const failed: AnsweredTopic[] = [];
  const doomed: Doomed[] = [];
  for (const { topicName } of topics) {
    const topic = context.topics.topic(topicName);
    const partitions = topic && partitionsWithState(group.stateTopics, topic);
    if (topic && partitions) doomed.push({ topicId: topic.id, topicName, partitions });
    else failed.push(nothingToDelete(topicName, topic !== undefined));
  }
  const { initializing, initialized, deleting } = group.stateTopics;
  const gone = new Set(doomed.map(({ topicId }) => topicId));
  setStateTopics(context, group, {
    initializing,
    initialized: new Map([...initialized].filter(([topicId]) => !gone.has(topicId))),
    deleting: new Map([...deleting, ...doomed.map(({ topicId, topicName }) => [topicId, topicName] as const)]),
  });
  const answered = deleteNow(context, groupId, doomed);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, responses: [...answered, ...failed] };
}

/** Those of which there is state, or was before a deletion that failed; undefined if there are none. */
function partitionsWithState({ initialized, deleting }: StateTopics, topic: TopicImage): readonly number[] | undefined {
  return initialized.get(topic.id)?.partitions ?? (deleting.has(topic.id) ? allPartitions(topic) : undefined);
}

const allPartitions = ({ partitions }: TopicImage): number[] => partitions.map(({ index }) => index);

function nothingToDelete(topicName: string, exists: boolean): AnsweredTopic {
  const errorCode = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const errorMessage = exists ? 'There is no offset information to delete.' : errorInfo(errorCode).text;
  return { topicName, topicId: ZERO_UUID, errorCode, errorMessage };
}

function deleteNow(context: ShareContext, groupId: string, doomed: readonly Doomed[]): AnsweredTopic[] {
  if (doomed.length === 0) return [];
  const errors = stateErrors(context, groupId, doomed);
  const group = context.groups.get(groupId);
  const done = doomed.filter(({ topicId }) => !errors.has(topicId));
  if (group && done.length > 0) {
    const deleting = new Map(group.topicsWithState.deleting);
    for (const { topicId } of done) deleting.delete(topicId);
    setStateTopics(context, group, { ...group.topicsWithState, deleting });
  }
  return doomed.map(({ topicId, topicName }) => {
    const error = errors.get(topicId);
    if (!error) return { topicName, topicId, errorCode: ErrorCode.NONE };
    return { topicName, topicId, errorCode: error.code, errorMessage: errorInfo(error.code).text };
  });
}

/**
 * Deletes all state of an empty group, before the group itself is deleted.
 * @throws KafkaError NON_EMPTY_GROUP, or why some of the state could not be deleted
 */
export function deleteStateOf(context: ShareContext, groupId: string): void {
  const group = existingGroup(context, groupId);
  assertEmpty(group);
  if (group.stateTopics === undefined) return;
  const { initializing, initialized, deleting } = group.stateTopics;
  const doomed = new Map(
    [...union(initialized, initializing)].map(([topicId, topic]) => [topicId, { topicId, ...topic }]),
  );
  for (const [topicId, topicName] of deleting) {
    const topic = context.topics.topicById(topicId);
    if (topic && !doomed.has(topicId)) doomed.set(topicId, { topicId, topicName, partitions: allPartitions(topic) });
  }
  const names = [...doomed.values()].map(({ topicId, topicName }) => [topicId, topicName] as const);
  setStateTopics(context, group, { initializing: new Map(), initialized: new Map(), deleting: new Map(names) });
  const [error] = stateErrors(context, groupId, [...doomed.values()]).values();
  if (error) throw error;
}

/** The share coordinator drops the state itself; the group forgets that there was any. @throws KafkaError if the log refuses */
export function forgetTopic(context: ShareContext, topicId: string): void {
  for (const group of [...context.groups.values()]) {
    const { stateTopics } = group;
    if (stateTopics && hasTopic(stateTopics, topicId))
      setStateTopics(context, group, withoutTopic(stateTopics, topicId));
  }
}

function setStateTopics(context: ShareContext, group: ShareGroup, topics: StateTopics): void {
  commitChanges(context, group, { kind: 'state-topics', value: { topics, atMs: context.clock.nowMs() } });
}

/** The first error of each topic that has one. */
function stateErrors(context: ShareContext, groupId: string, doomed: readonly Doomed[]): Map<string, KafkaError> {
  const errors = new Map<string, KafkaError>();
  if (doomed.length === 0) return errors;
  const topics = doomed.map(({ topicId, partitions }) => ({
    topicId,
    partitions: partitions.map((partition) => ({ partition })),
  }));
  try {
    for (const { topicId, partitions } of context.state.delete({ groupId, topics }).results) {
      const failed = partitions.find(({ errorCode }) => errorCode !== ErrorCode.NONE);
      if (failed) errors.set(topicId, new KafkaError(failed.errorCode));
    }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    for (const { topicId } of doomed) errors.set(topicId, error);
  }
  return errors;
}
