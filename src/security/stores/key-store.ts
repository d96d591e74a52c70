// What a key store holds, whichever its format.
import type { KeyObject } from 'node:crypto';

export interface KeyEntry {
  /** Empty where the format has none. */
  readonly alias: string;
  readonly key: KeyObject;
  /** DER of the certificates, the key's own first. */
  readonly chain: readonly Buffer[];
}

export interface KeyStore {
  readonly keys: readonly KeyEntry[];
  /** DER of the certificates that are trusted. */
  readonly trusted: readonly Buffer[];
}

/** A store cannot be read; the message says why, in Java's words where it has some. */
export class KeyStoreError extends Error {
  override name = 'KeyStoreError';
}

export const WRONG_PASSWORD = 'keystore password was incorrect';
