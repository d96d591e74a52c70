// OffsetCommit (OffsetMetadataManager.commitOffset).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ClassicGroup } from './classic-group.ts';
import type { Commit, CommitPartition, OffsetsProducer } from './commit-request.ts';
import type { GroupContext } from './context.ts';
import { kindOf } from './modern/group-kind.ts';
import type { CommittedOffset } from './offsets.ts';
import { type GroupRecord, offsetCommitRecord } from './records.ts';
import { restartSession } from './sessions.ts';

/** From this version on a group that does not exist is GROUP_ID_NOT_FOUND (KIP-848). */
const GROUP_ID_NOT_FOUND_VERSION = 9;

/**
 * Commits offsets in one batch; the error of each partition, in the order of the request.
 * @throws KafkaError if the group refuses the commit or the log does
 */
export function commitOffsets(context: GroupContext, commit: Commit, apiVersion: number): number[][] {
  const unknownGroup =
    apiVersion < GROUP_ID_NOT_FOUND_VERSION ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.GROUP_ID_NOT_FOUND;
  const kind = kindOf(context.kinds, commit.groupId);
  const group = kind ? undefined : groupForCommit(context, commit, unknownGroup);
  kind?.validateCommit(commit, apiVersion);
  if (group) {
    validateCommit(group, commit);
    const member = group.members.get(commit.memberId);
    if (member && group.state !== 'CompletingRebalance') restartSession(context, group, member);
  }

  const { groupId } = commit;
  const { accepted, errors } = checkMetadata(context, commit);
  if (accepted.length > 0) context.append(groupId, recordsOf(groupId, accepted));
  if (group) context.groups.set(groupId, group);
  for (const { topic, partition, committed } of accepted) context.offsets.set(groupId, topic, partition, committed);
  return errors;
}

/**
 * TxnOffsetCommit: offsets that count when the producer's transaction is committed (KIP-98, KIP-447); the error of each
 * partition, in the order of the request.
 * @throws KafkaError if the group refuses the commit or the log does
 */
export function commitTransactionalOffsets(
  context: GroupContext,
  commit: Commit,
  producer: OffsetsProducer,
): number[][] {
  const kind = kindOf(context.kinds, commit.groupId);
  const group = kind ? undefined : groupForCommit(context, commit, ErrorCode.ILLEGAL_GENERATION);
  kind?.validateCommit(commit);
  if (group) validateTransactionalCommit(group, commit);
  const { groupId } = commit;
  const { accepted, errors } = checkMetadata(context, commit);
  if (accepted.length > 0) context.append(groupId, recordsOf(groupId, accepted), producer);
  if (group) context.groups.set(groupId, group);
  const statePartition = context.partitionFor(groupId);
  for (const offset of accepted) context.pending.add(statePartition, producer.producerId, { groupId, ...offset });
  return errors;
}

interface AcceptedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly committed: CommittedOffset;
}

function checkMetadata(context: GroupContext, commit: Commit): { accepted: AcceptedOffset[]; errors: number[][] } {
  const accepted: AcceptedOffset[] = [];
  const errors = commit.topics.map((topic) =>
    topic.partitions.map((partition) => {
      const metadata = partition.committedMetadata ?? '';
      if (metadata.length > context.config.offsetMetadataMaxBytes) return ErrorCode.OFFSET_METADATA_TOO_LARGE;
      const committed = committedOffset(context, commit, topic.topicId, { ...partition, committedMetadata: metadata });
      accepted.push({ topic: topic.name, partition: partition.partitionIndex, committed });
      return ErrorCode.NONE;
    }),
  );
  return { accepted, errors };
}

function recordsOf(groupId: string, accepted: readonly AcceptedOffset[]): GroupRecord[] {
  return accepted.map(({ topic, partition, committed }) => offsetCommitRecord(groupId, topic, partition, committed));
}

/** A commit outside of the group protocol makes a group if there is none: one without a protocol type. */
function groupForCommit(context: GroupContext, commit: Commit, unknownGroup: number): ClassicGroup {
  const group = context.groups.get(commit.groupId);
  if (group) return group;
  if (commit.generationId < 0) return new ClassicGroup(commit.groupId, context.clock);
  throw new KafkaError(unknownGroup);
}

function validateCommit(group: ClassicGroup, { generationId, memberId, groupInstanceId }: Commit): void {
  if (generationId < 0 && group.state === 'Empty') return;
  if (generationId < 0 && memberId === '' && groupInstanceId === null)
    throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
  group.validateMember(memberId, groupInstanceId);
  if (generationId !== group.generationId) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  if (group.state === 'CompletingRebalance') throw new KafkaError(ErrorCode.REBALANCE_IN_PROGRESS);
}

/** Before version 3 of TxnOffsetCommit producers could not say for which member they commit: they may at any time. */
function validateTransactionalCommit(group: ClassicGroup, { generationId, memberId, groupInstanceId }: Commit): void {
  if (generationId < 0 && (group.state === 'Empty' || (memberId === '' && groupInstanceId === null))) return;
  group.validateMember(memberId, groupInstanceId);
  if (generationId !== group.generationId) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
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
