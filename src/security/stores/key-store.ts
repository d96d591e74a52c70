// What a key store holds, whichever its format.
import type { KeyObject } from 'node:crypto';

export interface KeyEntry {
  /** Empty where the format has none. */
  readonly alias: string;
  readonly key: KeyObject;
  /** DER of the certificates, the key's own first. */
  readonly chain: readonly Buffer[];
}

/** A certificate that is there to be trusted. */
export interface TrustedEntry {
  readonly alias: string;
  /** DER. */
  readonly certificate: Buffer;
}

export interface KeyStore {
  readonly keys: readonly KeyEntry[];
  readonly trusted: readonly TrustedEntry[];
}

/** A store cannot be read; the message says why, in Java's words where it has some. */
export class KeyStoreError extends Error {
  override name = 'KeyStoreError';
}

export const WRONG_PASSWORD = 'keystore password was incorrect';
