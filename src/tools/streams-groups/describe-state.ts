import type { Admin, CallOptions, StreamsGroupDescription } from '../../client/admin.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import type { Report } from '../report.ts';
import { describedGroups, emptyNotice } from './groups.ts';

/** `streams-groups --describe --state`. */
export async function describeState(
  admin: Pick<Admin, 'listGroups' | 'describeStreamsGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  return {
    data: groups.map(({ groupId, coordinator, state, groupEpoch, assignmentEpoch, members }) => {
      const { id, host, port } = coordinator;
      return {
        group: groupId,
        coordinator: { id, host, port },
        state,
        groupEpoch,
        targetAssignmentEpoch: assignmentEpoch,
        members: members.length,
      };
    }),
    text: groups.map((group) => emptyNotice(group) + stateText(group, choice.verbose)).join(''),
    table: {
      columns: ['Group', 'Coordinator', 'State', 'Members'],
      unordered: true,
      rows: groups.map((group) => [group.groupId, nodeText(group), group.state, group.members.length]),
    },
  };
}

const nodeText = ({ coordinator: { id, host, port } }: StreamsGroupDescription): string => `${host}:${port} (${id})`;

function stateText(group: StreamsGroupDescription, verbose: boolean): string {
  const node = nodeText(group);
  const line = (name: string, coordinator: string, state: string, epochs: readonly [string, string], members: string) =>
    `${[
      name.padEnd(Math.max(15, group.groupId.length)),
      coordinator.padEnd(Math.max(25, node.length)),
      state.padEnd(25),
      ...(verbose ? [epochs[0].padEnd(15), epochs[1].padEnd(25)] : []),
      members,
    ].join(' ')}\n`;
  const epochs = [String(group.groupEpoch), String(group.assignmentEpoch)] as const;
  return (
    line('GROUP', 'COORDINATOR (ID)', 'STATE', ['GROUP-EPOCH', 'TARGET-ASSIGNMENT-EPOCH'], '#MEMBERS') +
    line(group.groupId, node, group.state, epochs, String(group.members.length))
  );
}
