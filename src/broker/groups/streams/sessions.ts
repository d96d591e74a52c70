// Members that are not heard of, or do not give up what they should, are taken out of their group.
import { groupSetting } from '../modern/group-setting.ts';
import type { StreamsContext } from './context.ts';
import type { GroupMember } from './group-member.ts';
import { fence } from './leave.ts';

export function startSession(context: StreamsContext, groupId: string, memberId: string): void {
  const { groupStreamsSessionTimeoutMs } = context.config;
  const timeoutMs = groupSetting(context, groupId, 'streams.session.timeout.ms', groupStreamsSessionTimeoutMs);
  context.timers.start('session', groupId, memberId, timeoutMs, () =>
    expire(context, groupId, memberId, 'the member session expired'),
  );
}

/** Gives a member its rebalance timeout if it has tasks to give up; ends the limit before. */
export function startRebalance(context: StreamsContext, groupId: string, member: GroupMember): void {
  const { memberId, epoch, rebalanceTimeoutMs } = member;
  context.timers.cancel('rebalance', groupId, memberId);
  if (member.state !== 'UnrevokedTasks') return;
  context.timers.start('rebalance', groupId, memberId, rebalanceTimeoutMs, () => {
    if (context.groups.get(groupId)?.members.get(memberId)?.epoch !== epoch) return;
    const reason = `it failed to transition from epoch ${epoch} within ${rebalanceTimeoutMs}ms`;
    expire(context, groupId, memberId, reason);
  });
}

function expire(context: StreamsContext, groupId: string, memberId: string, reason: string): void {
  const group = context.groups.get(groupId);
  if (!group?.members.has(memberId)) return;
  context.logger.info(`[GroupId ${groupId}] Streams member ${memberId} fenced from the group because ${reason}.`);
  try {
    fence(context, group, memberId);
  } catch (error) {
    context.logger.error(`Failed to fence ${memberId} from ${groupId}`, error);
  }
}
