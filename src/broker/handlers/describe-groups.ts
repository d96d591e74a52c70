// DescribeGroups (v0-6): v3 authorized operations (KIP-430), v4 static members (KIP-345), v6 GROUP_ID_NOT_FOUND with a
// message instead of a Dead group (KIP-1043).
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeGroups } from '../../protocol/messages/describe-groups.ts';
import { ALL_GROUP_OPERATIONS } from '../authorized-operations.ts';
import type { DescribedGroup } from '../groups/describe.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const describeGroupsHandler = defineHandler(DescribeGroups, (request, { services, apiVersion }) => {
  const groups = request.groups.map((groupId) => describe(services, groupId, apiVersion));
  if (!request.includeAuthorizedOperations) return { groups };
  return {
    groups: groups.map((group) =>
      group.errorCode === ErrorCode.NONE ? { ...group, authorizedOperations: ALL_GROUP_OPERATIONS } : group,
    ),
  };
});

function describe(services: Services, groupId: string, apiVersion: number): DescribedGroup {
  try {
    return services.groups.describe(groupId, apiVersion);
  } catch (error) {
    const errorCode = errorCodeOf(error);
    return { errorCode, groupId, groupState: '', protocolType: '', protocolData: '', members: [] };
  }
}
