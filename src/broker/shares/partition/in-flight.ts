// The window of records that a share group has on their way in a partition, from its start offset to its end offset.
import {
  type AcquisitionLock,
  type Change,
  type InFlightBatch,
  isTerminal,
  NO_MEMBER,
  RecordState,
  type Run,
} from './in-flight-batch.ts';

/** What a share partition follows; read anew each time, as the group's configs may change. */
export interface DeliverySettings {
  /** How often a record is delivered at most. */
  readonly deliveryCountLimit: number;
  readonly recordLockDurationMs: number;
  /** Records in flight at most. */
  readonly maxRecordLocks: number;
  readonly renewEnabled: boolean;
}

export interface InFlightContext {
  readonly settings: DeliverySettings;
  /** A hold that ends by itself: `expired` is called with it then. */
  newLock(): AcquisitionLock;
}

export class InFlight {
  readonly context: InFlightContext;
  /** First record that is not done, or the next to be delivered. */
  startOffset: number;
  /** Last record of the window; where nothing is in flight, the next to be delivered. */
  endOffset: number;
  /** In order, without overlap. */
  batches: InFlightBatch[] = [];

  constructor(context: InFlightContext, startOffset: number) {
    this.context = context;
    this.startOffset = startOffset;
    this.endOffset = startOffset;
  }

  /** Records in the window, gaps included. */
  get count(): number {
    return this.batches.length === 0 ? 0 : this.endOffset - this.startOffset + 1;
  }

  /** Where the next delivery begins: at a record that is available again, else after the window. */
  get nextFetchOffset(): number {
    const last = this.batches.at(-1);
    if (last === undefined || this.startOffset > last.last) return this.endOffset;
    for (const batch of this.batches) {
      const run = batch.runs.find(({ state }) => state === RecordState.AVAILABLE);
      if (run) return run.first;
    }
    return this.endOffset + 1;
  }

  /** Whether there is something to deliver again or room for more. */
  get canAcquire(): boolean {
    return this.nextFetchOffset !== this.endOffset + 1 || this.count < this.context.settings.maxRecordLocks;
  }

  /** Records of the window that are done. */
  get deliveryCompleteCount(): number {
    let count = 0;
    for (const { runs } of this.batches) {
      for (const { first, last, state } of runs) {
        if (isTerminal(state)) count += Math.max(0, last - Math.max(first, this.startOffset) + 1);
      }
    }
    return count;
  }

  /** The batch that begins at `offset` or is the last before; -1 if there is none. */
  floorIndex(offset: number): number {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.batches[middle]!.first <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Batches that begin in `[first, last]`. */
  between(first: number, last: number): InFlightBatch[] {
    const from = this.floorIndex(first);
    const begin = from >= 0 && this.batches[from]!.first === first ? from : from + 1;
    return this.batches.slice(begin, this.floorIndex(last) + 1);
  }

  /** Puts a batch in its place. */
  add(batch: InFlightBatch): void {
    this.batches.splice(this.floorIndex(batch.first) + 1, 0, batch);
  }

  /** A run that nobody holds any more; delivered too often, or before the start offset, it is archived. */
  released(run: Run, isBeforeStart: boolean): Run {
    const isSpent = isBeforeStart || run.deliveryCount >= this.context.settings.deliveryCountLimit;
    const state = isSpent ? RecordState.ARCHIVED : RecordState.AVAILABLE;
    return { ...run, state, memberId: NO_MEMBER, lock: undefined };
  }

  /** Ends what held records that have changed hands. */
  settle(changes: readonly Change[]): void {
    for (const { before, after } of changes) {
      if (before.lock === after.lock) continue;
      if (after.lock) after.lock.held += after.last - after.first + 1;
      if (before.lock) releaseFrom(before.lock, before.last - before.first + 1);
    }
  }

  /** Archives records of `state` in `[first, last]`. Whether there were any. */
  archive(first: number, last: number, state: RecordState): boolean {
    const changes = this.batches
      .slice(Math.max(0, this.floorIndex(first)), this.floorIndex(last) + 1)
      .flatMap((batch) =>
        batch.change(first, last, (run) =>
          run.state === state
            ? { ...run, state: RecordState.ARCHIVED, memberId: NO_MEMBER, lock: undefined }
            : undefined,
        ),
      );
    this.settle(changes);
    return changes.length > 0;
  }

  /** Records before `offset` are no more: what waits there is given up, what is held stays until it is let go. */
  moveLogStart(offset: number): void {
    if (offset <= this.startOffset) return;
    if (this.batches.length > 0) this.archive(this.startOffset, offset - 1, RecordState.AVAILABLE);
    else this.endOffset = offset;
    this.startOffset = offset;
    this.endOffset = Math.max(this.endOffset, offset);
  }

  /** Moves the start offset over all that is done at the beginning. Whether it moved. */
  moveStart(): boolean {
    const done = this.#lastDone();
    if (done === undefined) return false;
    const last = this.batches.at(-1)!;
    if (done === last.last) {
      this.batches = [];
      this.startOffset = Math.max(this.startOffset, last.last + 1);
      this.endOffset = this.startOffset;
      return true;
    }
    const next = this.batches[this.floorIndex(done) + 1];
    const isWhole = this.batches[this.floorIndex(done)]!.last === done;
    this.startOffset = Math.max(this.startOffset, isWhole ? next!.first : done + 1);
    this.batches = this.batches.slice(this.floorIndex(done) + (isWhole ? 1 : 0));
    return true;
  }

  /** End of the records that are done, without one before that is not. */
  #lastDone(): number | undefined {
    let done: number | undefined;
    for (const { runs } of this.batches) {
      for (const run of runs) {
        if (!isTerminal(run.state)) return done;
        done = run.last;
      }
    }
    return done;
  }
}

function releaseFrom(lock: AcquisitionLock, count: number): void {
  lock.held -= count;
  if (lock.held === 0) lock.timer.cancel();
}
