// After an unclean stop: what was written since the last flush is checked batch by batch, indexes and producers are made
// anew from it, and a write that was cut short is taken off the end (LogLoader.recoverLog, LogSegment.recover).
//
// Unlike Kafka, which cuts the log at the first bad batch wherever it is, only a torn tail is cut: bytes that nothing
// valid follows. If something does, acknowledged records would be lost: the partition stays offline instead.
import { type BatchHeader, isControl } from '../protocol/records/batch.ts';
import type { Logger } from '../util/logger.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import type { ProducerSnapshots } from './producer-snapshot.ts';
import { ProducerState, readMarker } from './producer-state.ts';
import type { Segment } from './segment.ts';
import { hasBatchBetween, type ScanEnd, type ScannedBatch, scanBatches } from './segment-scan.ts';

const MAX_RELATIVE_OFFSET = 0x7fffffff;

/** The log is damaged where valid batches follow. */
export class CorruptLog extends Error {}

/** The parts that recovery works on. */
export interface PartitionParts {
  segments: Segment[];
  snapshots: ProducerSnapshots;
  epochs: LeaderEpochs;
}

export interface RecoveryOptions {
  /** `orders-0`. */
  topicPartition: string;
  /** From the checkpoint; undefined if it has none for this partition. */
  recoveryPoint: number | undefined;
  logger: Logger;
}

interface Recovered {
  logEndOffset: number;
  producers: ProducerState;
}

/**
 * Recovers all segments from the recovery point on.
 * @throws CorruptLog before anything was cut
 */
export function recoverSegments(parts: PartitionParts, options: RecoveryOptions): Recovered {
  const { segments, snapshots } = parts;
  const recoveryPoint = options.recoveryPoint ?? 0;
  const first = Math.max(
    0,
    segments.findLastIndex((segment) => segment.baseOffset <= recoveryPoint),
  );
  let nextOffset = segments[first]!.baseOffset;
  snapshots.removeAfter(nextOffset);
  const snapshot = snapshots.latest(nextOffset);
  const producers = new ProducerState(snapshot?.entries);
  replayProducers(segments.slice(0, first), snapshot?.offset ?? 0, nextOffset, producers, options);
  for (let i = first; i < segments.length; i++) {
    const segment = segments[i]!;
    if (i > first) snapshots.take(segment.baseOffset, producers.entries.values(), { sync: false });
    const size = segment.size;
    const end = recoverSegment(segment, size, nextOffset, producers, parts);
    nextOffset = Math.max(nextOffset, end.nextOffset);
    if (end.problem !== undefined) cutTornTail(parts, i, size, { ...end, problem: end.problem }, options);
    segment.finishRecovery();
  }
  return { logEndOffset: nextOffset, producers };
}

interface SegmentEnd extends ScanEnd {
  nextOffset: number;
}

function recoverSegment(
  segment: Segment,
  size: number,
  minOffset: number,
  producers: ProducerState,
  parts: PartitionParts,
): SegmentEnd {
  segment.startRecovery();
  let nextOffset = Math.max(segment.baseOffset, minOffset);
  const scan = scanBatches(segment.file, 0, size);
  let step = scan.next();
  for (; step.done !== true; step = scan.next()) {
    const { header, position } = step.value;
    const lastOffset = header.baseOffset + header.lastOffsetDelta;
    const isInPlace = header.baseOffset >= nextOffset && header.lastOffsetDelta >= 0;
    if (!isInPlace || lastOffset - segment.baseOffset > MAX_RELATIVE_OFFSET) {
      const problem = `a batch has offsets ${header.baseOffset} to ${lastOffset} where ${nextOffset} is next`;
      return { position, problem, nextOffset };
    }
    segment.added(header, lastOffset, step.value.size);
    if (header.partitionLeaderEpoch > parts.epochs.latest) {
      parts.epochs.assign(header.partitionLeaderEpoch, header.baseOffset);
    }
    const aborted = producers.update(header, header.baseOffset, markerOf(step.value));
    if (aborted !== undefined) segment.transactions.append(aborted);
    nextOffset = lastOffset + 1;
  }
  return { ...step.value, nextOffset };
}

/** Takes what is behind the last good batch off the log, later segments included, if it has no valid batch. */
function cutTornTail(
  parts: PartitionParts,
  index: number,
  size: number,
  end: SegmentEnd & { problem: string },
  options: RecoveryOptions,
): void {
  const { topicPartition, logger } = options;
  const segment = parts.segments[index]!;
  const later = parts.segments.slice(index + 1);
  const where = `at position ${end.position} of ${segment.file.path} (${size} bytes): ${end.problem}`;
  const isTorn =
    !hasBatchBetween(segment.file, end.position + 1, size, end.nextOffset) &&
    later.every((one) => !hasBatchBetween(one.file, 0, one.size, end.nextOffset));
  if (!isTorn) {
    throw new CorruptLog(
      `Partition ${topicPartition} is offline: its log is damaged ${where}, but valid batches follow. ` +
        'Nothing was changed; restore the file from a copy, or cut it there if what follows may be lost.',
    );
  }
  logger.warn(
    `[${topicPartition}] Truncated ${size - end.position} invalid bytes at the end of the log, which ends at offset ${end.nextOffset} now: damaged ${where}`,
  );
  for (const one of later) one.markDeleted()();
  parts.segments.length = index + 1;
}

/** Brings producers from a snapshot's offset to a later one. */
export function replayProducers(
  segments: readonly Segment[],
  from: number,
  to: number,
  producers: ProducerState,
  options: RecoveryOptions,
): void {
  for (const [i, segment] of segments.entries()) {
    const end = segments[i + 1]?.baseOffset ?? to;
    if (end <= from || from >= to) continue;
    const scan = scanBatches(segment.file, segment.lookup(from).position, segment.size);
    let step = scan.next();
    for (; step.done !== true; step = scan.next()) {
      const { header } = step.value;
      if (header.baseOffset >= to) return;
      if (header.baseOffset >= from) producers.update(header, header.baseOffset, markerOf(step.value));
    }
    if (step.value.problem !== undefined) {
      const where = `at position ${step.value.position} of ${segment.file.path}: ${step.value.problem}`;
      options.logger.error(`[${options.topicPartition}] The log is damaged ${where}. Reads of it will fail.`);
    }
  }
}

function markerOf({ header, buf, pos }: { header: BatchHeader } & Pick<ScannedBatch, 'buf' | 'pos'>) {
  return header.producerId >= 0 && isControl(header.attributes) ? readMarker(buf, pos, header) : undefined;
}
