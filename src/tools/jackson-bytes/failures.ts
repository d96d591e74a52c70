// What Jackson's UTF8StreamJsonParser says of bytes that are no JSON, and where.
import { JavaException } from '../java-exception.ts';

const JACKSON = 'com.fasterxml.jackson.core.';
const SOURCE = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ';

export const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export class Failures {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Line and column of an offset; columns are bytes. */
  place(at: number): string {
    let line = 1;
    let start = 0;
    for (let i = 0; i < at; i++) {
      const byte = this.#bytes[i];
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
      if (byte === CARRIAGE_RETURN && this.#bytes[i + 1] === LINE_FEED) i++;
      line++;
      start = i + 1;
    }
    return `${SOURCE}line: ${line}, column: ${at - start + 1}]`;
  }

  parse(text: string, at: number): JavaException {
    return new JavaException(`${JACKSON}JsonParseException`, `${text}\n at ${this.place(at)}`);
  }

  /** @param why begins with a blank or a colon */
  ended(why: string): JavaException {
    const text = `Unexpected end-of-input${why}\n at ${this.place(this.#bytes.length)}`;
    return new JavaException(`${JACKSON}io.JsonEOFException`, text);
  }

  unexpected(code: number, at: number, why: string): JavaException {
    return this.parse(`Unexpected character (${described(code)}): ${why}`, at);
  }

  inNumber(code: number, at: number, why: string): JavaException {
    return this.parse(`Unexpected character (${described(code)}) in numeric value: ${why}`, at);
  }

  badByte(kind: 'start' | 'middle', byte: number, after: number): JavaException {
    return this.parse(`Invalid UTF-8 ${kind} byte 0x${byte.toString(16)}`, after);
  }
}

export const tooMuch = (what: string, size: number, most: number, limit: string): JavaException =>
  new JavaException(
    `${JACKSON}exc.StreamConstraintsException`,
    `${what} (${size}) exceeds the maximum allowed (${most}, from \`StreamReadConstraints.${limit}()\`)`,
  );

/** JsonParser._getCharDesc */
function described(code: number): string {
  if (code < 32 || (code >= 127 && code < 160)) return `(CTRL-CHAR, code ${code})`;
  const character = String.fromCodePoint(code);
  return code > 255 ? `'${character}' (code ${code} / 0x${code.toString(16)})` : `'${character}' (code ${code})`;
}
