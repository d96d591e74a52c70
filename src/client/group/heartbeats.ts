import type { Clock, Timer } from '../../util/clock.ts';

/** Calls `beat` again and again, one after the other, until stopped. */
export class Heartbeats {
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #running = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param beat answers the milliseconds until the next one
   */
  start(firstDelayMs: number, beat: () => Promise<number>): void {
    this.stop();
    this.#running = true;
    const schedule = (delayMs: number) => {
      const timer = this.#clock.setTimer(delayMs, () => {
        void beat().then((next) => {
          if (this.#running && this.#timer === timer) schedule(next);
        });
      });
      this.#timer = timer;
    };
    schedule(firstDelayMs);
  }

  stop(): void {
    this.#running = false;
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
