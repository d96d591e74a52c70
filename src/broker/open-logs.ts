import type { Files } from '../log/files.ts';
import type { LogConfig } from '../log/log-config.ts';
import { LogManager } from '../log/log-manager.ts';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import type { BrokerConfig } from './config/broker-config.ts';

/** Opens the log directories of a configuration. @throws Error if one cannot be used, e.g. because a broker has it */
export function openLogs(
  config: BrokerConfig,
  surroundings: {
    files: Files;
    clock: Clock;
    logger: Logger;
    configFor: (topic: string) => LogConfig;
    /** The configuration in force, dynamic ones included. */
    currentConfig: () => BrokerConfig;
    /** That new directories are to have; undefined for one of their own. */
    clusterId?: string | undefined;
    onFatal: (message: string) => void;
  },
): Promise<LogManager> {
  const { clusterId, ...common } = surroundings;
  return LogManager.open({
    ...common,
    ...(clusterId === undefined ? {} : { clusterId }),
    dirs: config.logDirs,
    nodeId: config.nodeId,
    cleanerSettings: () => {
      const current = surroundings.currentConfig();
      return {
        isEnabled: current.logCleanerEnable,
        backoffMs: current.logCleanerBackoffMs,
        dedupeBufferBytes: current.logCleanerDedupeBufferSize,
        dedupeLoadFactor: current.logCleanerIoBufferLoadFactor,
        maxBytesPerSecond: current.logCleanerIoMaxBytesPerSecond,
      };
    },
    moveBytesPerSecond: () => surroundings.currentConfig().replicaAlterLogDirsIoMaxBytesPerSecond,
    settings: {
      retentionCheckIntervalMs: config.logRetentionCheckIntervalMs,
      recoveryPointCheckpointIntervalMs: config.logFlushOffsetCheckpointIntervalMs,
      highWatermarkCheckpointIntervalMs: config.highWatermarkCheckpointIntervalMs,
      producerIdExpirationMs: config.producerIdExpirationMs,
      producerIdExpirationCheckIntervalMs: config.producerIdExpirationCheckIntervalMs,
    },
  });
}
