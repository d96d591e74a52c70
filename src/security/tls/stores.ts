// The key store and the trust store that ssl.* settings mean, with the rules of Kafka's DefaultSslEngineFactory.

import { readSettingFile } from '../read-file.ts';
import { JKS_MAGIC, readJks } from '../stores/jks.ts';
import { type KeyStore, KeyStoreError } from '../stores/key-store.ts';
import { readPemKey, readPemTrust } from '../stores/pem-store.ts';
import { readPkcs12 } from '../stores/pkcs12.ts';

/** The value of an ssl.* key as text; undefined where it is not given. */
export type TlsSetting = (key: string) => string | undefined;

const INVALID_CONFIGURATION = 'org.apache.kafka.common.errors.InvalidConfigurationException';
export const KAFKA_EXCEPTION = 'org.apache.kafka.common.KafkaException';

/** The ssl.* settings cannot be used; the message says why, with Kafka's texts. */
export class TlsError extends Error {
  override name = 'TlsError';
  /** What Kafka throws there. */
  readonly javaClass: string;

  constructor(message: string, javaClass: string = INVALID_CONFIGURATION, options?: ErrorOptions) {
    super(message, options);
    this.javaClass = javaClass;
  }

  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}

/** A file that cannot be read, in Java's words. */
class FileError extends Error {
  readonly code: string;
  readonly path: string;

  constructor(text: string, code: string, path: string) {
    super(text);
    this.code = code;
    this.path = path;
  }

  override toString(): string {
    return this.message;
  }
}

const JCEKS_MAGIC = 0xcececece;

/** What is in the key store, one key at least; undefined where none is set. @throws TlsError */
export function openKeyStore(get: TlsSetting): KeyStore | undefined {
  const [location, password, keyPassword] = values(get, 'keystore.location', 'keystore.password', 'key.password');
  const [key, chain] = values(get, 'keystore.key', 'keystore.certificate.chain');
  const type = typeOf(get, 'ssl.keystore.type');
  const isPem = type === 'PEM';
  if (key !== undefined) {
    require(isPem, `SSL private key can be specified only for PEM, but key store type is ${type}.`);
    require(chain !== undefined, 'SSL private key is specified, but certificate chain is not specified.');
    require(location === undefined, 'Both SSL key store location and separate private key are specified.');
    require(password === undefined, `${PEM_PASSWORD}.`);
    return loaded('keystore', 'PEM', () => readPemKey(key, chain ?? '', keyPassword));
  }
  require(chain === undefined, 'SSL certificate chain is specified, but private key is not specified');
  if (location === undefined) {
    require(password === undefined, 'SSL key store is not specified, but key store password is specified.');
    return undefined;
  }
  require(!isPem || password === undefined, PEM_PASSWORD);
  require(isPem || password !== undefined, 'SSL key store is specified, but key store password is not specified.');
  const store = loaded(`keystore ${location}`, type, () => {
    const bytes = readSettingFile(location);
    if (isPem) return readPemKey(bytes.toString('utf8'), bytes.toString('utf8'), keyPassword);
    return readBinary(bytes, type, password, keyPassword);
  });
  require(store.keys.length > 0, `Failed to load SSL keystore ${location} of type ${type}: it has no private key`);
  return store;
}

const PEM_PASSWORD = 'SSL key store password cannot be specified with PEM format, only key password may be specified';

/** DER of the certificates that are trusted; undefined where no trust store is set. @throws TlsError */
export function openTrustStore(get: TlsSetting): readonly Buffer[] | undefined {
  const [location, password, text] = values(
    get,
    'truststore.location',
    'truststore.password',
    'truststore.certificates',
  );
  const type = typeOf(get, 'ssl.truststore.type');
  const isPem = type === 'PEM';
  if (text !== undefined) {
    require(isPem, `SSL trust store certs can be specified only for PEM, but trust store type is ${type}.`);
    require(location === undefined, 'Both SSL trust store location and separate trust certificates are specified.');
    require(password === undefined, 'SSL trust store password cannot be specified for PEM format.');
    return loaded('truststore', 'PEM', () => readPemTrust(text)).trusted.map(({ certificate }) => certificate);
  }
  if (location === undefined) {
    require(password === undefined, 'SSL trust store is not specified, but trust store password is specified.');
    return undefined;
  }
  require(!isPem || password === undefined, 'SSL trust store password cannot be specified for PEM format.');
  // Kafka calls both of them so.
  const { keys, trusted } = loaded(`keystore ${location}`, type, () => {
    const bytes = readSettingFile(location);
    return isPem ? readPemTrust(bytes.toString('utf8')) : readBinary(bytes, type, password);
  });
  // As in Java, the certificate of a key is trusted too.
  const all = [...trusted.map(({ certificate }) => certificate), ...keys.flatMap(({ chain }) => chain.slice(0, 1))];
  require(all.length > 0, `Failed to load SSL truststore ${location} of type ${type}: no certificate in it is trusted${
    password === undefined ? ', or they are encrypted and ssl.truststore.password is not given' : ''
  }`);
  return all;
}

/** By what the file is, as Java does it: a PKCS12 file is read also where JKS is said, and the other way round. */
function readBinary(bytes: Buffer, type: string, password?: string, keyPassword?: string): KeyStore {
  if (type !== 'JKS' && type !== 'PKCS12') throw new KeyStoreError(`${type} not found: it is JKS, PKCS12 or PEM`);
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE();
  if (magic === JKS_MAGIC) return readJks(bytes, password, keyPassword);
  if (magic === JCEKS_MAGIC)
    throw new KeyStoreError('it is a JCEKS key store: convert it with keytool -importkeystore');
  if (bytes.subarray(0, 256).includes('-----BEGIN')) throw new KeyStoreError('it is PEM: set the type to PEM');
  return readPkcs12(bytes, password, keyPassword);
}

function loaded(what: string, type: string, read: () => KeyStore): KeyStore {
  try {
    return read();
  } catch (error) {
    const [failure, javaClass] = failureOf(what, type);
    throw new TlsError(`${failure}: ${reasonOf(error)}`, javaClass, { cause: asJavaHasIt(error) });
  }
}

/** What Kafka says of a store that cannot be read, and throws: of one in the values themselves `what` has no location. */
function failureOf(what: string, type: string): [text: string, javaClass: string] {
  if (type !== 'PEM') return [`Failed to load SSL ${what} of type ${type}`, KAFKA_EXCEPTION];
  if (!what.includes(' ')) return [`Invalid PEM ${what} configs`, INVALID_CONFIGURATION];
  return [`Failed to load PEM SSL ${what}`, INVALID_CONFIGURATION];
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'this user may not read the file';
  if (code === 'EISDIR') return 'it is a directory';
  return message;
}

function asJavaHasIt(error: unknown): unknown {
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (code === 'EISDIR') return new FileError('java.io.IOException: Is a directory', code, path ?? '');
  const javaClass = JAVA_FILE_EXCEPTIONS.get(code);
  if (javaClass === undefined || !path) return error;
  return new FileError(`java.nio.file.${javaClass}: ${path}`, code, path);
}

const JAVA_FILE_EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'NoSuchFileException'],
  ['EACCES', 'AccessDeniedException'],
]);

function require(holds: boolean, message: string): void {
  if (!holds) throw new TlsError(message);
}

/** As in Kafka, what is empty counts as given. */
const values = (get: TlsSetting, ...names: readonly string[]): (string | undefined)[] =>
  names.map((name) => get(`ssl.${name}`));

const typeOf = (get: TlsSetting, key: string): string => (get(key)?.trim() || 'JKS').toUpperCase();
