// A new group waits a moment for further members before the first tasks are assigned (streams.initial.rebalance.delay.ms).
import { groupSetting } from '../modern/group-setting.ts';
import { commitChanges } from './commit-changes.ts';
import type { StreamsContext } from './context.ts';
import { newTarget } from './target.ts';

/** Begins to wait unless the group waits already. */
export function delayFirstAssignment(context: StreamsContext, groupId: string): void {
  const { groupStreamsInitialRebalanceDelayMs } = context.config;
  const name = 'streams.initial.rebalance.delay.ms';
  const delayMs = groupSetting(context, groupId, name, groupStreamsInitialRebalanceDelayMs);
  if (delayMs <= 0 || context.delays.has(groupId)) return;
  const timer = context.clock.setTimer(delayMs, () => {
    context.delays.delete(groupId);
    try {
      assignNow(context, groupId);
    } catch (error) {
      context.logger.error(`Failed to assign the tasks of ${groupId} after the initial rebalance delay`, error);
    }
  });
  context.delays.set(groupId, timer);
}

export function isDelayed(context: StreamsContext, groupId: string): boolean {
  return context.delays.has(groupId);
}

export function cancelDelay(context: StreamsContext, groupId: string): void {
  context.delays.get(groupId)?.cancel();
  context.delays.delete(groupId);
}

/** Where the members have not been heard of since the group was made, the next heartbeat assigns. */
function assignNow(context: StreamsContext, groupId: string): void {
  const group = context.groups.get(groupId);
  if (!group || group.members.size === 0 || group.configured === null || group.epoch <= group.targetEpoch) return;
  const { epoch, members, configured, assignmentConfigs: configs } = group;
  const { changes } = newTarget(group, { epoch, members, configured, configs }, context.clock.nowMs());
  commitChanges(context, group, changes);
}
