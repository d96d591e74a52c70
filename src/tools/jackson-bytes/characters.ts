// Characters of UTF-8 as Jackson decodes them (UTF8StreamJsonParser): what is longer than it need be passes.
import type { Failures } from './failures.ts';

export interface Decoded {
  readonly code: number;
  /** Offset of the byte behind it. */
  readonly end: number;
}

/**
 * The character at an offset.
 * @param offset added to the places of failures
 * @param ended what to throw where the bytes end within it
 * @throws JavaException for bytes that are no character
 */
export function decodeAt(bytes: Buffer, at: number, failures: Failures, ended: () => Error): Decoded {
  const first = bytes[at]!;
  if (first < 0x80) return { code: first, end: at + 1 };
  const length = (first & 0xe0) === 0xc0 ? 2 : (first & 0xf0) === 0xe0 ? 3 : (first & 0xf8) === 0xf0 ? 4 : 0;
  if (length === 0) throw failures.badByte('start', first, at + 1);
  let code = first & (0xff >> (length + 1));
  for (let i = at + 1; i < at + length; i++) {
    const next = bytes[i];
    if (next === undefined) throw ended();
    if ((next & 0xc0) !== 0x80) throw failures.badByte('middle', next, i + 1);
    code = (code << 6) | (next & 0x3f);
  }
  if (length === 3 && code >= 0xd800 && code <= 0xdfff)
    throw failures.parse(`Invalid UTF-8: Illegal surrogate character 0x${code.toString(16)}`, at + length);
  return { code, end: at + length };
}

/** A character as Java's two halves, also where Unicode has none. */
export function utf16(code: number): string {
  if (code < 0x10000) return String.fromCharCode(code);
  const rest = code - 0x10000;
  return String.fromCharCode(0xd800 | (rest >> 10), 0xdc00 | (rest & 0x3ff));
}

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A string as JsonNode.toString() writes it and Java encodes it: halves of characters become question marks. */
export function quoted(text: string): string {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  const escaped = whole.replace(/[\u0000-\u001f"\\]/g, (character) => SHORT[character] ?? unicodeEscape(character));
  return `"${escaped}"`;
}

const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
