// Who may commit and fetch the offsets of a group of the consumer protocol (ConsumerGroup.validateOffsetCommit,
// validateOffsetFetch; KIP-848, KIP-1251).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { Commit } from '../commit-request.ts';
import { knownMember } from '../known-member.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupMember } from './group-member.ts';

/** Earlier versions cannot tell a member that its epoch is stale. */
const MEMBER_EPOCH_VERSION = 9;

/**
 * @param apiVersion of OffsetCommit; undefined in a transaction
 * @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH (ILLEGAL_GENERATION for classic members), UNSUPPORTED_VERSION
 */
export function validateCommit(group: ConsumerGroup, commit: Commit, apiVersion?: number): void {
  const { generationId: epoch, memberId, groupInstanceId } = commit;
  if (epoch < 0 && group.members.size === 0) return;
  // Producers of before KIP-447 cannot say for which member they commit.
  if (apiVersion === undefined && epoch === -1 && memberId === '' && groupInstanceId === null) return;
  const member = knownMember(group, memberId);
  if (member.classic === null && apiVersion !== undefined && apiVersion < MEMBER_EPOCH_VERSION) {
    const text = 'OffsetCommit version 9 or above must be used by members using the consumer group protocol';
    throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, text);
  }
  if (epoch === member.epoch) return;
  if (epoch > member.epoch) throw stale(epoch, member);
  // A member that has not heard of its new epoch may commit what it had before.
  for (const { topicId, partitions } of commit.topics) {
    for (const { partitionIndex } of partitions) {
      const since = assignedSince(member, topicId, partitionIndex);
      if (since === undefined || epoch < since) throw stale(epoch, member);
    }
  }
}

/** @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH (ILLEGAL_GENERATION for classic members) */
export function validateFetch(group: ConsumerGroup, memberId: string | null, epoch: number): void {
  if (memberId === null && epoch < 0) return;
  const member = knownMember(group, memberId ?? '');
  if (epoch !== member.epoch) throw stale(epoch, member);
}

function assignedSince({ assigned, pendingRevocation }: GroupMember, topicId: string, partition: number) {
  return assigned.get(topicId)?.get(partition) ?? pendingRevocation.get(topicId)?.get(partition);
}

function stale(received: number, { epoch, classic }: GroupMember): KafkaError {
  const name = classic === null ? 'member epoch' : 'generation id';
  const text = `The received ${name} ${received} does not match the expected member epoch ${epoch}.`;
  return new KafkaError(classic === null ? ErrorCode.STALE_MEMBER_EPOCH : ErrorCode.ILLEGAL_GENERATION, text);
}
