// The topic `__consumer_offsets` as the coordinator of groups uses it.
import { InternalTopic } from '../metadata/internal-topics.ts';
import { StateTopic, type StateTopicParts } from '../topics/state-topic.ts';
import type { OffsetsProducer } from './commit-request.ts';
import { listOrder } from './list-order.ts';
import type { GroupRecord } from './records.ts';

export class OffsetsTopic {
  readonly #topic: StateTopic;

  constructor(parts: StateTopicParts) {
    this.#topic = new StateTopic(parts, {
      name: InternalTopic.CONSUMER_OFFSETS,
      advice: 'consumer groups will not work until offsets.topic.replication.factor is no more than there are brokers',
      partitionCount: (config) => config.offsetsTopicNumPartitions,
    });
  }

  /** Creates the topic if it is not there yet. @throws KafkaError COORDINATOR_NOT_AVAILABLE if it cannot be created */
  prepare(): void {
    this.#topic.ensure();
  }

  /** The partition that keeps a group. */
  partitionFor(groupId: string): number {
    return this.#topic.partitionFor(groupId);
  }

  /**
   * Writes records as one batch. Like Kafka's coordinator, it gives the batch sequence 0, with and without a producer.
   * @throws KafkaError with the number that the client is to be answered with
   */
  append(groupId: string, records: readonly GroupRecord[], producer?: OffsetsProducer): void {
    const properties = producer === undefined ? {} : { ...producer, transactional: true };
    this.#topic.append(groupId, records, { baseSequence: 0, ...properties });
  }

  /** Group ids in the order in which Kafka's coordinator lists them. */
  inListOrder(groupIds: Iterable<string>): string[] {
    const shards = new Map<number, string[]>();
    for (const groupId of groupIds) {
      const partition = this.partitionFor(groupId);
      shards.set(partition, [...(shards.get(partition) ?? []), groupId]);
    }
    return listOrder(shards, this.#topic.partitionCount);
  }

  /** Whether this broker leads the partition of `groupId`. */
  coordinates(groupId: string): boolean {
    return this.#topic.coordinates(groupId);
  }

  /** See StateTopic.read. */
  read(partition?: number): AsyncGenerator<{ partition: number; batches: Buffer }> {
    return this.#topic.read(partition);
  }
}
