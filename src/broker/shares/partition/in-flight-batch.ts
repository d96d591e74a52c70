// Records of a share partition that are on their way: delivered, waiting to be delivered again, or done while earlier
// ones are not (InFlightBatch, InFlightState). Where Kafka keeps a state for each offset, a run here is for all
// neighbours of one state.
import type { Timer } from '../../../util/clock.ts';

/** As they are kept in the state's records. */
export const RecordState = { AVAILABLE: 0, ACQUIRED: 1, ACKNOWLEDGED: 2, ARCHIVED: 4 } as const;
export type RecordState = (typeof RecordState)[keyof typeof RecordState];

/** Nothing more happens to the record. */
export function isTerminal(state: RecordState): boolean {
  return state === RecordState.ACKNOWLEDGED || state === RecordState.ARCHIVED;
}

/** Of whom nobody holds. */
export const NO_MEMBER = '';

/** A member's hold on records, which ends by itself. */
export interface AcquisitionLock {
  readonly timer: Timer;
  /** Records that are still held by it; without any the timer is of no use. */
  held: number;
}

/** Neighbours with the same state. */
export interface Run {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  readonly state: RecordState;
  readonly deliveryCount: number;
  readonly memberId: string;
  readonly lock: AcquisitionLock | undefined;
}

/** What became of a run, or of a part of it. */
export interface Change {
  readonly before: Run;
  readonly after: Run;
}

export class InFlightBatch {
  readonly first: number;
  readonly last: number;
  /** In order, without gaps. Replaced, never changed, so that what was can come back. */
  runs: readonly Run[];
  /** Whether records have been told apart since the batch was delivered as one. */
  perOffset = false;

  constructor(run: Run) {
    this.first = run.first;
    this.last = run.last;
    this.runs = [run];
  }

  get size(): number {
    return this.last - this.first + 1;
  }

  /** The state of all records, unless they have been told apart. */
  get whole(): Run | undefined {
    return this.perOffset ? undefined : this.runs[0];
  }

  /**
   * Changes what lies in `[first, last]`.
   * @param next what a run, or the part of it that is in the range, becomes; undefined leaves it
   */
  change(first: number, last: number, next: (run: Run) => Run | undefined): Change[] {
    const changes: Change[] = [];
    const runs: Run[] = [];
    for (const run of this.runs) {
      const before = { ...run, first: Math.max(run.first, first), last: Math.min(run.last, last) };
      const after = before.first > before.last ? undefined : next(before);
      if (after === undefined) {
        append(runs, run);
        continue;
      }
      changes.push({ before, after });
      if (run.first < before.first) append(runs, { ...run, last: before.first - 1 });
      append(runs, after);
      if (run.last > before.last) append(runs, { ...run, first: before.last + 1 });
    }
    if (changes.length > 0) {
      this.runs = runs;
      if (first > this.first || last < this.last) this.perOffset = true;
    }
    return changes;
  }
}

function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  const isSame =
    last !== undefined &&
    last.state === run.state &&
    last.deliveryCount === run.deliveryCount &&
    last.memberId === run.memberId &&
    last.lock === run.lock;
  if (isSame) runs[runs.length - 1] = { ...last, last: run.last };
  else runs.push(run);
}
