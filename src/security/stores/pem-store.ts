// Keys and certificates as PEM text: a private key, encrypted or not, with its chain; or certificates that are trusted.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { pemBlocks } from '../asn1/pem.ts';
import { type KeyStore, KeyStoreError } from './key-store.ts';

/**
 * @param keyText with one private key: PKCS #8, or the forms of RSA and EC keys that OpenSSL wrote before
 * @param chainText with its certificates, its own first
 * @throws KeyStoreError with Kafka's texts
 */
export function readPemKey(keyText: string, chainText: string, keyPassword?: string): KeyStore {
  const keys = pemBlocks(keyText).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (keys.length === 0) throw new KeyStoreError('No matching PRIVATE KEY entries in PEM file');
  if (keys.length > 1) throw new KeyStoreError(`Expected one private key, but found ${keys.length}`);
  return {
    keys: [{ alias: '', key: openKey(keys[0]!.text, keyPassword), chain: readCertificates(chainText) }],
    trusted: [],
  };
}

/** @throws KeyStoreError if there is none */
export function readPemTrust(text: string): KeyStore {
  return { keys: [], trusted: readCertificates(text) };
}

function readCertificates(text: string): Buffer[] {
  const certificates = pemBlocks(text).filter(({ label }) => label.endsWith('CERTIFICATE'));
  if (certificates.length === 0) throw new KeyStoreError('At least one certificate expected, but none found');
  return certificates.map(({ bytes }) => bytes);
}

function openKey(key: string, passphrase: string | undefined): KeyObject {
  const encrypted = /ENCRYPTED/.test(key);
  if (encrypted && passphrase === undefined)
    throw new KeyStoreError('Private key could not be loaded: it is encrypted, and no ssl.key.password is given');
  try {
    return createPrivateKey({ key, format: 'pem', ...(encrypted ? { passphrase } : {}) });
  } catch (error) {
    const reason = encrypted ? 'ssl.key.password is wrong, or the key is damaged' : 'it is damaged';
    throw new KeyStoreError(`Private key could not be loaded: ${reason}`, { cause: error });
  }
}
