import type { Admin, CallOptions, GroupListing } from '../../client/admin.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import type { Report } from '../report.ts';
import { wrapping } from '../wrapped-error.ts';
import { STREAMS_TYPES, streamsGroups } from './groups.ts';

const STATES = ['NotReady', 'Reconciling', 'Assigning', 'Dead', 'Empty', 'Stable'];

/**
 * `streams-groups --list`: names, one a line; with `--state` a table, of groups in these states if some are named.
 * Data: [{ group, state }].
 * @param state the argument of `--state`, null when it has none, undefined when it is not given
 * @throws IllegalArgument for a state that streams groups do not have
 */
export async function listGroups(
  admin: Pick<Admin, 'listGroups'>,
  state: string | null | undefined,
  options: CallOptions,
): Promise<Report> {
  const groups =
    state === undefined
      ? await streamsGroups(admin, options)
      : await wrapping(admin.listGroups({ ...options, types: STREAMS_TYPES, states: statesIn(state ?? '') }));
  return {
    data: groups.map(({ groupId, state }) => ({ group: groupId, state })),
    text: state === undefined ? groups.map(({ groupId }) => `${groupId}\n`).join('') : stateText(groups),
    table: { columns: ['Group', 'State'], rows: groups.map(({ groupId, state }) => [groupId, state]) },
  };
}

function statesIn(list: string): string[] {
  if (list === '') return [];
  return list.split(',').map((word) => {
    const name = STATES.find((state) => state.toLowerCase() === word.trim().toLowerCase());
    if (name) return name;
    throw new IllegalArgument(`Invalid state list '${list}'. Valid states are: ${STATES.join(', ')}`);
  });
}

function stateText(groups: readonly GroupListing[]): string {
  const width = Math.max(15, ...groups.map(({ groupId }) => groupId.length));
  const line = (group: string, state: string) => `${group.padEnd(width)} ${state}\n`;
  return [line('GROUP', 'STATE'), ...groups.map(({ groupId, state }) => line(groupId, state || 'Unknown'))].join('');
}
