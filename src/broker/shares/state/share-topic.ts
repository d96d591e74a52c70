// The topic `__share_group_state` as the share coordinator uses it.
import { loadCodec } from '../../../protocol/records/compression.ts';
import { InternalTopic } from '../../metadata/internal-topics.ts';
import { type StateRecord, StateTopic, type StateTopicParts } from '../../topics/state-topic.ts';

export class ShareTopic {
  readonly #parts: StateTopicParts;
  readonly #topic: StateTopic;
  readonly #codec: number;

  private constructor(parts: StateTopicParts, codec: number) {
    this.#parts = parts;
    this.#codec = codec;
    this.#topic = new StateTopic(parts, {
      name: InternalTopic.SHARE_GROUP_STATE,
      advice:
        'share groups will not work until share.coordinator.state.topic.replication.factor is no more than there are brokers',
      anyLeader: true,
      partitionCount: (config) => config.shareCoordinatorStateTopicNumPartitions,
    });
  }

  /** With the codec that it writes in. @throws RecordError for a number that is no codec */
  static async open(parts: StateTopicParts): Promise<ShareTopic> {
    const codec = parts.config().shareCoordinatorStateTopicCompressionCodec;
    await loadCodec(codec);
    return new ShareTopic(parts, codec);
  }

  /** Creates the topic if it is not there yet. @throws KafkaError COORDINATOR_NOT_AVAILABLE if it cannot be created */
  prepare(): void {
    this.#topic.ensure();
  }

  /** The topic's partition that keeps a share partition. @param key see coordinatorKey */
  partitionFor(key: string): number {
    return this.#topic.partitionFor(key);
  }

  /** The offset that the record was given. @throws KafkaError with the number that the client is to be answered with */
  append(key: string, record: StateRecord): number {
    return this.#topic.append(key, [record], { codec: this.#codec });
  }

  /** Raises the log start offsets of the topic's partitions. */
  prune(redundantOffset: (partition: number) => number | undefined): void {
    const { logs, metadata } = this.#parts;
    for (const { index } of metadata.topic(InternalTopic.SHARE_GROUP_STATE)?.partitions ?? []) {
      const log = logs.get(InternalTopic.SHARE_GROUP_STATE, index);
      const offset = redundantOffset(index);
      if (log && log.failure === undefined && offset !== undefined) log.deleteRecordsBefore(offset);
    }
  }

  /** All batches of the topic, partition by partition, in pieces of whole batches. */
  read(): AsyncGenerator<{ partition: number; batches: Buffer }> {
    return this.#topic.read();
  }
}
