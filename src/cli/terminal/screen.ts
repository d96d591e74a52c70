import type { Output } from '../output.ts';
import { cut } from './width.ts';

const ESC = '\u001b[';
const ENTER = `${ESC}?1049h${ESC}?25l`;
const LEAVE = `${ESC}?25h${ESC}?1049l`;
const HOME = `${ESC}H`;
const REST_OF_LINE = `${ESC}K`;
const REST_OF_SCREEN = `${ESC}J`;

/** The screen of a terminal that is drawn over and over; what was there before comes back at the end, with the last drawing. */
export class Screen {
  readonly #output: Output;
  #open = false;
  #body = '';

  constructor(output: Output, signal: AbortSignal) {
    this.#output = output;
    // A second Ctrl-C ends the process at once; the terminal must be itself again by then.
    signal.addEventListener('abort', () => this.close(), { once: true });
  }

  /** Draws a head line, what is to be said, and the body: the last one if there is none. Lines that do not fit are counted. */
  draw(head: string, above: string, body: string | undefined): void {
    const { width, height, colour } = this.#output;
    this.#body = body ?? this.#body;
    const dim = (line: string) => (colour ? `${ESC}2m${line}${ESC}22m` : line);
    const lines = `${above}${this.#body}`.replace(/\n$/, '').split('\n');
    const room = Math.max(1, height - 2);
    const shown =
      lines.length <= room ? lines : [...lines.slice(0, room - 1), dim(`… ${lines.length - room + 1} more lines`)];
    const drawn = [dim(cut(head, width)), '', ...shown].map((line) => `${cut(line, width)}${REST_OF_LINE}`);
    this.#output.draw(`${this.#open ? '' : ENTER}${HOME}${drawn.join('\n')}${REST_OF_SCREEN}`);
    this.#open = true;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#output.draw(`${LEAVE}${this.#body}`);
  }
}
