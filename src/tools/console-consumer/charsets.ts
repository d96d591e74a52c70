import { JavaException } from '../java-exception.ts';
import { badData } from './deserialize.ts';

/** Names that java.nio.charset.Charset knows and the platform's text decoder does not, or takes for another charset. */
const LATIN_1 = /^(iso[-_]?8859[-_]1(:1987)?|8859_1|iso-ir-100|latin1|l1|ibm[-_]?819|cp819|819|csisolatin1)$/i;
const ASCII =
  /^(us-ascii|ascii7?|ansi_x3\.4-19(68|86)|iso_646\.irv:19(83|91)|iso646-us|iso-ir-6|cp367|ibm367|646|us|csascii|default)$/i;
const UTF_8 = /^(utf-?8|unicode-1-1-utf-8)$/i;
const UTF_16 = /^(utf[-_]?16|unicode|unicodebig)$/i;
const UTF_16_WITH_ORDER = /^(?:x-)?utf[-_]?16(be|le)$/i;
const UTF_32 = /^(?:x-)?utf[-_]?32(be|le)?$/i;

const WINDOWS_1252 = /^(windows-|cp|ibm-?)1252$/i;

const REPLACEMENT = '\ufffd';

/**
 * What `new String(bytes, charset)` gives for a Java charset. Byte order marks are text, but for UTF-16 and UTF-32 without an
 * order in their names.
 * @throws JavaException for a charset that there is not
 */
export function charsetDecoder(name: string): (bytes: Buffer) => string {
  if (UTF_8.test(name)) return (bytes) => bytes.toString();
  if (LATIN_1.test(name)) return (bytes) => bytes.toString('latin1');
  if (ASCII.test(name)) return asciiText;
  if (UTF_16.test(name)) return utf16Text;
  if (WINDOWS_1252.test(name)) return windows1252Text;
  const order = UTF_16_WITH_ORDER.exec(name)?.[1]?.toLowerCase();
  if (order !== undefined) return platformDecoder(`utf-16${order}`);
  const wide = UTF_32.exec(name);
  if (wide) return (bytes) => utf32Text(bytes, wide[1]?.toLowerCase());
  return platformDecoder(name);
}

function platformDecoder(name: string): (bytes: Buffer) => string {
  try {
    const decoder = new TextDecoder(name, { ignoreBOM: true });
    return (bytes) => decoder.decode(bytes);
  } catch {
    const isName = /^[A-Za-z0-9][\w.:+-]*$/.test(name);
    const cause = `java.nio.charset.${isName ? 'UnsupportedCharset' : 'IllegalCharsetName'}Exception`;
    throw Object.assign(badData(`Unsupported encoding ${name}`), { cause: new JavaException(cause, name) });
  }
}

const asciiText = (bytes: Buffer): string => {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : REPLACEMENT;
  return text;
};

const WINDOWS_1252_UPPER = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/** Latin 1 with letters in the place of its second block of control characters; the platform's decoder takes both for one. */
const windows1252Text = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252_UPPER[char.charCodeAt(0) - 0x80]!);

function utf16Text(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE() : 0;
  if (mark === 0xfffe) return platformDecoder('utf-16le')(bytes.subarray(2));
  return platformDecoder('utf-16be')(mark === 0xfeff ? bytes.subarray(2) : bytes);
}

function utf32Text(bytes: Buffer, order: string | undefined): string {
  const mark = order === undefined && bytes.length >= 4 ? bytes.readUInt32BE() : 0;
  const isLittle = order === 'le' || mark === 0xfffe0000;
  let text = '';
  let at = mark === 0xfeff || mark === 0xfffe0000 ? 4 : 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const point = isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    text += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? REPLACEMENT : String.fromCodePoint(point);
  }
  return at < bytes.length ? text + REPLACEMENT : text;
}
