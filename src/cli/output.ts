import type { Stream } from './terminal/stream.ts';
import { TextOnly, visible, visibleLine } from './terminal/visible.ts';
import { cut, folded } from './terminal/width.ts';

export type { Stream } from './terminal/stream.ts';

/**
 * Where a command writes: data to standard output, everything else to standard error. What is written to a terminal is text:
 * control characters in it are written out. Escape sequences of ours go through draw().
 */
export class Output {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly #screen: Stream;
  readonly #errorScreen: Stream;
  readonly #env: NodeJS.ProcessEnv;
  #status: string | undefined;
  #worded: ((line: string) => string | undefined) | undefined;
  #diverted: ((line: string) => void) | undefined;
  readonly #closedListeners: (() => void)[] = [];

  /** `onClosed` is called when the reader of standard output goes away (`| head`) and no command listens for that. */
  constructor(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv, onClosed: () => void) {
    this.stdout = stdout.isTTY ? new TextOnly(stdout) : stdout;
    this.stderr = stderr.isTTY ? new TextOnly(stderr) : stderr;
    this.#screen = stdout;
    this.#errorScreen = stderr;
    this.#env = env;
    stdout.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
      const listener = this.#closedListeners[0];
      if (listener) listener();
      else onClosed();
    });
    stderr.on('error', () => {});
  }

  /** Whether a person reads standard output. */
  get isTerminal(): boolean {
    return this.stdout.isTTY === true;
  }

  /** Columns of the terminal; as many as are wanted where there is none. */
  get width(): number {
    if (this.isTerminal) return this.stdout.columns || 80;
    return Number(this.#env.COLUMNS) || Number.POSITIVE_INFINITY;
  }

  /** Lines of the terminal. */
  get height(): number {
    return this.stdout.rows || 24;
  }

  /** Whether to use colour on standard output: NO_COLOR and FORCE_COLOR win over what it is. */
  get colour(): boolean {
    return this.#colourOn(this.stdout);
  }

  /** The same for standard error. */
  get colourOnError(): boolean {
    return this.#colourOn(this.stderr);
  }

  #colourOn({ isTTY }: Stream): boolean {
    if (this.#env.NO_COLOR) return false;
    if (this.#env.FORCE_COLOR !== undefined) return this.#env.FORCE_COLOR !== '0';
    return isTTY === true && this.#env.TERM !== 'dumb';
  }

  /** Writes data to standard output. */
  write(data: string | Uint8Array): void {
    if (data.length > 0) this.#beside(() => this.stdout.write(data));
  }

  /** Writes a line of data to standard output. */
  print(line: string): void {
    this.#beside(() => this.stdout.write(`${line}\n`));
  }

  /** Writes data to standard output and resolves when it is taken: whoever waits has no more in memory than this. */
  pour(data: string | Uint8Array): Promise<void> {
    return new Promise((done) => void this.stdout.write(data, () => done()));
  }

  /** Writes to standard output what is drawn for a terminal: whatever others wrote is visible() in it already. */
  draw(text: string): void {
    if (text.length > 0) this.#beside(() => this.#screen.write(text));
  }

  /** The same for standard error. */
  drawError(text: string): void {
    this.#beside(() => this.#errorScreen.write(text));
  }

  /** Writes while the status is not on the screen. */
  #beside(write: () => void): void {
    const shown = this.#status;
    this.status(undefined);
    write();
    this.status(shown);
  }

  /** Says what went wrong on standard error: in red at a terminal, broken at blanks where it is too long for a line. */
  complain(text: string): void {
    const { columns = 80 } = this.stderr;
    if (this.stderr.isTTY !== true || !this.colourOnError) this.warn(text);
    else this.drawError(`\u001b[31m${folded(visible(text), columns || 80)}\u001b[39m\n`);
  }

  /** Writes a line that is not data to standard error. */
  warn(text: string): void {
    const line = this.#worded === undefined ? text : this.#worded(text);
    if (line === undefined) return;
    if (this.#diverted) this.#diverted(line);
    else this.#beside(() => this.stderr.write(`${line}\n`));
  }

  /** Shows how far something is on the last line of a terminal, in place of what it showed before; undefined erases it. */
  status(text: string | undefined): void {
    if (this.stderr.isTTY !== true || this.#diverted || text === this.#status) return;
    this.#status = text;
    this.#errorScreen.write(`\r\u001b[K${cut(visibleLine(text ?? ''), (this.stderr.columns || 80) - 1)}`);
  }

  /** Puts the lines for standard error into other words; undefined leaves a line out. */
  wordWarnings(worded: (line: string) => string | undefined): void {
    this.#worded = worded;
  }

  /** Hands over the lines that would go to standard error, while the whole screen is drawn; undefined ends that. */
  divertWarnings(listener: ((line: string) => void) | undefined): void {
    this.#diverted = listener;
  }

  /** Takes over what happens when the reader of standard output goes away; without this the command ends at once. */
  onClosed(listener: () => void): void {
    this.#closedListeners.unshift(listener);
  }

  /** Resolves when everything written is with the operating system. */
  async flush(): Promise<void> {
    for (const stream of [this.stdout, this.stderr])
      await new Promise<void>((done) => void stream.write('', () => done()));
  }
}
