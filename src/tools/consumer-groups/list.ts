import type { Admin, CallOptions, GroupListing } from '../../client/admin.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { javaSplit } from '../java-split.ts';
import type { Report } from '../report.ts';
import { EXECUTION_EXCEPTION, wrapping } from '../wrapped-error.ts';

const STATES = ['Assigning', 'Dead', 'Stable', 'Empty', 'PreparingRebalance', 'Reconciling', 'CompletingRebalance'];
const TYPES = ['Consumer', 'Classic'];

export interface GroupsToList {
  /** The argument of `--state`, null when it has none, undefined when it is not given. */
  readonly state?: string | null | undefined;
  /** The same of `--type`. */
  readonly type?: string | null | undefined;
}

/** The groups that consumer-groups is about, in the brokers' order: consumers' ones, and those without members. */
export async function consumerGroups(
  admin: Pick<Admin, 'listGroups'>,
  options: CallOptions,
  prefix = EXECUTION_EXCEPTION,
): Promise<GroupListing[]> {
  const groups = await wrapping(admin.listGroups(options), prefix);
  return groups.filter(
    ({ protocolType, type }) =>
      (protocolType === 'consumer' || protocolType === '') && (type === '' || TYPES.includes(type)),
  );
}

/**
 * `consumer-groups --list`: names, one a line; with `--state` or `--type` a table whose first column has ten blanks more
 * than the longest name.
 * Data: [{ group, type, state }]. Throws IllegalArgument for a state or type that there is not.
 */
export async function listGroups(
  admin: Pick<Admin, 'listGroups'>,
  { state, type }: GroupsToList,
  options: CallOptions,
): Promise<Report> {
  const types = chosen(type?.toLowerCase(), TYPES, `Invalid types list '${type}'. Valid types are: `);
  const states = chosen(state, STATES, `Invalid state list '${state}'. Valid states are: `);
  const plain = state === undefined && type === undefined;
  const all = await consumerGroups(admin, options, plain ? EXECUTION_EXCEPTION : '');
  const groups = all.filter(
    (group) => (!types || types.includes(group.type)) && (!states || states.includes(group.state)),
  );
  return {
    data: groups.map(({ groupId, type, state }) => ({ group: groupId, type, state })),
    text: plain ? groups.map(({ groupId }) => `${groupId}\n`).join('') : columns(groups, { state, type }),
    table: {
      columns: ['Group', 'Type', 'State'],
      unordered: true,
      rows: groups.map(({ groupId, type, state }) => [groupId, type, state]),
    },
  };
}

/** The names in a comma-separated list, as Kafka spells them; undefined for all. */
function chosen(
  list: string | null | undefined,
  valid: readonly string[],
  refusal: string,
): readonly string[] | undefined {
  const words = list ? javaSplit(list, ',') : [];
  if (words.length === 0) return undefined;
  return words.map((word) => {
    const name = valid.find((candidate) => candidate.toLowerCase() === word.trim().toLowerCase());
    if (name === undefined) throw new IllegalArgument(`${refusal}${valid.join(', ')}`);
    return name;
  });
}

function columns(groups: readonly GroupListing[], { state, type }: GroupsToList): string {
  const width = Math.max(15, ...groups.map(({ groupId }) => groupId.length)) + 10;
  const line = (group: string, groupType: string, groupState: string): string => {
    const cells = [group.padEnd(width)];
    if (type !== undefined) cells.push(groupType.padEnd(20));
    if (state !== undefined) cells.push(groupState.padEnd(20));
    return `${cells.join(' ')}\n`;
  };
  const rows = groups.map((group) => line(group.groupId, group.type || 'Unknown', group.state || 'Unknown'));
  return [line('GROUP', 'TYPE', 'STATE'), ...rows].join('');
}
