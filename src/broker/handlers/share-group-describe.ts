// ShareGroupDescribe (v1, KIP-932). Rules: groups/share/describe.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareGroupDescribe } from '../../protocol/messages/share-group-describe.ts';
import { ALL_GROUP_OPERATIONS } from '../authorized-operations.ts';
import { failedDescription } from '../groups/failed-description.ts';
import type { DescribedShareGroup } from '../groups/share/describe.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { assertShareGroups } from './group-protocols.ts';

export const shareGroupDescribeHandler = defineHandler(ShareGroupDescribe, (request, { services }) => {
  try {
    assertShareGroups(services);
  } catch (error) {
    return { throttleTimeMs: 0, groups: request.groupIds.map((groupId) => withoutMessage(groupId, error)) };
  }
  const named = request.groupIds.filter((groupId) => groupId !== '');
  const nameless = request.groupIds.filter((groupId) => groupId === '').map(describeNameless);
  const groups = [...nameless, ...named.map((groupId) => describe(services, groupId))];
  if (!request.includeAuthorizedOperations) return { throttleTimeMs: 0, groups };
  return {
    throttleTimeMs: 0,
    groups: groups.map((group) =>
      group.errorCode === ErrorCode.NONE ? { ...group, authorizedOperations: ALL_GROUP_OPERATIONS } : group,
    ),
  };
});

function describeNameless(groupId: string): DescribedShareGroup {
  return withoutMessage(groupId, new KafkaError(ErrorCode.INVALID_GROUP_ID));
}

function describe(services: Services, groupId: string): DescribedShareGroup {
  try {
    return services.groups.sharesOf(groupId).describe(groupId);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}

/** What Kafka refuses before its coordinator is asked has a code alone. */
function withoutMessage(groupId: string, error: unknown): DescribedShareGroup {
  if (!(error instanceof KafkaError)) throw error;
  return { ...failedDescription(groupId, error), errorMessage: null };
}
