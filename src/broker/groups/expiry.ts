// Committed offsets do not live for ever (KIP-211): when a group's time is up its offsets go, and an empty group without
// offsets goes with them.
import { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { committedPartitions, forget } from './delete.ts';
import type { ModernGroup } from './modern/modern-group.ts';
import type { CommittedOffset } from './offsets.ts';

/** Expires what is due in every group. */
export function expireOffsets(context: GroupContext): void {
  // Share groups have no offsets here, and an empty one stays (ShareGroup.shouldExpire).
  const expiring = context.kinds.filter(({ type }) => type !== 'share').flatMap((kind) => kind.all());
  for (const group of [...context.groups.values(), ...expiring]) {
    const committed = committedPartitions(context, group.groupId);
    const expired = committed.filter(({ topic, partition }) => isExpired(context, group, topic, partition));
    const nothingLeft = expired.length === committed.length && group.state === 'Empty';
    if (nothingLeft) forget(context, group.groupId, expired, group);
    else if (expired.length > 0) forget(context, group.groupId, expired);
  }
}

function isExpired(
  context: GroupContext,
  group: ClassicGroup | ModernGroup,
  topic: string,
  partition: number,
): boolean {
  const committed = context.offsets.get(group.groupId, topic, partition);
  if (!committed || group.isSubscribedTo(topic) || context.pending.has(group.groupId, topic, partition)) return false;
  const sinceMs = retainedSinceMs(group, committed);
  if (sinceMs === undefined) return false;
  const nowMs = context.clock.nowMs();
  if (committed.expireTimestampMs !== -1) return nowMs >= committed.expireTimestampMs;
  return nowMs - sinceMs >= context.config.offsetsRetentionMinutes * 60_000;
}

/**
 * From when an offset's retention counts: its commit for groups without a protocol type and for topics that a stable
 * group has ceased to subscribe to as well as in groups of the newer protocols, the moment the group became empty for others. Undefined: not at all.
 */
function retainedSinceMs(group: ClassicGroup | ModernGroup, committed: CommittedOffset): number | undefined {
  if (!(group instanceof ClassicGroup)) return committed.commitTimestampMs;
  if (group.protocolType === null) return committed.commitTimestampMs;
  if (group.state === 'Empty') {
    return group.stateTimestampMs === -1 ? committed.commitTimestampMs : group.stateTimestampMs;
  }
  if (group.usesConsumerProtocol && group.subscribedTopics && group.state === 'Stable')
    return committed.commitTimestampMs;
  return undefined;
}
