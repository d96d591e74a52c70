// OffsetFetch (v1-10): v2 all topics of a group and an error of its own, v5 leader epochs (KIP-320), v7 requireStable
// (KIP-447), v8 several groups (KIP-709), v9 member epochs (KIP-848), v10 topic ids. A partition without a committed
// offset, or a group that does not exist, is offset -1 and no error.
import { ErrorCode } from '../../protocol/errors.ts';
import { OffsetFetch, type OffsetFetchRequest } from '../../protocol/messages/offset-fetch.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { CommittedOffset } from '../groups/offsets.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

const GROUPS_VERSION = 8;
const TOPIC_ID_VERSION = 10;
/** In v1 there is no error of the group: its partitions carry it. */
const GROUP_ERROR_VERSION = 2;

type RequestedGroup = Pick<OffsetFetchRequest['groups'][number], 'groupId' | 'topics' | 'memberId' | 'memberEpoch'>;
type RequestedTopic = NonNullable<RequestedGroup['topics']>[number];

interface FetchedTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly FetchedPartition[];
}

interface FetchedPartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly metadata: string;
  readonly errorCode: number;
}

export const offsetFetchHandler = defineHandler(OffsetFetch, (request, { services, apiVersion }) => {
  if (apiVersion >= GROUPS_VERSION) {
    return { groups: request.groups.map((group) => fetchGroup(services, group, request.requireStable, apiVersion)) };
  }
  const { groupId, requireStable } = request;
  const topics = request.topics?.map((topic) => ({ ...topic, topicId: ZERO_UUID })) ?? null;
  const asked = { groupId, topics, memberId: null, memberEpoch: -1 };
  const { errorCode, topics: fetched } = fetchGroup(services, asked, requireStable, apiVersion);
  if (errorCode === ErrorCode.NONE || apiVersion >= GROUP_ERROR_VERSION) return { errorCode, topics: fetched };
  return { topics: (topics ?? []).map((topic) => withoutOffsets(topic, errorCode)) };
});

function fetchGroup(
  services: Services,
  { groupId, topics, memberId, memberEpoch }: RequestedGroup,
  requireStable: boolean,
  apiVersion: number,
): { groupId: string; errorCode: number; topics: FetchedTopic[] } {
  try {
    const offsets = services.groups.offsets(groupId, { memberId, memberEpoch });
    const fetched = topics
      ? fetchTopics(services, offsets, topics, apiVersion)
      : [...offsets.keys()].flatMap((name) => fetchWholeTopic(services, offsets, name, apiVersion));
    if (!requireStable) return { groupId, errorCode: ErrorCode.NONE, topics: fetched };
    return {
      groupId,
      errorCode: ErrorCode.NONE,
      topics: fetched.map((topic) => withUnstable(services, groupId, topic)),
    };
  } catch (error) {
    return { groupId, errorCode: errorCodeOf(error), topics: [] };
  }
}

/** Offsets that an undecided transaction may yet change cannot be told to who asks for stable ones (KIP-447). */
function withUnstable({ groups }: Services, groupId: string, topic: FetchedTopic): FetchedTopic {
  const partitions = topic.partitions.map((partition) => {
    const { partitionIndex, errorCode } = partition;
    if (errorCode !== ErrorCode.NONE || !groups.hasPendingOffset(groupId, topic.name, partitionIndex)) return partition;
    return { ...partitionOf(partitionIndex, undefined), errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
  });
  return { ...topic, partitions };
}

type GroupOffsets = ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>>;

/** Topics with ids that are not known come last, as in Kafka. */
function fetchTopics(
  services: Services,
  offsets: GroupOffsets,
  topics: readonly RequestedTopic[],
  apiVersion: number,
): FetchedTopic[] {
  const fetched: FetchedTopic[] = [];
  const unknown: FetchedTopic[] = [];
  for (const topic of topics) {
    const { topicId, partitionIndexes } = topic;
    const name = apiVersion >= TOPIC_ID_VERSION ? services.metadata.topicById(topicId)?.name : topic.name;
    if (name === undefined) {
      unknown.push(withoutOffsets(topic, ErrorCode.UNKNOWN_TOPIC_ID));
      continue;
    }
    const committed = offsets.get(name);
    const partitions = partitionIndexes.map((partition) => partitionOf(partition, committed?.get(partition), topicId));
    fetched.push({ name, topicId, partitions });
  }
  return [...fetched, ...unknown];
}

/** All that a group has committed for a topic; by id, topics that are gone cannot be told. */
function fetchWholeTopic(services: Services, offsets: GroupOffsets, name: string, apiVersion: number): FetchedTopic[] {
  const topicId = services.metadata.topic(name)?.id ?? ZERO_UUID;
  if (apiVersion >= TOPIC_ID_VERSION && topicId === ZERO_UUID) return [];
  const partitions = [...offsets.get(name)!].map(([partition, committed]) => partitionOf(partition, committed));
  return [{ name, topicId, partitions }];
}

function withoutOffsets({ name, topicId, partitionIndexes }: RequestedTopic, errorCode: number): FetchedTopic {
  const partitions = partitionIndexes.map((partition) => ({ ...partitionOf(partition, undefined), errorCode }));
  return { name, topicId, partitions };
}

/** @param topicId whose offset is wanted: one committed for an earlier topic of that name does not count */
function partitionOf(
  partitionIndex: number,
  committed: CommittedOffset | undefined,
  topicId: string = ZERO_UUID,
): FetchedPartition {
  const isOfTopic = topicId === ZERO_UUID || committed?.topicId === ZERO_UUID || committed?.topicId === topicId;
  const found = isOfTopic ? committed : undefined;
  return {
    partitionIndex,
    committedOffset: found?.offset ?? -1,
    committedLeaderEpoch: found?.leaderEpoch ?? -1,
    metadata: found?.metadata ?? '',
    errorCode: ErrorCode.NONE,
  };
}
