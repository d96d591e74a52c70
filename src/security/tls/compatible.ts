// Whether stores may take the place of others while a broker runs (SslFactory.createNewSslEngineFactory and its
// CertificateEntries.ensureCompatible): clients know the broker by the names in its certificate.
import { X509Certificate } from 'node:crypto';
import { subjectOf } from '../asn1/distinguished-name.ts';
import type { KeyStore } from '../stores/key-store.ts';
import { alternativeNames, alternativeNamesText } from './alternative-names.ts';
import { TlsError } from './stores.ts';

const CONFIG_EXCEPTION = 'org.apache.kafka.common.config.ConfigException';

/** What a listener's stores hold, as far as others are held against it. */
export interface ListenerStores {
  readonly keyStore: KeyStore;
  readonly hasTrustStore: boolean;
}

export interface AllowedChanges {
  /** ssl.allow.dn.changes */
  readonly dn: boolean;
  /** ssl.allow.san.changes */
  readonly san: boolean;
}

/** @throws TlsError with Kafka's text for what may not change */
export function checkCompatible(before: ListenerStores, after: ListenerStores, allowed: AllowedChanges): void {
  const [old, renewed] = [entriesOf(before.keyStore), entriesOf(after.keyStore)];
  if (!(allowed.dn && allowed.san) && old.length !== renewed.length)
    refuse(
      `Keystore entries do not match, existing store contains ${old.length} entries, new store contains ${renewed.length} entries`,
    );
  if (!allowed.dn) for (const [at, entry] of old.entries()) compareSubjects(entry, renewed[at]!);
  if (!allowed.san) for (const [at, entry] of old.entries()) compareAlternatives(entry, renewed[at]!);
  if (after.hasTrustStore && !before.hasTrustStore)
    refuse('Cannot add SSL truststore to an existing listener for which no truststore was configured.');
}

interface Entry {
  readonly alias: string;
  readonly certificate: Buffer;
}

/** What Java's store has under names: keys, and certificates that are trusted. In PEM it has Kafka's own name. */
const entriesOf = ({ keys, trusted }: KeyStore): Entry[] =>
  [...keys.map(({ alias, chain }) => ({ alias, certificate: chain[0]! })), ...trusted].map((entry) => ({
    ...entry,
    alias: entry.alias || 'kafka',
  }));

function compareSubjects(one: Entry, other: Entry): void {
  const [before, after] = [subjectOf(one.certificate), subjectOf(other.certificate)];
  if (before.toLowerCase() === after.toLowerCase()) return;
  refuse(
    `Keystore DistinguishedName does not match:  existing={alias=${one.alias}, DN=${before}}, new={alias=${other.alias}, DN=${after}}`,
  );
}

/** There may be more of them, not fewer. */
function compareAlternatives(one: Entry, other: Entry): void {
  const [before, after] = [one, other].map(({ certificate }) => alternativeNames(new X509Certificate(certificate)));
  const kept = new Set(after!.map(String));
  if (before!.every((name) => kept.has(String(name)))) return;
  refuse(
    `Keystore SubjectAltNames do not match:  existing={alias=${one.alias}, SAN=${alternativeNamesText(before!)}}, new={alias=${other.alias}, SAN=${alternativeNamesText(after!)}}`,
  );
}

function refuse(message: string): never {
  throw new TlsError(message, CONFIG_EXCEPTION);
}
