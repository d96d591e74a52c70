// StreamsGroupDescribe (v0, KIP-1071). Rules: groups/streams/describe.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { StreamsGroupDescribe } from '../../protocol/messages/streams-group-describe.ts';
import { ALL_GROUP_OPERATIONS } from '../authorized-operations.ts';
import { type DescribedStreamsGroup, failedDescription } from '../groups/streams/describe.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { assertStreamsGroups } from './group-protocols.ts';

export const streamsGroupDescribeHandler = defineHandler(StreamsGroupDescribe, (request, { services }) => {
  // Kafka answers names that are none before it asks the coordinator.
  const inOrder = [...request.groupIds].sort((a, b) => Number(a !== '') - Number(b !== ''));
  const groups = inOrder.map((groupId) => describe(services, groupId));
  if (!request.includeAuthorizedOperations) return { throttleTimeMs: 0, groups };
  return {
    throttleTimeMs: 0,
    groups: groups.map((group) =>
      group.errorCode === ErrorCode.NONE ? { ...group, authorizedOperations: ALL_GROUP_OPERATIONS } : group,
    ),
  };
});

function describe(services: Services, groupId: string): DescribedStreamsGroup {
  try {
    assertStreamsGroups(services);
    if (groupId === '') return failedDescription(groupId, ErrorCode.INVALID_GROUP_ID);
    return services.groups.streamsOf(groupId).describe(groupId);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error.code, error.message);
  }
}
