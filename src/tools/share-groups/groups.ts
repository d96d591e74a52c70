// Which share groups an action is about, and their descriptions.
import type { Admin, CallOptions, ShareGroupDescription } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { groupsOf, SHARE_GROUPS } from '../list-by-state.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { WrappedError, wrapping } from '../wrapped-error.ts';

/** Descriptions sorted by name; the first group that has none ends the action, as in Kafka's script. */
export async function describedGroups(
  admin: Pick<Admin, 'listGroups' | 'describeShareGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<ShareGroupDescription[]> {
  const names =
    'groups' in choice ? choice.groups : (await groupsOf(admin, SHARE_GROUPS, options)).map(({ groupId }) => groupId);
  if (names.length === 0) return [];
  const described = await wrapping(admin.describeShareGroups(names, options));
  const groups = [...described.values()].map((group) => {
    if (group instanceof KafkaError) throw new WrappedError(group);
    return group;
  });
  return groups.sort((a, b) => byCodeUnits(a.groupId, b.groupId));
}

/** What Kafka's script says of groups without members, on standard error. */
export const emptyNotices = (groups: readonly ShareGroupDescription[]): string[] =>
  groups
    .filter(({ state }) => state === 'Empty')
    .map(({ groupId }) => `\nShare group '${groupId}' has no active members.`);

/** The error line for a group that is gone by the time it is described, on standard output. */
export const deadNotice = ({ groupId, state }: ShareGroupDescription): string =>
  state === 'Dead' ? `\nError: Share group '${groupId}' does not exist.\n` : '';

/** A column of Kafka's tables: heading, least width, the cell of a row. */
export interface Column<T> {
  readonly heading: string;
  readonly width: number;
  /** Whether it grows with its longest cell. */
  readonly grows: boolean;
  cell(row: T): string;
}

export const growing = <T>(heading: string, width: number, cell: Column<T>['cell']): Column<T> => ({
  heading,
  width,
  grows: true,
  cell,
});

export const fixed = <T>(heading: string, width: number, cell: Column<T>['cell']): Column<T> => ({
  heading,
  width,
  grows: false,
  cell,
});

/** A table as Kafka's script prints it: every line begins with its line end, the last column is not padded. */
export function columnsText<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const widths = columns.map(({ width, grows, cell }) =>
    grows ? Math.max(width, ...rows.map((row) => cell(row).length)) : width,
  );
  const line = (cells: readonly string[]) =>
    `\n${cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join(' ')}`;
  const lines = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  return `${lines.map(line).join('')}\n`;
}
