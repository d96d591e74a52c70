const LONG_MS = 2 ** 30;

/** Keeps the process alive while work is under way that waits on nothing but timers, which do not. */
export class KeepAlive {
  #users = 0;
  #handle: NodeJS.Timeout | undefined;

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#users++ === 0) this.#handle = setInterval(() => {}, LONG_MS);
    try {
      return await work();
    } finally {
      if (--this.#users === 0) this.end();
    }
  }

  end(): void {
    clearInterval(this.#handle);
  }
}
