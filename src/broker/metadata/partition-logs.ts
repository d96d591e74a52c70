// The logs of the partitions that the metadata knows, and what the metadata says of the log directories they are in.
import type { LogConfig } from '../../log/log-config.ts';
import type { LogManager } from '../../log/log-manager.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { TopicImage } from './image.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord } from './record-serde.ts';

export class PartitionLogs {
  readonly #logs: LogManager;
  readonly #nodeIds: readonly number[];

  /** @param nodeIds of the brokers of this process, which share the logs */
  constructor(logs: LogManager, nodeIds: readonly number[]) {
    this.#logs = logs;
    this.#nodeIds = nodeIds;
  }

  /** Makes the logs of a topic's partitions from the number `first` on. @throws LogError, a system error */
  create({ name, id, partitions }: TopicImage, first: number): void {
    // Kafka goes through its hash table, which decides who gets which of several log directories.
    const added = hashMapOrder(partitions.slice(first), ({ index }) => topicPartitionHash(name, index));
    for (const { index } of added) this.#logs.create(name, index, id);
  }

  delete({ name, partitions }: TopicImage): void {
    for (const { index } of partitions) this.#logs.delete(name, index);
  }

  /** Has the logs of a topic that are open follow its settings. */
  update({ name, partitions }: TopicImage, config: LogConfig): void {
    for (const { index } of partitions) this.#logs.get(name, index)?.updateConfig(config);
  }

  /** The records that say in which log directories the logs are, where the metadata has it otherwise (AssignReplicasToDirs). */
  directoryRecords(topics: Iterable<TopicImage>): Buffer[] {
    const records: Buffer[] = [];
    for (const { name, id: topicId, partitions } of topics) {
      for (const { index, replicas, directories = [] } of partitions) {
        const log = this.#logs.get(name, index);
        const directory = log && this.#logs.directoryIdOf(log);
        if (directory === undefined || replicas.every((id, at) => !this.#isMine(id) || directories[at] === directory))
          continue;
        const assigned = replicas.map((id, at) => (this.#isMine(id) ? directory : (directories[at] ?? ZERO_UUID)));
        const change = { topicId, partitionId: index, directories: assigned };
        records.push(encodeMetadataRecord(Records.partitionChange, change));
      }
    }
    return records;
  }

  #isMine(brokerId: number): boolean {
    return this.#nodeIds.includes(brokerId);
  }
}

interface NewPartition {
  readonly topicId: string;
  readonly partitionId: number;
  readonly replicas: readonly number[];
  /** The first one leads. */
  readonly isr: readonly number[];
}

/**
 * The PartitionRecord of a partition that is made.
 * @param directoryIds of all log directories; with several it is noted later in which one the log is
 */
export function newPartitionRecord({ isr, ...partition }: NewPartition, directoryIds: readonly string[]): Buffer {
  const directory = directoryIds.length === 1 ? directoryIds[0]! : ZERO_UUID;
  return encodeMetadataRecord(Records.partition, {
    ...partition,
    isr,
    removingReplicas: [],
    addingReplicas: [],
    leader: isr[0] ?? -1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    directories: partition.replicas.map(() => directory),
  });
}
