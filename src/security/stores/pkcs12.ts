// Reading PKCS #12 files (RFC 7292), those of keytool and of OpenSSL, old and new.
import { createHmac, createPrivateKey, type KeyObject, timingSafeEqual, X509Certificate } from 'node:crypto';
import {
  childrenOf,
  DerError,
  type DerNode,
  expectNode,
  readDer,
  readOid,
  readSmallInteger,
  readString,
  Tag,
} from '../asn1/der.ts';
import { type KeyEntry, type KeyStore, KeyStoreError, type TrustedEntry, WRONG_PASSWORD } from './key-store.ts';
import { checkedIterations, DIGESTS, decrypt, Purpose, pkcs12Kdf } from './pkcs12-crypto.ts';

export const Oid = {
  DATA: '1.2.840.113549.1.7.1',
  ENCRYPTED_DATA: '1.2.840.113549.1.7.6',
  KEY_BAG: '1.2.840.113549.1.12.10.1.1',
  SHROUDED_KEY_BAG: '1.2.840.113549.1.12.10.1.2',
  CERTIFICATE_BAG: '1.2.840.113549.1.12.10.1.3',
  X509_CERTIFICATE: '1.2.840.113549.1.9.22.1',
  FRIENDLY_NAME: '1.2.840.113549.1.9.20',
  LOCAL_KEY_ID: '1.2.840.113549.1.9.21',
  /** Oracle's: the certificate is there to be trusted. */
  TRUSTED_KEY_USAGE: '2.16.840.1.113894.746875.1.1',
} as const;

const CONSTRUCTED_OCTETS = 0x24;

interface KeyBag {
  readonly alias: string;
  readonly id: string | undefined;
  readonly key: KeyObject;
}

interface CertificateBag extends TrustedEntry {
  readonly id: string | undefined;
  readonly trusted: boolean;
}

interface Bags {
  readonly keys: KeyBag[];
  readonly certificates: CertificateBag[];
}

/**
 * @param password undefined to read what is not encrypted, unchecked
 * @param keyPassword of the keys, if it is another
 * @throws KeyStoreError
 */
export function readPkcs12(bytes: Buffer, password?: string, keyPassword = password): KeyStore {
  try {
    const [version, authSafe, mac] = childrenOf(readDer(bytes));
    if (readSmallInteger(version) !== 3) throw new KeyStoreError('it is no PKCS12 key store');
    const content = dataOf(expectNode(authSafe));
    if (password !== undefined && mac !== undefined) checkMac(mac, content, password);
    const bags: Bags = { keys: [], certificates: [] };
    for (const part of childrenOf(readDer(content))) readPart(part, bags, password, keyPassword ?? '');
    return storeOf(bags);
  } catch (error) {
    if (error instanceof DerError) throw new KeyStoreError(`it is no PKCS12 key store: ${error.message}`);
    throw error;
  }
}

/** The content of a ContentInfo of type data. */
function dataOf(info: DerNode): Buffer {
  const [type, content] = childrenOf(info);
  if (readOid(type) !== Oid.DATA) throw new KeyStoreError('it is signed with a certificate, which is not supported');
  return octetsOf(childrenOf(expectNode(content))[0]);
}

/** An OCTET STRING, in BER also in pieces. */
function octetsOf(node: DerNode | undefined): Buffer {
  const { tag, content } = expectNode(node);
  if (tag !== CONSTRUCTED_OCTETS) return expectNode(node, Tag.OCTET_STRING).content;
  return Buffer.concat(childrenOf({ content }).map(octetsOf));
}

function checkMac(mac: DerNode, content: Buffer, password: string): void {
  const [info, salt, count] = childrenOf(mac);
  const [algorithm, expected] = childrenOf(expectNode(info));
  const oid = readOid(childrenOf(expectNode(algorithm))[0]);
  const digest = DIGESTS[oid];
  if (digest === undefined) throw new KeyStoreError(`it is protected by the unknown ${oid}`);
  const iterations = count === undefined ? 1 : checkedIterations(readSmallInteger(count));
  const sum = octetsOf(expected);
  const key = pkcs12Kdf(digest, password, octetsOf(salt), iterations, Purpose.MAC, sum.length);
  const computed = createHmac(digest, key).update(content).digest();
  if (computed.length !== sum.length || !timingSafeEqual(computed, sum)) throw new KeyStoreError(WRONG_PASSWORD);
}

