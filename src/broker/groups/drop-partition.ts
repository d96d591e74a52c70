import { ErrorCode } from '../../protocol/errors.ts';
import type { GroupContext } from './context.ts';

/** Forgets the groups of a partition of `__consumer_offsets`; members that wait are told to look for their coordinator. */
export function dropPartition(context: GroupContext, partition: number): void {
  const { groups, kinds, offsets, pending, partitionFor } = context;
  for (const group of [...groups.values()]) {
    if (partitionFor(group.groupId) !== partition) continue;
    group.dispose(ErrorCode.NOT_COORDINATOR);
    groups.delete(group.groupId);
  }
  for (const kind of kinds)
    for (const { groupId } of kind.all()) if (partitionFor(groupId) === partition) kind.drop(groupId);
  for (const groupId of [...offsets.groupIds()]) if (partitionFor(groupId) === partition) offsets.forget(groupId);
  pending.forgetPartition(partition);
}
