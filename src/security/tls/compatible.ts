// Whether a key store may take the place of another while a broker runs (SslFactory.CertificateEntries.ensureCompatible):
// clients know the broker by the names in its certificate.
import { X509Certificate } from 'node:crypto';
import { subjectOf } from '../asn1/distinguished-name.ts';
import type { KeyEntry } from '../stores/key-store.ts';
import { TlsError, type TlsSetting } from './stores.ts';

const CONFIG_EXCEPTION = 'org.apache.kafka.common.config.ConfigException';

/** @throws TlsError with Kafka's text if names differ that may not */
export function checkCompatible(before: readonly KeyEntry[], after: readonly KeyEntry[], get: TlsSetting): void {
  if (before.length !== after.length)
    throw new TlsError(
      `Keystore entries do not match, existing store contains ${before.length} entries, new store contains ${after.length} entries`,
      CONFIG_EXCEPTION,
    );
  for (const [at, one] of before.entries()) {
    const other = after[at]!;
    if (!isTrue(get('ssl.allow.dn.changes'))) compare('DistinguishedName', 'DN', one, other, subject);
    if (!isTrue(get('ssl.allow.san.changes'))) compare('SubjectAltNames', 'SAN', one, other, alternativeNames);
  }
}

function compare(what: string, short: string, one: KeyEntry, other: KeyEntry, text: (entry: KeyEntry) => string): void {
  const [before, after] = [text(one), text(other)];
  if (before === after) return;
  const shown = (entry: KeyEntry, value: string) => `{alias=${entry.alias || 'kafka'}, ${short}=${value}}`;
  throw new TlsError(
    `Keystore ${what} ${what.endsWith('s') ? 'do' : 'does'} not match:  existing=${shown(one, before)}, new=${shown(other, after)}`,
    CONFIG_EXCEPTION,
  );
}

const subject = ({ chain }: KeyEntry): string => subjectOf(chain[0]!);

function alternativeNames({ chain }: KeyEntry): string {
  const names = new X509Certificate(chain[0]!).subjectAltName ?? '';
  return `[${names.split(', ').sort().join(', ')}]`;
}

const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true';
