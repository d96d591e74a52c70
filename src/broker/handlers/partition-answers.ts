import { ErrorCode } from '../../protocol/errors.ts';
import type { TopicImage } from '../metadata/image.ts';

interface RequestedTopic {
  readonly partitions: readonly { readonly partitionIndex: number }[];
}

/** A topic of a request, with those of the partitions asked for that exist. */
export interface KnownTopic<T extends RequestedTopic> {
  readonly image: TopicImage;
  readonly partitions: T['partitions'][number][];
}

interface PartitionAnswer {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

/**
 * Error codes for partitions of which some may not exist. As in Kafka's response builders (OffsetCommitResponse,
 * OffsetDeleteResponse) what does not exist comes first: its topics, and within a topic its partitions.
 * @param unknownTopic the error for partitions of a topic that does not exist
 * @param handle gives the error codes for what does exist, by topic and partition
 */
export function answerPartitions<T extends RequestedTopic>(
  topics: readonly T[],
  imageOf: (topic: T) => TopicImage | undefined,
  unknownTopic: number,
  handle: (known: KnownTopic<T>[]) => readonly (readonly number[])[],
): { topic: T; partitions: PartitionAnswer[] }[] {
  const split = topics.map((topic) => splitTopic(topic, imageOf(topic), unknownTopic));
  const known = split.flatMap((topic) => topic.known ?? []);
  const codes = handle(known);
  const codesOf = new Map(known.map((topic, i) => [topic, codes[i]!]));
  const answers = split.map(({ topic, refused, known: accepted }) => ({
    topic,
    isRefused: refused.length > 0,
    partitions: [
      ...refused,
      ...(accepted?.partitions ?? []).map(({ partitionIndex }, i) => ({
        partitionIndex,
        errorCode: codesOf.get(accepted!)![i]!,
      })),
    ],
  }));
  return [...answers.filter(({ isRefused }) => isRefused), ...answers.filter(({ isRefused }) => !isRefused)];
}

function splitTopic<T extends RequestedTopic>(topic: T, image: TopicImage | undefined, unknownTopic: number) {
  const errorCode = image ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : unknownTopic;
  const exists = ({ partitionIndex }: { partitionIndex: number }) => image?.partitions[partitionIndex] !== undefined;
  const partitions: T['partitions'][number][] = topic.partitions.filter(exists);
  const refused = topic.partitions
    .filter((partition) => !exists(partition))
    .map(({ partitionIndex }) => ({ partitionIndex, errorCode }));
  const isKnown = image !== undefined && (partitions.length > 0 || refused.length === 0);
  const known: KnownTopic<T> | undefined = isKnown ? { image, partitions } : undefined;
  return { topic, refused, known };
}
