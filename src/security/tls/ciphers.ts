// Cipher suites: Java knows them by the names of the TLS standards, OpenSSL before TLS 1.3 by its own.
import { getCiphers } from 'node:tls';
import { TlsError } from './stores.ts';

/**
 * OpenSSL's list for a list of Java's names; undefined for none, which means the defaults.
 * @throws TlsError for a suite that is not there
 */
export function cipherList(suites: readonly string[]): string | undefined {
  const known = new Set(getCiphers());
  const names = suites.map((suite) => {
    const name = opensslName(suite);
    if (!known.has(name.toLowerCase())) throw new TlsError(`Unsupported CipherSuite: ${suite}`);
    return name;
  });
  return names.length === 0 ? undefined : names.join(':');
}

/** TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 is ECDHE-RSA-AES256-GCM-SHA384; names of TLS 1.3 have no WITH and stay. */
function opensslName(suite: string): string {
  const [, exchange, cipher] = /^(?:TLS|SSL)_(.+)_WITH_(.+)$/.exec(suite) ?? [];
  if (exchange === undefined || cipher === undefined) return suite;
  const method = exchange === 'RSA' ? '' : `${exchange.replaceAll('_', '-')}-`;
  const words = cipher
    .replace(/(AES|CAMELLIA|ARIA)_(\d+)/, '$1$2')
    .replace(/_CBC/, '')
    .replace(/^3DES_EDE/, 'DES-CBC3')
    .replace(/CHACHA20_POLY1305_SHA256/, 'CHACHA20-POLY1305');
  return `${method}${words.replaceAll('_', '-')}`;
}
