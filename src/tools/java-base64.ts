import { JavaException } from './java-exception.ts';

const EQUALS = '='.charCodeAt(0);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const IN_ALPHABET: ReadonlySet<number> = new Set(Buffer.from(ALPHABET));
const IN_URL_ALPHABET: ReadonlySet<number> = new Set(Buffer.from(ALPHABET.replace('+/', '-_')));

/** What java.util.Base64.getDecoder() makes of a text: padding may be missing. @throws JavaException with its messages */
export const javaBase64 = (text: string): Buffer => decoded(text, IN_ALPHABET);

/** The same of getUrlDecoder(). @throws JavaException with its messages */
export const javaUrlBase64 = (text: string): Buffer => decoded(text, IN_URL_ALPHABET);

function decoded(text: string, alphabet: ReadonlySet<number>): Buffer {
  const bytes = latin1(text);
  if (bytes.length === 1) throw refused('Input byte[] should at least have 2 bytes for base64 bytes');
  let end = bytes.findIndex((byte) => !alphabet.has(byte));
  if (end < 0) end = bytes.length;
  else if (bytes[end] !== EQUALS) throw refused(`Illegal base64 character ${bytes.readInt8(end).toString(16)}`);
  const inUnit = end % 4;
  let next = Math.min(end + 1, bytes.length);
  if (end < bytes.length) {
    if (inUnit === 0 || (inUnit === 2 && bytes[next++] !== EQUALS))
      throw refused('Input byte array has wrong 4-byte ending unit');
  }
  if (inUnit === 1) throw refused('Last unit does not have enough valid bits');
  if (next < bytes.length) throw refused(`Input byte array has incorrect ending byte at ${next}`);
  return Buffer.from(text, 'base64');
}

/** String.getBytes(ISO_8859_1): a question mark for what is not in it. */
const latin1 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text, (character) => Math.min(character.codePointAt(0)!, 256)).map((code) => (code > 255 ? 63 : code)),
  );

const refused = (message: string) => new JavaException('java.lang.IllegalArgumentException', message);
