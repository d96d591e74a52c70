// The append path (UnifiedLog.append): check, number, write, remember. Nothing of a batch is visible before all of it is
// written.
import { isControl, isTransactional, patchMaxTimestamp, patchOffsetAndEpoch } from '../protocol/records/batch.ts';
import type { BatchPosition } from '../protocol/records/read.ts';
import { validateRecords } from './append-validator.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { Flusher } from './flusher.ts';
import { assertOnline, type LogState, notify, storageError, takeOffline } from './log-state.ts';
import { type AppendOrigin, checkDataBatch, checkMarker } from './producer-checks.ts';
import { type BatchMetadata, ProducerEntry } from './producer-entry.ts';
import { type EndTransaction, readMarker } from './producer-state.ts';
import { rollSegment } from './roll.ts';
import { CutBackFailed } from './segment.ts';
import { inTargetCodec, needsTargetCodec } from './target-codec.ts';

export interface AppendOptions {
  /** Of the partition; stored in the batches. */
  leaderEpoch: number;
  /** The broker's time, milliseconds. */
  nowMs: number;
  /** `client`: one batch of a Produce request, fully checked. `coordinator`: batches that the broker itself made. */
  origin: AppendOrigin;
  /** Of a transaction marker (`transaction.version`): from 2 on its epoch must be higher than the producer's. Default 0. */
  transactionVersion?: number;
}

export interface AppendResult {
  baseOffset: number;
  lastOffset: number;
  /** Milliseconds; -1 with CreateTime. */
  logAppendTimeMs: number;
  logStartOffset: number;
  /** The batch is one of the producer's last five, which was appended before: these are its offsets. */
  duplicate: boolean;
}

/** See PartitionLog.append. */
export function appendRecords(
  state: LogState,
  flusher: Flusher,
  records: Buffer,
  options: AppendOptions,
): AppendResult {
  assertOnline(state);
  const batches = validateRecords(records, state, options.origin, options.nowMs);
  const first = batches[0]!;
  const duplicate = duplicateOf(state, first, options.origin);
  if (duplicate !== undefined) return duplicateResult(state, duplicate);
  if (options.origin === 'client' && needsTargetCodec(first.header.attributes, state.config)) {
    const converted = inTargetCodec(records, first, state.config, state.topicPartition);
    return appendValid(state, flusher, converted.records, converted.batches, options);
  }
  return appendValid(state, flusher, records, batches, options);
}

function appendValid(
  state: LogState,
  flusher: Flusher,
  records: Buffer,
  batches: readonly BatchPosition[],
  options: AppendOptions,
): AppendResult {
  const markers = checkProducers(state, records, batches, options);
  const baseOffset = state.logEndOffset;
  const { bytes, maxTimestamp, lastOffset } = numberBatches(state, records, batches, options);
  if (bytes > state.config.segmentBytes) {
    throw new LogError(
      LogErrorCode.RECORD_LIST_TOO_LARGE,
      `Message batch size is ${bytes} bytes in append to partition ${state.topicPartition}, which exceeds the maximum configured segment size of ${state.config.segmentBytes}.`,
    );
  }
  write(state, flusher, bytes === records.length ? records : records.subarray(0, bytes), {
    maxTimestamp,
    lastOffset,
    options,
  });
  remember(state, batches, markers, baseOffset);
  state.tail.add(bytes === records.length ? records : records.subarray(0, bytes), baseOffset, lastOffset);
  flusher.appended();
  notify(state);
  const logAppendTimeMs = state.config.messageTimestampType === 'LogAppendTime' ? options.nowMs : -1;
  return { baseOffset, lastOffset, logAppendTimeMs, logStartOffset: state.logStartOffset, duplicate: false };
}

function duplicateOf(state: LogState, first: BatchPosition, origin: AppendOrigin): BatchMetadata | undefined {
  if (origin !== 'client' || first.header.producerId < 0) return undefined;
  return state.producers.get(first.header.producerId)?.duplicateOf(first.header);
}

