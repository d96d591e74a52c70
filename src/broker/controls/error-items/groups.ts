// Groups of all kinds and their offsets.
import { ErrorCode } from '../../../protocol/errors.ts';
import type { ItemTable } from './items.ts';

const groupIds = (ids: readonly string[]) => ({ groups: ids.map((groupId) => ({ groupId })) });
const indexOnly = ({ partitionIndex }: { partitionIndex: number }) => ({ partitionIndex });
const partitionOnly = ({ partition }: { partition: number }) => ({ partition });
const NO_LEADER = { leaderId: -1, leaderEpoch: -1 };

interface SharePartitions {
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly { partition: number }[] }[];
}

const shareState = ({ topics }: SharePartitions) => ({
  results: topics.map(({ topicId, partitions }) => ({ topicId, partitions: partitions.map(partitionOnly) })),
});

/** The errors of a fetch of offsets that a partition has, where all others are the group's. */
const OF_COMMITTED_PARTITIONS: ReadonlySet<number> = new Set([
  ErrorCode.UNSTABLE_OFFSET_COMMIT,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.UNKNOWN_TOPIC_ID,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
]);

interface CommittedTopic {
  readonly name: string;
  readonly topicId?: string;
  readonly partitionIndexes: readonly number[];
}

const committedNowhere = ({ partitionIndexes, ...topic }: CommittedTopic) => ({
  ...topic,
  partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, committedOffset: -1, metadata: '' })),
});

const OF_SHARE_SESSIONS: ReadonlySet<number> = new Set([
  ErrorCode.SHARE_SESSION_NOT_FOUND,
  ErrorCode.INVALID_SHARE_SESSION_EPOCH,
  ErrorCode.SHARE_SESSION_LIMIT_REACHED,
]);

interface ShareRequest {
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly { partitionIndex: number }[] }[];
}

/** Partitions have the error, and the whole answer only if it is one of sessions or none is named. */
function sharePartitions({ topics }: ShareRequest, code: number) {
  if (OF_SHARE_SESSIONS.has(code) || topics.length === 0) return {};
  const responses = topics.map(({ topicId, partitions }) => ({
    topicId,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, currentLeader: NO_LEADER })),
  }));
  return { errorCode: ErrorCode.NONE, errorMessage: null, responses };
}

export const groupItems: ItemTable = {
  FindCoordinator: ({ coordinatorKeys }) => ({
    nodeId: -1,
    port: -1,
    coordinators: coordinatorKeys.map((key) => ({ key, nodeId: -1, port: -1 })),
  }),
  JoinGroup: ({ memberId }) => ({ memberId }),
  OffsetCommit: ({ topics }) => ({
    topics: topics.map(({ name, topicId, partitions }) => ({ name, topicId, partitions: partitions.map(indexOnly) })),
  }),
  OffsetFetch: ({ topics, groups }, version, code) => {
    const isOfPartitions = OF_COMMITTED_PARTITIONS.has(code);
    return {
      ...(isOfPartitions && version < 8 && topics?.length ? { errorCode: ErrorCode.NONE } : {}),
      topics: (topics ?? []).map(committedNowhere),
      groups: groups.map(({ groupId, topics: asked }) =>
        isOfPartitions && asked?.length
          ? { groupId, errorCode: ErrorCode.NONE, topics: asked.map(committedNowhere) }
          : { groupId },
      ),
    };
  },
  DescribeGroups: ({ groups }) => groupIds(groups),
  ConsumerGroupDescribe: (request) => groupIds(request.groupIds),
  ShareGroupDescribe: (request) => groupIds(request.groupIds),
  StreamsGroupDescribe: (request) => groupIds(request.groupIds),
  DeleteGroups: ({ groupsNames }) => ({ results: groupsNames.map((groupId) => ({ groupId })) }),
  ShareFetch: (request, _version, code) => sharePartitions(request, code),
  ShareAcknowledge: (request, _version, code) => sharePartitions(request, code),
  DescribeShareGroupOffsets: ({ groups }) => groupIds(groups.map(({ groupId }) => groupId)),
  InitializeShareGroupState: (request) => shareState(request),
  ReadShareGroupState: (request) => shareState(request),
  WriteShareGroupState: (request) => shareState(request),
  DeleteShareGroupState: (request) => shareState(request),
  ReadShareGroupStateSummary: (request) => shareState(request),
};
