import type { Admin, GroupListing } from '../../client/admin.ts';
import type { Report } from '../report.ts';

export interface GroupsToList {
  /** As the cluster spells it: `Classic`. */
  readonly type?: string | undefined;
  readonly protocol?: string | undefined;
  readonly kinds: readonly ('consumer' | 'share' | 'streams')[];
}

/** GroupsCommand: so many columns at least for each cell. */
const MIN_WIDTH = 20;

/** `groups --list`: a table without any order. Data: [{ group, type, protocol }]. */
export async function listGroups(admin: Pick<Admin, 'listGroups'>, wanted: GroupsToList): Promise<Report> {
  const found = (await admin.listGroups()).filter((group) => isWanted(group, wanted));
  const rows = found.map(({ groupId, type, protocolType }) => [groupId, type, protocolType]);
  const width = Math.max(MIN_WIDTH, ...rows.flat().map(({ length }) => length));
  const lines = [
    ['GROUP', 'TYPE', 'PROTOCOL'].map((cell) => cell.padEnd(width)).join(' '),
    ...rows.map((row) => row.map((cell) => `${cell.padEnd(width)} `).join('')),
  ];
  return {
    data: found.map(({ groupId, type, protocolType }) => ({ group: groupId, type, protocol: protocolType || null })),
    text: lines.map((line) => `${line}\n`).join(''),
    table: { columns: ['Group', 'Type', 'Protocol'], rows, unordered: true },
  };
}

function isWanted({ type, protocolType }: GroupListing, wanted: GroupsToList): boolean {
  if (wanted.type !== undefined && type !== wanted.type) return false;
  if (wanted.protocol !== undefined && protocolType !== wanted.protocol) return false;
  return wanted.kinds.every((kind) =>
    kind === 'consumer'
      ? protocolType === 'consumer' || protocolType === '' || type === 'Consumer'
      : type.toLowerCase() === kind,
  );
}
