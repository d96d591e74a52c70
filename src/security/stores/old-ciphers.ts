// The encryptions of PKCS #12 and of PKCS #5 version 1 that Java still opens and OpenSSL 3 does not, or only with its legacy
// provider: key stores of Java 8 and OpenSSL 1, and keys in PEM, for which Java 17 knows no others.
import { createDecipheriv, createHash } from 'node:crypto';
import { decryptRc2 } from './rc2.ts';

/** @throws Error if the padding shows that the key is a wrong one */
export type Decrypt = (data: Buffer, key: Buffer, iv: Buffer) => Buffer;

export interface OldCipher {
  readonly keyBytes: number;
  readonly decrypt: Decrypt;
}

const withNode =
  (cipher: string): Decrypt =>
  (data, key, iv) => {
    const decipher = createDecipheriv(cipher, key, iv);
    return Buffer.concat([decipher.update(data), decipher.final()]);
  };

/** By algorithm of RFC 7292: keys by PKCS #12's own derivation with SHA-1. */
export const PKCS12_CIPHERS: Readonly<Record<string, OldCipher>> = {
  '1.2.840.113549.1.12.1.1': { keyBytes: 16, decrypt: decryptRc4 },
  '1.2.840.113549.1.12.1.2': { keyBytes: 5, decrypt: decryptRc4 },
  '1.2.840.113549.1.12.1.3': { keyBytes: 24, decrypt: withNode('des-ede3-cbc') },
  '1.2.840.113549.1.12.1.5': { keyBytes: 16, decrypt: decryptRc2 },
  '1.2.840.113549.1.12.1.6': { keyBytes: 5, decrypt: decryptRc2 },
};

/** By algorithm of RFC 8018, all with DES: the digest of the derivation PBKDF1. */
export const PBES1_DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.3': 'md5',
  '1.2.840.113549.1.5.10': 'sha1',
};

/** PBES1 (RFC 8018, 6.1) with DES. @throws Error if the padding shows that the password is a wrong one */
export function decryptPbes1(digest: string, password: string, salt: Buffer, iterations: number, data: Buffer): Buffer {
  let derived = Buffer.concat([Buffer.from(password), salt]);
  for (let i = 0; i < iterations; i++) derived = createHash(digest).update(derived).digest();
  const key = derived.subarray(0, 8);
  // Three times the same key makes triple DES what DES is, which OpenSSL 3 has no more.
  return withNode('des-ede3-cbc')(data, Buffer.concat([key, key, key]), derived.subarray(8, 16));
}

/** RC4, which OpenSSL 3 has no more: a stream of bytes XORed over the data, without an IV. */
function decryptRc4(data: Buffer, key: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const swap = (i: number, j: number) => {
    [state[i], state[j]] = [state[j]!, state[i]!];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 0xff;
      j = (j + state[i]!) & 0xff;
      swap(i, j);
      return byte ^ state[(state[i]! + state[j]!) & 0xff]!;
    }),
  );
}
