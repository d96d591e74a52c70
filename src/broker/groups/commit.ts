// OffsetCommit (OffsetMetadataManager.commitOffset).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import type { CommittedOffset } from './offsets.ts';
import { offsetCommitRecord } from './records.ts';
import { restartSession } from './sessions.ts';

/** From this version on a group that does not exist is GROUP_ID_NOT_FOUND (KIP-848). */
const GROUP_ID_NOT_FOUND_VERSION = 9;

export interface CommitPartition {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch: number;
  readonly committedMetadata: string | null;
}

export interface CommitTopic {
  readonly name: string;
  /** The zero id if not known. */
  readonly topicId: string;
  readonly partitions: readonly CommitPartition[];
}

export interface Commit {
  readonly groupId: string;
  /** -1 for a commit outside of the group protocol. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Milliseconds, -1 for the broker's offsets.retention.minutes. */
  readonly retentionTimeMs: number;
  /** Topics that exist. */
  readonly topics: readonly CommitTopic[];
}

/**
 * Commits offsets in one batch; the error of each partition, in the order of the request.
 * @throws KafkaError if the group refuses the commit or the log does
 */
export function commitOffsets(context: GroupContext, commit: Commit, apiVersion: number): number[][] {
  const group = groupForCommit(context, commit, apiVersion);
  validateCommit(group, commit);
  const member = group.members.get(commit.memberId);
  if (member && group.state !== 'CompletingRebalance') restartSession(context, group, member);

  const accepted: { topic: string; partition: number; committed: CommittedOffset }[] = [];
  const errors = commit.topics.map((topic) =>
    topic.partitions.map((partition) => {
      const metadata = partition.committedMetadata ?? '';
      if (metadata.length > context.config.offsetMetadataMaxBytes) return ErrorCode.OFFSET_METADATA_TOO_LARGE;
      const committed = committedOffset(context, commit, topic.topicId, { ...partition, committedMetadata: metadata });
      accepted.push({ topic: topic.name, partition: partition.partitionIndex, committed });
      return ErrorCode.NONE;
    }),
  );
  const { groupId } = commit;
  if (accepted.length > 0) {
    context.append(
      groupId,
      accepted.map(({ topic, partition, committed }) => offsetCommitRecord(groupId, topic, partition, committed)),
    );
  }
  context.groups.set(groupId, group);
  for (const { topic, partition, committed } of accepted) context.offsets.set(groupId, topic, partition, committed);
  return errors;
}

/** A commit outside of the group protocol makes a group if there is none: one without a protocol type. */
function groupForCommit(context: GroupContext, commit: Commit, apiVersion: number): ClassicGroup {
  const group = context.groups.get(commit.groupId);
  if (group) return group;
  if (commit.generationId < 0) return new ClassicGroup(commit.groupId, context.clock);
  if (apiVersion < GROUP_ID_NOT_FOUND_VERSION) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND);
}

function validateCommit(group: ClassicGroup, { generationId, memberId, groupInstanceId }: Commit): void {
  if (generationId < 0 && group.state === 'Empty') return;
  if (generationId < 0 && memberId === '' && groupInstanceId === null)
    throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
  group.validateMember(memberId, groupInstanceId);
  if (generationId !== group.generationId) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  if (group.state === 'CompletingRebalance') throw new KafkaError(ErrorCode.REBALANCE_IN_PROGRESS);
}

function committedOffset(
  context: GroupContext,
  { retentionTimeMs }: Commit,
  topicId: string,
  partition: CommitPartition & { committedMetadata: string },
): CommittedOffset {
  const nowMs = context.clock.nowMs();
  return {
    offset: partition.committedOffset,
    leaderEpoch: partition.committedLeaderEpoch,
    metadata: partition.committedMetadata,
    commitTimestampMs: nowMs,
    expireTimestampMs: retentionTimeMs === -1 ? -1 : nowMs + retentionTimeMs,
    topicId,
  };
}
