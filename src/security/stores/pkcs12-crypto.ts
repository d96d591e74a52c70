// The encryptions of PKCS #12 (RFC 7292) and PKCS #5 (RFC 8018) that Java and OpenSSL have used in the last twenty years.
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { childrenOf, type DerNode, expectNode, readOid, readSmallInteger, Tag } from '../asn1/der.ts';
import { KeyStoreError, WRONG_PASSWORD } from './key-store.ts';
import { decryptPbes1, PBES1_DIGESTS, PKCS12_CIPHERS } from './old-ciphers.ts';

export const Purpose = { KEY: 1, IV: 2, MAC: 3 } as const;

export const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** By digest: the block that it works on, in bytes. */
const DIGEST_BLOCKS: Readonly<Record<string, number>> = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 };

export const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA1 = '1.2.840.113549.2.7';
const PRFS: Readonly<Record<string, string>> = {
  [HMAC_SHA1]: 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const CIPHERS: Readonly<Record<string, readonly [name: string, keyBytes: number]>> = {
  '2.16.840.1.101.3.4.1.2': ['aes-128-cbc', 16],
  '2.16.840.1.101.3.4.1.22': ['aes-192-cbc', 24],
  '2.16.840.1.101.3.4.1.42': ['aes-256-cbc', 32],
  '1.2.840.113549.3.7': ['des-ede3-cbc', 24],
};
/** A file must not keep the program busy for minutes. */
const MOST_ITERATIONS = 5_000_000;

export function checkedIterations(count: number): number {
  if (count < 1 || count > MOST_ITERATIONS) throw new KeyStoreError(`its iteration count is ${count}`);
  return count;
}

/** RFC 7292, appendix B.2: the key derivation of PKCS #12's own algorithms. */
export function pkcs12Kdf(
  digest: string,
  password: string,
  salt: Buffer,
  iterations: number,
  purpose: number,
  length: number,
): Buffer {
  const block = DIGEST_BLOCKS[digest] ?? 64;
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const input = Buffer.concat([repeated(salt, block), repeated(secret, block)]);
  const output: Buffer[] = [];
  for (let have = 0; have < length; ) {
    let hash = createHash(digest).update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let i = 1; i < iterations; i++) hash = createHash(digest).update(hash).digest();
    output.push(hash);
    have += hash.length;
    addToBlocks(input, repeated(hash, block).subarray(0, block), block);
  }
  return Buffer.concat(output).subarray(0, length);
}

/** As often as it takes to fill whole blocks. */
function repeated(bytes: Buffer, block: number): Buffer {
  const length = block * Math.ceil(bytes.length / block);
  return Buffer.from(Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!));
}

/** Adds `addend` and one to each block as large numbers. */
function addToBlocks(input: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let i = block - 1; i >= 0; i--) {
      const sum = input[start + i]! + addend[i]! + carry;
      input[start + i] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}

/** @param algorithm AlgorithmIdentifier with its parameters @throws KeyStoreError, also for a wrong password */
export function decrypt(algorithm: DerNode, data: Buffer, password: string): Buffer {
  const [type, parameters] = childrenOf(algorithm);
  const oid = readOid(type);
  const given = childrenOf(expectNode(parameters));
  if (oid === PBES2) return decryptPbes2(given, data, password);
  const [cipher, digest] = [PKCS12_CIPHERS[oid], PBES1_DIGESTS[oid]];
  if (cipher === undefined && digest === undefined) throw new KeyStoreError(`it is encrypted with the unknown ${oid}`);
  const salt = expectNode(given[0], Tag.OCTET_STRING).content;
  const iterations = checkedIterations(readSmallInteger(given[1]));
  if (cipher === undefined)
    return withRightPassword(() => decryptPbes1(digest ?? '', password, salt, iterations, data));
  const derive = (purpose: number, length: number) => pkcs12Kdf('sha1', password, salt, iterations, purpose, length);
  return withRightPassword(() => cipher.decrypt(data, derive(Purpose.KEY, cipher.keyBytes), derive(Purpose.IV, 8)));
}

function decryptPbes2(parameters: readonly DerNode[], data: Buffer, password: string): Buffer {
  const [kdf, kdfParameters] = childrenOf(expectNode(parameters[0]));
  const [cipher, iv] = childrenOf(expectNode(parameters[1]));
  if (readOid(kdf) !== PBKDF2) throw new KeyStoreError(`its key derivation ${readOid(kdf)} is unknown`);
  const [salt, count, ...rest] = childrenOf(expectNode(kdfParameters));
  const prfNode = rest.find(({ tag }) => tag === Tag.SEQUENCE);
  const prf = PRFS[prfNode === undefined ? HMAC_SHA1 : readOid(childrenOf(prfNode)[0])];
  const [name, keyBytes] = CIPHERS[readOid(cipher)] ?? [];
  if (prf === undefined || name === undefined || keyBytes === undefined)
    throw new KeyStoreError(`it is encrypted with the unknown ${readOid(cipher)}`);
  const iterations = checkedIterations(readSmallInteger(count));
  const key = pbkdf2Sync(password, expectNode(salt, Tag.OCTET_STRING).content, iterations, keyBytes, prf);
  const decipher = createDecipheriv(name, key, expectNode(iv, Tag.OCTET_STRING).content);
  return withRightPassword(() => Buffer.concat([decipher.update(data), decipher.final()]));
}

function withRightPassword(run: () => Buffer): Buffer {
  try {
    return run();
  } catch (error) {
    throw new KeyStoreError(WRONG_PASSWORD, { cause: error });
  }
}

/** AES-256-CBC with a key of PBKDF2 with HMAC-SHA-256, as Java and OpenSSL write today. */
export function encryptAes256(data: Buffer, password: string, salt: Buffer, iv: Buffer, iterations: number): Buffer {
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}
