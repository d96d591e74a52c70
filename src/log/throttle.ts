// Keeps background work below a rate (org.apache.kafka.server.util.Throttler).
import type { Clock, Timer } from '../util/clock.ts';
import { deferred } from '../util/deferred.ts';

export class Throttle {
  readonly #clock: Clock;
  readonly #bytesPerSecond: () => number;
  readonly #waiting = new Set<{ timer: Timer; end(): void }>();
  #paidUntilMs = 0;
  #isStopped = false;

  /** @param bytesPerSecond asked each time; Kafka's defaults, the largest of their types, are no limit */
  constructor(clock: Clock, bytesPerSecond: () => number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Counts bytes, and resolves when the work may go on; at once after {@link stop}. */
  async spend(bytes: number): Promise<void> {
    const rate = this.#bytesPerSecond();
    if (this.#isStopped || rate >= Number.MAX_SAFE_INTEGER) return;
    const nowMs = this.#clock.monotonicMs();
    this.#paidUntilMs = Math.max(nowMs, this.#paidUntilMs) + (bytes / Math.max(rate, 1)) * 1000;
    const waited = deferred<void>();
    const wait = {
      timer: this.#clock.setTimer(this.#paidUntilMs - nowMs, () => {
        this.#waiting.delete(wait);
        waited.resolve();
      }),
      end: waited.resolve,
    };
    this.#waiting.add(wait);
    await waited.promise;
  }

  stop(): void {
    this.#isStopped = true;
    for (const { timer, end } of this.#waiting) {
      timer.cancel();
      end();
    }
    this.#waiting.clear();
  }
}
