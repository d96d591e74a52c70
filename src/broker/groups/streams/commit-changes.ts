import type { ClassicGroup } from '../classic-group.ts';
import { groupMetadataTombstone } from '../records.ts';
import type { Change } from './changes.ts';
import type { StreamsContext } from './context.ts';
import { recordOf } from './records.ts';
import type { StreamsGroup } from './streams-group.ts';

/**
 * Writes what a request changes, then makes it count.
 * @param replaced an empty classic group of that name, which goes
 * @throws KafkaError if the log refuses; the group is as it was then
 */
export function commitChanges(
  context: StreamsContext,
  group: StreamsGroup,
  changes: readonly Change[],
  replaced?: ClassicGroup,
): void {
  if (changes.length === 0) return;
  const { groupId } = group;
  const records = changes.map((change) => recordOf(groupId, change));
  // A classic group that only holds offsets is not on record.
  const isOnRecord = replaced && (replaced.protocolType !== null || replaced.pendingJoins.size > 0);
  if (isOnRecord) records.unshift(groupMetadataTombstone(groupId));
  context.append(groupId, records);
  if (replaced) {
    for (const memberId of [...replaced.pendingJoins.keys()]) replaced.removePendingJoin(memberId);
    context.classicGroups.delete(groupId);
  }
  for (const change of changes) group.apply(change);
  context.groups.set(groupId, group);
}
