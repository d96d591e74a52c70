import type { Admin } from '../../client/admin.ts';
import { allOf } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { checkFound, matchingTopics, type TopicChoice } from './matching.ts';

/**
 * `topics --delete`: deletes every topic that matches, Kafka's own included, and says nothing.
 * Data: { topics }. Throws when nothing matches, or what the broker refuses.
 */
export async function deleteTopics(
  admin: Pick<Admin, 'listTopics' | 'deleteTopics'>,
  choice: TopicChoice & { readonly ifExists: boolean },
): Promise<Report> {
  const topics = await matchingTopics(admin, choice);
  checkFound(topics, choice, choice.ifExists);
  if (topics.length > 0) allOf(await admin.deleteTopics(topics));
  return { data: { topics }, text: '' };
}
