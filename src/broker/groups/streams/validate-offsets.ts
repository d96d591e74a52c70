// Who may commit and fetch the offsets of a streams group (StreamsGroup.validateOffsetCommit, validateOffsetFetch).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { Commit } from '../commit-request.ts';
import { knownMember } from '../known-member.ts';
import type { StreamsGroup } from './streams-group.ts';
import { readerOf } from './topology.ts';

/** Earlier versions cannot tell a member that its epoch is stale. */
const MEMBER_EPOCH_VERSION = 9;

/**
 * @param apiVersion of OffsetCommit; undefined in a transaction
 * @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH, UNSUPPORTED_VERSION
 */
export function validateCommit(group: StreamsGroup, commit: Commit, apiVersion?: number): void {
  const { generationId: epoch, memberId, groupInstanceId } = commit;
  if (epoch < 0 && group.members.size === 0) return;
  // Before version 3 of TxnOffsetCommit producers could not say for which member they commit.
  if (apiVersion === undefined && epoch === -1 && memberId === '' && groupInstanceId === null) return;
  const member = knownMember(group, memberId);
  if (apiVersion !== undefined && apiVersion < MEMBER_EPOCH_VERSION) {
    const text = 'OffsetCommit version 9 or above must be used by members using the streams group protocol';
    throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, text);
  }
  if (epoch === member.epoch) return;
  if (epoch > member.epoch) {
    throw stale(`Received member epoch ${epoch} is newer than current member epoch ${member.epoch}.`);
  }
  if (group.topology === null) throw stale('Topology is not available for offset commit validation.');
  // A member that has not heard of its new epoch may commit for the tasks that it had before.
  for (const { name, partitions } of commit.topics) {
    const id = readerOf(group.topology, name)?.subtopologyId;
    if (id === undefined) throw stale(`Topic ${name} is not in the topology.`);
    const sinceOf = (partition: number) =>
      member.assigned.active.get(id)?.get(partition) ?? member.pendingRevocation.active.get(id)?.get(partition);
    for (const { partitionIndex } of partitions) {
      const since = sinceOf(partitionIndex);
      const task = `${id}-${partitionIndex}`;
      if (since === undefined) throw stale(`Task ${task} is not assigned or pending revocation for member.`);
      if (epoch >= since) continue;
      throw stale(`Received member epoch ${epoch} is older than assignment epoch ${since} for task ${task}.`);
    }
  }
}

/** @throws KafkaError UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH */
export function validateFetch(group: StreamsGroup, memberId: string | null, epoch: number): void {
  if (memberId === null && epoch < 0) return;
  const member = knownMember(group, memberId ?? '');
  if (epoch === member.epoch) return;
  throw stale(`The received member epoch ${epoch} does not match the expected member epoch ${member.epoch}.`);
}

function stale(text: string): KafkaError {
  return new KafkaError(ErrorCode.STALE_MEMBER_EPOCH, text);
}
