import type { Admin, CallOptions, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { allOf } from '../outcomes.ts';
import { partitionKey } from './partitions.ts';
import { parseTopicArgs } from './topic-args.ts';

/** Which partitions a reset is about: all that the group has offsets of, or those of `--topic` arguments. */
export type Scope = { readonly allTopics: true } | { readonly topics: readonly string[] };

/**
 * The partitions of a scope. Throws IllegalArgument for arguments that are none, KafkaError for topics and partitions that do
 * not exist or have no leader (GroupOffsetsResetter.checkAllTopicPartitionsValid).
 */
export async function resetScope(
  scope: Scope,
  committed: readonly TopicPartition[],
  admin: Pick<Admin, 'describeTopics'>,
  options: CallOptions,
): Promise<TopicPartition[]> {
  if ('allTopics' in scope) return committed.map(({ topic, partition }) => ({ topic, partition }));
  const { topics, partitions } = parseTopicArgs(scope.topics);
  const named = [...new Set([...topics, ...partitions.map(({ topic }) => topic)])];
  const described = await admin.describeTopics(named, options);
  const whole = allOf(new Map(topics.map((topic) => [topic, described.get(topic)!])));
  const existing = new Map(
    [...described.values()].flatMap((topic) =>
      topic instanceof KafkaError
        ? []
        : topic.partitions.map(({ partition, leader }) => [partitionKey({ topic: topic.name, partition }), leader]),
    ),
  );
  const wanted = [
    ...partitions,
    ...whole.flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition }))),
  ];
  const all = [...new Map(wanted.map((at) => [partitionKey(at), at])).values()];
  refuse(all, (key) => !existing.has(key), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'do not exist');
  refuse(all, (key) => existing.get(key)! < 0, ErrorCode.LEADER_NOT_AVAILABLE, 'have no leader');
  return all;
}

function refuse(partitions: readonly TopicPartition[], bad: (key: string) => boolean, code: number, why: string): void {
  const refused = partitions.map(partitionKey).filter(bad);
  if (refused.length > 0) throw new KafkaError(code, `The partitions "${refused.join(',')}" ${why}`);
}
