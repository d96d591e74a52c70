// ConsumerGroupDescribe (ConsumerGroup.asDescribedGroup).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ConsumerGroupDescribe } from '../../../protocol/messages/consumer-group-describe.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { failedDescription } from '../failed-description.ts';
import { tableOrder } from '../list-order.ts';
import { mergeOwned, partitionsOf } from '../modern/assignment.ts';
import { namedPartitions } from '../modern/topic-catalog.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import type { GroupMember } from './group-member.ts';
import { existingGroup } from './leave.ts';
import { preferredAssignor } from './target.ts';

export type DescribedConsumerGroup = ResponseInput<typeof ConsumerGroupDescribe>['groups'][number];

/** ConsumerGroupDescribeResponse.MemberType: which protocol a member speaks itself. */
const MEMBER_TYPE = { CLASSIC: 0, CONSUMER: 1 } as const;

/** A group that is none of this protocol is described by its error. */
export function describeConsumerGroup(context: ConsumerContext, groupId: string): DescribedConsumerGroup {
  try {
    return describe(context, existingGroup(context, groupId));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}

function describe(context: ConsumerContext, group: ConsumerGroup): DescribedConsumerGroup {
  return {
    errorCode: ErrorCode.NONE,
    groupId: group.groupId,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.targetEpoch,
    assignorName: preferredAssignor(group, context.config.groupConsumerAssignors),
    members: tableOrder([...group.members.keys()]).map((memberId) =>
      describeMember(context, group, group.members.get(memberId)!),
    ),
  };
}

/** What a member has still to give up counts as its own. */
function describeMember({ topics }: ConsumerContext, group: ConsumerGroup, member: GroupMember) {
  return {
    memberId: member.memberId,
    instanceId: member.instanceId,
    rackId: member.rackId,
    memberEpoch: member.epoch,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: [...member.subscribedTopicNames],
    subscribedTopicRegex: member.subscribedTopicRegex,
    assignment: namedPartitions(topics, partitionsOf(mergeOwned(member.assigned, member.pendingRevocation))),
    targetAssignment: namedPartitions(topics, group.target(member.memberId)),
    memberType: member.classic === null ? MEMBER_TYPE.CONSUMER : MEMBER_TYPE.CLASSIC,
  };
}
