// Where a text stops being JSON, in the words of Jackson (ReaderBasedJsonParser), which Kafka's scripts show.
import { JavaException } from './java-exception.ts';

const JACKSON = 'com.fasterxml.jackson.core.';
const SOURCE = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ';
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** A number with a fraction or an exponent, whatever its value: no integer for Jackson. */
export class JsonDouble {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/**
 * The first value of a text, integers that a double cannot hold as bigint; what comes behind it is not looked at. undefined
 * where there is nothing but blanks.
 * @throws JavaException with Jackson's class and message
 */
export const parseJackson = (text: string): unknown => new Scanner(text).whole();

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    this.#blanks();
    return this.#at < this.#text.length ? this.#value() : undefined;
  }

  #value(): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return Object.fromEntries(this.#members('Object', '}', () => this.#member()));
    if (first === '[') return this.#members('Array', ']', () => this.#value());
    return first === '"' ? this.#string() : this.#plain(this.#text.slice(this.#at));
  }

  /** A word or a number. */
  #plain(rest: string): unknown {
    const [word] = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest) ?? [];
    if (word !== undefined) {
      if (!['true', 'false', 'null'].includes(word))
        throw this.#failure(`Unrecognized token '${word}': was expecting ${VALUES}`);
      this.#at += word.length;
      return JSON.parse(word);
    }
    const [number, fraction, exponent] = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(rest) ?? [];
    if (number === undefined) throw this.#unexpected(`expected a valid value ${VALUES}`);
    if (/^-?0\d/.test(number)) {
      this.#at += number.indexOf('0') + 1;
      throw this.#failure('Invalid numeric value: Leading zeroes not allowed');
    }
    this.#at += number.length;
    if (fraction !== undefined || exponent !== undefined) return new JsonDouble(Number(number));
    return Number.isSafeInteger(Number(number)) ? Number(number) : BigInt(number);
  }

  #members<T>(kind: 'Object' | 'Array', close: string, one: () => T): T[] {
    const found: T[] = [];
    const start = this.#at++;
    for (let isFirst = true; ; isFirst = false) {
      this.#blanks(kind, start);
      if (this.#text[this.#at] === close && isFirst) break;
      found.push(one());
      this.#blanks(kind, start);
      if (this.#text[this.#at] === close) break;
      if (this.#text[this.#at] !== ',') throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
      this.#at++;
    }
    this.#at++;
    return found;
  }

  #member(): [name: string, value: unknown] {
    if (this.#text[this.#at] !== '"') throw this.#unexpected('was expecting double-quote to start field name');
    const name = this.#string();
    this.#blanks();
    if (this.#text[this.#at] !== ':') throw this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    this.#blanks();
    return [name, this.#value()];
  }

  #string(): string {
    const start = this.#at;
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
    return JSON.parse(this.#text.slice(start, this.#at));
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
