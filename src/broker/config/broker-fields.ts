// Which keys the broker reads, and under which names. Keys that are not here (nor topic defaults) have no effect.

interface Field<Kind extends keyof Kinds> {
  readonly key: string;
  readonly kind: Kind;
}

interface Kinds {
  number: number;
  boolean: boolean;
  text: string | null;
  list: readonly string[];
}

const number = (key: string): Field<'number'> => ({ key, kind: 'number' });
const boolean = (key: string): Field<'boolean'> => ({ key, kind: 'boolean' });
const text = (key: string): Field<'text'> => ({ key, kind: 'text' });
const list = (key: string): Field<'list'> => ({ key, kind: 'list' });

/** Field names to keys; types, defaults and meaning are those of the definitions. Times are in the key's own unit. */
export const BROKER_FIELDS = {
  rack: text('broker.rack'),

  socketRequestMaxBytes: number('socket.request.max.bytes'),
  socketListenBacklogSize: number('socket.listen.backlog.size'),
  connectionsMaxIdleMs: number('connections.max.idle.ms'),
  connectionFailedAuthenticationDelayMs: number('connection.failed.authentication.delay.ms'),
  saslServerMaxReceiveSize: number('sasl.server.max.receive.size'),
  maxConnections: number('max.connections'),
  maxConnectionsPerIp: number('max.connections.per.ip'),
  maxConnectionsPerIpOverrides: text('max.connections.per.ip.overrides'),

  numPartitions: number('num.partitions'),
  defaultReplicationFactor: number('default.replication.factor'),
  autoCreateTopicsEnable: boolean('auto.create.topics.enable'),
  autoLeaderRebalanceEnable: boolean('auto.leader.rebalance.enable'),
  leaderImbalanceCheckIntervalSeconds: number('leader.imbalance.check.interval.seconds'),
  deleteTopicEnable: boolean('delete.topic.enable'),
  messageMaxBytes: number('message.max.bytes'),

  logRetentionCheckIntervalMs: number('log.retention.check.interval.ms'),
  logInitialTaskDelayMs: number('log.initial.task.delay.ms'),
  logFlushSchedulerIntervalMs: number('log.flush.scheduler.interval.ms'),
  logFlushOffsetCheckpointIntervalMs: number('log.flush.offset.checkpoint.interval.ms'),
  logFlushStartOffsetCheckpointIntervalMs: number('log.flush.start.offset.checkpoint.interval.ms'),
  highWatermarkCheckpointIntervalMs: number('replica.high.watermark.checkpoint.interval.ms'),
  logCleanerEnable: boolean('log.cleaner.enable'),
  logCleanerBackoffMs: number('log.cleaner.backoff.ms'),
  logCleanerThreads: number('log.cleaner.threads'),
  logCleanerDedupeBufferSize: number('log.cleaner.dedupe.buffer.size'),
  logCleanerIoMaxBytesPerSecond: number('log.cleaner.io.max.bytes.per.second'),
  replicaAlterLogDirsIoMaxBytesPerSecond: number('replica.alter.log.dirs.io.max.bytes.per.second'),
  logCleanerIoBufferLoadFactor: number('log.cleaner.io.buffer.load.factor'),

  controllerQuorumAppendLingerMs: number('controller.quorum.append.linger.ms'),
  metadataLogDir: text('metadata.log.dir'),
  metadataLogSegmentBytes: number('metadata.log.segment.bytes'),
  metadataLogMaxRecordBytesBetweenSnapshots: number('metadata.log.max.record.bytes.between.snapshots'),
  metadataLogMaxSnapshotIntervalMs: number('metadata.log.max.snapshot.interval.ms'),
  metadataLogSegmentMs: number('metadata.log.segment.ms'),
  metadataMaxRetentionBytes: number('metadata.max.retention.bytes'),
  metadataMaxRetentionMs: number('metadata.max.retention.ms'),

  delegationTokenMaxLifetimeMs: number('delegation.token.max.lifetime.ms'),
  delegationTokenExpiryTimeMs: number('delegation.token.expiry.time.ms'),
  delegationTokenExpiryCheckIntervalMs: number('delegation.token.expiry.check.interval.ms'),

  fetchMaxBytes: number('fetch.max.bytes'),
  maxIncrementalFetchSessionCacheSlots: number('max.incremental.fetch.session.cache.slots'),
  maxRequestPartitionSizeLimit: number('max.request.partition.size.limit'),

  quotaWindowNum: number('quota.window.num'),
  quotaWindowSizeSeconds: number('quota.window.size.seconds'),
  controllerQuotaWindowNum: number('controller.quota.window.num'),
  controllerQuotaWindowSizeSeconds: number('controller.quota.window.size.seconds'),

  telemetryMaxBytes: number('telemetry.max.bytes'),

  groupMinSessionTimeoutMs: number('group.min.session.timeout.ms'),
  groupMaxSessionTimeoutMs: number('group.max.session.timeout.ms'),
  groupInitialRebalanceDelayMs: number('group.initial.rebalance.delay.ms'),
  groupMaxSize: number('group.max.size'),
  groupConsumerSessionTimeoutMs: number('group.consumer.session.timeout.ms'),
  groupConsumerHeartbeatIntervalMs: number('group.consumer.heartbeat.interval.ms'),
  groupConsumerAssignmentIntervalMs: number('group.consumer.assignment.interval.ms'),
  groupConsumerMaxSize: number('group.consumer.max.size'),
  groupConsumerAssignors: list('group.consumer.assignors'),
  groupShareSessionTimeoutMs: number('group.share.session.timeout.ms'),
  groupShareHeartbeatIntervalMs: number('group.share.heartbeat.interval.ms'),
  groupShareAssignmentIntervalMs: number('group.share.assignment.interval.ms'),
  groupShareMaxSize: number('group.share.max.size'),
  groupShareInitializeRetryIntervalMs: number('group.share.initialize.retry.interval.ms'),
  groupStreamsSessionTimeoutMs: number('group.streams.session.timeout.ms'),
  groupStreamsHeartbeatIntervalMs: number('group.streams.heartbeat.interval.ms'),
  groupStreamsAssignmentIntervalMs: number('group.streams.assignment.interval.ms'),
  groupStreamsInitialRebalanceDelayMs: number('group.streams.initial.rebalance.delay.ms'),
  groupStreamsNumStandbyReplicas: number('group.streams.num.standby.replicas'),
  groupStreamsMaxSize: number('group.streams.max.size'),
  groupConsumerMigrationPolicy: text('group.consumer.migration.policy'),
  groupCoordinatorRebalanceProtocols: list('group.coordinator.rebalance.protocols'),
  offsetMetadataMaxBytes: number('offset.metadata.max.bytes'),
  offsetsRetentionMinutes: number('offsets.retention.minutes'),
  offsetsRetentionCheckIntervalMs: number('offsets.retention.check.interval.ms'),
  offsetsTopicNumPartitions: number('offsets.topic.num.partitions'),
  offsetsTopicReplicationFactor: number('offsets.topic.replication.factor'),
  offsetsTopicSegmentBytes: number('offsets.topic.segment.bytes'),

  transactionMaxTimeoutMs: number('transaction.max.timeout.ms'),
  producerIdExpirationMs: number('producer.id.expiration.ms'),
  producerIdExpirationCheckIntervalMs: number('producer.id.expiration.check.interval.ms'),
  transactionalIdExpirationMs: number('transactional.id.expiration.ms'),
  transactionAbortTimedOutCleanupIntervalMs: number('transaction.abort.timed.out.transaction.cleanup.interval.ms'),
  transactionRemoveExpiredCleanupIntervalMs: number('transaction.remove.expired.transaction.cleanup.interval.ms'),
  transactionPartitionVerificationEnable: boolean('transaction.partition.verification.enable'),
  transactionStateLogNumPartitions: number('transaction.state.log.num.partitions'),
  transactionStateLogReplicationFactor: number('transaction.state.log.replication.factor'),
  transactionStateLogMinIsr: number('transaction.state.log.min.isr'),
  transactionStateLogSegmentBytes: number('transaction.state.log.segment.bytes'),

  shareCoordinatorSnapshotUpdateRecordsPerSnapshot: number('share.coordinator.snapshot.update.records.per.snapshot'),
  shareCoordinatorStateTopicPruneIntervalMs: number('share.coordinator.state.topic.prune.interval.ms'),
  shareCoordinatorColdPartitionSnapshotIntervalMs: number('share.coordinator.cold.partition.snapshot.interval.ms'),
  shareCoordinatorStateTopicNumPartitions: number('share.coordinator.state.topic.num.partitions'),
  shareCoordinatorStateTopicReplicationFactor: number('share.coordinator.state.topic.replication.factor'),
  shareCoordinatorStateTopicMinIsr: number('share.coordinator.state.topic.min.isr'),
  shareCoordinatorStateTopicSegmentBytes: number('share.coordinator.state.topic.segment.bytes'),
  shareCoordinatorStateTopicCompressionCodec: number('share.coordinator.state.topic.compression.codec'),

  groupShareDeliveryCountLimit: number('group.share.delivery.count.limit'),
  groupShareRecordLockDurationMs: number('group.share.record.lock.duration.ms'),
  groupSharePartitionMaxRecordLocks: number('group.share.partition.max.record.locks'),
  groupShareMaxShareSessions: number('group.share.max.share.sessions'),
} as const satisfies Record<string, Field<keyof Kinds>>;

/** The broker's settings by their names in camel case. */
export type BrokerFields = {
  readonly [Name in keyof typeof BROKER_FIELDS]: Kinds[(typeof BROKER_FIELDS)[Name]['kind']];
};
