// The target assignment: what every member should read in a group epoch (ShareTargetAssignmentBuilder).

import { hashMapOrder, javaStringHash } from '../../../util/java-hash.ts';
import { NO_ASSIGNMENT, sameAssignment } from '../modern/assignment.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { topicIdsOf } from '../modern/topic-catalog.ts';
import type { ShareContext } from './context.ts';
import type { Draft } from './draft.ts';
import { assignSimply } from './simple-assignor.ts';

/** Makes a new target assignment if the group epoch is ahead of it and the last one is not too recent (KIP-1263). */
export function updateTarget(context: ShareContext, draft: Draft): void {
  const { group } = draft;
  const nowMs = context.clock.nowMs();
  if (group.epoch <= group.targetEpoch) return;
  const name = 'share.assignment.interval.ms';
  const intervalMs = groupSetting(context, group.groupId, name, context.config.groupShareAssignmentIntervalMs);
  if (group.assignedAtMs !== 0 && nowMs < group.assignedAtMs + intervalMs) return;
  const members = hashMapOrder(group.members.values(), ({ memberId }) => javaStringHash(memberId)).map((member) => ({
    memberId: member.memberId,
    instanceId: null,
    topicIds: topicIdsOf(context.topics, member.subscribedTopicNames),
    current: group.targets.get(member.memberId) ?? NO_ASSIGNMENT,
  }));
  const { initialized } = group.topicsWithState;
  const assigned = assignSimply({ members, assignable: (topicId) => initialized.get(topicId)?.partitions ?? [] });
  for (const [memberId, value] of assigned) {
    const before = group.targets.get(memberId);
    if (before === undefined || !sameAssignment(before, value)) draft.apply({ kind: 'target', memberId, value });
  }
  draft.apply({ kind: 'target-epoch', value: { epoch: group.epoch, timestampMs: nowMs } });
}
