// Keys and certificates as PEM text: a private key, encrypted or not, with its chain; or certificates that are trusted.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type PemBlock, pemBlocks } from '../asn1/pem.ts';
import { type KeyStore, KeyStoreError } from './key-store.ts';
import { decryptPkcs8, isOldEncryption } from './pkcs8.ts';

/**
 * @param keyText with one private key: PKCS #8, or the forms of RSA and EC keys that OpenSSL wrote before
 * @param chainText with its certificates, its own first
 * @throws KeyStoreError with Kafka's texts
 */
export function readPemKey(keyText: string, chainText: string, keyPassword?: string): KeyStore {
  const keys = pemBlocks(keyText).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (keys.length === 0) throw new KeyStoreError('No matching PRIVATE KEY entries in PEM file');
  if (keys.length > 1) throw new KeyStoreError(`Expected one private key, but found ${keys.length}`);
  const key = openKey(keys[0]!, keyPassword);
  const chain = readCertificates(chainText);
  if (!belongs(key, chain[0]!))
    throw new KeyStoreError('Certificate chain is not valid: the first certificate has to be that of the private key');
  return { keys: [{ alias: '', key, chain }], trusted: [] };
}

function belongs(key: KeyObject, certificate: Buffer): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(key);
  } catch (error) {
    throw new KeyStoreError(`A certificate could not be read: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws KeyStoreError if there is none */
export function readPemTrust(text: string): KeyStore {
  return { keys: [], trusted: readCertificates(text).map((certificate) => ({ alias: '', certificate })) };
}

function readCertificates(text: string): Buffer[] {
  const certificates = pemBlocks(text).filter(({ label }) => label.endsWith('CERTIFICATE'));
  if (certificates.length === 0) throw new KeyStoreError('No matching CERTIFICATE entries in PEM file');
  return certificates.map(({ bytes }) => bytes);
}

function openKey(block: PemBlock, passphrase: string | undefined): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(block.text);
  if (isEncrypted && passphrase === undefined)
    throw new KeyStoreError('Private key could not be loaded: it is encrypted, and no ssl.key.password is given');
  try {
    return createPrivateKey({
      ...(isOldEncryption(block)
        ? { key: decryptPkcs8(block.bytes, passphrase ?? ''), format: 'der', type: 'pkcs8' }
        : { key: block.text, format: 'pem', ...(isEncrypted ? { passphrase } : {}) }),
    });
  } catch (error) {
    const reason = isEncrypted ? 'ssl.key.password is wrong, or the key is damaged' : 'it is damaged';
    throw new KeyStoreError(`Private key could not be loaded: ${reason}`, { cause: error });
  }
}
