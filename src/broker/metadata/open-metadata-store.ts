import type { Files } from '../../log/files.ts';
import type { LogManager } from '../../log/log-manager.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import { METADATA_TOPIC_UUID } from '../../util/uuid.ts';
import { clusterBootstrapRecords, type Registration, registrationRecord, unfenceRecord } from './bootstrap.ts';
import { ClusterImage } from './cluster-image.ts';
import type { TopicImage } from './image.ts';
import { METADATA_TOPIC } from './internal-topics.ts';
import { KRaftMetadataStore } from './kraft-metadata-store.ts';
import { METADATA_LOG_CONFIG, MetadataLog, readMetadataLog } from './metadata-log.ts';
import type { MetadataStore } from './metadata-store.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord, openMetadataRecord } from './record-serde.ts';
import { replay } from './replay.ts';
import { latestSnapshot, readSnapshot } from './snapshot.ts';
import { TransactionReplay } from './transaction-replay.ts';

export interface MetadataStoreOptions {
  readonly logs: LogManager;
  /** Where the logs are, for snapshots. */
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How this broker registers with its cluster. */
  readonly broker: Registration;
  /** BrokerConfig.given: what topics without a setting of their own inherit. */
  readonly given: ReadonlyMap<string, string>;
  /** After an unclean stop: every partition begins a new leader epoch, as an election would give it. */
  readonly newLeaderEpochs?: boolean;
}

/**
 * Opens the cluster's metadata: replays `__cluster_metadata-0`, which ktool or Kafka wrote, or begins a new one; then this
 * node becomes its leader in a new epoch and registers as the broker, as on every start of Kafka. Afterwards the logs are
 * those of the metadata: missing ones are made, those of topics that are gone are deleted (not in a new cluster, which
 * knows of none), all have their settings.
 * @throws Error if the metadata log cannot be understood
 */
export async function openMetadataStore(options: MetadataStoreOptions): Promise<MetadataStore> {
  const { logs, clock, broker } = options;
  const log = logs.get(METADATA_TOPIC, 0) ?? logs.create(METADATA_TOPIC, 0, METADATA_TOPIC_UUID);
  log.updateConfig(METADATA_LOG_CONFIG);
  const image = new ClusterImage();
  const { unfinishedTransaction } = await replayAll(options.files, log, image);
  const metadataLog = new MetadataLog(log, clock, nextEpoch(log));
  const commit = (values: readonly Buffer[]) => {
    metadataLog.append(values);
    for (const value of values) replay(image, openMetadataRecord(value));
  };
  metadataLog.appendLeaderChange(broker.nodeId);
  if (unfinishedTransaction)
    commit([encodeMetadataRecord(Records.abortTransaction, { reason: 'the controller stopped' })]);
  const isNew = image.features.size === 0;
  if (isNew) commit(clusterBootstrapRecords());
  const brokerEpoch = metadataLog.endOffset;
  commit([registrationRecord(broker, brokerEpoch), unfenceRecord(broker.nodeId, brokerEpoch)]);
  lead(image, broker.nodeId, options.newLeaderEpochs ?? false, commit);
  const store = new KRaftMetadataStore({
    image,
    log: metadataLog,
    logs,
    given: options.given,
    nodeId: broker.nodeId,
    brokerEpoch,
    directoryIds: broker.directoryIds,
  });
  if (!isNew) deleteStrayLogs(store, options);
  matchLogs(store, options);
  return store;
}

async function replayAll(files: Files, log: PartitionLog, image: ClusterImage) {
  const transactions = new TransactionReplay((record) => replay(image, record));
  const snapshot = latestSnapshot(files, log.directory);
  if (snapshot) await readSnapshot(files, snapshot, (record) => transactions.accept(record));
  const start = Math.max(log.logStartOffset, snapshot?.endOffset ?? 0);
  if (log.logStartOffset > (snapshot?.endOffset ?? 0))
    throw new Error(
      `The metadata log begins at offset ${log.logStartOffset}, and no snapshot in ${log.directory} reaches it`,
    );
  await readMetadataLog(log, start, (record) => transactions.accept(record));
  return { unfinishedTransaction: transactions.open };
}

function nextEpoch(log: PartitionLog): number {
  return Math.max(log.latestEpoch, 0) + 1;
}

/** A batch holds at most so many records (KafkaRaftClient and QuorumController allow 10,000). */
const MAX_RECORDS = 10_000;

/**
 * Makes this node the leader of every partition that it has a replica of. Kafka leaves partitions without a leader when it
 * stops cleanly, and with their last replicas in the ELR (KIP-966), from which an election moves them to the ISR.
 * @param anew also where it is the leader already
 */
function lead(image: ClusterImage, nodeId: number, anew: boolean, commit: (values: readonly Buffer[]) => void): void {
  const changes = [...image.topics()].flatMap(({ id: topicId, partitions }) =>
    partitions
      .filter(({ leader, replicas }) => replicas.includes(nodeId) && (anew || leader !== nodeId))
      .map(({ index: partitionId, isr }) => {
        const election = isr.includes(nodeId) ? {} : { isr: [nodeId], eligibleLeaderReplicas: [], lastKnownElr: [] };
        return encodeMetadataRecord(Records.partitionChange, { topicId, partitionId, leader: nodeId, ...election });
      }),
  );
  for (let at = 0; at < changes.length; at += MAX_RECORDS) commit(changes.slice(at, at + MAX_RECORDS));
}

/** A crash may have come between the record that removes a topic and the removal of its logs. */
function deleteStrayLogs(store: MetadataStore, { logs, logger }: MetadataStoreOptions): void {
  for (const { topic, partition, topicId } of [...logs.all()]) {
    const known = topic === METADATA_TOPIC || isPartition(store.topic(topic), topicId, partition);
    if (known) continue;
    logger.warn(`${topic}-${partition} is no partition of the cluster any more: its log is deleted`);
    logs.delete(topic, partition);
  }
}

function isPartition(topic: TopicImage | undefined, topicId: string | undefined, partition: number): boolean {
  if (!topic || partition >= topic.partitions.length) return false;
  return topicId === undefined || topicId === topic.id;
}

/** Every partition has a log, with the settings that its topic has by now. */
function matchLogs(store: MetadataStore, { logs }: MetadataStoreOptions): void {
  for (const { name, id, partitions } of store.topics()) {
    const config = store.logConfig(name);
    for (const { index } of partitions) logs.create(name, index, id).updateConfig(config);
  }
}
