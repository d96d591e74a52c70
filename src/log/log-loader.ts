// Opens what a partition's directory has (org.apache.kafka.storage.internals.log.LogLoader).
//
// After a clean stop nothing is scanned but what lies behind the last index entry. Anything that does not fit there (the
// marker is stale, an index is damaged, the log is not as long as was flushed) leads to recovery, as after a crash.
import path from 'node:path';
import { CorruptIndex } from './index-file.ts';
import { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { LogSegments } from './log-segments.ts';
import { type PartitionFiles, preparePartition } from './partition-files.ts';
import { PARTITION_METADATA, readPartitionMetadata } from './partition-metadata.ts';
import { ProducerSnapshots } from './producer-snapshot.ts';
import { ProducerState } from './producer-state.ts';
import { type PartitionParts, type RecoveryOptions, recoverSegments, replayProducers } from './recovery.ts';
import { Segment } from './segment.ts';
import { type SegmentContext, segmentOptions } from './segment-options.ts';

export interface LoadOptions extends RecoveryOptions {
  directory: string;
  config: LogConfig;
  nowMs: number;
  /** The log directory was stopped cleanly. */
  isClean: boolean;
  /** From the checkpoint; 0 if it has none for this partition. */
  logStartOffset: number;
  /** `producer.id.expiration.ms`. */
  producerIdExpirationMs: number;
}

export interface LoadedLog {
  topicId: string | undefined;
  segments: LogSegments;
  logStartOffset: number;
  logEndOffset: number;
  recoveryPoint: number;
  producers: ProducerState;
  snapshots: ProducerSnapshots;
  epochs: LeaderEpochs;
}

/**
 * Opens a partition whose directory exists.
 * @throws CorruptLog if bytes in the middle of the log are damaged; nothing was changed on disk then
 */
export function loadPartition(context: SegmentContext, options: LoadOptions): LoadedLog {
  const { directory, nowMs } = options;
  const files = context.pool.files;
  const found = preparePartition(context.pool, directory);
  const parts: PartitionParts = {
    segments: openSegments(context, options, found),
    snapshots: new ProducerSnapshots(files, directory, found.snapshots),
    epochs: LeaderEpochs.open(files, directory),
  };
  const cleanEnd = options.isClean ? cleanEndOffset(parts, options) : undefined;
  const { logEndOffset, producers } =
    cleanEnd === undefined ? recoverSegments(parts, options) : loadProducers(parts, cleanEnd, options);
  producers.removeExpired(nowMs, options.producerIdExpirationMs);
  startOverIfLost(context, parts, logEndOffset, options);
  const segments = new LogSegments(parts.segments);
  if (segments.active.size === 0) segments.active.growIndexes();
  for (const segment of parts.segments.slice(0, -1)) segment.markSealed();
  const logStartOffset = Math.max(options.logStartOffset, segments.first.baseOffset);
  const end = Math.max(logEndOffset, logStartOffset);
  parts.epochs.truncateFromEnd(end);
  parts.epochs.truncateFromStart(logStartOffset);
  parts.snapshots.removeStray(new Set(parts.segments.map((segment) => segment.baseOffset)));
  return {
    topicId: readPartitionMetadata(files, path.join(directory, PARTITION_METADATA)),
    segments,
    logStartOffset,
    logEndOffset: end,
    recoveryPoint: Math.min(cleanEnd ?? options.recoveryPoint ?? 0, end),
    producers,
    snapshots: parts.snapshots,
    epochs: parts.epochs,
  };
}

function openSegments(context: SegmentContext, options: LoadOptions, found: PartitionFiles): Segment[] {
  const { directory, config, nowMs, logStartOffset } = options;
  const segments = found.segments.map(({ baseOffset, size, modifiedMs, hasTransactionIndex }) =>
    Segment.open(context, {
      ...segmentOptions(directory, config, baseOffset, modifiedMs),
      size,
      hasTransactionIndex,
    }),
  );
  if (segments.length > 0) return segments;
  return [Segment.create(context, segmentOptions(directory, config, logStartOffset, nowMs))];
}

/** The log end offset, if everything is as a clean stop leaves it. */
function cleanEndOffset(parts: PartitionParts, options: LoadOptions): number | undefined {
  const active = parts.segments.at(-1)!;
  const problem = (what: string) => {
    options.logger.warn(`[${options.topicPartition}] Recovering although the log was closed cleanly: ${what}`);
    return undefined;
  };
  try {
    const tail = active.openTail();
    if ('problem' in tail) return problem(tail.problem);
    const expected = options.recoveryPoint ?? 0;
    if (tail.nextOffset !== expected) return problem(`it ends at offset ${tail.nextOffset}, not at ${expected}`);
  } catch (error) {
    if (!(error instanceof CorruptIndex)) throw error;
    return problem(error.message);
  }
  const insane = parts.segments.find((segment) => !segment.transactions.isSane(segment.baseOffset));
  if (insane !== undefined) return problem(`the transaction index ${insane.transactions.path} is damaged`);
  return options.recoveryPoint ?? 0;
}

function loadProducers(
  parts: PartitionParts,
  logEndOffset: number,
  options: LoadOptions,
): { logEndOffset: number; producers: ProducerState } {
  parts.snapshots.removeAfter(logEndOffset);
  const snapshot = parts.snapshots.latest(logEndOffset);
  const producers = new ProducerState(snapshot?.entries);
  const from = Math.max(snapshot?.offset ?? 0, options.logStartOffset);
  replayProducers(parts.segments, from, logEndOffset, producers, options);
  return { logEndOffset, producers };
}

/** A log that ends before its start offset has lost its files: it goes on, empty, at the start offset. */
function startOverIfLost(
  context: SegmentContext,
  parts: PartitionParts,
  logEndOffset: number,
  options: LoadOptions,
): void {
  const { directory, config, nowMs, logStartOffset, topicPartition, logger } = options;
  if (logEndOffset >= logStartOffset) return;
  logger.warn(
    `[${topicPartition}] Deleting all segments because logEndOffset (${logEndOffset}) is smaller than logStartOffset ${logStartOffset}. ` +
      'This could happen if segment files were deleted from the file system.',
  );
  for (const segment of parts.segments) segment.markDeleted()();
  parts.segments = [Segment.create(context, segmentOptions(directory, config, logStartOffset, nowMs))];
}
