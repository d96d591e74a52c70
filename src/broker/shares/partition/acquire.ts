// Which records of a read a member gets (SharePartition.acquire).

import type { InFlight } from './in-flight.ts';
import { InFlightBatch, NO_MEMBER, RecordState, type Run } from './in-flight-batch.ts';
import { abortedBatches, type ReadBatch, without } from './read-batches.ts';

export interface AcquireRequest {
  readonly memberId: string;
  /** KIP-1206: never more than maxRecords, where otherwise batches stay whole. */
  readonly isRecordLimit: boolean;
  /** Records in an acquired batch at most, in whole batches of the log. */
  readonly batchSize: number;
  readonly maxRecords: number;
  /** Where the read began. */
  readonly fetchOffset: number;
  /** What was read; at least one. */
  readonly batches: readonly ReadBatch[];
  /** Aborted transactions in what was read, for a group that reads committed records only. */
  readonly aborted: readonly { readonly producerId: number; readonly firstOffset: number }[];
}

export interface AcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

/** What the member may have now, held for it from here on. */
export function acquire(inFlight: InFlight, request: AcquireRequest): AcquiredRecords[] {
  const { batches, fetchOffset } = request;
  const readEnd = batches.at(-1)!.lastOffset;
  if (request.maxRecords <= 0 || readEnd < inFlight.startOffset) return [];
  const { lastOffset, maxRecords } = limits(inFlight, request, readEnd);
  if (maxRecords <= 0) return [];
  const readStart = batches[0]!.baseOffset;
  giveUpMissing(inFlight, fetchOffset, readStart);
  const floor = inFlight.batches[inFlight.floorIndex(readStart)];
  let base = readStart;
  if (floor === undefined) base = Math.max(base, inFlight.startOffset);
  else if (floor.last >= base) base = floor.first;
  const acquisition = new Acquisition(inFlight, request, maxRecords);
  acquisition.run(inFlight.between(Math.min(readStart, base), lastOffset), { base, readStart, lastOffset });
  const aborted = abortedBatches(batches, request.aborted);
  for (const { baseOffset, lastOffset: last } of aborted) inFlight.archive(baseOffset, last, RecordState.ACQUIRED);
  return without(acquisition.acquired, aborted);
}

function limits(inFlight: InFlight, { maxRecords, fetchOffset }: AcquireRequest, readEnd: number) {
  const { maxRecordLocks } = inFlight.context.settings;
  const room = Math.min(maxRecords, maxRecordLocks - inFlight.count);
  if (room > 0) return { lastOffset: readEnd, maxRecords: room };
  if (fetchOffset > inFlight.endOffset) return { lastOffset: readEnd, maxRecords: 0 };
  return {
    lastOffset: Math.min(readEnd, inFlight.endOffset),
    maxRecords: Math.min(maxRecords, inFlight.endOffset - fetchOffset + 1),
  };
}

/** The log no longer has what was to be read first: compaction took it (maybeArchiveStaleBatches). */
function giveUpMissing(inFlight: InFlight, fetchOffset: number, readStart: number): void {
  if (fetchOffset < readStart) inFlight.archive(fetchOffset, readStart - 1, RecordState.AVAILABLE);
}

/** Below this many deliveries nothing is throttled (MINIMUM_THROTTLE_RECORDS_DELIVERY_LIMIT). */
const LEAST_THROTTLED = 2;

class Acquisition {
  readonly acquired: AcquiredRecords[] = [];
  readonly #inFlight: InFlight;
  readonly #request: AcquireRequest;
  readonly #maxDeliveries: number;
  /** From so many deliveries on records are suspected of harming their consumer: fewer go out at once. */
  readonly #throttleFrom: number;
  #left: number;

  constructor(inFlight: InFlight, request: AcquireRequest, maxRecords: number) {
    this.#inFlight = inFlight;
    this.#request = request;
    this.#left = maxRecords;
    this.#maxDeliveries = inFlight.context.settings.deliveryCountLimit;
    this.#throttleFrom = Math.max(LEAST_THROTTLED, Math.ceil(this.#maxDeliveries / 2));
  }

