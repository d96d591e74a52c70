import type { Admin, CallOptions, GroupListing } from '../client/admin.ts';
import { IllegalArgument } from './illegal-argument.ts';
import { javaSplit } from './java-split.ts';
import type { Report } from './report.ts';
import { EXECUTION_EXCEPTION, wrapping } from './wrapped-error.ts';

/** What a script lists that knows one kind of groups. */
export interface GroupsOfType {
  /** As Kafka spells it: `Share`. */
  readonly type: string;
  /** In the order in which Kafka's script names them. */
  readonly states: readonly string[];
}

export const SHARE_GROUPS: GroupsOfType = { type: 'Share', states: ['Empty', 'Stable', 'Dead'] };
export const STREAMS_GROUPS: GroupsOfType = {
  type: 'Streams',
  states: ['NotReady', 'Reconciling', 'Assigning', 'Dead', 'Empty', 'Stable'],
};

/** All groups of a type, in the brokers' order. */
export function groupsOf(
  admin: Pick<Admin, 'listGroups'>,
  { type }: GroupsOfType,
  options: CallOptions,
): Promise<GroupListing[]> {
  return wrapping(admin.listGroups({ ...options, types: [type] }), EXECUTION_EXCEPTION);
}

/**
 * `share-groups --list` and `streams-groups --list`: names, one a line; with `--state` a table, of groups in these states if
 * some are named. Data: [{ group, state }].
 * @param state the argument of `--state`, null when it has none, undefined when it is not given
 * @throws IllegalArgument for a state that such groups do not have
 */
export async function listByState(
  admin: Pick<Admin, 'listGroups'>,
  kind: GroupsOfType,
  state: string | null | undefined,
  options: CallOptions,
): Promise<Report> {
  const groups =
    state === undefined
      ? await groupsOf(admin, kind, options)
      : await wrapping(admin.listGroups({ ...options, types: [kind.type], states: statesIn(state ?? '', kind) }));
  return {
    data: groups.map(({ groupId, state }) => ({ group: groupId, state })),
    text: state === undefined ? groups.map(({ groupId }) => `${groupId}\n`).join('') : stateText(groups),
    table: { columns: ['Group', 'State'], rows: groups.map(({ groupId, state }) => [groupId, state]), unordered: true },
  };
}

function statesIn(list: string, { states }: GroupsOfType): string[] {
  if (list === '') return [];
  return javaSplit(list, ',').map((word) => {
    const name = states.find((state) => state.toLowerCase() === word.trim().toLowerCase());
    if (name) return name;
    throw new IllegalArgument(`Invalid state list '${list}'. Valid states are: ${states.join(', ')}`);
  });
}

function stateText(groups: readonly GroupListing[]): string {
  const width = Math.max(15, ...groups.map(({ groupId }) => groupId.length));
  const line = (group: string, state: string) => `${group.padEnd(width)} ${state}\n`;
  return [line('GROUP', 'STATE'), ...groups.map(({ groupId, state }) => line(groupId, state || 'Unknown'))].join('');
}
