import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { AlterShareGroupOffsets } from '../../protocol/messages/alter-share-group-offsets.ts';
import { DeleteShareGroupOffsets } from '../../protocol/messages/delete-share-group-offsets.ts';
import { DescribeShareGroupOffsets } from '../../protocol/messages/describe-share-group-offsets.ts';
import { ShareGroupDescribe, type ShareGroupDescribeResponse } from '../../protocol/messages/share-group-describe.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { askCoordinator } from './coordinators.ts';
import { perGroup } from './groups.ts';
import { HANDLERS, handlerWarning } from './handler-log.ts';
import { errorField, itemError } from './outcomes.ts';
import type {
  CallOptions,
  Outcome,
  PartitionOutcome,
  ShareGroupDescription,
  ShareOffsetToSet,
  SharePartitionOffset,
  TopicPartition,
} from './types.ts';

/** @see Admin.describeShareGroups */
export function describeShareGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<ShareGroupDescription>>> {
  return perGroup(groupIds, (group) =>
    askCoordinator(cluster, HANDLERS.describeShare, { group }, (broker) => describeGroup(broker, group), timeoutMs),
  );
}

async function describeGroup(broker: Broker, groupId: string): Promise<ShareGroupDescription> {
  const request = { groupIds: [groupId], includeAuthorizedOperations: false };
  const [group] = (await broker.send(ShareGroupDescribe, request)).groups;
  if (!group) throw new Error(`ShareGroupDescribe left out ${groupId}`);
  throwIfError(group.errorCode, group.errorMessage);
  return {
    groupId,
    state: group.groupState,
    members: group.members.map(memberOf),
    coordinator: broker.node,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
  };
}

function memberOf(member: ShareGroupDescribeResponse['groups'][number]['members'][number]) {
  const { memberId, clientId, clientHost: host, memberEpoch, assignment } = member;
  const partitions = assignment.topicPartitions.flatMap(({ topicName, partitions }) =>
    partitions.map((partition) => ({ topic: topicName, partition })),
  );
  return { memberId, clientId, host, memberEpoch, assignment: partitions };
}

/** @see Admin.listShareGroupOffsets */
export function listShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions?: readonly TopicPartition[],
  { timeoutMs }: CallOptions = {},
): Promise<SharePartitionOffset[]> {
  const grouped = partitions && byTopic(partitions, ({ partition }) => partition);
  const topics = grouped?.map(({ name, partitions }) => ({ topicName: name, partitions })) ?? null;
  return askCoordinator(
    cluster,
    HANDLERS.shareOffsets,
    { group: groupId },
    async (broker) => {
      const [group] = (await broker.send(DescribeShareGroupOffsets, { groups: [{ groupId, topics }] })).groups;
      if (!group) throw new Error(`DescribeShareGroupOffsets left out ${groupId}`);
      throwIfError(group.errorCode, group.errorMessage);
      // A partition with an error is left out, as by Kafka's client.
      return group.topics.flatMap(({ topicName, partitions }) =>
        partitions.filter((one) => !isSkipped(cluster, topicName, one)).map((one) => offsetOf(topicName, one)),
      );
    },
    timeoutMs,
  );
}

function isSkipped(cluster: Cluster, topic: string, { partitionIndex, ...failure }: DescribedPartition): boolean {
  if (failure.errorCode === ErrorCode.NONE) return false;
  const { errorCode, errorMessage } = failure;
  const text = `Skipping return offset for ${partitionKey(topic, partitionIndex)} due to error ${errorCode}: ${errorMessage}.`;
  handlerWarning(cluster, HANDLERS.shareOffsets.name, text);
  return true;
}

interface DescribedPartition {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly partitionIndex: number;
  readonly startOffset: number;
  readonly leaderEpoch: number;
  readonly lag: number;
}

function offsetOf(topic: string, { partitionIndex, startOffset, leaderEpoch, lag }: DescribedPartition) {
  const at = { topic, partition: partitionIndex };
  if (startOffset < 0) return { ...at, startOffset: null, leaderEpoch: null, lag: null };
  return { ...at, startOffset, leaderEpoch: leaderEpoch < 0 ? null : leaderEpoch, lag: lag < 0 ? null : lag };
}

/** @see Admin.alterShareGroupOffsets */
export function alterShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly ShareOffsetToSet[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const grouped = byTopic(offsets, ({ partition, offset }) => ({ partitionIndex: partition, startOffset: offset }));
  const topics = grouped.map(({ name, partitions }) => ({ topicName: name, partitions }));
  return askCoordinator(
    cluster,
    HANDLERS.alterShareOffsets,
    { group: groupId },
    async (broker) => {
      const response = await broker.send(AlterShareGroupOffsets, { groupId, topics });
      throwIfError(response.errorCode, response.errorMessage);
      const answered = response.responses.flatMap(({ topicName, partitions }) =>
        partitions.map(({ partitionIndex, errorCode, errorMessage }) => {
          return [partitionKey(topicName, partitionIndex), errorField(errorCode, errorMessage)] as const;
        }),
      );
      const errors = new Map(answered);
      return offsets.map(({ topic, partition }) => ({
        topic,
        partition,
        ...errors.get(partitionKey(topic, partition)),
      }));
    },
    timeoutMs,
  );
}

/** @see Admin.deleteShareGroupOffsets */
export function deleteShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  topics: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<undefined>>> {
  return askCoordinator(
    cluster,
    HANDLERS.deleteShareOffsets,
    { group: groupId },
    async (broker) => {
      const request = { groupId, topics: topics.map((topicName) => ({ topicName })) };
      const response = await broker.send(DeleteShareGroupOffsets, request);
      throwIfError(response.errorCode, response.errorMessage);
      const answers = new Map(response.responses.map((answer) => [answer.topicName, answer]));
      return new Map(topics.map((topic) => [topic, outcomeOf(topic, answers.get(topic))]));
    },
    timeoutMs,
  );
}

function outcomeOf(
  topic: string,
  answer: { readonly errorCode: number; readonly errorMessage: string | null } | undefined,
): KafkaError | undefined {
  if (answer) return itemError(answer.errorCode, answer.errorMessage);
  return new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, `The response did not include ${topic}`);
}
