// What classic members tell one another through the coordinator, which does not look into it (ConsumerProtocol).
import { decode, encode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { EncodableMessage, Message } from '../../protocol/schema.ts';
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from '../../protocol/state/consumer-protocol.ts';
import { Writer } from '../../protocol/writer.ts';
import type { TopicPartition } from '../admin/types.ts';

const VERSION = 3;

/** What a member wants to read. */
export interface Subscription {
  readonly topics: readonly string[];
  readonly owned: readonly TopicPartition[];
}

export function encodeSubscription(topics: readonly string[], userData: Buffer | null): Buffer {
  const sorted = [...topics].sort();
  return withVersion(ConsumerProtocolSubscription, { topics: sorted, userData, ownedPartitions: [] });
}

export function decodeSubscription(bytes: Buffer): Subscription {
  const { topics, ownedPartitions } = versioned(ConsumerProtocolSubscription, bytes);
  return { topics, owned: flat(ownedPartitions) };
}

export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const list = byTopic.get(topic);
    if (list) list.push(partition);
    else byTopic.set(topic, [partition]);
  }
  const assignedPartitions = [...byTopic].map(([topic, numbers]) => ({ topic, partitions: numbers }));
  return withVersion(ConsumerProtocolAssignment, { assignedPartitions, userData: null });
}

/** No bytes at all are what a member gets that the leader left out. */
export function decodeAssignment(bytes: Buffer): TopicPartition[] {
  return bytes.length === 0 ? [] : flat(versioned(ConsumerProtocolAssignment, bytes).assignedPartitions);
}

function flat(topics: readonly { topic: string; partitions: readonly number[] }[]): TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}

function withVersion<M extends Message>(message: M, value: EncodableMessage<M>): Buffer {
  const writer = new Writer(128);
  writer.int16(VERSION);
  encode(message, VERSION, writer, value);
  return Buffer.concat(writer.finish());
}

/** A later version is read as far as this one goes, as every consumer does it. */
function versioned<M extends Message>(message: M, bytes: Buffer) {
  const reader = new Reader(bytes);
  const version = reader.int16();
  return decode(message, Math.min(version, message.versions[1]), reader);
}
