import type { Admin, CallOptions, ShareGroupDescription, SharePartitionOffset } from '../../client/admin.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { byPartition } from '../consumer-groups/partitions.ts';
import { byTitle, type Report } from '../report.ts';
import { EXECUTION_EXCEPTION, wrapping } from '../wrapped-error.ts';
import { columnsText, describedGroups, fixed, growing } from './groups.ts';

interface GroupOffsets {
  readonly group: ShareGroupDescription;
  readonly offsets: readonly SharePartitionOffset[];
}

/** `share-groups --describe [--offsets]`: where each partition begins, and how many records are left. */
export async function describeOffsets(
  admin: Pick<Admin, 'listGroups' | 'describeShareGroups' | 'listShareGroupOffsets'>,
  choice: GroupChoice & { readonly verbose: boolean },
  options: CallOptions,
): Promise<Report> {
  const described: GroupOffsets[] = [];
  for (const group of await describedGroups(admin, choice, options)) {
    const listed = admin.listShareGroupOffsets(group.groupId, undefined, options);
    const offsets = await wrapping(listed, EXECUTION_EXCEPTION);
    described.push({ group, offsets: offsets.sort(byPartition) });
  }
  return {
    data: described.map(({ group: { groupId, state }, offsets }) => ({
      group: groupId,
      state,
      partitions: offsets.map(({ topic, partition, leaderEpoch, startOffset, lag }) => ({
        ...{ topic, partition, leaderEpoch, startOffset, lag },
      })),
    })),
    text: described.map((one) => offsetsText(one, choice.verbose)).join(''),
    table: byTitle(
      described.map(({ group: { groupId, state }, offsets }) => ({
        title: `${groupId}  (${state})`,
        columns: ['Topic', 'Partition', 'Start', 'Lag'],
        unordered: true,
        units: [undefined, undefined, undefined, 'count'],
        rows: offsets.map((at) => [at.topic, at.partition, at.startOffset ?? '-', at.lag ?? '-']),
      })),
    ),
  };
}

function offsetsText({ group: { groupId }, offsets }: GroupOffsets, verbose: boolean): string {
  if (offsets.length === 0) return `\nShare group '${groupId}' has no offset information.\n`;
  const text = (value: number | null) => (value === null ? '-' : String(value));
  const columns = [
    growing<SharePartitionOffset>('GROUP', 15, () => groupId),
    growing<SharePartitionOffset>('TOPIC', 15, ({ topic }) => topic),
    fixed<SharePartitionOffset>('PARTITION', 10, ({ partition }) => String(partition)),
    ...(verbose ? [fixed<SharePartitionOffset>('LEADER-EPOCH', 13, ({ leaderEpoch }) => text(leaderEpoch))] : []),
    fixed<SharePartitionOffset>('START-OFFSET', 13, ({ startOffset }) => text(startOffset)),
    fixed<SharePartitionOffset>('LAG', 0, ({ lag }) => text(lag)),
  ];
  return columnsText(columns, offsets);
}
