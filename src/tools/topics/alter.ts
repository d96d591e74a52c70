import type { Admin } from '../../client/admin.ts';
import { allOf } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { checkFound, matchingTopics, type TopicChoice } from './matching.ts';

export interface MorePartitions extends TopicChoice {
  /** How many partitions each topic is to have. */
  readonly partitions: number;
  /** The brokers of all partitions, those that exist included; Kafka skips as many as there are. */
  readonly assignment?: readonly (readonly number[])[] | undefined;
  readonly ifExists: boolean;
}

/**
 * `topics --alter`: gives the topics more partitions and says nothing.
 * Data: { topics, partitions }. Throws when nothing matches, or what the broker refuses.
 */
export async function alterTopics(
  admin: Pick<Admin, 'listTopics' | 'describeTopics' | 'createPartitions'>,
  wanted: MorePartitions,
): Promise<Report> {
  const { partitions, assignment } = wanted;
  const topics = await matchingTopics(admin, wanted);
  checkFound(topics, wanted, wanted.ifExists);
  if (topics.length > 0) {
    const existing = assignment ? await partitionCounts(admin, topics) : undefined;
    const requests = topics.map((topic) => ({
      topic,
      totalCount: partitions,
      ...(assignment && { assignments: assignment.slice(existing?.get(topic)) }),
    }));
    allOf(await admin.createPartitions(requests));
  }
  return { data: { topics, partitions }, text: '' };
}

async function partitionCounts(
  admin: Pick<Admin, 'describeTopics'>,
  topics: readonly string[],
): Promise<Map<string, number>> {
  const described = allOf(await admin.describeTopics(topics));
  return new Map(described.map(({ name, partitions }) => [name, partitions.length]));
}
