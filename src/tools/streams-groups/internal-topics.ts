// Repartition and changelog topics, which go with their application.
import type { Admin, CallOptions, StreamsGroupDescription } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { copiedMapOrder, hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { exceptionText } from '../wrapped-error.ts';
import { isInternalTopic } from './groups.ts';

export interface InternalTopics {
  /** By group; groups without any are left out. */
  readonly byGroup: ReadonlyMap<string, readonly string[]>;
  /** What Kafka's script says on standard output of those that it does not take for internal. */
  readonly text: string;
  /** Why there are none, if nobody could say. */
  readonly failure?: KafkaError;
}

/** The internal topics of groups, as their topologies name them; others than inferred ones are told and left alone. */
export async function internalTopicsOf(
  admin: Pick<Admin, 'describeStreamsGroups'>,
  groups: readonly string[],
  options: CallOptions,
): Promise<InternalTopics> {
  const described = await admin.describeStreamsGroups(groups, options);
  const failure = [...described.values()].find((group) => group instanceof KafkaError);
  if (failure)
    return {
      failure,
      byGroup: new Map(),
      text: `\nError: Retrieving internal topics failed due to ${exceptionText(failure)}\n`,
    };
  const byGroup = new Map<string, string[]>();
  let text = '';
  for (const group of described.values()) {
    if (group instanceof KafkaError) continue;
    const { groupId } = group;
    const topics = namedTopics(group);
    const internal = topics.filter((topic) => isInternalTopic(topic, groupId));
    for (const topic of topics.filter((other) => !internal.includes(other)))
      text += `\nError: The internal topic '${topic}' is not inferred as internal and thus will not be deleted with the group '${groupId}'.\n`;
    if (internal.length > 0) byGroup.set(groupId, internal);
  }
  return { byGroup, text };
}

function namedTopics({ subtopologies }: StreamsGroupDescription): string[] {
  const sources = new Set(subtopologies.flatMap(({ sourceTopics }) => sourceTopics));
  const internal = subtopologies.flatMap((one) => [...one.repartitionSourceTopics, ...one.stateChangelogTopics]);
  return internal.filter((topic) => !sources.has(topic));
}

/** Deletes topics; the errors of those that could not be, in the order of the map that Kafka's client keeps them in. */
export async function deleteTopics(
  admin: Pick<Admin, 'deleteTopics'>,
  topics: readonly string[],
  options: CallOptions,
): Promise<Map<string, KafkaError>> {
  if (topics.length === 0) return new Map();
  const outcomes = await admin.deleteTopics(topics, options);
  const asKept = copiedMapOrder(hashMapOrder(topics, javaStringHash, topics.length), javaStringHash);
  return new Map(
    asKept
      .map((topic) => [topic, outcomes.get(topic)] as const)
      .flatMap(([topic, error]) => (error instanceof KafkaError ? [[topic, error]] : [])),
  );
}
