import type { TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { allOf } from '../outcomes.ts';
import { EXECUTION_EXCEPTION, WrappedError } from '../wrapped-error.ts';
import type { ResetTools } from './scenarios.ts';
import { parseTopicArgs } from './topic-args.ts';

/** Which partitions a reset is about: all that the group has offsets of, or those of `--topic` arguments. */
export type Scope = { readonly allTopics: true } | { readonly topics: readonly string[] };

/**
 * The partitions of `--topic` arguments in the order in which Kafka's scripts meet them, twice if they are named twice.
 * Throws IllegalArgument for arguments that are none, KafkaError for whole topics that do not exist
 * (OffsetsUtils.parseTopicPartitionsToReset).
 */
export async function partitionsOf(
  args: readonly string[],
  { admin, options }: Pick<ResetTools, 'admin' | 'options'>,
): Promise<TopicPartition[]> {
  const { topics, partitions } = parseTopicArgs(args);
  if (topics.length === 0) return [...partitions];
  const described = hashMapOrder(allOf(await admin.describeTopics(topics, options)), ({ name }) =>
    javaStringHash(name),
  );
  return [
    ...partitions,
    ...described.flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition }))),
  ];
}

/**
 * Throws unless all partitions exist and have a leader (OffsetsUtils.checkAllTopicPartitionsValid): a WrappedError for a topic
 * that cannot be described, a KafkaError that names the partitions.
 */
export async function checkPartitions(
  partitions: readonly TopicPartition[],
  { admin, options }: Pick<ResetTools, 'admin' | 'options'>,
): Promise<void> {
  if (partitions.length === 0) return;
  const names = [...new Set(partitions.map(({ topic }) => topic))];
  const leaders = new Map<string, number>();
  for (const topic of (await admin.describeTopics(names, options)).values()) {
    if (topic instanceof KafkaError) throw new WrappedError(topic, EXECUTION_EXCEPTION);
    for (const { partition, leader } of topic.partitions)
      leaders.set(partitionKey({ topic: topic.name, partition }), leader);
  }
  const keys = partitions.map(partitionKey);
  refuse(
    keys.filter((key) => !leaders.has(key)),
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    'do not exist',
  );
  refuse(
    keys.filter((key) => leaders.get(key)! < 0),
    ErrorCode.LEADER_NOT_AVAILABLE,
    'have no leader',
  );
}

function refuse(partitions: readonly string[], code: number, why: string): void {
  if (partitions.length > 0) throw new KafkaError(code, `The partitions "${partitions.join(',')}" ${why}`);
}
