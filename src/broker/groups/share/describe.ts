// ShareGroupDescribe (ShareGroup.asDescribedGroup).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ShareGroupDescribe } from '../../../protocol/messages/share-group-describe.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { failedDescription } from '../failed-description.ts';
import { tableOrder } from '../list-order.ts';
import { namedPartitions } from '../modern/topic-catalog.ts';
import type { ShareContext } from './context.ts';
import { existingGroup } from './find-group.ts';
import type { ShareGroup } from './share-group.ts';

export type DescribedShareGroup = ResponseInput<typeof ShareGroupDescribe>['groups'][number];

const ASSIGNOR = 'simple';

/** A group that is no share group is described by its error. */
export function describeShareGroup(context: ShareContext, groupId: string): DescribedShareGroup {
  try {
    return describe(context, existingGroup(context, groupId));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}

function describe({ topics }: ShareContext, group: ShareGroup): DescribedShareGroup {
  return {
    errorCode: ErrorCode.NONE,
    groupId: group.groupId,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.targetEpoch,
    assignorName: ASSIGNOR,
    members: tableOrder([...group.members.keys()]).map((memberId) => {
      const member = group.members.get(memberId)!;
      return {
        memberId,
        rackId: member.rackId,
        memberEpoch: member.epoch,
        clientId: member.clientId,
        clientHost: member.clientHost,
        subscribedTopicNames: [...member.subscribedTopicNames],
        assignment: namedPartitions(topics, member.assigned),
      };
    }),
  };
}
