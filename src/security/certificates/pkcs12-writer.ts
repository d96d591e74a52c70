// Writing PKCS #12 files (RFC 7292) as Java 12 and OpenSSL 3 write them: AES-256-CBC, PBKDF2 and a MAC, all with SHA-256.
import { createHash, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { Tag } from '../asn1/der.ts';
import { bmp, der, explicit, integer, nothing, octets, oid, sequence, set } from '../asn1/write.ts';
import { Oid } from '../stores/pkcs12.ts';
import { encryptAes256, Purpose, pkcs12Kdf } from '../stores/pkcs12-crypto.ts';

const ITERATIONS = 10_000;
const SALT_BYTES = 20;
const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA256 = '1.2.840.113549.2.9';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
const ANY_PURPOSE = '2.5.29.37.0';

/** A key store. @param chain DER, the key's own certificate first */
export function keyStorePkcs12(alias: string, key: KeyObject, chain: readonly Buffer[], password: string): Buffer {
  const id = createHash('sha1').update(chain[0]!).digest();
  const own = [attribute(Oid.FRIENDLY_NAME, bmp(alias)), attribute(Oid.LOCAL_KEY_ID, octets(id))];
  const certificates = chain.map((one, at) => certificateBag(one, at === 0 ? own : []));
  const { algorithm, data } = encrypted(key.export({ type: 'pkcs8', format: 'der' }), password);
  const keyBag = bag(Oid.SHROUDED_KEY_BAG, sequence(algorithm, octets(data)), own);
  return pfx([encryptedInfo(sequence(...certificates), password), dataInfo(sequence(keyBag))], password);
}

/** A trust store that Java takes for one: the certificates are marked as trusted. */
export function trustStorePkcs12(certificates: ReadonlyMap<string, Buffer>, password: string): Buffer {
  const bags = [...certificates].map(([alias, certificate]) =>
    certificateBag(certificate, [
      attribute(Oid.FRIENDLY_NAME, bmp(alias)),
      attribute(Oid.TRUSTED_KEY_USAGE, oid(ANY_PURPOSE)),
    ]),
  );
  return pfx([encryptedInfo(sequence(...bags), password)], password);
}

function pfx(parts: readonly Buffer[], password: string): Buffer {
  const content = sequence(...parts);
  const salt = randomBytes(SALT_BYTES);
  const key = pkcs12Kdf('sha256', password, salt, ITERATIONS, Purpose.MAC, 32);
  const sum = createHmac('sha256', key).update(content).digest();
  const mac = sequence(sequence(sequence(oid(SHA256), nothing()), octets(sum)), octets(salt), integer(ITERATIONS));
  return sequence(integer(3), dataInfo(content), mac);
}

const dataInfo = (content: Buffer): Buffer => sequence(oid(Oid.DATA), explicit(0, octets(content)));

function encryptedInfo(content: Buffer, password: string): Buffer {
  const { algorithm, data } = encrypted(content, password);
  const info = sequence(oid(Oid.DATA), algorithm, der(0x80, data));
  return sequence(oid(Oid.ENCRYPTED_DATA), explicit(0, sequence(integer(0), info)));
}

function encrypted(content: Buffer, password: string): { algorithm: Buffer; data: Buffer } {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(16)];
  const kdf = sequence(octets(salt), integer(ITERATIONS), integer(32), sequence(oid(HMAC_SHA256), nothing()));
  const parameters = sequence(sequence(oid(PBKDF2), kdf), sequence(oid(AES_256_CBC), octets(iv)));
  return {
    algorithm: sequence(oid(PBES2), parameters),
    data: encryptAes256(content, password, salt, iv, ITERATIONS),
  };
}

const certificateBag = (certificate: Buffer, attributes: readonly Buffer[]): Buffer =>
  bag(Oid.CERTIFICATE_BAG, sequence(oid(Oid.X509_CERTIFICATE), explicit(0, octets(certificate))), attributes);

const bag = (type: string, value: Buffer, attributes: readonly Buffer[]): Buffer =>
  sequence(oid(type), explicit(0, value), ...(attributes.length === 0 ? [] : [der(Tag.SET, ...attributes)]));

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), set(value));
