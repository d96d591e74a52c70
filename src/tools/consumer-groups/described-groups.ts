import type { Admin, CallOptions, GroupDescription } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { WrappedError, wrapping } from '../wrapped-error.ts';
import { consumerGroups } from './list.ts';

/** Which groups are meant. */
export type GroupChoice = { readonly groups: readonly string[] } | { readonly allGroups: true };

/** The names of the groups that are meant, as given or as the brokers list them. */
export async function groupNames(
  admin: Pick<Admin, 'listGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<readonly string[]> {
  if ('groups' in choice) return [...new Set(choice.groups)];
  return (await consumerGroups(admin, options)).map(({ groupId }) => groupId);
}

/** Descriptions sorted by name; the first group that has none, in the order of Kafka's hash tables, ends the action. */
export async function describedGroups(
  admin: Pick<Admin, 'listGroups' | 'describeGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<GroupDescription[]> {
  const names = await groupNames(admin, choice, options);
  if (names.length === 0) return [];
  const described = await wrapping(admin.describeGroups(names, options));
  return hashMapOrder([...described], ([name]) => javaStringHash(name))
    .map(([, group]) => {
      if (group instanceof KafkaError) throw new WrappedError(group);
      return group;
    })
    .sort((a, b) => byCodeUnits(a.groupId, b.groupId));
}

/** What Kafka's script says of a group before its table, on standard error; undefined of a stable group. */
function stateNotice({ groupId, state }: GroupDescription): string | undefined {
  if (state === 'Empty') return `\nConsumer group '${groupId}' has no active members.`;
  if (state === 'Stable' || state === 'Dead') return undefined;
  return `\nWarning: Consumer group '${groupId}' is rebalancing.`;
}

/** The error line for a group that is gone by the time it is described, on standard output. */
export const deadNotice = ({ groupId, state }: GroupDescription): string =>
  state === 'Dead' ? `\nError: Consumer group '${groupId}' does not exist.\n` : '';

/** What all three forms of describe tell alike. */
export const stateNotices = (groups: readonly GroupDescription[]): string[] =>
  groups.flatMap((group) => stateNotice(group) ?? []);
