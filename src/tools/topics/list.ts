import type { Admin } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { isInternalTopic } from '../topic-filter.ts';
import { matchingTopics, type TopicChoice } from './matching.ts';

/**
 * `topics --list`. Kafka prints one joined text, so that a list of nothing is an empty line.
 * Data: the names, sorted.
 */
export async function listTopics(admin: Pick<Admin, 'listTopics'>, choice: TopicChoice): Promise<Report> {
  const names = await matchingTopics(admin, choice);
  return {
    data: names,
    text: `${names.join('\n')}\n`,
    table: { columns: ['Topic', 'Kind'], rows: names.map((name) => [name, isInternalTopic(name) ? 'internal' : '']) },
  };
}
