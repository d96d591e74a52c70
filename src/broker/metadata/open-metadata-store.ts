import { dirname } from 'node:path';
import type { Files } from '../../log/files.ts';
import type { LogConfig } from '../../log/log-config.ts';
import type { LogManager } from '../../log/log-manager.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import { METADATA_TOPIC_UUID } from '../../util/uuid.ts';
import { inBatches } from './batches.ts';
import {
  clusterBootstrapRecords,
  controllerRecord,
  newestFeatures,
  type Registration,
  registrationRecord,
  unfenceRecord,
  unregisterRecord,
} from './bootstrap.ts';
import { ClusterImage } from './cluster-image.ts';
import { formattedRecords, writeFormatted } from './formatted.ts';
import type { BrokerImage, TopicImage } from './image.ts';
import { METADATA_TOPIC } from './internal-topics.ts';
import { KRaftMetadataStore } from './kraft-metadata-store.ts';
import { METADATA_LOG_CONFIG, MetadataLog, readMetadataLog } from './metadata-log.ts';
import type { MetadataStore } from './metadata-store.ts';
import { afterControlRecord, STATIC_QUORUM } from './quorum.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord, openMetadataRecord } from './record-serde.ts';
import { replay } from './replay.ts';
import { listSnapshots, readSnapshot, visitSnapshot } from './snapshot.ts';
import { type SnapshotSettings, Snapshots } from './snapshots.ts';
import { TransactionReplay } from './transaction-replay.ts';

export interface MetadataStoreOptions {
  readonly logs: LogManager;
  /** Where the logs are, for snapshots. */
  readonly files: Files;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How this broker registers with its cluster; the first of several. */
  readonly broker: Registration;
  /** The further brokers of the process, which share the data. */
  readonly others?: readonly Registration[];
  /** BrokerConfig.given: what topics without a setting of their own inherit. */
  readonly given: ReadonlyMap<string, string>;
  /** After an unclean stop: every partition begins a new leader epoch, as an election would give it. */
  readonly newLeaderEpochs?: boolean;
  /** When snapshots are written and how much is kept; Kafka's defaults if absent. */
  readonly snapshots?: SnapshotSettings;
  /** Size and age at which a segment of the metadata log is closed. */
  readonly segments?: Pick<LogConfig, 'segmentBytes' | 'segmentMs'>;
}

const DEFAULT_SNAPSHOT_SETTINGS: SnapshotSettings = {
  maxBytes: 20 * 1024 * 1024,
  maxIntervalMs: 3_600_000,
  retentionBytes: 100 * 1024 * 1024,
  retentionMs: 7 * 24 * 3_600_000,
};

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
  const logConfig = { ...METADATA_LOG_CONFIG, ...options.segments };
  log.updateConfig(logConfig);
  const image = new ClusterImage();
  const { unfinishedTransaction, quorum } = await replayAll(options, log, image);
  const metadataLog = new MetadataLog(log, clock, nextEpoch(log));
  const commit = (values: readonly Buffer[]) => {
    metadataLog.append(values);
    for (const value of values) replay(image, openMetadataRecord(value));
  };
  const all = [broker, ...(options.others ?? [])];
  const nodeIds = all.map(({ nodeId }) => nodeId);
  const gone = notStarted(image, broker, nodeIds);
  metadataLog.appendLeaderChange(broker.nodeId, nodeIds);
  if (unfinishedTransaction)
    commit([encodeMetadataRecord(Records.abortTransaction, { reason: 'the controller stopped' })]);
  if (gone.length > 0) commit(gone.map(unregisterRecord));
  const isNew = image.features.size === 0;
  if (isNew) {
    const formatted = await beginning(options, dirname(log.directory));
    commit(clusterBootstrapRecords(formatted, options.given.get('min.insync.replicas')));
  }
  commit(all.map(controllerRecord));
  for (const one of all) {
    const brokerEpoch = metadataLog.endOffset;
    commit([registrationRecord(one, brokerEpoch), unfenceRecord(one.nodeId, brokerEpoch)]);
  }
  lead(image, nodeIds, options.newLeaderEpochs ?? false, commit);
  const { given } = options;
  const settings = options.snapshots ?? DEFAULT_SNAPSHOT_SETTINGS;
  const snapshots = new Snapshots({ ...options, log, image, settings, quorum: () => store.quorum });
  const store: KRaftMetadataStore = new KRaftMetadataStore({
    ...{ image, log: metadataLog, logConfig, snapshots, logs, given, nodeIds, quorum },
    metadataDirectoryId: logs.directoryIdOf(log) ?? broker.directoryIds[0]!,
    directoryIds: broker.directoryIds,
  });
  if (nodeIds.length > 1) store.replication.catchUp();
  if (!isNew) deleteStrayLogs(store, options);
  matchLogs(store, options);
  store.assignDirectories(store.topics());
  logs.onDirectoryFailed((directoryId) => store.replication.loseDirectory(directoryId));
  logs.onMoved(({ topic }) => {
    const moved = store.topic(topic);
    if (moved !== undefined) store.assignDirectories([moved]);
  });
  return store;
}