function duplicateResult(state: LogState, batch: BatchMetadata): AppendResult {
  return {
    baseOffset: batch.lastOffset - batch.offsetDelta,
    lastOffset: batch.lastOffset,
    logAppendTimeMs: batch.timestamp,
    logStartOffset: state.logStartOffset,
    duplicate: true,
  };
}

/** Checks each batch against its producer's state. Returns the transaction markers, by batch. */
function checkProducers(
  state: LogState,
  records: Buffer,
  batches: readonly BatchPosition[],
  options: AppendOptions,
): (EndTransaction | undefined)[] {
  // With several batches each is checked against what those before it will have done.
  const ahead = batches.length > 1 ? new Map<number, ProducerEntry>() : undefined;
  let offset = state.logEndOffset;
  return batches.map(({ header, pos }) => {
    if (header.producerId < 0) return undefined;
    const place = { topicPartition: state.topicPartition, offset };
    const entry = ahead?.get(header.producerId) ?? state.producers.get(header.producerId);
    const marker = isControl(header.attributes) ? readMarker(records, pos, header) : undefined;
    if (marker === undefined) checkDataBatch(entry, header, options.origin, place);
    else checkMarker(entry, header, marker.coordinatorEpoch, options.transactionVersion ?? 0, place);
    if (ahead !== undefined) {
      const copy = entry?.copy() ?? new ProducerEntry(header.producerId);
      if (marker === undefined) copy.addBatch(header, offset, isTransactional(header.attributes));
      else copy.addMarker(header, marker.coordinatorEpoch);
      ahead.set(header.producerId, copy);
    }
    offset += header.lastOffsetDelta + 1;
    return marker;
  });
}

/** Puts offsets, leader epoch and, where it is the broker's, the time into the batches. */
function numberBatches(
  state: LogState,
  records: Buffer,
  batches: readonly BatchPosition[],
  options: AppendOptions,
): { bytes: number; maxTimestamp: number; lastOffset: number } {
  const type = state.config.messageTimestampType;
  let offset = state.logEndOffset;
  let maxTimestamp = -1;
  let bytes = 0;
  for (const { header, pos, size } of batches) {
    patchOffsetAndEpoch(records, pos, offset, options.leaderEpoch);
    if (type === 'LogAppendTime') header.maxTimestamp = options.nowMs;
    patchMaxTimestamp(records, pos, type, header.maxTimestamp);
    maxTimestamp = Math.max(maxTimestamp, header.maxTimestamp);
    offset += header.lastOffsetDelta + 1;
    bytes += size;
  }
  return { bytes, maxTimestamp, lastOffset: offset - 1 };
}

function write(
  state: LogState,
  flusher: Flusher,
  data: Buffer,
  append: { maxTimestamp: number; lastOffset: number; options: AppendOptions },
): void {
  const { maxTimestamp, lastOffset, options } = append;
  const { segments, config } = state;
  try {
    state.epochs.assign(options.leaderEpoch, state.logEndOffset);
    if (segments.active.shouldRoll(data.length, maxTimestamp, lastOffset, options.nowMs, config)) {
      rollSegment(state, flusher, options.nowMs);
    }
    segments.active.write(data);
  } catch (cause) {
    if (cause instanceof CutBackFailed) throw takeOffline(state, 'a failed write could not be undone', cause);
    throw storageError(state, 'appending records to', cause);
  }
}

/** Takes batches that are in the file now into account. */
function remember(
  state: LogState,
  batches: readonly BatchPosition[],
  markers: readonly (EndTransaction | undefined)[],
  baseOffset: number,
): void {
  const active = state.segments.active;
  let offset = baseOffset;
  for (const [i, { header, size }] of batches.entries()) {
    const next = offset + header.lastOffsetDelta + 1;
    active.added(header, next - 1, size);
    if (header.producerId >= 0) {
      const aborted = state.producers.update(header, offset, markers[i]);
      if (aborted !== undefined) active.transactions.append(aborted);
    }
    offset = next;
  }
  state.logEndOffset = offset;
}
