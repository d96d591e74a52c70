// Java's own key store format (sun.security.provider.JavaKeyStore). Keys are hidden by a chain of SHA-1 values XORed over
// them, and the whole file ends with a SHA-1 over password and content.
import { createHash, createPrivateKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { childrenOf, DerError, expectNode, readDer, Tag } from '../asn1/der.ts';
import { type KeyEntry, type KeyStore, KeyStoreError, type TrustedEntry } from './key-store.ts';

export const JKS_MAGIC = 0xfeedfeed;
const SALT_BYTES = 20;
const SHA1_BYTES = 20;
const PRIVATE_KEY = 1;
const TRUSTED_CERTIFICATE = 2;
const WHITENER = Buffer.from('Mighty Aphrodite');

/** Characters as UTF-16, the high byte first. */
const utf16 = (password: string): Buffer => Buffer.from(password, 'utf16le').swap16();
const sha1 = (...parts: readonly Buffer[]): Buffer => createHash('sha1').update(Buffer.concat(parts)).digest();

/**
 * @param password undefined to read certificates without checking that the file is whole
 * @param keyPassword of the keys, if it is another
 * @throws KeyStoreError
 */
export function readJks(bytes: Buffer, password?: string, keyPassword = password): KeyStore {
  const content = bytes.subarray(0, Math.max(0, bytes.length - SHA1_BYTES));
  if (password !== undefined) {
    const sum = sha1(utf16(password), WHITENER, content);
    const given = bytes.subarray(content.length);
    if (given.length !== sum.length || !timingSafeEqual(sum, given))
      throw new KeyStoreError('Keystore was tampered with, or password was incorrect');
  }
  try {
    return readEntries(new JksReader(content), keyPassword ?? '');
  } catch (error) {
    if (error instanceof RangeError) throw new KeyStoreError('the file ends too early');
    throw error;
  }
}

function readEntries(reader: JksReader, keyPassword: string): KeyStore {
  reader.int();
  const version = reader.int();
  const keys: KeyEntry[] = [];
  const trusted: TrustedEntry[] = [];
  for (let count = reader.int(); count > 0; count--) {
    const kind = reader.int();
    const alias = reader.text();
    reader.take(8);
    if (kind === PRIVATE_KEY) {
      const hidden = reader.block();
      const chain = Array.from({ length: reader.int() }, () => certificate(reader, version));
      keys.push({ alias, key: openKey(hidden, keyPassword), chain });
    } else if (kind === TRUSTED_CERTIFICATE) trusted.push({ alias, certificate: certificate(reader, version) });
    else throw new KeyStoreError(`it has an entry of the unknown kind ${kind}`);
  }
  return { keys, trusted };
}

/** With its type in front since version 2. */
function certificate(reader: JksReader, version: number): Buffer {
  if (version >= 2) reader.text();
  return reader.block();
}

/** @param hidden EncryptedPrivateKeyInfo with Sun's own algorithm: salt, key XOR stream, SHA-1 of password and key */
function openKey(hidden: Buffer, password: string): KeyObject {
  const wrong = new KeyStoreError('Cannot recover key: the key password (ssl.key.password) is wrong');
  try {
    const data = expectNode(childrenOf(readDer(hidden))[1], Tag.OCTET_STRING).content;
    const secret = utf16(password);
    const masked = data.subarray(SALT_BYTES, data.length - SHA1_BYTES);
    const key = Buffer.alloc(masked.length);
    let stream = data.subarray(0, SALT_BYTES);
    for (let at = 0; at < masked.length; at++) {
      if (at % SHA1_BYTES === 0) stream = sha1(secret, stream);
      key[at] = masked[at]! ^ stream[at % SHA1_BYTES]!;
    }
    if (!timingSafeEqual(sha1(secret, key), data.subarray(data.length - SHA1_BYTES))) throw wrong;
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw error instanceof DerError || error instanceof RangeError ? wrong : error;
  }
}

/** Java's DataInputStream. @throws RangeError past the end */
class JksReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new RangeError('past the end');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  int(): number {
    return this.take(4).readInt32BE();
  }

  text(): string {
    return this.take(this.take(2).readUInt16BE()).toString('utf8');
  }

  block(): Buffer {
    return this.take(this.int());
  }
}