function readPart(part: DerNode, bags: Bags, password: string | undefined, keyPassword: string): void {
  const [type, content] = childrenOf(part);
  const encrypted = readOid(type) === Oid.ENCRYPTED_DATA;
  if (encrypted && password === undefined) return;
  const safe = encrypted ? decrypted(expectNode(content), password ?? '') : dataOf(part);
  for (const bag of childrenOf(readDer(safe))) readBag(bag, bags, keyPassword);
}

function decrypted(content: DerNode, password: string): Buffer {
  const [, info] = childrenOf(expectNode(childrenOf(content)[0]));
  const [, algorithm, hidden] = childrenOf(expectNode(info));
  const data = expectNode(hidden);
  const bytes = data.tag === 0xa0 ? Buffer.concat(childrenOf(data).map(octetsOf)) : data.content;
  return decrypt(expectNode(algorithm), bytes, password);
}

function readBag(bag: DerNode, bags: Bags, keyPassword: string): void {
  const [type, wrapped, attributes] = childrenOf(bag);
  const value = expectNode(childrenOf(expectNode(wrapped))[0]);
  const { alias, id, trusted } = attributesOf(attributes);
  switch (readOid(type)) {
    case Oid.KEY_BAG:
      bags.keys.push({ alias, id, key: privateKey(value.bytes) });
      break;
    case Oid.SHROUDED_KEY_BAG: {
      const [algorithm, hidden] = childrenOf(value);
      bags.keys.push({ alias, id, key: privateKey(decrypt(expectNode(algorithm), octetsOf(hidden), keyPassword)) });
      break;
    }
    case Oid.CERTIFICATE_BAG: {
      const [kind, content] = childrenOf(value);
      if (readOid(kind) !== Oid.X509_CERTIFICATE) break;
      bags.certificates.push({ alias, id, trusted, certificate: octetsOf(childrenOf(expectNode(content))[0]) });
    }
  }
}

const privateKey = (der: Buffer): KeyObject => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });

function attributesOf(set: DerNode | undefined): { alias: string; id: string | undefined; trusted: boolean } {
  const found = new Map<string, DerNode | undefined>();
  for (const attribute of set === undefined ? [] : childrenOf(set)) {
    const [type, values] = childrenOf(attribute);
    found.set(readOid(type), childrenOf(expectNode(values))[0]);
  }
  const name = found.get(Oid.FRIENDLY_NAME);
  return {
    alias: (name && readString(name)) ?? '',
    id: found.get(Oid.LOCAL_KEY_ID)?.content.toString('hex'),
    trusted: found.has(Oid.TRUSTED_KEY_USAGE),
  };
}

function storeOf({ keys, certificates }: Bags): KeyStore {
  const entries = keys.map(({ alias, id, key }): KeyEntry => ({ alias, key, chain: chainOf(key, id, certificates) }));
  const marked = certificates.filter(({ trusted }) => trusted);
  // OpenSSL marks nothing: a file with certificates only is there for them to be trusted.
  const trusted = marked.length > 0 || keys.length > 0 ? marked : certificates;
  return { keys: entries, trusted: trusted.map(({ alias, certificate }) => ({ alias, certificate })) };
}

/** The certificate of a key, and those that each was issued with. */
function chainOf(key: KeyObject, id: string | undefined, certificates: readonly CertificateBag[]): Buffer[] {
  const all = certificates.map((bag) => ({ ...bag, parsed: new X509Certificate(bag.certificate) }));
  let next =
    all.find(({ parsed }) => parsed.checkPrivateKey(key)) ?? all.find((one) => id !== undefined && one.id === id);
  const chain: typeof all = [];
  const isIn = (one: CertificateBag) => chain.some(({ certificate }) => certificate.equals(one.certificate));
  while (next !== undefined) {
    chain.push(next);
    const { parsed } = next;
    next = all.find((one) => !isIn(one) && parsed.checkIssued(one.parsed));
  }
  return chain.map(({ certificate }) => certificate);
}
