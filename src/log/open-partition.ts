// Opens one partition's log, or says why it stays offline: a damaged log must not keep the others from being served.

import { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import type { LogDirectory } from './log-directory.ts';
import { type LoadedLog, loadPartition } from './log-loader.ts';
import { partitionDirectoryName } from './log-names.ts';
import { LogSegments } from './log-segments.ts';
import type { LogContext } from './log-state.ts';
import { PartitionLog } from './partition-log.ts';
import { ProducerSnapshots } from './producer-snapshot.ts';
import { ProducerState } from './producer-state.ts';
import { CorruptLog } from './recovery.ts';

export interface OpenPartitionOptions {
  topic: string;
  partition: number;
  /** Of the partition; it exists. */
  partitionDirectory: string;
  /** The log directory that it is in. */
  directory: LogDirectory;
  config: LogConfig;
  producerIdExpirationMs: number;
  /** Where a log that is empty starts; default: what the checkpoint of the directory says. */
  logStartOffset?: number;
}

export function openPartition(context: LogContext, options: OpenPartitionOptions): PartitionLog {
  const { topic, partition, partitionDirectory, directory, config } = options;
  const topicPartition = partitionDirectoryName(topic, partition);
  const recoveryPoint = directory.recoveryPoints.get(topicPartition);
  const logStartOffset = options.logStartOffset ?? directory.logStartOffsets.get(topicPartition) ?? 0;
  const rest = { context, topic, partition, directory: partitionDirectory, config };
  try {
    const loaded = loadPartition(context, {
      directory: partitionDirectory,
      topicPartition,
      config,
      nowMs: context.clock.nowMs(),
      isClean: directory.isClean,
      recoveryPoint,
      logStartOffset,
      producerIdExpirationMs: options.producerIdExpirationMs,
      logger: context.logger,
    });
    return new PartitionLog({ ...rest, loaded });
  } catch (error) {
    const failure = failureOf(topicPartition, error);
    context.logger.error(failure, error);
    // The checkpoints keep what they say of it, so that it can be recovered once it was repaired.
    const loaded = nothing(context, partitionDirectory, { recoveryPoint: recoveryPoint ?? 0, logStartOffset });
    return new PartitionLog({ ...rest, loaded, failure });
  }
}

function failureOf(topicPartition: string, error: unknown): string {
  if (error instanceof CorruptLog) return error.message;
  return `Partition ${topicPartition} is offline: it could not be opened (${error instanceof Error ? error.message : String(error)})`;
}

function nothing(
  context: LogContext,
  directory: string,
  offsets: { recoveryPoint: number; logStartOffset: number },
): LoadedLog {
  const files = context.pool.files;
  return {
    ...offsets,
    topicId: undefined,
    segments: new LogSegments([]),
    logEndOffset: offsets.logStartOffset,
    producers: new ProducerState(),
    snapshots: new ProducerSnapshots(files, directory, []),
    epochs: LeaderEpochs.open(files, directory),
  };
}