  run(known: readonly InFlightBatch[], range: { base: number; readStart: number; lastOffset: number }): void {
    const last = known.at(-1);
    for (const batch of known) {
      if (this.#left <= 0) return;
      const isThrottled = this.#isThrottled(batch, range.readStart, range.lastOffset);
      if (isThrottled && this.acquired.length > 0) return;
      const count = this.#again(batch, range.readStart, range.lastOffset, isThrottled);
      if (isThrottled && count > 0) return;
    }
    if (last === undefined) this.#fresh(range.base, range.lastOffset);
    else if (this.#left > 0 && last.last < range.lastOffset) this.#fresh(last.last + 1, range.lastOffset);
  }

  /** Delivers records of a batch that was in flight before; how many. */
  #again(batch: InFlightBatch, readStart: number, lastOffset: number, isThrottled: boolean): number {
    const { whole } = batch;
    if (whole !== undefined && whole.state !== RecordState.AVAILABLE) return 0;
    const isInRange = batch.first >= readStart && batch.last <= lastOffset;
    // What a restart has left untold may be much, and is delivered as if it were new.
    const fresh = batch.runs.find(
      ({ state, deliveryCount, last }) => state === RecordState.AVAILABLE && deliveryCount === 0 && last >= readStart,
    );
    const isTooLarge = batch.size > this.#left && (this.#request.isRecordLimit || fresh !== undefined);
    if (whole === undefined || !isInRange || isThrottled || isTooLarge) {
      const end = isTooLarge && fresh ? this.#end(Math.max(fresh.first, readStart), lastOffset) : lastOffset;
      return this.#some(batch, Math.max(readStart, batch.first), Math.min(end, batch.last));
    }
    this.#take(batch, batch.first, batch.last);
    return batch.size;
  }

  /** Delivers what is available of a batch whose records are told apart (acquireSubsetBatchRecords). */
  #some(batch: InFlightBatch, first: number, last: number): number {
    batch.perOffset = true;
    let count = 0;
    let throttledMax: number | undefined;
    for (const run of batch.runs) {
      const from = Math.max(run.first, first);
      if (run.state !== RecordState.AVAILABLE || from > Math.min(run.last, last)) continue;
      const isLastAttempt = this.#maxDeliveries > 2 && run.deliveryCount === this.#maxDeliveries - 1;
      if (isLastAttempt && count > 0) break;
      const overdue = run.deliveryCount - this.#throttleFrom;
      if (overdue >= 0) throttledMax ??= Math.max(1, batch.size >> (overdue + 1));
      let most = isLastAttempt ? 1 : Number.POSITIVE_INFINITY;
      if (this.#request.isRecordLimit) most = Math.min(most, this.#left);
      if (throttledMax !== undefined && throttledMax > count) most = Math.min(most, throttledMax - count);
      const to = Math.min(run.last, last, from + most - 1);
      this.#take(batch, from, to);
      count += to - from + 1;
      const isFull = this.#request.isRecordLimit && this.#left <= 0;
      if (isLastAttempt || isFull || count === throttledMax) break;
    }
    return count;
  }

  #take(batch: InFlightBatch, first: number, last: number): void {
    const { memberId } = this.#request;
    const lock = this.#inFlight.context.newLock();
    const changes = batch.change(first, last, (run) =>
      run.state === RecordState.AVAILABLE
        ? { ...run, state: RecordState.ACQUIRED, deliveryCount: run.deliveryCount + 1, memberId, lock }
        : undefined,
    );
    this.#inFlight.settle(changes);
    for (const { after } of changes) this.#note(batch, after);
  }

  #note(batch: InFlightBatch, { first, last, deliveryCount }: Run): void {
    this.#left -= last - first + 1;
    const previous = this.acquired.at(-1);
    const goesOn = previous && first > batch.first && previous.lastOffset + 1 === first;
    if (goesOn && previous.deliveryCount === deliveryCount) {
      this.acquired[this.acquired.length - 1] = { ...previous, lastOffset: last };
    } else this.acquired.push({ firstOffset: first, lastOffset: last, deliveryCount });
  }

  /** Delivers what has never been (acquireNewBatchRecords, createBatches). */
  #fresh(firstOffset: number, lastOffset: number): void {
    const inFlight = this.#inFlight;
    const first = inFlight.batches.length === 0 ? Math.max(firstOffset, inFlight.endOffset) : firstOffset;
    const last = this.#end(first, lastOffset);
    if (last < first) return;
    if (inFlight.batches.length === 0 || first < inFlight.batches[0]!.first) inFlight.startOffset = first;
    inFlight.endOffset = Math.max(inFlight.endOffset, last);
    if (this.#request.isRecordLimit) {
      const batch = this.#add(first, last);
      this.#take(batch, first, Math.min(last, first + this.#left - 1));
      return;
    }
    for (const [from, to] of this.#pieces(first, last)) this.#take(this.#add(from, to), from, to);
  }

  #add(first: number, last: number): InFlightBatch {
    const state = RecordState.AVAILABLE;
    const batch = new InFlightBatch({ first, last, state, deliveryCount: 0, memberId: NO_MEMBER, lock: undefined });
    this.#inFlight.add(batch);
    return batch;
  }

  /** Where the last batch of the log ends that is needed for what is left; whole, as its records come anyway. */
  #end(first: number, lastOffset: number): number {
    const wanted = first + this.#left - 1;
    if (wanted >= lastOffset) return lastOffset;
    const holding = this.#request.batches.findLast(({ baseOffset }) => baseOffset <= wanted);
    const end = holding !== undefined && wanted <= holding.lastOffset ? holding.lastOffset : wanted;
    return Math.min(end, lastOffset);
  }

  /** In pieces of about the batch size, cut where batches of the log begin. */
  #pieces(first: number, last: number): [number, number][] {
    const { batchSize, batches } = this.#request;
    const pieces: [number, number][] = [];
    let from = first;
    if (last - first + 1 > batchSize) {
      for (const { baseOffset } of batches) {
        if (baseOffset > last) break;
        if (baseOffset <= from || baseOffset - from < batchSize) continue;
        pieces.push([from, baseOffset - 1]);
        from = baseOffset;
      }
    }
    return [...pieces, [from, last]];
  }

  #isThrottled(batch: InFlightBatch, first: number, last: number): boolean {
    return batch.runs.some(
      (run) =>
        run.state === RecordState.AVAILABLE &&
        run.deliveryCount >= this.#throttleFrom &&
        (!batch.perOffset || (run.last >= first && run.first <= last)),
    );
  }
}
