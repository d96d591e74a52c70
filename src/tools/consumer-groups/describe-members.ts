import type { Admin, CallOptions, GroupDescription, GroupMember, TopicPartition } from '../../client/admin.ts';
import { byTitle, type Report, type Table } from '../report.ts';
import { epoch } from './describe-state.ts';
import { deadNotice, describedGroups, type GroupChoice, stateNotices } from './described-groups.ts';

/**
 * `consumer-groups --describe --members`: every column is padded, so lines end with blanks; the heading comes also for a
 * group without members.
 */
export async function describeMembers(
  admin: Pick<Admin, 'listGroups' | 'describeGroups'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  return {
    data: groups.map(groupData),
    text: groups.map((group) => deadNotice(group) + membersText(group, choice.verbose)).join(''),
    table: byTitle(groups.map(membersTable)),
    warnings: stateNotices(groups),
  };
}

interface GroupWithMembers {
  readonly groupId: string;
  readonly state: string;
  readonly members: readonly Pick<GroupMember, 'clientId' | 'host' | 'assignment' | 'memberId'>[];
}

/** The members of a group as a person is shown them. */
export const membersTable = ({ groupId, state, members }: GroupWithMembers): Table => ({
  title: `${groupId}  (${state})`,
  columns: ['Client', 'Host', 'Partitions', 'Assignment', 'Member'],
  rows: members.map(({ clientId, host, assignment, memberId }) => [
    clientId,
    host,
    assignment.length,
    assignmentText(assignment),
    memberId,
  ]),
});

const groupData = ({ groupId, state, assignmentEpoch, members }: GroupDescription) => ({
  group: groupId,
  state,
  targetAssignmentEpoch: epoch(assignmentEpoch),
  members: members.map(({ memberId, groupInstanceId, host, clientId, memberEpoch, upgraded, ...assigned }) => ({
    ...{ memberId, groupInstanceId, host, clientId, memberEpoch: epoch(memberEpoch), upgraded },
    assignment: assigned.assignment,
    targetAssignment: assigned.targetAssignment,
  })),
});

interface Column {
  readonly heading: string;
  /** Width; 0 for cells as wide as they are. */
  readonly least: number;
  /** What follows the padded cell. */
  readonly after: string;
  value(member: GroupMember): string;
}

const column = (heading: string, least: number, value: Column['value'], after = ' '): Column => ({
  heading,
  least,
  after,
  value,
});

function columnsOf(group: GroupDescription, verbose: boolean): Column[] {
  const { members } = group;
  const instances = members.some(({ groupInstanceId }) => groupInstanceId !== null && groupInstanceId !== '');
  const mixed = members.some(({ upgraded }) => upgraded === true) && members.some(({ upgraded }) => upgraded === false);
  return [
    column('GROUP', 15, () => group.groupId),
    column('CONSUMER-ID', 15, ({ memberId }) => memberId),
    ...(instances ? [column('GROUP-INSTANCE-ID', 17, ({ groupInstanceId }) => groupInstanceId ?? '')] : []),
    column('HOST', 15, ({ host }) => host),
    column('CLIENT-ID', 15, ({ clientId }) => clientId),
    column('#PARTITIONS', 15, ({ assignment }) => String(assignment.length)),
    ...(verbose ? verboseColumns(group, mixed) : []),
  ];
}

const verboseColumns = ({ assignmentEpoch }: GroupDescription, mixed: boolean): Column[] => [
  column('CURRENT-EPOCH', 15, ({ memberEpoch }) => epochText(memberEpoch)),
  column('CURRENT-ASSIGNMENT', 20, ({ assignment }) => assignmentText(assignment)),
  column('TARGET-EPOCH', 15, () => epochText(assignmentEpoch)),
  column('TARGET-ASSIGNMENT', 20, ({ targetAssignment }) => assignmentText(targetAssignment ?? []), mixed ? ' ' : ''),
  ...(mixed ? [column('UPGRADED', 0, ({ upgraded }) => String(upgraded ?? '-'), '')] : []),
];

const epochText = (value: number): string => String(epoch(value) ?? '-');

/** `topic:0,1;other:2`, `-` for none. */
export function assignmentText(partitions: readonly TopicPartition[]): string {
  if (partitions.length === 0) return '-';
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of partitions) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition]);
  return [...byTopic]
    .map(([topic, ids]) => `${topic}:${ids.sort((a, b) => a - b).join(',')}`)
    .sort()
    .join(';');
}

function membersText(group: GroupDescription, verbose: boolean): string {
  const columns = columnsOf(group, verbose).map((spec) => {
    const values = group.members.map(spec.value);
    const width = spec.least === 0 ? 0 : Math.max(spec.least, ...values.map(({ length }) => length));
    return { ...spec, values, width };
  });
  const line = (cell: (spec: (typeof columns)[number]) => string): string =>
    `${columns.map((spec) => cell(spec).padEnd(spec.width) + spec.after).join('')}\n`;
  const rows = group.members.map((_, i) => line(({ values }) => values[i]!));
  return `\n${line(({ heading }) => heading)}${rows.join('')}`;
}
