// Members that are not heard of, or do not do what they should in time, are taken out of their group.
import { groupSetting } from '../modern/group-setting.ts';
import type { ConsumerContext } from './context.ts';
import type { GroupMember } from './group-member.ts';
import { fence } from './leave.ts';

/** A member of the classic protocol has the session timeout it asked for. */
export function startSession(context: ConsumerContext, groupId: string, member: GroupMember): void {
  const { groupConsumerSessionTimeoutMs } = context.config;
  const { memberId, classic } = member;
  const timeoutMs =
    classic?.sessionTimeoutMs ??
    groupSetting(context, groupId, 'consumer.session.timeout.ms', groupConsumerSessionTimeoutMs);
  context.timers.start('session', groupId, memberId, timeoutMs, () =>
    expire(context, groupId, memberId, 'the member session expired'),
  );
}

/** Gives a member its rebalance timeout if it has partitions to give up; ends the limit before. */
export function startRebalance(context: ConsumerContext, groupId: string, member: GroupMember): void {
  const { memberId, epoch, rebalanceTimeoutMs } = member;
  context.timers.cancel('rebalance', groupId, memberId);
  // Members of the classic protocol have to join again instead.
  if (member.state !== 'UnrevokedPartitions' || member.classic !== null) return;
  context.timers.start('rebalance', groupId, memberId, rebalanceTimeoutMs, () => {
    if (context.groups.get(groupId)?.members.get(memberId)?.epoch !== epoch) return;
    const reason = `the member failed to transition from epoch ${epoch} within ${rebalanceTimeoutMs}ms`;
    expire(context, groupId, memberId, reason);
  });
}

/** A member of the classic protocol was told of a rebalance: the first time counts. */
export function expectJoin(context: ConsumerContext, groupId: string, { memberId, rebalanceTimeoutMs }: GroupMember) {
  if (context.timers.isRunning('join', groupId, memberId)) return;
  context.timers.start('join', groupId, memberId, rebalanceTimeoutMs, () =>
    expire(context, groupId, memberId, 'the classic member failed to join within the rebalance timeout'),
  );
}

/** A member of the classic protocol has joined and has to fetch its assignment. */
export function expectSync(context: ConsumerContext, groupId: string, { memberId, rebalanceTimeoutMs }: GroupMember) {
  context.timers.start('sync', groupId, memberId, rebalanceTimeoutMs, () =>
    expire(context, groupId, memberId, 'the member failed to sync within the rebalance timeout'),
  );
}

function expire(context: ConsumerContext, groupId: string, memberId: string, reason: string): void {
  const group = context.groups.get(groupId);
  if (!group?.members.has(memberId)) return;
  context.logger.info(`[GroupId ${groupId}] Member ${memberId} fenced from the group because ${reason}.`);
  try {
    fence(context, group, [memberId]);
  } catch (error) {
    context.logger.error(`Failed to fence ${memberId} from ${groupId}`, error);
  }
}
