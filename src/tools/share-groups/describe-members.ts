import type { Admin, CallOptions, ShareGroupDescription, ShareGroupMember } from '../../client/admin.ts';
import { assignmentText, membersTable } from '../consumer-groups/describe-members.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { byTitle, type Report } from '../report.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { columnsText, deadNotice, describedGroups, emptyNotices, fixed, growing } from './groups.ts';

/** `share-groups --describe --members`, by member id. */
export async function describeMembers(
  admin: Pick<Admin, 'listGroups' | 'describeShareGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = (await describedGroups(admin, choice, options)).map((group) => ({
    ...group,
    members: [...group.members].sort((a, b) => byCodeUnits(a.memberId, b.memberId)),
  }));
  return {
    data: groups.map(({ groupId, state, members }) => ({
      group: groupId,
      state,
      members: members.map(({ memberId, host, clientId, memberEpoch, assignment }) => ({
        ...{ memberId, host, clientId, memberEpoch, assignment },
      })),
    })),
    text: groups.map((group) => deadNotice(group) + membersText(group, choice.verbose)).join(''),
    table: byTitle(groups.map(membersTable)),
    warnings: emptyNotices(groups),
  };
}

function membersText({ groupId, state, members }: ShareGroupDescription, verbose: boolean): string {
  if (state === 'Dead' || members.length === 0) return '';
  const columns = [
    growing<ShareGroupMember>('GROUP', 15, () => groupId),
    growing<ShareGroupMember>('CONSUMER-ID', 15, ({ memberId }) => memberId),
    growing<ShareGroupMember>('HOST', 15, ({ host }) => host),
    growing<ShareGroupMember>('CLIENT-ID', 15, ({ clientId }) => clientId),
    fixed<ShareGroupMember>('#PARTITIONS', 12, ({ assignment }) => String(assignment.length)),
    ...(verbose ? [fixed<ShareGroupMember>('MEMBER-EPOCH', 13, ({ memberEpoch }) => String(memberEpoch))] : []),
    fixed<ShareGroupMember>('ASSIGNMENT', 0, ({ assignment }) =>
      assignment.length === 0 ? '' : assignmentText(assignment),
    ),
  ];
  return columnsText(columns, members);
}
