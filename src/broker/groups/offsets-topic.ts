// The topic `__consumer_offsets` as the coordinator uses it: a group's records go to one partition, whole batches at a
// time, and are all read back when the broker starts.
import { LogError } from '../../log/errors.ts';
import type { LogManager } from '../../log/log-manager.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { buildBatch } from '../../protocol/records/write.ts';
import type { Clock } from '../../util/clock.ts';
import { javaAbs, javaStringHash } from '../../util/java-hash.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { TopicImage } from '../metadata/image.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { ensureInternalTopic } from '../topics/internal-topic.ts';
import { listOrder } from './list-order.ts';
import type { GroupRecord } from './records.ts';

export interface OffsetsTopicParts {
  readonly nodeId: number;
  /** The configuration in force now. */
  config(): BrokerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
}

/** Bytes read at once when the groups are loaded (Kafka's default of offsets.load.buffer.size). */
const READ_BYTES = 5 * 1024 * 1024;

// What a refused write means to a client (GroupMetadataManager.appendGroupMetadataErrorToResponseError).
const ANSWERS: ReadonlyMap<number, number> = new Map([
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.COORDINATOR_NOT_AVAILABLE],
  [ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_COORDINATOR],
  [ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR],
  [ErrorCode.RECORD_LIST_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR],
]);

export class OffsetsTopic {
  readonly #parts: OffsetsTopicParts;
  #hasComplained = false;

  constructor(parts: OffsetsTopicParts) {
    this.#parts = parts;
  }

  /** Creates the topic if it is not there yet. */
  prepare(): void {
    this.#ensure();
  }

  /** @throws KafkaError COORDINATOR_NOT_AVAILABLE if the topic is not there and cannot be created, as Kafka answers then */
  #ensure(): TopicImage {
    const { metadata, nodeId, config, logger } = this.#parts;
    const existing = metadata.topic(InternalTopic.CONSUMER_OFFSETS);
    if (existing) return existing;
    try {
      return ensureInternalTopic({ metadata, nodeId, config: config() }, InternalTopic.CONSUMER_OFFSETS);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      if (!this.#hasComplained) {
        const advice = 'consumer groups will not work until offsets.topic.replication.factor is 1';
        logger.warn(`Cannot create ${InternalTopic.CONSUMER_OFFSETS} (${error.message}): ${advice}`);
      }
      this.#hasComplained = true;
      throw new KafkaError(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
  }

  /** The partition that keeps a group: Kafka's choice, so that its tools find it. */
  partitionFor(groupId: string): number {
    return javaAbs(javaStringHash(groupId)) % this.#partitionCount();
  }

  /**
   * Writes records as one batch. Like Kafka's coordinator, it gives the batch sequence 0 although it has no producer id.
   * @throws KafkaError with the number that the client is to be answered with
   */
  append(groupId: string, records: readonly GroupRecord[]): void {
    const { clock, logs } = this.#parts;
    const timestamp = clock.nowMs();
    const { partitions } = this.#ensure();
    const partition = partitions[this.partitionFor(groupId)]!;
    const log = logs.get(InternalTopic.CONSUMER_OFFSETS, partition.index);
    if (!log) throw new KafkaError(ErrorCode.NOT_COORDINATOR);
    const batch = buildBatch(
      records.map((record) => ({ timestamp, ...record })),
      { baseSequence: 0 },
    );
    try {
      log.append(batch, { leaderEpoch: partition.leaderEpoch, nowMs: timestamp, origin: 'coordinator' });
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      throw new KafkaError(ANSWERS.get(error.code) ?? error.code, error.message);
    }
  }

  /** Group ids in the order in which Kafka's coordinator lists them. */
  inListOrder(groupIds: Iterable<string>): string[] {
    const shards = new Map<number, string[]>();
    for (const groupId of groupIds) {
      const partition = this.partitionFor(groupId);
      shards.set(partition, [...(shards.get(partition) ?? []), groupId]);
    }
    return listOrder(shards, this.#partitionCount());
  }

  #partitionCount(): number {
    const { metadata, config } = this.#parts;
    return metadata.topic(InternalTopic.CONSUMER_OFFSETS)?.partitions.length ?? config().offsetsTopicNumPartitions;
  }

  /** All batches of the topic, partition by partition, in pieces of whole batches. */
  async *read(): AsyncGenerator<{ partition: number; batches: Buffer }> {
    const { metadata, logs } = this.#parts;
    for (const { index: partition } of metadata.topic(InternalTopic.CONSUMER_OFFSETS)?.partitions ?? []) {
      const log = logs.get(InternalTopic.CONSUMER_OFFSETS, partition);
      if (!log || log.failure !== undefined) continue;
      let offset = log.logStartOffset;
      while (offset < log.logEndOffset) {
        const { records, nextOffset } = await log.read(offset, READ_BYTES, {
          minOneMessage: true,
          upTo: log.logEndOffset,
        });
        if (nextOffset <= offset) break;
        for (const batches of records) yield { partition, batches };
        offset = nextOffset;
      }
    }
  }
}
