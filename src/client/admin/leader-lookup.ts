// What Metadata says of the leaders of partitions, in the words of Kafka's admin client (PartitionLeaderStrategy).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { MetadataResponse } from '../../protocol/messages/metadata.ts';
import type { Cluster } from '../cluster.ts';
import { partitionKey } from './by-topic.ts';
import { handlerError } from './handler-log.ts';
import type { TopicPartition } from './types.ts';

type MetadataTopic = Pick<MetadataResponse['topics'][number], 'name' | 'errorCode' | 'partitions'>;

/** No leader: for good, or it may have one in a moment. */
export interface NoLeader {
  readonly isOpen: boolean;
  readonly error: KafkaError;
}

const MAY_COME: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.LEADER_NOT_AVAILABLE,
  ErrorCode.BROKER_NOT_AVAILABLE,
]);

const PARTITION_MAY_COME: ReadonlySet<number> = new Set([
  ...MAY_COME,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.KAFKA_STORAGE_ERROR,
]);

const tell = (cluster: Cluster, text: string) => handlerError(cluster, 'PartitionLeaderStrategy', `Received ${text}`);
const open = (code: number): NoLeader => ({ isOpen: true, error: new KafkaError(code) });

/** Why no partition of a topic has a leader, said once; undefined if the topic is there. */
export function topicFailure(
  cluster: Cluster,
  { name, errorCode }: MetadataTopic,
  failsUnknown: boolean,
): ((item: TopicPartition) => NoLeader) | undefined {
  if (errorCode === ErrorCode.NONE) return undefined;
  const isUnknown = errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION && failsUnknown;
  if (MAY_COME.has(errorCode) && !isUnknown) return () => open(errorCode);
  const [logged, why] = topicWords(errorCode, name ?? '');
  tell(cluster, logged);
  return ({ topic, partition }) => {
    const text = `Failed to fetch metadata for partition ${partitionKey(topic, partition)} ${why}`;
    return { isOpen: false, error: new KafkaError(errorCode, text) };
  };
}

function topicWords(code: number, topic: string): readonly [logged: string, why: string] {
  switch (code) {
    case ErrorCode.UNKNOWN_TOPIC_OR_PARTITION:
      return [`unknown topic error for topic ${topic}`, `because metadata for topic \`${topic}\` could not be found`];
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
      return [
        `authorization failure for topic ${topic} in \`Metadata\` response`,
        'due to topic authorization failure',
      ];
    case ErrorCode.INVALID_TOPIC_EXCEPTION:
      return [`invalid topic error for topic ${topic} in \`Metadata\` response`, `due to invalid topic \`${topic}\``];
    default:
      return [
        `unexpected error for topic ${topic} in \`Metadata\` response`,
        `due to unexpected error for topic \`${topic}\``,
      ];
  }
}

/** The leaders of the partitions of a topic that is there. */
export function leaderFinder(
  cluster: Cluster,
  { name, partitions }: MetadataTopic,
): (item: TopicPartition) => number | NoLeader {
  const known = new Map(partitions.map((partition) => [partition.partitionIndex, partition]));
  return ({ partition }) => leaderOf(cluster, partitionKey(name ?? '', partition), known.get(partition));
}

function leaderOf(
  cluster: Cluster,
  key: string,
  found: MetadataTopic['partitions'][number] | undefined,
): number | NoLeader {
  if (!found) return open(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  const { errorCode, leaderId } = found;
  if (errorCode === ErrorCode.NONE) return leaderId >= 0 ? leaderId : open(ErrorCode.LEADER_NOT_AVAILABLE);
  if (PARTITION_MAY_COME.has(errorCode)) return open(errorCode);
  tell(cluster, `unexpected error for partition ${key} in \`Metadata\` response`);
  const error = new KafkaError(errorCode, `Unexpected error during metadata lookup for ${key}`);
  return { isOpen: false, error };
}
