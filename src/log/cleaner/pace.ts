// The cleaner shares one thread with everything else: after so many bytes it lets others have their turn.

import type { Throttle } from '../throttle.ts';

/** Bytes of records that are worked on at a stretch: about a millisecond. */
const BYTES_PER_TURN = 64 * 1024;

export class CleaningAborted extends Error {}

export class Pace {
  readonly #isAborted: () => boolean;
  readonly #throttle: Throttle | undefined;
  #bytes = 0;

  /** @param isAborted asked after every turn */
  constructor(isAborted: () => boolean, throttle?: Throttle) {
    this.#isAborted = isAborted;
    this.#throttle = throttle;
  }

  /** Counts work; true when it is time to {@link yield}. */
  spend(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes >= BYTES_PER_TURN;
  }

  /** @throws CleaningAborted if there is no use in going on */
  async yield(): Promise<void> {
    const bytes = this.#bytes;
    this.#bytes = 0;
    await this.#throttle?.spend(bytes);
    await new Promise(setImmediate);
    this.check();
  }

  /** @throws CleaningAborted */
  check(): void {
    if (this.#isAborted()) throw new CleaningAborted();
  }
}
