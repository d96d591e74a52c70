// ConsumerGroupDescribe (v0-1, KIP-848): v1 the kind of each member. Rules: groups/consumer/describe.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ConsumerGroupDescribe } from '../../protocol/messages/consumer-group-describe.ts';
import { ALL_GROUP_OPERATIONS } from '../authorized-operations.ts';
import type { DescribedConsumerGroup } from '../groups/consumer/describe.ts';
import { failedDescription } from '../groups/failed-description.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { assertConsumerGroups } from './group-protocols.ts';

export const consumerGroupDescribeHandler = defineHandler(ConsumerGroupDescribe, (request, { services }) => {
  const groups = request.groupIds.map((groupId) => describe(services, groupId));
  if (!request.includeAuthorizedOperations) return { throttleTimeMs: 0, groups };
  return {
    throttleTimeMs: 0,
    groups: groups.map((group) =>
      group.errorCode === ErrorCode.NONE ? { ...group, authorizedOperations: ALL_GROUP_OPERATIONS } : group,
    ),
  };
});

function describe(services: Services, groupId: string): DescribedConsumerGroup {
  try {
    assertConsumerGroups(services);
  } catch (error) {
    return withoutMessage(groupId, error);
  }
  if (groupId === '') return withoutMessage('', new KafkaError(ErrorCode.INVALID_GROUP_ID));
  try {
    return services.groups.describeConsumerGroup(groupId);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}

/** What Kafka refuses before its coordinator is asked has a code alone. */
function withoutMessage(groupId: string, error: unknown): DescribedConsumerGroup {
  if (!(error instanceof KafkaError)) throw error;
  return { ...failedDescription(groupId, error), errorMessage: null };
}
