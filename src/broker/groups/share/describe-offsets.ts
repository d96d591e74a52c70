// DescribeShareGroupOffsets: where a share group begins to read each partition, and how much is left (KIP-1226;
// GroupCoordinatorService.describeShareGroupOffsets, describeShareGroupAllOffsets).
import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  DescribeShareGroupOffsets,
  DescribeShareGroupOffsetsRequest,
} from '../../../protocol/messages/describe-share-group-offsets.ts';
import type { ReadShareGroupStateSummaryResponse } from '../../../protocol/messages/read-share-group-state-summary.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { ZERO_UUID } from '../../../util/uuid.ts';
import type { ShareContext } from './context.ts';

export type OffsetsRequest = DescribeShareGroupOffsetsRequest['groups'][number];
export type DescribedOffsets = ResponseInput<typeof DescribeShareGroupOffsets>['groups'][number];
type DescribedTopic = DescribedOffsets['topics'][number];
type DescribedPartition = DescribedTopic['partitions'][number];
type Summary = ReadShareGroupStateSummaryResponse['results'][number]['partitions'][number];

/** Where a partition ends for readers, or the number of the error that keeps it from being told. */
export type EndOffset = (
  topic: string,
  partition: number,
) => { readonly offset: number } | { readonly errorCode: number };

/** Not known: nothing was read yet, or the state is of before Kafka 4.2. */
const UNKNOWN = -1;
const NO_LEADER_EPOCH = -1;

/** A group without state has no offsets; whether it exists makes no difference. */
export function describeOffsets(
  context: ShareContext,
  request: OffsetsRequest,
  endOffset: EndOffset,
): DescribedOffsets {
  const { known, unknown } =
    request.topics === null ? allTopics(context, request.groupId) : asked(context, request.topics);
  const topics = known.map(({ topicId, partitions }) => ({
    topicId,
    partitions: partitions.map((partition) => ({ partition, leaderEpoch: NO_LEADER_EPOCH })),
  }));
  const { results } =
    topics.length === 0 ? { results: [] } : context.state.readSummary({ groupId: request.groupId, topics });
  const names = new Map(known.map(({ topicId, topicName }) => [topicId, topicName]));
  const described = results.map(({ topicId, partitions }) => {
    const topicName = names.get(topicId)!;
    return { topicName, topicId, partitions: partitions.map((summary) => describe(summary, topicName, endOffset)) };
  });
  return { groupId: request.groupId, topics: [...described, ...unknown], errorCode: ErrorCode.NONE };
}

interface KnownTopic {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
}

function allTopics(
  { groups, topics }: ShareContext,
  groupId: string,
): { known: KnownTopic[]; unknown: DescribedTopic[] } {
  const initialized = groups.get(groupId)?.topicsWithState.initialized ?? new Map<string, KnownTopic>();
  const known = [...initialized].flatMap(([topicId, { partitions }]) => {
    const topic = topics.topicById(topicId);
    return topic ? [{ topicId, topicName: topic.name, partitions }] : [];
  });
  return { known, unknown: [] };
}

function asked(
  { topics }: ShareContext,
  wanted: NonNullable<OffsetsRequest['topics']>,
): { known: KnownTopic[]; unknown: DescribedTopic[] } {
  const known: KnownTopic[] = [];
  const unknown: DescribedTopic[] = [];
  for (const { topicName, partitions } of wanted) {
    const topic = topics.topic(topicName);
    if (topic) known.push({ topicId: topic.id, topicName, partitions });
    else unknown.push({ topicName, topicId: ZERO_UUID, partitions: partitions.map((index) => nothingKnown(index)) });
  }
  return { known, unknown };
}

function nothingKnown(partitionIndex: number, startOffset = UNKNOWN, leaderEpoch = 0): DescribedPartition {
  return { partitionIndex, startOffset, leaderEpoch, lag: UNKNOWN, errorCode: ErrorCode.NONE };
}

function describe(summary: Summary, topicName: string, endOffset: EndOffset): DescribedPartition {
  const { partition: partitionIndex, errorCode, startOffset, leaderEpoch, deliveryCompleteCount } = summary;
  if (errorCode !== ErrorCode.NONE) return nothingKnown(partitionIndex);
  if (startOffset === UNKNOWN || deliveryCompleteCount === UNKNOWN)
    return nothingKnown(partitionIndex, startOffset, leaderEpoch);
  const end = endOffset(topicName, partitionIndex);
  if ('errorCode' in end) return { partitionIndex, startOffset: 0, leaderEpoch: 0, errorCode: end.errorCode };
  const lag = end.offset - startOffset - deliveryCompleteCount;
  return { partitionIndex, startOffset, leaderEpoch, lag, errorCode: ErrorCode.NONE };
}
