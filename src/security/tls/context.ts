// From ssl.* settings to what Node's TLS is made with.
import type { SecureContextOptions, SecureVersion } from 'node:tls';
import { pem } from '../asn1/pem.ts';
import { fileState } from '../read-file.ts';
import type { KeyEntry, KeyStore } from '../stores/key-store.ts';
import { cipherList } from './ciphers.ts';
import { TLS_CONTEXT_KEYS } from './context-keys.ts';
import { KAFKA_EXCEPTION, openKeyStore, openTrustStore, TlsError, type TlsSetting } from './stores.ts';

export interface TlsMaterial {
  readonly options: SecureContextOptions;
  /** Undefined where none is set. */
  readonly keyStore: KeyStore | undefined;
  readonly hasTrustStore: boolean;
}

const FILES = ['ssl.keystore.location', 'ssl.truststore.location'] as const;

// The oldest first.
const VERSIONS: readonly SecureVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** @throws TlsError with Kafka's texts */
export function tlsMaterial(get: TlsSetting): TlsMaterial {
  const keyStore = openKeyStore(get);
  const trusted = openTrustStore(get);
  const ciphers = cipherList(listOf(get('ssl.cipher.suites')));
  const mine = keyStore?.keys.filter(isFirstOfItsKind);
  const options: SecureContextOptions = {
    ...versionsOf(get),
    dhparam: 'auto',
    // A certificate that is trusted need not be a root, as in Java.
    allowPartialTrustChain: true,
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(trusted === undefined ? {} : { ca: trusted.map((bytes) => pem('CERTIFICATE', bytes)) }),
    ...(mine === undefined
      ? {}
      : {
          key: mine.map(({ key }) => key.export({ type: 'pkcs8', format: 'pem' })),
          cert: mine.map(({ chain }) => chain.map((bytes) => pem('CERTIFICATE', bytes)).join('')),
        }),
  };
  return { options, keyStore, hasTrustStore: trusted !== undefined };
}

/** Changes when a setting or a file does that {@link tlsMaterial} depends on. */
export function tlsFingerprint(get: TlsSetting): string {
  const files = FILES.map((key) => get(key)).map((path) => (path ? fileState(path) : ''));
  return JSON.stringify([TLS_CONTEXT_KEYS.map((key) => get(key) ?? null), files]);
}

/** A server has one certificate for each kind of key. */
function isFirstOfItsKind({ key }: KeyEntry, at: number, all: readonly KeyEntry[]): boolean {
  return all.findIndex((other) => other.key.asymmetricKeyType === key.asymmetricKeyType) === at;
}

function versionsOf(get: TlsSetting): { minVersion: SecureVersion; maxVersion: SecureVersion } {
  const protocol = get('ssl.protocol') ?? 'TLSv1.3';
  if (protocol !== 'TLS' && !isVersion(protocol))
    throw new TlsError(
      `java.security.NoSuchAlgorithmException: ${protocol} SSLContext not available: use TLSv1.3 or TLSv1.2 as ssl.protocol`,
      KAFKA_EXCEPTION,
    );
  const names = listOf(get('ssl.enabled.protocols') || 'TLSv1.2,TLSv1.3');
  for (const name of names)
    if (!isVersion(name)) throw new TlsError(`ssl.enabled.protocols: Unsupported protocol: ${name}`);
  const enabled = VERSIONS.filter((version) => names.includes(version));
  return { minVersion: enabled[0]!, maxVersion: enabled.at(-1)! };
}

const isVersion = (name: string): boolean => (VERSIONS as readonly string[]).includes(name);

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
