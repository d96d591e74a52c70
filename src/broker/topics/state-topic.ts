// An internal topic as its coordinator uses it: what belongs to a key goes to one partition, whole batches at a time,
// and everything is read back when the broker starts.

import { LogError } from '../../log/errors.ts';
import type { LogManager } from '../../log/log-manager.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { buildBatch } from '../../protocol/records/write.ts';
import type { Clock } from '../../util/clock.ts';
import { javaAbs, javaStringHash } from '../../util/java-hash.ts';
import type { Logger } from '../../util/logger.ts';
import type { NodeIds } from '../broker-core.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { PartitionImage, TopicImage } from '../metadata/image.ts';
import type { InternalTopic } from '../metadata/internal-topics.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { ensureInternalTopic } from './internal-topic.ts';

export interface StateTopicParts {
  readonly nodeId: number;
  readonly peers: NodeIds;
  /** The configuration in force now. */
  config(): BrokerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
}

/** A record of a coordinator's state; without a value it deletes what was under its key. */
export interface StateRecord {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

export interface StateTopicOptions {
  readonly name: InternalTopic;
  /** What to tell an administrator where the topic cannot be created. */
  readonly advice: string;
  /** For a coordinator that is one for all brokers of the process: any leader will do. */
  readonly anyLeader?: boolean;
  /** Partitions that the topic will have; it may not be there yet. */
  partitionCount(config: BrokerConfig): number;
}

/** Bytes read at once (Kafka's default of offsets.load.buffer.size and transaction.state.log.load.buffer.size). */
const READ_BYTES = 5 * 1024 * 1024;

// What a refused write means to a client (GroupCoordinatorService.handleOperationException,
// TransactionStateManager.appendTransactionToLog).
const ANSWERS: ReadonlyMap<number, number> = new Map([
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.COORDINATOR_NOT_AVAILABLE],
  [ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_COORDINATOR],
  [ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR],
  [ErrorCode.RECORD_LIST_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR],
]);

export class StateTopic {
  readonly #parts: StateTopicParts;
  readonly #options: StateTopicOptions;
  #hasComplained = false;

  constructor(parts: StateTopicParts, options: StateTopicOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /**
   * The topic, created if it is not there yet.
   * @throws KafkaError COORDINATOR_NOT_AVAILABLE if it cannot be created, as Kafka answers then
   */
  ensure(): TopicImage {
    const { metadata, nodeId, peers, config, logger } = this.#parts;
    const { name, advice } = this.#options;
    const existing = metadata.topic(name);
    if (existing) return existing;
    try {
      return ensureInternalTopic({ metadata, nodeId, peers, config: config() }, name);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      if (!this.#hasComplained) logger.warn(`Cannot create ${name} (${error.message}): ${advice}`);
      this.#hasComplained = true;
      throw new KafkaError(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
  }

  get partitionCount(): number {
    const { metadata, config } = this.#parts;
    return metadata.topic(this.#options.name)?.partitions.length ?? this.#options.partitionCount(config());
  }

  /** The partition that keeps what belongs to `key`: Kafka's choice, so that its tools find it. */
  partitionFor(key: string): number {
    return javaAbs(javaStringHash(key)) % this.partitionCount;
  }

  /** Whether this broker leads the partition of `key`; while there is no topic, whether nobody else could. */
  coordinates(key: string): boolean {
    const { metadata, nodeId, peers } = this.#parts;
    const partition = metadata.topic(this.#options.name)?.partitions[this.partitionFor(key)];
    return partition === undefined ? peers.nodeIds.length === 1 : partition.leader === nodeId;
  }

  /** The partition of `key`, with the leader epoch that is the coordinator's epoch too. @throws KafkaError as {@link ensure} */
  partitionOf(key: string): PartitionImage {
    return this.ensure().partitions[this.partitionFor(key)]!;
  }

  /**
   * Writes records of `key` as one batch, whose first offset it returns. A codec must be loaded.
   * @throws KafkaError with the number that the client is to be answered with
   */
  append(key: string, records: readonly StateRecord[], properties: Parameters<typeof buildBatch>[1] = {}): number {
    const { clock, logs, metadata, nodeId } = this.#parts;
    const timestamp = clock.nowMs();
    const { index, leaderEpoch, leader, replicas, isr } = this.partitionOf(key);
    const log = logs.get(this.#options.name, index);
    const leads = this.#options.anyLeader ? leader >= 0 : leader === nodeId;
    if (!log || !leads) throw new KafkaError(ErrorCode.NOT_COORDINATOR);
    if (isr.length < replicas.length && isr.length < metadata.replication.minIsr(this.#options.name, replicas.length))
      throw new KafkaError(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    const batch = buildBatch(
      records.map((record) => ({ timestamp, ...record })),
      properties,
    );
    try {
      return log.append(batch, { leaderEpoch, nowMs: timestamp, origin: 'coordinator' }).baseOffset;
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      throw new KafkaError(ANSWERS.get(error.code) ?? error.code, error.message);
    }
  }

  /** All batches of the partitions that this broker leads (any, with `anyLeader`), or of one of them, in pieces of whole batches. */
  async *read(only?: number): AsyncGenerator<{ partition: number; batches: Buffer }> {
    const { metadata, logs, nodeId } = this.#parts;
    const { name, anyLeader = false } = this.#options;
    for (const { index: partition, leader } of metadata.topic(name)?.partitions ?? []) {
      if (only === undefined ? !anyLeader && leader !== nodeId : partition !== only) continue;
      const log = logs.get(name, partition);
      if (log && log.failure === undefined) yield* readLog(log, partition);
    }
  }
}

async function* readLog(log: PartitionLog, partition: number): AsyncGenerator<{ partition: number; batches: Buffer }> {
  let offset = log.logStartOffset;
  while (offset < log.logEndOffset) {
    const options = { minOneMessage: true, upTo: log.logEndOffset };
    const { records, nextOffset } = await log.read(offset, READ_BYTES, options);
    if (nextOffset <= offset) break;
    for (const batches of records) yield { partition, batches };
    offset = nextOffset;
  }
}
