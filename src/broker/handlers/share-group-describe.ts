// ShareGroupDescribe (v1, KIP-932). Rules: groups/share/describe.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareGroupDescribe } from '../../protocol/messages/share-group-describe.ts';
import { ALL_GROUP_OPERATIONS } from '../authorized-operations.ts';
import { type DescribedShareGroup, failedDescription } from '../groups/share/describe.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

export const shareGroupDescribeHandler = defineHandler(ShareGroupDescribe, (request, { services }) => {
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
  return { ...failedDescription(groupId, new KafkaError(ErrorCode.INVALID_GROUP_ID)), errorMessage: null };
}

function describe(services: Services, groupId: string): DescribedShareGroup {
  if (groupId === '')
    return { ...failedDescription('', new KafkaError(ErrorCode.INVALID_GROUP_ID)), errorMessage: null };
  try {
    return services.groups.sharesOf(groupId).describe(groupId);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error);
  }
}
