import type {
  Admin,
  CallOptions,
  CommittedOffset,
  GroupDescription,
  OffsetResult,
  TopicPartition,
} from '../../client/admin.ts';
import { allOf } from '../outcomes.ts';
import { byTitle, type Report, type Table } from '../report.ts';
import { EXECUTION_EXCEPTION, WrappedError, wrapping } from '../wrapped-error.ts';
import { deadNotice, describedGroups, type GroupChoice, stateNotices } from './described-groups.ts';
import { byPartition, inHashOrder, partitionKey } from './partitions.ts';

type DescribingAdmin = Pick<
  Admin,
  'listGroups' | 'describeGroups' | 'describeTopics' | 'listGroupOffsets' | 'listOffsets'
>;

interface Row {
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number | null;
  readonly currentOffset: number | null;
  readonly logEndOffset: number | null;
  readonly lag: number | null;
  readonly memberId: string | null;
  readonly host: string | null;
  readonly clientId: string | null;
}

/**
 * `consumer-groups --describe [--offsets]`: the partitions of each member, members with most of them first, then those
 * with an offset but no member. A group without rows has no table.
 * Data: [{ group, state, partitions: [{ topic, partition, leaderEpoch, currentOffset, logEndOffset, lag, memberId, host,
 * clientId }] }]; null for what is not known.
 */
export async function describeOffsets(
  admin: DescribingAdmin,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups = await describedGroups(admin, choice, options);
  const described: { group: GroupDescription; rows: Row[] }[] = [];
  for (const group of groups) described.push({ group, rows: await rowsOf(admin, group, options) });
  return {
    data: described.map(({ group, rows }) => ({ group: group.groupId, state: group.state, partitions: rows })),
    text: described.map(({ group, rows }) => deadNotice(group) + tableText(group, rows, choice.verbose)).join(''),
    table: byTitle(described.map(({ group, rows }) => tableOf(group, rows))),
    warnings: stateNotices(groups),
  };
}

async function rowsOf(admin: DescribingAdmin, group: GroupDescription, options: CallOptions): Promise<Row[]> {
  const committed = await wrapping(admin.listGroupOffsets(group.groupId, undefined, options), EXECUTION_EXCEPTION);
  const assigned = new Set(group.members.flatMap(({ assignment }) => assignment.map(partitionKey)));
  const free = committed.filter((partition) => !assigned.has(partitionKey(partition)));
  const wanted = [...group.members.flatMap(({ assignment }) => assignment), ...free];
  const ends = wanted.length === 0 ? [] : await endOffsets(admin, wanted, options);
  const row = rowMaker(committed, ends);
  const members = group.members
    .filter(({ assignment }) => assignment.length > 0)
    .sort((a, b) => b.assignment.length - a.assignment.length);
  return [
    ...members.flatMap(({ assignment, memberId, host, clientId }) =>
      [...assignment].sort(byPartition).map((partition) => row(partition, { memberId, host, clientId })),
    ),
    ...free.sort(byPartition).map((partition) => row(partition, { memberId: null, host: null, clientId: null })),
  ];
}

/** Of partitions that have a leader; the ends of others are not known. */
async function endOffsets(
  admin: DescribingAdmin,
  partitions: readonly TopicPartition[],
  options: CallOptions,
): Promise<OffsetResult[]> {
  const names = [...new Set(partitions.map(({ topic }) => topic))];
  const topics = await wrapping(admin.describeTopics(names, options).then(allOf), EXECUTION_EXCEPTION);
  const without = new Set(
    topics.flatMap(({ name: topic, partitions: all }) =>
      all.filter(({ leader }) => leader < 0).map(({ partition }) => partitionKey({ topic, partition })),
    ),
  );
  const led = partitions.filter((partition) => !without.has(partitionKey(partition)));
  const queries = inHashOrder(led).map(({ topic, partition }) => ({
    topic,
    partition,
    timestamp: -1,
  }));
  if (queries.length === 0) return [];
  const found = await wrapping(admin.listOffsets(queries, options), EXECUTION_EXCEPTION);
  const failed = found.find(({ error }) => error !== undefined);
  if (failed) throw new WrappedError(failed.error, EXECUTION_EXCEPTION);
  return found;
}

function rowMaker(committed: readonly CommittedOffset[], ends: readonly OffsetResult[]) {
  const commits = new Map(committed.map((commit) => [partitionKey(commit), commit]));
  const endOf = new Map(ends.map((end) => [partitionKey(end), end.offset]));
  return (at: TopicPartition, member: Pick<Row, 'memberId' | 'host' | 'clientId'>): Row => {
    const commit = commits.get(partitionKey(at));
    const currentOffset = known(commit?.offset);
    const logEndOffset = known(endOf.get(partitionKey(at)));
    const lag = currentOffset === null || logEndOffset === null ? null : logEndOffset - currentOffset;
    const { topic, partition } = at;
    return { topic, partition, leaderEpoch: known(commit?.leaderEpoch), currentOffset, logEndOffset, lag, ...member };
  };
}

const known = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value);

const HEADINGS = ['GROUP', 'TOPIC', 'PARTITION', 'LEADER-EPOCH', 'CURRENT-OFFSET', 'LOG-END-OFFSET', 'LAG'];

function tableText({ groupId }: GroupDescription, rows: readonly Row[], verbose: boolean): string {
  if (rows.length === 0) return '';
  const lines = [[...HEADINGS, 'CONSUMER-ID', 'HOST', 'CLIENT-ID'], ...rows.map((row) => cellsOf(groupId, row))];
  const widest = (column: number) => Math.max(15, ...lines.map((cells) => cells[column]!.length));
  const widths = [widest(0), widest(1), 10, 15, 15, 15, 15, widest(7), widest(8), 0];
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .filter((_, i) => verbose || i !== 3)
      .join(' ');
  return `${lines.map((cells) => `\n${line(cells)}`).join('')}\n`;
}

const cellsOf = (group: string, row: Row): string[] =>
  [
    group,
    row.topic,
    row.partition,
    row.leaderEpoch,
    row.currentOffset,
    row.logEndOffset,
    row.lag,
    row.memberId,
    row.host,
    row.clientId,
  ].map((cell) => String(cell ?? '-'));

const tableOf = ({ groupId, state }: GroupDescription, rows: readonly Row[]): Table => ({
  title: `${groupId}  (${state})`,
  columns: ['Topic', 'Partition', 'Offset', 'End', 'Lag', 'Client', 'Host', 'Member'],
  units: [undefined, undefined, undefined, undefined, 'count'],
  rows: rows.map((row) => [
    row.topic,
    row.partition,
    row.currentOffset ?? '-',
    row.logEndOffset ?? '-',
    row.lag ?? '-',
    row.clientId ?? '-',
    row.host ?? '-',
    row.memberId ?? '-',
  ]),
});
