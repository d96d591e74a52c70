// What members of classic groups wrap into JoinGroup and SyncGroup when they are consumers (ConsumerProtocol), by topic
// id as the consumer group protocol has it.

import { decode, encode } from '../../../protocol/codec.ts';
import { DecodeError, Reader } from '../../../protocol/reader.ts';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
  type ConsumerProtocolSubscriptionData,
} from '../../../protocol/state/consumer-protocol.ts';
import { Writer } from '../../../protocol/writer.ts';
import { type Assignment, assignmentOf, type TopicPartitions } from '../modern/assignment.ts';
import type { TopicCatalog } from '../modern/topic-catalog.ts';

/** Later versions begin with what this one says. */
const NEWEST_VERSION = 3;

/** @throws DecodeError if the bytes are no subscription */
export function readSubscription(metadata: Buffer): ConsumerProtocolSubscriptionData {
  const reader = new Reader(metadata);
  return decode(ConsumerProtocolSubscription, versionOf(reader), reader);
}

/** What a subscription tells of the partitions that the member has; topics that are gone are left out. */
export function ownedPartitions(topics: TopicCatalog, { ownedPartitions }: ConsumerProtocolSubscriptionData) {
  return byTopicId(
    topics,
    ownedPartitions.map(({ topic, partitions }) => ({ topic, partitions })),
  );
}

export interface EmbeddedAssignment {
  readonly assignment: Assignment;
  /** Whether an assignor keeps data of its own in it. */
  readonly hasUserData: boolean;
}

/** @throws DecodeError if the bytes are no assignment */
export function readAssignment(topics: TopicCatalog, bytes: Buffer): EmbeddedAssignment {
  if (bytes.length === 0) return { assignment: new Map(), hasUserData: false };
  const reader = new Reader(bytes);
  const { assignedPartitions, userData } = decode(ConsumerProtocolAssignment, versionOf(reader), reader);
  const assignment = assignmentOf(byTopicId(topics, assignedPartitions));
  return { assignment, hasUserData: (userData?.length ?? 0) > 0 };
}

/** @param metadata the member's subscription: the assignment is written in the same version */
export function writeAssignment(topics: TopicCatalog, assignment: Assignment, metadata: Buffer): Buffer {
  const version = versionOf(new Reader(metadata));
  const assignedPartitions = [...assignment].flatMap(([topicId, partitions]) => {
    const topic = topics.topicById(topicId)?.name;
    return topic === undefined ? [] : [{ topic, partitions: [...partitions] }];
  });
  const writer = new Writer();
  writer.int16(version);
  encode(ConsumerProtocolAssignment, version, writer, { assignedPartitions, userData: null });
  return Buffer.concat(writer.finish());
}

function byTopicId(
  topics: TopicCatalog,
  named: readonly { topic: string; partitions: readonly number[] }[],
): TopicPartitions[] {
  return named.flatMap(({ topic, partitions }) => {
    const topicId = topics.topic(topic)?.id;
    return topicId === undefined || partitions.length === 0 ? [] : [{ topicId, partitions }];
  });
}

function versionOf(reader: Reader): number {
  const version = reader.int16();
  if (version < 0) throw new DecodeError(`version ${version} of the consumer protocol`);
  return Math.min(version, NEWEST_VERSION);
}
