// Time as an argument: everything that waits or measures takes a Clock, so that retention, sessions and
// timeouts can be tested (and, in the library, driven) without waiting.

/** A scheduled call that can be taken back; cancelling twice or after it fired is harmless. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Wall-clock time in milliseconds since the epoch. May jump; use it only for timestamps that are stored or shown. */
  nowMs(): number;
  /** Milliseconds from an arbitrary start, never going back; use it for durations and deadlines. */
  monotonicMs(): number;
  /** Calls `fn` once after at least `delayMs` milliseconds. Never keeps the process alive. */
  setTimer(delayMs: number, fn: () => void): Timer;
}

// setTimeout fires at once for anything longer.
const MAX_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(delayMs, fn) {
    let handle: NodeJS.Timeout;
    const arm = (left: number) => {
      const step = Math.min(Math.max(0, left), MAX_DELAY_MS);
      handle = setTimeout(() => (left > step ? arm(left - step) : fn()), step);
      handle.unref();
    };
    arm(delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};

interface Pending {
  dueMs: number;
  order: number;
  fn: () => void;
}

/** A clock that stands still until told to move; both of its times move together. */
export class ManualClock implements Clock {
  #wallMs: number;
  #elapsedMs = 0;
  #order = 0;
  #pending = new Set<Pending>();

  constructor(startMs: number = Date.UTC(2026, 0, 1)) {
    this.#wallMs = startMs;
  }

  nowMs(): number {
    return this.#wallMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  setTimer(delayMs: number, fn: () => void): Timer {
    const entry: Pending = { dueMs: this.#elapsedMs + Math.max(0, delayMs), order: this.#order++, fn };
    this.#pending.add(entry);
    return { cancel: () => void this.#pending.delete(entry) };
  }

  /** How many timers are waiting; a test that expects none left behind reads it. */
  get pendingTimers(): number {
    return this.#pending.size;
  }

  /** When the next timer fires, in monotonic milliseconds; undefined if none is set. */
  get nextDueMs(): number | undefined {
    let next: number | undefined;
    for (const { dueMs } of this.#pending) if (next === undefined || dueMs < next) next = dueMs;
    return next;
  }

  /** Moves time on by `ms`, firing due timers in order, those set by other timers included. */
  advance(ms: number): void {
    const target = this.#elapsedMs + ms;
    for (;;) {
      let next: Pending | undefined;
      for (const entry of this.#pending) {
        if (entry.dueMs > target) continue;
        if (!next || entry.dueMs < next.dueMs || (entry.dueMs === next.dueMs && entry.order < next.order)) next = entry;
      }
      if (!next) break;
      this.#pending.delete(next);
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
      next.fn();
    }
    this.#elapsedMs = target;
  }

  /** Moves only the wall clock, as an administrator or NTP would; timers do not notice. */
  setWallMs(ms: number): void {
    this.#wallMs = ms - this.#elapsedMs;
  }
}
