// What members say of records that they hold (SharePartition.acknowledge). A request counts whole or not at all.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { InFlight } from './in-flight.ts';
import {
  type AcquisitionLock,
  type Change,
  type InFlightBatch,
  NO_MEMBER,
  RecordState,
  type Run,
} from './in-flight-batch.ts';

/** AcknowledgeType; GAP is for offsets without a record. */
export const AcknowledgeType = { GAP: 0, ACCEPT: 1, RELEASE: 2, REJECT: 3, RENEW: 4 } as const;

export interface AcknowledgementBatch {
  readonly firstOffset: number;
  /** Inclusive. */
  readonly lastOffset: number;
  /** One for each offset, or one for all. */
  readonly acknowledgeTypes: readonly number[];
}

/** What was changed: to be kept, settled or taken back. */
export interface Transition {
  readonly changes: readonly Change[];
  undo(): void;
}

/**
 * Changes the state of what is acknowledged.
 * @throws KafkaError INVALID_RECORD_STATE, INVALID_REQUEST, with Kafka's texts; nothing has changed then
 */
export function acknowledge(
  inFlight: InFlight,
  memberId: string,
  acknowledgements: readonly AcknowledgementBatch[],
): Transition {
  const earlier = new Map<InFlightBatch, readonly Run[]>();
  const changes: Change[] = [];
  const undo = () => {
    for (const [batch, runs] of earlier) batch.runs = runs;
  };
  try {
    for (const acknowledgement of acknowledgements) {
      if (acknowledgement.lastOffset < inFlight.startOffset) continue;
      for (const batch of batchesOf(inFlight, acknowledgement)) {
        if (batch.last < inFlight.startOffset) continue;
        if (!earlier.has(batch)) earlier.set(batch, batch.runs);
        changes.push(...acknowledgeIn(inFlight, memberId, batch, acknowledgement));
      }
    }
    return { changes, undo };
  } catch (error) {
    undo();
    throw error;
  }
}

/** fetchSubMapForAcknowledgementBatch. */
function batchesOf(inFlight: InFlight, { firstOffset, lastOffset }: AcknowledgementBatch): InFlightBatch[] {
  const { startOffset } = inFlight;
  let floor = inFlight.floorIndex(firstOffset);
  if (floor < 0 && firstOffset < startOffset && lastOffset >= startOffset) floor = inFlight.floorIndex(startOffset);
  if (floor < 0) {
    throw invalidState('Batch record not found. The request batch offsets are not found in the cache.');
  }
  const found = inFlight.batches.slice(floor, inFlight.floorIndex(lastOffset) + 1);
  const end = found.at(-1)!.last;
  if (end < firstOffset) {
    throw invalidRequest('Batch record not found. The first offset in request is past acquired records.');
  }
  if (lastOffset > end) {
    throw invalidRequest('Batch record not found. The last offset in request is past acquired records.');
  }
  return found;
}

function acknowledgeIn(
  inFlight: InFlight,
  memberId: string,
  batch: InFlightBatch,
  acknowledgement: AcknowledgementBatch,
): Change[] {
  const first = Math.max(acknowledgement.firstOffset, batch.first, inFlight.startOffset);
  const last = Math.min(acknowledgement.lastOffset, batch.last);
  if (batch.whole !== undefined) assertWholeHeld(batch.whole, memberId, first > batch.first || last < batch.last);
  let lock: AcquisitionLock | undefined;
  try {
    return rangesOf(acknowledgement, first, last).flatMap(({ from, to, type }) =>
      batch.change(from, to, (run) => {
        if (run.state !== RecordState.ACQUIRED)
          throw invalidState('The offset cannot be acknowledged. The offset is not acquired.');
        if (run.memberId !== memberId) throw invalidState('Member is not the owner of offset');
        if (type !== AcknowledgeType.RENEW) return acknowledged(inFlight, run, type);
        if (!inFlight.context.settings.renewEnabled)
          throw invalidState('Renewing acquisition locks is not enabled for the group.');
        lock ??= inFlight.context.newLock();
        return { ...run, lock };
      }),
    );
  } catch (error) {
    lock?.timer.cancel();
    throw error;
  }
}

function assertWholeHeld(run: Run, memberId: string, isPart: boolean): void {
  if (run.memberId !== NO_MEMBER && run.memberId !== memberId)
    throw invalidState('Member is not the owner of batch record');
  if (run.state === RecordState.ACQUIRED) return;
  const isNobodys = run.memberId === NO_MEMBER;
  const which = isPart && !isNobodys ? 'The subset batch' : 'The batch';
  throw invalidState(`The batch cannot be acknowledged. ${which} is not in the acquired state.`);
}

function acknowledged(inFlight: InFlight, run: Run, type: number): Run {
  if (type === AcknowledgeType.RELEASE) return inFlight.released(run, false);
  const state = type === AcknowledgeType.ACCEPT ? RecordState.ACKNOWLEDGED : RecordState.ARCHIVED;
  return { ...run, state, memberId: NO_MEMBER, lock: undefined };
}

/** Neighbours with one type. */
function rangesOf({ firstOffset, acknowledgeTypes: types }: AcknowledgementBatch, first: number, last: number) {
  if (types.length === 1) return [{ from: first, to: last, type: types[0]! }];
  const ranges: { from: number; to: number; type: number }[] = [];
  for (let offset = first; offset <= last; offset++) {
    const type = types[offset - firstOffset]!;
    const previous = ranges.at(-1);
    if (previous?.type === type) previous.to = offset;
    else ranges.push({ from: offset, to: offset, type });
  }
  return ranges;
}

function invalidState(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_RECORD_STATE, message);
}

function invalidRequest(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
