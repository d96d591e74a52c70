import type {
  Admin,
  CallOptions,
  StreamsGroupDescription,
  StreamsGroupMember,
  StreamsTasks,
} from '../../client/admin.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { byTitle, type Report } from '../report.ts';
import { describedGroups } from './groups.ts';

/** `streams-groups --describe --members`: nothing for a group without members. */
export async function describeMembers(
  admin: Pick<Admin, 'listGroups' | 'describeStreamsGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  return {
    data: groups.map(groupData),
    text: groups.map((group) => membersText(group, choice.verbose)).join(''),
    table: byTitle(
      groups.map(({ groupId, state, members }) => ({
        title: `${groupId}  (${state})`,
        columns: ['Client', 'Process', 'Tasks', 'Member'],
        rows: members.map((member) => [
          member.clientId,
          member.processId,
          tasksText(member.assignment).trim(),
          member.memberId,
        ]),
      })),
    ),
  };
}

const groupData = ({ groupId, state, assignmentEpoch, topologyEpoch, members }: StreamsGroupDescription) => ({
  group: groupId,
  state,
  targetAssignmentEpoch: assignmentEpoch,
  topologyEpoch,
  members: members.map(({ memberId, host, clientId, processId, memberEpoch, isClassic, ...assigned }) => ({
    ...{ memberId, host, clientId, processId, memberEpoch, isClassic },
    assignment: assigned.assignment,
    targetAssignment: assigned.targetAssignment,
  })),
});

function membersText(group: StreamsGroupDescription, verbose: boolean): string {
  const { groupId, state, members } = group;
  if (state === 'Dead' || members.length === 0) return '';
  const width = (heading: number, value: (member: StreamsGroupMember) => string) =>
    Math.max(heading, ...members.map((member) => value(member).length));
  const widths = {
    group: Math.max(15, groupId.length),
    member: width(15, ({ memberId }) => memberId),
    process: width(15, ({ processId }) => processId),
    client: width(15, ({ clientId }) => clientId),
  };
  const short = (name: string, member: string, process: string, client: string, tasks: string) =>
    `${name.padEnd(widths.group)} ${member.padEnd(widths.member)} ${process.padEnd(widths.process)} ${client.padEnd(widths.client)} ${tasks}\n`;
  if (!verbose) {
    const rows = members.map((one) =>
      short(groupId, one.memberId, one.processId, one.clientId, tasksText(one.assignment)),
    );
    return [short('GROUP', 'MEMBER', 'PROCESS', 'CLIENT-ID', 'ASSIGNMENTS'), ...rows].join('');
  }
  // There is no blank between the epoch of the topology and the member, as in Kafka's script.
  const columns = [widths.group, 25, 15, widths.member, 15, 15, widths.process, widths.client, 0];
  const last = columns.length - 1;
  const long = (cells: readonly string[]) =>
    `${cells.map((cell, i) => (i === last ? cell : `${cell.padEnd(columns[i]!)}${i === 2 ? '' : ' '}`)).join('')}\n`;
  const heading = ['GROUP', 'TARGET-ASSIGNMENT-EPOCH', 'TOPOLOGY-EPOCH', 'MEMBER', 'MEMBER-PROTOCOL', 'MEMBER-EPOCH'];
  const rows = members.map((one) =>
    long([
      groupId,
      String(group.assignmentEpoch),
      String(group.topologyEpoch),
      one.memberId,
      one.isClassic ? 'classic' : 'streams',
      String(one.memberEpoch),
      one.processId,
      one.clientId,
      tasksText(one.assignment) + tasksText(one.targetAssignment, 'TARGET-'),
    ]),
  );
  return [long([...heading, 'PROCESS', 'CLIENT-ID', 'ASSIGNMENTS']), ...rows].join('');
}

/** `ACTIVE: 0:[0,1]; 1:[0]; STANDBY: 1:[1]; `. */
function tasksText({ active, standby, warmup }: StreamsTasks, prefix = ''): string {
  const kinds = [
    ['ACTIVE', active],
    ['STANDBY', standby],
    ['WARMUP', warmup],
  ] as const;
  return kinds
    .filter(([, tasks]) => tasks.length > 0)
    .map(([kind, tasks]) => {
      const ids = tasks.map(({ subtopologyId, partitions }) => `${subtopologyId}:[${partitions.join(',')}]; `);
      return `${prefix}${kind}: ${ids.join('')}`;
    })
    .join('');
}
