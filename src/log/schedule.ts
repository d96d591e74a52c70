// What is done later or from time to time, until the broker stops.
import type { Clock, Timer } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';

export class Schedule {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #timers = new Set<Timer>();
  #isStopped = false;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  after(delayMs: number, action: () => void): void {
    if (this.#isStopped) return;
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timers.delete(timer);
      this.attempt('do deferred work', action);
    });
    this.#timers.add(timer);
  }

  every(intervalMs: number, action: () => void): void {
    this.after(intervalMs, () => {
      this.attempt('do periodic work', action);
      this.every(intervalMs, action);
    });
  }

  /** Does something whose failure is only worth a line in the log. Returns whether it went well. */
  attempt(what: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      this.#logger.error(`Failed to ${what}`, error);
      return false;
    }
  }

  /** Nothing is done any more. */
  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }
}
