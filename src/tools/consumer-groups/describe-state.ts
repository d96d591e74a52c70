import type { Admin, CallOptions, GroupDescription } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { deadNotice, describedGroups, type GroupChoice, stateNotices } from './described-groups.ts';

/**
 * `consumer-groups --describe --state`: a table of one row for each group.
 */
export async function describeState(
  admin: Pick<Admin, 'listGroups' | 'describeGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  return {
    data: groups.map((group) => ({
      group: group.groupId,
      coordinator: { id: group.coordinator.id, host: group.coordinator.host, port: group.coordinator.port },
      assignmentStrategy: group.assignor || null,
      state: group.state,
      groupEpoch: epoch(group.groupEpoch),
      targetAssignmentEpoch: epoch(group.assignmentEpoch),
      members: group.members.length,
    })),
    text: groups.map((group) => deadNotice(group) + stateText(group, choice.verbose)).join(''),
    table: {
      columns: ['Group', 'State', 'Members', 'Assignment', 'Coordinator'],
      unordered: true,
      rows: groups.map((group) => [
        group.groupId,
        group.state,
        group.members.length,
        group.assignor || '-',
        coordinatorText(group),
      ]),
    },
    warnings: stateNotices(groups),
  };
}

/** An epoch of a group or member; null for none, as classic ones have. */
export const epoch = (value: number): number | null => (value < 0 ? null : value);

/** The coordinator of a group as its table names it. */
export const coordinatorText = ({ coordinator: { host, port, id } }: Pick<GroupDescription, 'coordinator'>): string =>
  `${host}:${port}  (${id})`;

function stateText(group: GroupDescription, verbose: boolean): string {
  if (group.state === 'Dead') return '';
  const coordinator = coordinatorText(group);
  const cells: readonly (readonly [heading: string, value: string, width: number])[] = [
    ['GROUP', group.groupId, Math.max(15, group.groupId.length)],
    ['COORDINATOR (ID)', coordinator, Math.max(25, coordinator.length)],
    ['ASSIGNMENT-STRATEGY', group.assignor || '-', 20],
    ['STATE', group.state, 20],
    ...(verbose
      ? ([
          ['GROUP-EPOCH', String(epoch(group.groupEpoch) ?? '-'), 15],
          ['TARGET-ASSIGNMENT-EPOCH', String(epoch(group.assignmentEpoch) ?? '-'), 25],
        ] as const)
      : []),
    ['#MEMBERS', String(group.members.length), 0],
  ];
  const line = (index: 0 | 1) => cells.map((cell) => cell[index].padEnd(cell[2])).join(' ');
  return `\n${line(0)}\n${line(1)}\n`;
}
