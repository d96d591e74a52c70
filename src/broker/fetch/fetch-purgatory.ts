// Fetches that wait for min.bytes or max.wait.ms (DelayedFetch). Nothing polls: what is appended to a partition is
// counted for the fetches that wait there.
import type { PartitionLog } from '../../log/partition-log.ts';
import type { Clock, Timer } from '../../util/clock.ts';

/** Whoever asks for more gets an empty answer after this time, and asks again. */
const MAX_WAIT_MS = 10 * 60 * 1000;

export interface WaitingPartition {
  readonly log: PartitionLog;
  readonly fetchOffset: number;
  /** What the fetch would take of this partition at most. */
  readonly maxBytes: number;
  /** Bytes that the fetch could take already. */
  readonly bytes: number;
  /** How far it could see when it read them. */
  readonly endOffset: number;
}

export interface FetchWait {
  readonly partitions: readonly WaitingPartition[];
  readonly minBytes: number;
  readonly maxWaitMs: number;
  /** Records of open transactions do not count. */
  readonly readCommitted: boolean;
  /** Gives up when the connection ends. */
  readonly connection: { onClose(fn: () => void): () => void };
}

/** `ready`: read again; `expired`: max.wait.ms is over; `cancelled`: nobody is there to answer. */
export type WaitOutcome = 'ready' | 'expired' | 'cancelled';

export class FetchPurgatory {
  readonly #clock: Clock;
  readonly #waiting = new Map<PartitionLog, PartitionWaiters>();
  readonly #waiters = new Set<Waiter>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many fetches wait. */
  get size(): number {
    return this.#waiters.size;
  }

  /** Waits until `minBytes` can be read, a partition goes away, or time is up. */
  wait(request: FetchWait): Promise<WaitOutcome> {
    if (this.#closed) return Promise.resolve('expired');
    // Files of other partitions were read meanwhile.
    const { readCommitted } = request;
    if (request.partitions.some(({ log, endOffset }) => visibleEnd(log, readCommitted) > endOffset)) {
      return Promise.resolve('ready');
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        missingBytes: request.minBytes - request.partitions.reduce((sum, { bytes }) => sum + bytes, 0),
        readCommitted,
        finish: (outcome) => {
          if (!this.#waiters.delete(waiter)) return;
          timer.cancel();
          forgetClose();
          for (const { log } of request.partitions) this.#leave(log, waiter);
          resolve(outcome);
        },
      };
      this.#waiters.add(waiter);
      const finish = waiter.finish;
      const timer: Timer = this.#clock.setTimer(Math.min(request.maxWaitMs, MAX_WAIT_MS), () => finish('expired'));
      for (const partition of request.partitions) this.#join(partition, waiter);
      let forgetClose = () => {};
      forgetClose = request.connection.onClose(() => finish('cancelled'));
    });
  }

  /** Has those that wait for a partition read again: another broker may lead it now. */
  wake(log: PartitionLog): void {
    this.#waiting.get(log)?.wake();
  }

  /** Answers all that wait with what there is; later fetches do not wait. */
  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiters) waiter.finish('expired');
  }

  #join(partition: WaitingPartition, waiter: Waiter): void {
    let waiters = this.#waiting.get(partition.log);
    if (waiters === undefined) {
      waiters = new PartitionWaiters(partition.log);
      this.#waiting.set(partition.log, waiters);
    }
    waiters.add(waiter, partition);
  }

  #leave(log: PartitionLog, waiter: Waiter): void {
    const waiters = this.#waiting.get(log);
    if (waiters?.remove(waiter) === 0) this.#waiting.delete(log);
  }
}

interface Waiter {
  missingBytes: number;
  readonly readCommitted: boolean;
  finish(outcome: WaitOutcome): void;
}

/** Those that wait for one partition, in the order in which they came. */
class PartitionWaiters {
  readonly #log: PartitionLog;
  readonly #waiting = new Map<Waiter, { fetchOffset: number; room: number }>();
  readonly #stopListening: () => void;
  #sizeInBytes: number;

  constructor(log: PartitionLog) {
    this.#log = log;
    this.#sizeInBytes = log.sizeInBytes;
    this.#stopListening = log.onChange(() => this.#changed());
  }

  add(waiter: Waiter, { fetchOffset, maxBytes, bytes }: WaitingPartition): void {
    this.#waiting.set(waiter, { fetchOffset, room: Math.max(0, maxBytes - bytes) });
  }

  /** How many are left. */
  remove(waiter: Waiter): number {
    this.#waiting.delete(waiter);
    if (this.#waiting.size === 0) this.#stopListening();
    return this.#waiting.size;
  }

  wake(): void {
    for (const waiter of [...this.#waiting.keys()]) waiter.finish('ready');
  }

  #changed(): void {
    const log = this.#log;
    const { sizeInBytes } = log;
    // Less than before where retention took segments.
    const appended = Math.max(0, sizeInBytes - this.#sizeInBytes);
    this.#sizeInBytes = sizeInBytes;
    for (const [waiter, place] of this.#waiting) {
      const counted = Math.min(appended, place.room);
      place.room -= counted;
      waiter.missingBytes -= counted;
      const isVisible = visibleEnd(log, waiter.readCommitted) > place.fetchOffset;
      const hasEnough = waiter.missingBytes <= 0 && isVisible;
      if (hasEnough || log.failure !== undefined || log.logStartOffset > place.fetchOffset) waiter.finish('ready');
    }
  }
}

/** Where consumers cannot read on. */
export function visibleEnd(log: PartitionLog, readCommitted: boolean): number {
  return readCommitted ? log.lastStableOffset : log.highWatermark;
}
