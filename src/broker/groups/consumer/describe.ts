// ConsumerGroupDescribe (ConsumerGroup.asDescribedGroup).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ConsumerGroupDescribe } from '../../../protocol/messages/consumer-group-describe.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { tableOrder } from '../list-order.ts';
import { type Assignment, mergeOwned, partitionsOf } from './assignment.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import type { GroupMember } from './group-member.ts';
import { existingGroup } from './leave.ts';
import { preferredAssignor } from './target.ts';

export type DescribedConsumerGroup = ResponseInput<typeof ConsumerGroupDescribe>['groups'][number];

/** A member that speaks the consumer protocol itself. */
const CONSUMER_MEMBER = 1;

/** A group that is none of this protocol is described by its error. */
export function describeConsumerGroup(context: ConsumerContext, groupId: string): DescribedConsumerGroup {
  try {
    return describe(context, existingGroup(context, groupId));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}

export function failedDescription(groupId: string, error: KafkaError): DescribedConsumerGroup {
  const nothing = { groupState: '', groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  return { errorCode: error.code, errorMessage: error.message, groupId, ...nothing };
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
function describeMember(context: ConsumerContext, group: ConsumerGroup, member: GroupMember) {
  return {
    memberId: member.memberId,
    instanceId: member.instanceId,
    rackId: member.rackId,
    memberEpoch: member.epoch,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: [...member.subscribedTopicNames],
    subscribedTopicRegex: member.subscribedTopicRegex,
    assignment: named(context, partitionsOf(mergeOwned(member.assigned, member.pendingRevocation))),
    targetAssignment: named(context, group.target(member.memberId)),
    memberType: CONSUMER_MEMBER,
  };
}

/** Topics that are gone are left out. */
function named({ topics }: ConsumerContext, assignment: Assignment) {
  return {
    topicPartitions: [...assignment].flatMap(([topicId, partitions]) => {
      const topic = topics.topicById(topicId);
      return topic ? [{ topicId, topicName: topic.name, partitions: [...partitions] }] : [];
    }),
  };
}
