// Making X.509 certificates (RFC 5280): version 3, keys on the curve P-256, signed with ECDSA and SHA-256, which every client
// of Kafka understands. Few enough bytes to write them here rather than to take a library.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { Tag } from '../asn1/der.ts';
import { bits, boolean, der, explicit, integer, octets, oid, sequence, set, time, utf8 } from '../asn1/write.ts';

/** The parts of a name, in the order in which they are written: the last one comes first in a principal. */
export type NameParts = readonly (readonly [type: keyof typeof ATTRIBUTES, value: string])[];

/** What signs: a CA, or the certificate's own key. */
export interface Issuer {
  readonly subject: NameParts;
  readonly key: KeyObject;
}

export interface Identity extends Issuer {
  /** DER. */
  readonly certificate: Buffer;
}

export interface CertificateOptions {
  readonly subject: NameParts;
  readonly kind: 'ca' | 'server' | 'client';
  /** Names and addresses of a server. */
  readonly hosts?: readonly string[];
  /** Milliseconds since 1970. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** The certificate signs itself if there is none. */
  readonly issuer?: Issuer;
}

const ATTRIBUTES = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  DC: '0.9.2342.19200300.100.1.25',
  EMAIL: '1.2.840.113549.1.9.1',
} as const;

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** A new key and its certificate. */
export function createIdentity(options: CertificateOptions): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = options.issuer ?? { subject: options.subject, key: privateKey };
  return { subject: options.subject, key: privateKey, certificate: signed(options, publicKey, issuer) };
}

function signed(options: CertificateOptions, publicKey: KeyObject, issuer: Issuer): Buffer {
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const content = sequence(
    explicit(0, integer(2)),
    integer(serialNumber()),
    algorithm,
    nameOf(issuer.subject),
    sequence(time(options.notBeforeMs), time(options.notAfterMs)),
    nameOf(options.subject),
    spki,
    explicit(3, sequence(...extensions(options, spki, issuer))),
  );
  return sequence(content, algorithm, bits(sign('sha256', content, issuer.key)));
}

/** Positive, and the same number never twice. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes;
}

function nameOf(parts: NameParts): Buffer {
  return sequence(
    ...parts.map(([type, value]) => {
      const text = type === 'DC' || type === 'EMAIL' ? der(Tag.IA5_STRING, Buffer.from(value, 'latin1')) : utf8(value);
      return set(sequence(oid(ATTRIBUTES[type]), text));
    }),
  );
}

function extensions({ kind, hosts = [] }: CertificateOptions, spki: Buffer, issuer: Issuer): Buffer[] {
  const issuerSpki = publicOf(issuer.key);
  const isCa = kind === 'ca';
  // Bits from the left: digitalSignature is the first, keyCertSign the sixth, cRLSign the seventh.
  const usage = isCa ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0x80]), 7);
  const found = [
    extension('2.5.29.19', isCa ? sequence(boolean(true)) : sequence(), true),
    extension('2.5.29.15', usage, true),
    extension('2.5.29.14', octets(keyId(spki))),
    extension('2.5.29.35', sequence(der(0x80, keyId(issuerSpki)))),
  ];
  // A broker is a client of other brokers.
  const purposes = { ca: [], server: [SERVER_AUTH, CLIENT_AUTH], client: [CLIENT_AUTH] }[kind];
  if (purposes.length > 0) found.push(extension('2.5.29.37', sequence(...purposes.map(oid))));
  if (hosts.length > 0) found.push(extension('2.5.29.17', sequence(...hosts.map(alternativeName))));
  return found;
}

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));

const keyId = (spki: Buffer): Buffer => createHash('sha1').update(spki).digest();

function publicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? der(0x82, Buffer.from(host, 'latin1')) : der(0x87, addressBytes(host));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const words = (text: string) => text.split(':').filter((word) => word !== '');
  const [before, after] = [words(head), words(tail ?? '')];
  const zeros = new Array<string>(8 - before.length - after.length).fill('0');
  return Buffer.from([...before, ...zeros, ...after].map((word) => word.padStart(4, '0')).join(''), 'hex');
}
