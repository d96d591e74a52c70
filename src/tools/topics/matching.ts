import type { Admin } from '../../client/admin.ts';
import { illegalArgument } from '../java-exception.ts';
import { includeList, isInternalTopic } from '../topic-filter.ts';

/** Which topics an action is about. */
export interface TopicChoice {
  /** A filter as includeList() reads it; all topics if it is left out. */
  readonly topic?: string | undefined;
  readonly excludeInternal?: boolean;
}

/** The names of the topics of the cluster that are meant, in Java's string order. */
export async function matchingTopics(admin: Pick<Admin, 'listTopics'>, choice: TopicChoice): Promise<string[]> {
  const listed = await admin.listTopics();
  const matches = choice.topic === undefined ? () => true : includeList(choice.topic);
  return listed
    .map(({ name }) => name)
    .filter((name) => matches(name) && !(choice.excludeInternal && isInternalTopic(name)))
    .sort(byCodeUnits);
}

/** String.compareTo. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Throws with Kafka's text when a filter that is to match something matches nothing; an empty one is to match nothing. */
export function checkFound(found: readonly string[], { topic }: TopicChoice, ifExists: boolean): void {
  if (topic && !ifExists && found.length === 0) throw illegalArgument(`Topic '${topic}' does not exist as expected`);
}
