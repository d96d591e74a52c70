// DescribeGroups and ListGroups.

import { ErrorCode } from '../../protocol/errors.ts';
import type { DescribeGroups } from '../../protocol/messages/describe-groups.ts';
import type { ListGroups } from '../../protocol/messages/list-groups.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { EMPTY_ASSIGNMENT } from './member.ts';
import { kindOf } from './modern/group-kind.ts';

export type DescribedGroup = ResponseInput<typeof DescribeGroups>['groups'][number];
export type ListedGroup = ResponseInput<typeof ListGroups>['groups'][number];

/** From this version on a group that does not exist is an error; before, it is a Dead one without (KIP-1043). */
const GROUP_ID_NOT_FOUND_VERSION = 6;

export function describeGroup(context: GroupContext, groupId: string, apiVersion: number): DescribedGroup {
  const group = context.groups.get(groupId);
  if (group) return describe(group);
  const missing = { groupId, groupState: 'Dead', protocolType: '', protocolData: '', members: [] };
  const text = kindOf(context.kinds, groupId)
    ? `Group ${groupId} is not a classic group.`
    : `Group ${groupId} not found.`;
  if (apiVersion < GROUP_ID_NOT_FOUND_VERSION) return { ...missing, errorCode: ErrorCode.NONE };
  return { ...missing, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: text };
}

/** Protocol and metadata are only told of a stable group. */
function describe(group: ClassicGroup): DescribedGroup {
  const protocolName = group.state === 'Stable' ? group.protocolName : null;
  return {
    errorCode: ErrorCode.NONE,
    groupId: group.groupId,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: protocolName ?? '',
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: protocolName === null ? EMPTY_ASSIGNMENT : member.metadata(protocolName),
      memberAssignment: member.assignment,
    })),
  };
}

/**
 * Those of the groups that are in the given states and of the given types, whose names may be in any case; an empty
 * filter lets all pass.
 */
export function listGroups(
  context: GroupContext,
  groupIds: readonly string[],
  { states, types }: { states: readonly string[]; types: readonly string[] },
): ListedGroup[] {
  const wantedStates = new Set(states.map((state) => state.toLowerCase().trim()));
  const wantedTypes = new Set(types.map((type) => type.toLowerCase()));
  return groupIds
    .map((groupId) => listed(context, groupId))
    .filter(({ groupState }) => wantedStates.size === 0 || wantedStates.has(groupState.toLowerCase()))
    .filter(({ groupType }) => wantedTypes.size === 0 || wantedTypes.has(groupType));
}

function listed(context: GroupContext, groupId: string): ListedGroup & { groupState: string; groupType: string } {
  const kind = kindOf(context.kinds, groupId);
  if (kind) return { groupId, protocolType: kind.type, groupState: kind.get(groupId)!.state, groupType: kind.type };
  const { protocolType, state } = context.groups.get(groupId)!;
  return { groupId, protocolType: protocolType ?? '', groupState: state, groupType: 'classic' };
}
