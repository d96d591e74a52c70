// Where a text stops being JSON, in the words of Jackson (ReaderBasedJsonParser), which Kafka's scripts show.
import { JavaException } from './java-exception.ts';

const JACKSON = 'com.fasterxml.jackson.core.';
const SOURCE = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ';
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/**
 * The first value of a text; what comes behind it is not looked at. `value` is undefined where there is nothing but blanks.
 * @throws JavaException with Jackson's class and message
 */
export function parseJackson(text: string): { readonly value: unknown } {
  const scanner = new Scanner(text);
  const [start, end] = scanner.whole();
  return { value: start === end ? undefined : JSON.parse(text.slice(start, end)) };
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the first value begins and ends. */
  whole(): [start: number, end: number] {
    this.#blanks();
    const start = this.#at;
    if (start < this.#text.length) this.#value();
    return [start, this.#at];
  }

  #value(): void {
    const rest = this.#text.slice(this.#at);
    if (rest[0] === '{') this.#members('Object', '}', () => this.#member());
    else if (rest[0] === '[') this.#members('Array', ']', () => this.#value());
    else if (rest[0] === '"') this.#string();
    else this.#plain(rest);
  }

  /** A word or a number. */
  #plain(rest: string): void {
    const [word] = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest) ?? [];
    if (word !== undefined) {
      if (!['true', 'false', 'null'].includes(word))
        throw this.#failure(`Unrecognized token '${word}': was expecting ${VALUES}`);
      this.#at += word.length;
      return;
    }
    const [number] = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(rest) ?? [];
    if (number === undefined) throw this.#unexpected(`expected a valid value ${VALUES}`);
    if (/^-?0\d/.test(number)) {
      this.#at += number.indexOf('0') + 1;
      throw this.#failure('Invalid numeric value: Leading zeroes not allowed');
    }
    this.#at += number.length;
  }

  #members(kind: 'Object' | 'Array', close: string, one: () => void): void {
    const start = this.#at++;
    for (let isFirst = true; ; isFirst = false) {
      this.#blanks(kind, start);
      if (this.#text[this.#at] === close && isFirst) break;
      one();
      this.#blanks(kind, start);
      if (this.#text[this.#at] === close) break;
      if (this.#text[this.#at] !== ',') throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
      this.#at++;
    }
    this.#at++;
  }

  #member(): void {
    if (this.#text[this.#at] !== '"') throw this.#unexpected('was expecting double-quote to start field name');
    this.#string();
    this.#blanks();
    if (this.#text[this.#at] !== ':') throw this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    this.#blanks();
    this.#value();
  }

  #string(): void {
    for (this.#at++; this.#text[this.#at] !== '"'; this.#at++) {
      if (this.#text[this.#at] === '\\') this.#at++;
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw this.#ended('was expecting closing quote for a string value');
      if (code < 32)
        throw this.#failure(
          `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`,
        );
    }
    this.#at++;
  }

  /** Passes over blanks. @throws JavaException if the text ends within what began at `start` */
  #blanks(kind?: string, start = 0): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
    if (kind !== undefined && this.#at >= this.#text.length)
      throw this.#ended(`expected close marker for ${kind} (start marker at ${this.#place(start)})`);
  }

  #place(at: number): string {
    const before = this.#text.slice(0, at).split('\n');
    return `${SOURCE}line: ${before.length}, column: ${before.at(-1)!.length + 1}]`;
  }

  #unexpected(wanted: string): JavaException {
    const character = this.#text[this.#at];
    if (character === undefined) return this.#ended(wanted);
    return this.#failure(`Unexpected character ('${character}' (code ${character.charCodeAt(0)})): ${wanted}`);
  }

  #failure(text: string, name = 'JsonParseException'): JavaException {
    return new JavaException(`${JACKSON}${name}`, `${text}\n at ${this.#place(this.#at)}`);
  }

  #ended(why: string): JavaException {
    return this.#failure(`Unexpected end-of-input: ${why}`, 'io.JsonEOFException');
  }
}
