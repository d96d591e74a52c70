// Which streams groups an action is about, and their descriptions.
import type { Admin, CallOptions, StreamsGroupDescription } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { groupsOf, STREAMS_GROUPS } from '../list-by-state.ts';
import { WrappedError, wrapping } from '../wrapped-error.ts';

/** The names of the groups that are meant, as given or as the brokers list them. */
export async function groupNames(
  admin: Pick<Admin, 'listGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<readonly string[]> {
  if ('groups' in choice) return choice.groups;
  return (await groupsOf(admin, STREAMS_GROUPS, options)).map(({ groupId }) => groupId);
}

/**
 * One group. @param prefix how often Kafka's script wraps a failure
 * @throws WrappedError if there is none of that name
 */
export async function describedGroup(
  admin: Pick<Admin, 'describeStreamsGroups'>,
  group: string,
  options: CallOptions,
  prefix = '',
): Promise<StreamsGroupDescription> {
  const outcome = (await wrapping(admin.describeStreamsGroups([group], options), prefix)).get(group)!;
  if (outcome instanceof KafkaError) throw new WrappedError(outcome, prefix);
  return outcome;
}

/** Those of the choice, in its order; the first group that has none ends the action, as in Kafka's script. */
export async function describedGroups(
  admin: Pick<Admin, 'listGroups' | 'describeStreamsGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<StreamsGroupDescription[]> {
  const groups: StreamsGroupDescription[] = [];
  for (const name of await groupNames(admin, choice, options)) groups.push(await describedGroup(admin, name, options));
  return groups;
}

/** What Kafka's script says on standard output of a group that nobody is in, or that is gone. */
export function emptyNotice({ groupId, state }: StreamsGroupDescription): string {
  if (state === 'Dead') return `\nError: Streams group '${groupId}' does not exist.\n`;
  return state === 'Empty' ? `\nError: Streams group '${groupId}' has no active members.\n` : '';
}

/** Internal topics are told by their names: `<group>-` in front, and a suffix of those that Kafka Streams gives. */
export function isInternalTopic(topic: string, group: string): boolean {
  return topic.startsWith(`${group}-`) && INTERNAL.test(topic);
}

const INTERNAL =
  /(?:-changelog|-repartition|-subscription-registration-topic|-subscription-response-topic|.-KTABLE-FK-JOIN-SUBSCRIPTION-(?:REGISTRATION|RESPONSE)-\d+-topic)$/;
