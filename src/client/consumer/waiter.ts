import type { Clock, Timer } from '../../util/clock.ts';

/** Lets one side wait until the other says that something has changed. */
export class Waiter {
  readonly #clock: Clock;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(): void {
    for (const done of this.#waiting.splice(0)) done();
  }

  /** Resolves at the next wake(), or after `timeoutMs`. */
  wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      const done = () => {
        timer?.cancel();
        resolve();
      };
      this.#waiting.push(done);
      if (timeoutMs < Number.MAX_SAFE_INTEGER) {
        timer = this.#clock.setTimer(timeoutMs, () => {
          this.#waiting = this.#waiting.filter((other) => other !== done);
          resolve();
        });
      }
    });
  }
}
