// How a copy of a log grows (UnifiedLog.appendAsFollower): batches keep their offsets, epochs and times.
import { type BatchHeader, computeCrc, isControl } from '../../protocol/records/batch.ts';
import { batches } from '../../protocol/records/read.ts';
import { LogError, LogErrorCode } from '../errors.ts';
import type { Flusher } from '../flusher.ts';
import { assertOnline, type LogState, storageError } from '../log-state.ts';
import { readMarker } from '../producer-state.ts';
import { rollSegment } from '../roll.ts';

/** See PartitionLog.appendCopied. */
export function appendCopied(state: LogState, flusher: Flusher, records: Buffer, nowMs: number): void {
  assertOnline(state);
  try {
    appendBatches(state, flusher, records, nowMs);
  } catch (cause) {
    throw cause instanceof LogError ? cause : storageError(state, 'appending copied records to', cause);
  }
}

function appendBatches(state: LogState, flusher: Flusher, records: Buffer, nowMs: number): void {
  for (const { header, pos, size } of batches(records)) {
    checkBatch(state, records, pos, header);
    const lastOffset = header.baseOffset + header.lastOffsetDelta;
    const { segments, config } = state;
    if (segments.active.shouldRoll(size, header.maxTimestamp, lastOffset, nowMs, config)) {
      rollSegment(state, flusher, nowMs);
    }
    const { active } = segments;
    active.write(records.subarray(pos, pos + size));
    active.added(header, lastOffset, size);
    state.epochs.assign(header.partitionLeaderEpoch, header.baseOffset);
    if (header.producerId >= 0) {
      const marker = isControl(header.attributes) ? readMarker(records, pos, header) : undefined;
      const aborted = state.producers.update(header, header.baseOffset, marker);
      if (aborted !== undefined) active.transactions.append(aborted);
    }
    state.logEndOffset = lastOffset + 1;
  }
}

function checkBatch(state: LogState, records: Buffer, pos: number, header: BatchHeader): void {
  const isInPlace = header.baseOffset >= state.logEndOffset;
  if (isInPlace && computeCrc(records, pos) === header.crc) return;
  const what = isInPlace ? 'is damaged' : `comes where offset ${state.logEndOffset} is next`;
  const text = `The batch at offset ${header.baseOffset} of ${state.topicPartition} ${what}`;
  throw new LogError(LogErrorCode.CORRUPT_MESSAGE, text);
}
