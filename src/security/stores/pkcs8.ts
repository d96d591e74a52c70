// Encrypted private keys (RFC 5958, EncryptedPrivateKeyInfo) that OpenSSL does not open: with what Java opens besides PBES2.
import { childrenOf, DerError, expectNode, readDer, readOid, Tag } from '../asn1/der.ts';
import type { PemBlock } from '../asn1/pem.ts';
import { decrypt, PBES2 } from './pkcs12-crypto.ts';

/** Whether OpenSSL may not know how the key is encrypted. */
export function isOldEncryption({ label, bytes }: PemBlock): boolean {
  if (label !== 'ENCRYPTED PRIVATE KEY') return false;
  try {
    const [algorithm] = childrenOf(readDer(bytes));
    return readOid(childrenOf(expectNode(algorithm))[0]) !== PBES2;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

/** DER of the key itself. @throws KeyStoreError, DerError */
export function decryptPkcs8(bytes: Buffer, password: string): Buffer {
  const [algorithm, hidden] = childrenOf(readDer(bytes));
  return decrypt(expectNode(algorithm), expectNode(hidden, Tag.OCTET_STRING).content, password);
}
