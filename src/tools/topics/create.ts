import type { Admin } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { illegalArgument } from '../java-exception.ts';
import { allOf } from '../outcomes.ts';
import type { Report } from '../report.ts';

/** The topic that `topics --create` makes. What is left out is up to the broker. */
export interface NewTopic {
  readonly topic: string;
  readonly partitions?: number | undefined;
  readonly replicationFactor?: number | undefined;
  /** The brokers of each partition, in place of the two numbers. */
  readonly assignment?: readonly (readonly number[])[] | undefined;
  readonly configs: ReadonlyMap<string, string>;
  readonly ifNotExists: boolean;
}

export const COLLISION_WARNING =
  "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both.";

/** Whether the name of a metric could stand for this topic and for another (Topic.hasCollisionChars). */
export const couldCollide = (topic: string): boolean => /[._]/.test(topic);

/**
 * `topics --create`: says `Created topic x.`, or nothing when `ifNotExists` found it there.
 * Data: { topic, created }.
 * @throws JavaException for numbers out of range, KafkaError for what the broker refuses
 */
export async function createTopic(admin: Pick<Admin, 'createTopics'>, wanted: NewTopic): Promise<Report> {
  const { topic } = wanted;
  checkRanges(wanted);
  if (topic === '')
    throw new KafkaError(
      ErrorCode.INVALID_TOPIC_EXCEPTION,
      "The given topic name '' cannot be represented in a request.",
    );
  const created = await create(admin, wanted);
  return {
    data: { topic, created },
    text: created ? `Created topic ${topic}.\n` : '',
  };
}

async function create(admin: Pick<Admin, 'createTopics'>, wanted: NewTopic): Promise<boolean> {
  const { topic, partitions: numPartitions = -1, replicationFactor = -1, assignment, ifNotExists } = wanted;
  const shape = assignment ? { assignments: new Map(assignment.entries()) } : { numPartitions, replicationFactor };
  try {
    allOf(await admin.createTopics([{ name: topic, ...shape, configs: Object.fromEntries(wanted.configs) }]));
    return true;
  } catch (error) {
    if (ifNotExists && error instanceof KafkaError && error.code === ErrorCode.TOPIC_ALREADY_EXISTS) return false;
    throw error;
  }
}

function checkRanges({ partitions, replicationFactor }: NewTopic): void {
  if (replicationFactor !== undefined && (replicationFactor < 1 || replicationFactor > 32767))
    throw illegalArgument('The replication factor must be between 1 and 32767 inclusive');
  if (partitions !== undefined && partitions < 1) throw illegalArgument('The partitions must be greater than 0');
}
