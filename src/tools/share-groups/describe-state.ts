import type { Admin, CallOptions, ShareGroupDescription } from '../../client/admin.ts';
import { coordinatorText } from '../consumer-groups/describe-state.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import type { Report } from '../report.ts';
import { columnsText, deadNotice, describedGroups, emptyNotices, fixed, growing } from './groups.ts';

/**
 * `share-groups --describe --state`: a table of one row for each group.
 * Data: [{ group, coordinator: { id, host, port }, state, groupEpoch, targetAssignmentEpoch, members }].
 */
export async function describeState(
  admin: Pick<Admin, 'listGroups' | 'describeShareGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  return {
    data: groups.map(({ groupId, coordinator: { id, host, port }, state, groupEpoch, assignmentEpoch, members }) => ({
      group: groupId,
      coordinator: { id, host, port },
      state,
      groupEpoch,
      targetAssignmentEpoch: assignmentEpoch,
      members: members.length,
    })),
    text: groups.map((group) => deadNotice(group) + stateText(group, choice.verbose)).join(''),
    table: {
      columns: ['Group', 'State', 'Members', 'Coordinator'],
      unordered: true,
      rows: groups.map((group) => [group.groupId, group.state, group.members.length, coordinatorText(group)]),
    },
    warnings: emptyNotices(groups),
  };
}

function stateText(group: ShareGroupDescription, verbose: boolean): string {
  type Row = ShareGroupDescription;
  const columns = [
    growing<Row>('GROUP', 15, ({ groupId }) => groupId),
    growing<Row>('COORDINATOR (ID)', 25, coordinatorText),
    fixed<Row>('STATE', 15, ({ state }) => state),
    ...(verbose
      ? [
          fixed<Row>('GROUP-EPOCH', 12, ({ groupEpoch }) => String(groupEpoch)),
          fixed<Row>('ASSIGNMENT-EPOCH', 17, ({ assignmentEpoch }) => String(assignmentEpoch)),
        ]
      : []),
    fixed<Row>('#MEMBERS', 0, ({ members }) => String(members.length)),
  ];
  return columnsText(columns, [group]);
}
