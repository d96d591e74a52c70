import type { Admin, CallOptions, StreamsGroupDescription, TopicPartition } from '../../client/admin.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { inHashOrder, partitionKey } from '../consumer-groups/partitions.ts';
import { byTitle, type Report } from '../report.ts';
import { wrapping } from '../wrapped-error.ts';
import { committedOffsets } from './committed.ts';
import { describedGroups } from './groups.ts';

type DescribingAdmin = Pick<Admin, 'listGroups' | 'describeStreamsGroups' | 'listGroupOffsets' | 'listOffsets'>;

interface Row extends TopicPartition {
  readonly currentOffset: number | null;
  readonly leaderEpoch: number | null;
  readonly logEndOffset: number;
  /** Without a committed offset all that the partition has. */
  readonly lag: number;
}

const EARLIEST = -2;
const LATEST = -1;

/**
 * `streams-groups --describe [--offsets]`: the partitions that the active tasks of all members read.
 * Data: [{ group, state, partitions: [{ topic, partition, currentOffset, leaderEpoch, logEndOffset, lag }] }].
 */
export async function describeOffsets(
  admin: DescribingAdmin,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const groups: { group: StreamsGroupDescription; rows: Row[] }[] = [];
  for (const group of await describedGroups(admin, choice, options))
    groups.push({ group, rows: await rowsOf(admin, group, options) });
  return {
    data: groups.map(({ group: { groupId, state }, rows }) => ({ group: groupId, state, partitions: rows })),
    text: groups.map(({ group, rows }) => offsetsText(group, rows, choice.verbose)).join(''),
    table: byTitle(
      groups.map(({ group: { groupId, state }, rows }) => ({
        title: `${groupId}  (${state})`,
        columns: ['Topic', 'Partition', 'Offset', 'End', 'Lag'],
        unordered: true,
        units: [undefined, undefined, undefined, undefined, 'count'],
        rows: rows.map((row) => [row.topic, row.partition, row.currentOffset ?? '-', row.logEndOffset, row.lag]),
      })),
    ),
  };
}

async function rowsOf(admin: DescribingAdmin, group: StreamsGroupDescription, options: CallOptions): Promise<Row[]> {
  const partitions = inHashOrder(activePartitions(group));
  const at = (timestamp: number) =>
    partitions.length === 0
      ? []
      : wrapping(
          admin.listOffsets(
            partitions.map((partition) => ({ ...partition, timestamp })),
            options,
          ),
        );
  const [starts, ends] = [await at(EARLIEST), await at(LATEST)];
  const committed = new Map(
    (await committedOffsets(admin, group, options)).map((offset) => [partitionKey(offset), offset]),
  );
  return partitions.map(({ topic, partition }, i) => {
    const found = committed.get(partitionKey({ topic, partition }));
    const end = ends[i]!.offset;
    const currentOffset = found?.offset ?? null;
    return {
      topic,
      partition,
      currentOffset,
      leaderEpoch: found && found.leaderEpoch >= 0 ? found.leaderEpoch : null,
      logEndOffset: end,
      lag: end - (currentOffset ?? starts[i]!.offset),
    };
  });
}

function activePartitions({ members, subtopologies }: StreamsGroupDescription): TopicPartition[] {
  const inputs = new Map(
    subtopologies.map(({ subtopologyId, sourceTopics, repartitionSourceTopics }) => [
      subtopologyId,
      [...sourceTopics, ...repartitionSourceTopics],
    ]),
  );
  const all = members
    .flatMap(({ assignment }) => assignment.active)
    .flatMap(({ subtopologyId, partitions }) =>
      (inputs.get(subtopologyId) ?? []).flatMap((topic) => partitions.map((partition) => ({ topic, partition }))),
    );
  return [...new Map(all.map((at) => [partitionKey(at), at])).values()];
}

/** Nothing for a group without members. */
function offsetsText({ groupId, state, members }: StreamsGroupDescription, rows: readonly Row[], verbose: boolean) {
  if (state === 'Dead' || members.length === 0) return '';
  const groupWidth = Math.max(15, groupId.length);
  const topicWidth = Math.max(15, ...rows.map(({ topic }) => topic.length));
  const line = (group: string, topic: string, partition: string, rest: string) =>
    `${group.padEnd(groupWidth)} ${topic.padEnd(topicWidth)} ${partition.padEnd(10)} ${rest}\n`;
  const wide = (...cells: (string | number | null)[]) => cells.map((cell) => String(cell ?? '-').padEnd(15)).join(' ');
  const heading = verbose ? wide('CURRENT-OFFSET', 'LEADER-EPOCH', 'LOG-END-OFFSET', 'OFFSET-LAG') : 'OFFSET-LAG';
  const body = rows.map(({ topic, partition, currentOffset, leaderEpoch, logEndOffset, lag }) => {
    const rest = verbose ? wide(currentOffset, leaderEpoch, logEndOffset, lag) : String(lag);
    return line(groupId, topic, String(partition), rest);
  });
  return [line('GROUP', 'TOPIC', 'PARTITION', heading), ...body].join('');
}
