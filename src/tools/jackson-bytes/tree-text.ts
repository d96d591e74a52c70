// What ObjectMapper.readTree(bytes).toString() makes of JSON: its first value, without blanks, each name once.
import { decodeAt, quoted, utf16 } from './characters.ts';
import { asUtf8 } from './encoding.ts';
import { Failures, tooMuch, VALUES } from './failures.ts';
import { nonStandard, numberAt } from './number.ts';
import { nameAt, stringAt } from './string.ts';

const DEEPEST = 1000;
const LONGEST_TOKEN = 256;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const RECORD_SEPARATOR = 0x1e;

/**
 * The first value of these bytes, empty where there is nothing but blanks. Numbers may have leading zeros, and what stands
 * behind the value is not looked at (JsonDeserializer's mapper).
 * @throws JavaException with Jackson's class and message (UTF8StreamJsonParser)
 */
export const treeText = (bytes: Buffer): string => new Parser(asUtf8(bytes)).whole();

interface Open {
  readonly kind: 'Array' | 'Object';
  readonly start: number;
}

class Parser {
  readonly #bytes: Buffer;
  readonly #failures: Failures;
  readonly #open: Open[] = [];
  #at = 0;
  /** Kind of the last token. */
  #last = 'null';

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#failures = new Failures(bytes);
  }

  whole(): string {
    if (!this.#skip()) return '';
    if (this.#next() === ']' || this.#next() === '}') throw this.#mismatch();
    return this.#value();
  }

  #next(): string {
    const byte = this.#bytes[this.#at];
    return byte === undefined ? '' : String.fromCharCode(byte);
  }

  #value(): string {
    const next = this.#next();
    if (next === '{') return this.#members('Object', '}', () => this.#object());
    if (next === '[') return this.#members('Array', ']', () => this.#array());
    if (next === '"') {
      const { text, end } = stringAt(this.#bytes, this.#at, this.#failures);
      this.#pass(end, 'VALUE_STRING');
      return quoted(text);
    }
    if (/[-0-9]/.test(next)) return this.#number();
    return this.#word();
  }

  #number(): string {
    const { text, isWhole, end } = numberAt(this.#bytes, this.#at, this.#failures, this.#last);
    this.#pass(end, isWhole ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT');
    const next = this.#bytes[end];
    if (this.#open.length === 0 && next !== undefined && !SPACES.has(next))
      throw this.#failures.unexpected(next, end, 'Expected space separating root-level values');
    return text;
  }

  #members(kind: Open['kind'], close: string, read: () => string): string {
    if (this.#open.length >= DEEPEST)
      throw tooMuch('Document nesting depth', this.#open.length + 1, DEEPEST, 'getMaxNestingDepth');
    this.#open.push({ kind, start: this.#at });
    this.#pass(this.#at + 1, `START_${kind.toUpperCase()}`);
    const text = this.#closes(close) ? '' : read();
    this.#open.pop();
    this.#pass(this.#at + 1, `END_${kind.toUpperCase()}`);
    return kind === 'Object' ? `{${text}}` : `[${text}]`;
  }

  #array(): string {
    const values: string[] = [];
    do values.push(this.#value());
    while (this.#continues(']'));
    return values.join(',');
  }

  /** Of a name that comes twice the last value counts, at the place of the first. */
  #object(): string {
    const members = new Map<string, string>();
    do members.set(this.#name(), this.#value());
    while (this.#continues('}'));
    return [...members].map(([name, value]) => `${name}:${value}`).join(',');
  }

  #name(): string {
    if (this.#next() !== '"') {
      const { code, end } = this.#decode();
      throw this.#failures.unexpected(code, end - 1, 'was expecting double-quote to start field name');
    }
    const { text, end } = nameAt(this.#bytes, this.#at, this.#failures);
    this.#pass(end, 'FIELD_NAME');
    this.#skipOr(() => this.#failures.ended(' within/between Object entries'));
    if (this.#next() !== ':') throw this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    this.#skipOr(() => this.#failures.ended(' within/between Object entries'));
    return quoted(text);
  }

  /** Whether a comma follows and not the end. */
  #continues(close: string): boolean {
    if (this.#closes(close)) return false;
    const { kind } = this.#open.at(-1)!;
    if (this.#next() !== ',') throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
    this.#at++;
    const text = `Unexpected end-of-input within/between ${kind} entries`;
    this.#skipOr(() => this.#failures.parse(text, this.#bytes.length));
    return true;
  }

  #closes(close: string): boolean {
    const { kind, start } = this.#open.at(-1)!;
    const place = this.#failures.place(start);
    this.#skipOr(() => this.#failures.ended(`: expected close marker for ${kind} (start marker at ${place})`));
    if (this.#next() === close) return true;
    if (this.#next() === ']' || this.#next() === '}') throw this.#mismatch();
    return false;
  }

  #mismatch(): Error {
    const marker = this.#next();
    const open = this.#open.at(-1);
    const why = open
      ? `expected '${open.kind === 'Array' ? ']' : '}'}' (for ${open.kind} starting at ${this.#failures.place(open.start)})`
      : `no open ${marker === ']' ? 'Array' : 'Object'} to close`;
    return this.#failures.parse(`Unexpected close marker '${marker}': ${why}`, this.#at);
  }

  /** @throws JavaException for anything but null, true and false */
  #word(): string {
    for (const word of ['null', 'true', 'false']) {
      const end = this.#at + word.length;
      if (this.#bytes.toString('latin1', this.#at, end) !== word) continue;
      const next = this.#bytes[end];
      // Jackson takes the byte behind the word for two.
      if (next !== undefined && next >= 0x80) throw this.#failures.badByte('middle', next, end + 1);
      if (next !== undefined && isNamePart(String.fromCharCode(next))) break;
      this.#pass(end, `VALUE_${word.toUpperCase()}`);
      return word;
    }
    throw this.#noValue();
  }

  #noValue(): Error {
    const next = this.#next();
    const rest = this.#bytes.toString('latin1', this.#at, this.#at + 8);
    for (const token of ['NaN', 'Infinity'])
      if (rest.startsWith(token)) return nonStandard(token, this.#at + token.length, this.#failures);
    if (next === '+')
      return this.#failures.inNumber(
        0x2b,
        this.#at + 1,
        'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow',
      );
    const inArray = this.#open.at(-1)?.kind === 'Array';
    if (next === ',' || next === '}' || (next === ']' && inArray)) return this.#unexpected('expected a value');
    if (/[\p{L}$_]/u.test(next)) return this.#token();
    return this.#unexpected(`expected a valid value ${VALUES}`);
  }

  #token(): Error {
    let token = this.#next();
    const start = this.#at++;
    while (this.#at < this.#bytes.length && token.length < LONGEST_TOKEN) {
      const { code, end } = this.#decode();
      if (!isNamePart(utf16(code))) break;
      token += utf16(code);
      this.#at = end;
    }
    const shown = token.length >= LONGEST_TOKEN ? `${token}...` : token;
    return this.#failures.parse(`Unrecognized token '${shown}': was expecting ${VALUES}`, start);
  }

  #decode() {
    return decodeAt(this.#bytes, this.#at, this.#failures, () => this.#failures.ended(` in ${this.#last}`));
  }

  #pass(end: number, token: string): void {
    this.#at = end;
    this.#last = token;
  }

  #unexpected(why: string): Error {
    return this.#failures.unexpected(this.#bytes[this.#at]!, this.#at, why);
  }

  #skipOr(ended: () => Error): void {
    if (!this.#skip()) throw ended();
  }

  /** Passes over blanks. Answers whether something follows. */
  #skip(): boolean {
    while (SPACES.has(this.#bytes[this.#at]!)) this.#at++;
    const byte = this.#bytes[this.#at];
    if (byte === undefined) return false;
    if (byte === 0x2f) throw this.#unexpected(COMMENT);
    if (byte < 32) throw this.#failures.parse(illegal(byte), this.#at + 1);
    return true;
  }
}

const COMMENT =
  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";

const illegal = (code: number): string => {
  const separator =
    ' (consider enabling `JsonReadFeature.ALLOW_RS_CONTROL_CHAR` to allow use of Record Separators (\\u001E))';
  const text = `Illegal character ((CTRL-CHAR, code ${code})): only regular white space (\\r, \\n, \\t) is allowed between tokens`;
  return code === RECORD_SEPARATOR ? text + separator : text;
};

const isNamePart = (character: string): boolean => /[\p{L}\p{N}$_]/u.test(character);
