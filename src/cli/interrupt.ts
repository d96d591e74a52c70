const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof STATUS;

/** The part of `process` that is used; tests pass their own. */
export interface SignalSource {
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
  exit(status: number): void;
}

export interface Interrupt {
  /** Aborted by the first Ctrl-C or SIGTERM: the command ends what it does and leaves its groups. */
  readonly signal: AbortSignal;
  /** The exit status that goes with the signal that came (130 or 143), undefined if none did. */
  readonly status: number | undefined;
  /** From now on signals end the process at once, as without this. */
  dispose(): void;
}

/**
 * Lets a command that runs until it is stopped end in order. A second signal ends the process at once, for a command that
 * waits for a cluster that is gone.
 */
export function listenForInterrupt(source: SignalSource = process): Interrupt {
  const controller = new AbortController();
  let status: number | undefined;
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((signal) => {
    const listener = () => {
      if (status !== undefined) source.exit(status);
      status = STATUS[signal];
      controller.abort(signal);
    };
    source.on(signal, listener);
    return [signal, listener] as const;
  });
  return {
    signal: controller.signal,
    get status() {
      return status;
    },
    dispose() {
      for (const [signal, listener] of listeners) source.off(signal, listener);
    },
  };
}

/** Resolves when a signal is aborted, and keeps the process alive until then. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    // A signal alone keeps no process alive, and a broker in memory may have nothing else open.
    const alive = setInterval(() => {}, 2 ** 30);
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      done();
    });
  });
}
