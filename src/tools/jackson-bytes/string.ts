import { decodeAt, utf16 } from './characters.ts';
import type { Failures } from './failures.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

interface StringAt {
  readonly text: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

/** The string whose opening quote stands at `start`. @throws JavaException in Jackson's words */
export function stringAt(bytes: Buffer, start: number, failures: Failures): StringAt {
  const ended = () => failures.ended(' in VALUE_STRING');
  let text = '';
  for (let at = start + 1; at < bytes.length; ) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return { text, end: at + 1 };
    if (byte === BACKSLASH) {
      const escaped = escapeAt(bytes, at + 1, failures);
      text += escaped.text;
      at = escaped.end;
    } else if (byte < 32) throw failures.parse(unquoted(byte, 'string value'), at);
    else {
      const { code, end } = decodeAt(bytes, at, failures, ended);
      text += utf16(code);
      at = end;
    }
  }
  throw ended();
}

/** A name is looked through to its end before it is decoded. */
export function nameAt(bytes: Buffer, start: number, failures: Failures): StringAt {
  let end = start + 1;
  for (; bytes[end] !== QUOTE; end++) {
    const byte = bytes[end];
    if (byte === undefined)
      throw failures.ended(end === start + 1 ? ": was expecting closing '\"' for name" : ' in field name');
    if (byte === BACKSLASH) end = escapeAt(bytes, end + 1, failures).end - 1;
    else if (byte < 32) throw failures.parse(unquoted(byte, 'name'), end + 1);
  }
  const atEnd: Failures = Object.assign(Object.create(failures), {
    badByte: (kind: 'start' | 'middle', byte: number) => failures.badByte(kind, byte, end + 1),
  });
  return stringAt(bytes, start, atEnd);
}

function escapeAt(bytes: Buffer, at: number, failures: Failures): StringAt {
  const ended = () => failures.ended(' in character escape sequence');
  if (at >= bytes.length) throw ended();
  const { code, end } = decodeAt(bytes, at, failures, ended);
  const character = utf16(code);
  if (Object.hasOwn(ESCAPES, character)) return { text: ESCAPES[character]!, end };
  if (character !== 'u') throw failures.parse(`Unrecognized character escape '${character}' (code ${code})`, end - 1);
  for (let i = end; i < end + 4; i++) {
    const digit = bytes[i];
    if (digit === undefined) throw ended();
    if (!/[0-9a-fA-F]/.test(String.fromCharCode(digit)))
      throw failures.unexpected(digit, i, 'expected a hex-digit for character escape sequence');
  }
  return { text: String.fromCharCode(Number.parseInt(bytes.toString('latin1', end, end + 4), 16)), end: end + 4 };
}

const unquoted = (code: number, where: string): string =>
  `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in ${where}`;
