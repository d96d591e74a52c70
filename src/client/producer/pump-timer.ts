// When the sender is looked at again without anything coming in: batches that linger, or wait after a failure.
import type { Clock, Timer } from '../../util/clock.ts';
import type { Sender } from './sender.ts';

/** No more often than this for a batch that waits for room, milliseconds. */
const WAITING_BATCH_MS = 100;

export class PumpTimer {
  readonly #clock: Clock;
  readonly #sender: Sender;
  readonly #lingerMs: number;
  #timer: Timer | undefined;
  #dueMs = Number.POSITIVE_INFINITY;

  /** @param lingerMs how long an open batch waits for more records */
  constructor(clock: Clock, sender: Sender, lingerMs: number) {
    this.#clock = clock;
    this.#sender = sender;
    this.#lingerMs = lingerMs;
  }

  /** Pumps in so many milliseconds, or sooner if that is planned already. */
  wake(delayMs: number): void {
    const due = this.#clock.monotonicMs() + delayMs;
    if (due >= this.#dueMs) return;
    this.#timer?.cancel();
    this.#dueMs = due;
    this.#timer = this.#clock.setTimer(delayMs, () => {
      this.#dueMs = Number.POSITIVE_INFINITY;
      this.#sender.pump();
      this.#planNext();
    });
  }

  cancel(): void {
    this.#timer?.cancel();
  }

  /** Batches that still linger or wait need another look. */
  #planNext(): void {
    const now = this.#clock.monotonicMs();
    let delayMs = Number.POSITIVE_INFINITY;
    for (const queue of this.#sender.queues) {
      if (queue.openCount > 0) delayMs = Math.min(delayMs, queue.openSinceMs + this.#lingerMs - now);
      const waiting = queue.closed[0];
      if (waiting) delayMs = Math.min(delayMs, Math.max(waiting.notBeforeMs - now, WAITING_BATCH_MS));
    }
    if (delayMs !== Number.POSITIVE_INFINITY) this.wake(Math.max(1, delayMs));
  }
}
