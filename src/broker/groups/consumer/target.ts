// The target assignment: what every member should have in a group epoch (TargetAssignmentBuilder).

import { hashMapOrder, javaStringHash } from '../../../util/java-hash.ts';
import { NO_ASSIGNMENT, sameAssignment } from '../modern/assignment.ts';
import { groupSetting } from '../modern/group-setting.ts';
import { topicIdsOf } from '../modern/topic-catalog.ts';
import { ASSIGNORS } from './assignors/index.ts';
import { assignorNames } from './assignors/names.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import type { Draft } from './draft.ts';

/** Makes a new target assignment if the group epoch is ahead of it and the last one is not too recent. */
export function updateTarget(context: ConsumerContext, draft: Draft): void {
  const { group } = draft;
  const nowMs = context.clock.nowMs();
  if (group.epoch <= group.targetEpoch || nowMs < notBeforeMs(context, group)) return;
  const assigned = assign(context, group);
  for (const [memberId, value] of assigned) {
    const before = group.targets.get(memberId);
    if (before === undefined || !sameAssignment(before, value)) draft.apply({ kind: 'target', memberId, value });
  }
  draft.apply({ kind: 'target-epoch', value: { epoch: group.epoch, timestampMs: nowMs } });
}

/** Changes that follow each other closely are met by one assignment (KIP-1263); with one member none can be. */
function notBeforeMs(context: ConsumerContext, group: ConsumerGroup): number {
  if (group.assignedAtMs === 0 || group.members.size <= 1) return 0;
  const { groupConsumerAssignmentIntervalMs } = context.config;
  const name = 'consumer.assignment.interval.ms';
  return group.assignedAtMs + groupSetting(context, group.groupId, name, groupConsumerAssignmentIntervalMs);
}

function assign({ config, topics }: ConsumerContext, group: ConsumerGroup): ReturnType<typeof runAssignor> {
  const members = hashMapOrder(group.members.values(), ({ memberId }) => javaStringHash(memberId)).map((member) => ({
    memberId: member.memberId,
    instanceId: member.instanceId,
    topicIds: topicIdsOf(topics, group.topicsOf(member)),
    current: group.targets.get(member.memberId) ?? NO_ASSIGNMENT,
  }));
  const partitionCount = (topicId: string) => topics.topicById(topicId)?.partitions.length ?? 0;
  return runAssignor(preferredAssignor(group, config.groupConsumerAssignors), { members, partitionCount });
}

function runAssignor(name: string, input: Parameters<NonNullable<ReturnType<typeof ASSIGNORS.get>>>[0]) {
  return ASSIGNORS.get(name)!(input);
}

/** The one that most members ask for, else the broker's first. */
export function preferredAssignor(group: ConsumerGroup, assignors: readonly string[]): string {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of group.members.values()) {
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  }
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? assignorNames(assignors)[0]!;
}
