// The numbers of the log manager.

const MIB = 1024 * 1024;

/** Kafka's names and defaults, where Kafka has them; milliseconds and bytes. */
export const DEFAULT_LOG_MANAGER_SETTINGS = {
  /** `log.retention.check.interval.ms` */
  retentionCheckIntervalMs: 5 * 60_000,
  /** `log.flush.offset.checkpoint.interval.ms` */
  recoveryPointCheckpointIntervalMs: 60_000,
  /** `replica.high.watermark.checkpoint.interval.ms` */
  highWatermarkCheckpointIntervalMs: 5_000,
  /** `producer.id.expiration.ms` */
  producerIdExpirationMs: 24 * 60 * 60_000,
  /** `producer.id.expiration.check.interval.ms` */
  producerIdExpirationCheckIntervalMs: 10 * 60_000,
  /** Segment files kept open at most. */
  maxOpenFiles: 1000,
  /** Memory for the newest batches, of all partitions and of one. */
  tailBytes: 32 * MIB,
  tailBytesPerPartition: 4 * MIB,
  /** Memory for the indexes of segments that are no longer written to. */
  indexBytes: 32 * MIB,
} as const;

export type LogManagerSettings = { [name in keyof typeof DEFAULT_LOG_MANAGER_SETTINGS]: number };