async function replayAll({ files, logger }: MetadataStoreOptions, log: PartitionLog, image: ClusterImage) {
  const transactions = new TransactionReplay((record) => replay(image, record));
  let start = 0;
  let quorum = STATIC_QUORUM;
  const control = (type: number, value: Buffer) => {
    quorum = afterControlRecord(quorum, type, value);
  };
  for (const snapshot of listSnapshots(files, log.directory).reverse()) {
    const content = readSnapshot(files, snapshot);
    if (content === undefined) {
      logger.warn(`${snapshot.path} is no whole snapshot. Going on without it.`);
      continue;
    }
    await visitSnapshot(content, (record) => transactions.accept(record), control);
    start = snapshot.endOffset;
    break;
  }
  if (log.logStartOffset > start)
    throw new Error(
      `The metadata log begins at offset ${log.logStartOffset}, and no snapshot in ${log.directory} reaches it`,
    );
  await readMetadataLog(log, start, (record) => transactions.accept(record), control);
  return { unfinishedTransaction: transactions.open, quorum };
}

/** What the cluster was formatted with; of directories that nobody formatted, what they are formatted with now. */
async function beginning({ files, logger, logs, clock }: MetadataStoreOptions, directory: string): Promise<Buffer[]> {
  const formatted = await formattedRecords(files, directory, logger);
  if (formatted !== undefined) return formatted.map(({ value }) => value);
  const features = newestFeatures();
  const usable = logs.directories.filter(({ failure }) => failure === undefined).map(({ path }) => path);
  writeFormatted(files, usable, features, clock.nowMs());
  return features;
}

function nextEpoch(log: PartitionLog): number {
  return Math.max(log.latestEpoch, 0) + 1;
}

/**
 * The brokers that shared this directory and are not started now. They must not be needed.
 * @throws Error that says with how many brokers to start
 */
function notStarted(
  image: ClusterImage,
  { nodeId, directoryIds }: Registration,
  nodeIds: readonly number[],
): BrokerImage[] {
  const sharing = [...image.brokers.values()].filter((one) => one.directoryIds.some((id) => directoryIds.includes(id)));
  const missing = sharing.filter(({ id }) => !nodeIds.includes(id));
  const isNeeded = (id: number) =>
    [...image.topics()].some(({ partitions }) => partitions.some(({ replicas }) => replicas.includes(id)));
  const needed = missing
    .map(({ id }) => id)
    .filter(isNeeded)
    .sort((a, b) => a - b);
  if (needed.length === 0) return missing;
  const count = Math.max(...needed) - nodeId + 1;
  throw new Error(
    `The data directory belongs to a cluster of more brokers: ${needed.join(', ')} ${needed.length === 1 ? 'has' : 'have'} replicas ` +
      `and would not be started. Start all of them with --brokers ${count}, or, to have fewer, first move the replicas away ` +
      'with kafka-reassign-partitions while they run.',
  );
}

/**
 * Makes live nodes the leaders of every partition that they have a replica of. Kafka leaves partitions without a leader when
 * it stops cleanly, and with their last replicas in the ELR (KIP-966), from which an election moves them to the ISR.
 * @param anew also where a live node is the leader already
 */
function lead(
  image: ClusterImage,
  nodeIds: readonly number[],
  anew: boolean,
  commit: (values: readonly Buffer[]) => void,
): void {
  const changes = [...image.topics()].flatMap(({ id: topicId, partitions }) =>
    partitions.flatMap(({ index: partitionId, leader: current, isr, replicas }) => {
      const stays = nodeIds.includes(current) && replicas.includes(current);
      const mine = replicas.filter((id) => nodeIds.includes(id));
      const leader = stays ? current : (mine.find((id) => isr.includes(id)) ?? mine[0]);
      if (leader === undefined || (stays && !anew)) return [];
      const election = isr.includes(leader) ? {} : { isr: [leader], eligibleLeaderReplicas: [], lastKnownElr: [] };
      return [encodeMetadataRecord(Records.partitionChange, { topicId, partitionId, leader, ...election })];
    }),
  );
  inBatches(changes, commit);
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
    for (const { index } of partitions) {
      // What has no log may have one in a log directory that is offline.
      if (logs.get(name, index) === undefined && logs.failedDirectories.size > 0) continue;
      logs.create(name, index, id).updateConfig(config);
    }
  }
}
