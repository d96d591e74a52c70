// What others wrote (names, keys, values, client ids) may hold escape sequences, which a terminal would obey: retitle the window,
// hide lines, answer as if typed. On their way to a terminal control characters are written out. Pipes get the bytes.
import type { Stream } from './stream.ts';

/** C0 without tab and line feed, DEL, C1, what turns the direction of text around, line separators. */
const CONTROL = /[^\P{Cc}\t\n]|\p{Bidi_Control}|[\u2028\u2029]/gu;
const IN_LINE = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu;
const NAMES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = (character: string): string =>
  NAMES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text with its control characters written out: `\u001b[31m`, as JSON has them. Tabs and line feeds stay. */
export const visible = (text: string): string => text.replace(CONTROL, escaped);

/** The same for what has to stay in one line: tabs and line feeds are written out, too. */
export const visibleLine = (text: string): string => text.replace(IN_LINE, escaped);

/** A terminal that takes text only: everything written to it is made visible. Bytes that are no UTF-8 become `�`. */
export class TextOnly implements Stream {
  readonly #terminal: Stream;

  constructor(terminal: Stream) {
    this.#terminal = terminal;
  }

  readonly isTTY = true;

  get columns(): number | undefined {
    return this.#terminal.columns;
  }

  get rows(): number | undefined {
    return this.#terminal.rows;
  }

  write(chunk: string | Uint8Array, done?: () => void): boolean {
    const text =
      typeof chunk === 'string' ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString();
    return this.#terminal.write(visible(text), done);
  }

  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown {
    return this.#terminal.on(event, listener);
  }
}
