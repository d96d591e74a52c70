import { Output, type Stream } from '../../src/cli/output.ts';

/** A stream that keeps what is written, as a terminal of the given width or as a pipe. */
export class CapturedStream implements Stream {
  text = '';
  readonly isTTY: boolean;
  readonly columns?: number;
  #onError: (error: NodeJS.ErrnoException) => void = () => {};

  constructor(columns?: number) {
    this.isTTY = columns !== undefined;
    if (columns !== undefined) this.columns = columns;
  }

  write(chunk: string | Uint8Array, done?: () => void): boolean {
    this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    done?.();
    return true;
  }

  on(_event: 'error', listener: (error: NodeJS.ErrnoException) => void): this {
    this.#onError = listener;
    return this;
  }

  /** The reader goes away. */
  fail(code: string): void {
    this.#onError(Object.assign(new Error(`write ${code}`), { code }));
  }
}

export interface Captured {
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly output: Output;
  /** How often the reader's going away ended the process. */
  closed: number;
}

/** An Output that writes into strings. */
export function capture(settings: { columns?: number; env?: NodeJS.ProcessEnv } = {}): Captured {
  const stdout = new CapturedStream(settings.columns);
  const stderr = new CapturedStream(settings.columns);
  const captured: Captured = {
    stdout,
    stderr,
    closed: 0,
    output: new Output(stdout, stderr, settings.env ?? {}, () => {
      captured.closed++;
    }),
  };
  return captured;
}
