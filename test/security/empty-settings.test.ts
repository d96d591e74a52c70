// Settings of TLS without a value are given all the same; the answers are those of kafka-topics of Kafka 4.3.1 with these in its
// --command-config.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openKeyStore, openTrustStore } from '../../src/security/tls/stores.ts';

const NO_PASSWORD_WITH_PEM =
  'SSL key store password cannot be specified with PEM format, only key password may be specified';

test.each<[Record<string, string>, string]>([
  [{ 'keystore.location': '' }, 'SSL key store is specified, but key store password is not specified.'],
  [{ 'keystore.location': '', 'keystore.password': 'x' }, 'Failed to load SSL keystore  of type JKS'],
  [{ 'keystore.location': '', 'keystore.type': 'PEM' }, 'Failed to load PEM SSL keystore '],
  [{ 'truststore.location': '' }, 'Failed to load SSL keystore  of type JKS'],
  [{ 'truststore.location': '', 'truststore.password': 'x' }, 'Failed to load SSL keystore  of type JKS'],
  [{ 'keystore.password': '' }, 'SSL key store is not specified, but key store password is specified.'],
  [{ 'truststore.password': '' }, 'SSL trust store is not specified, but trust store password is specified.'],
  [{ 'keystore.type': 'PEM', 'keystore.location': '/k', 'keystore.password': '' }, NO_PASSWORD_WITH_PEM],
  [
    { 'keystore.type': 'PEM', 'keystore.key': '' },
    'SSL private key is specified, but certificate chain is not specified.',
  ],
  [{ 'keystore.key': '' }, 'SSL private key can be specified only for PEM, but key store type is JKS.'],
  [{ 'keystore.certificate.chain': '' }, 'SSL certificate chain is specified, but private key is not specified'],
  [{ 'truststore.type': 'PEM', 'truststore.certificates': '' }, 'No matching CERTIFICATE entries in PEM file'],
])('%j', (settings, message) => {
  const get = (key: string) => settings[key.replace(/^ssl\./, '')];
  const open = () => [openKeyStore(get), openTrustStore(get)];
  expect(open).toThrow(message);
});

test.each([
  ['none.jks', (file: string) => `java.nio.file.NoSuchFileException: ${file}`],
  ['', () => 'java.io.IOException: Is a directory'],
])('why a store cannot be read: %j', (name, cause) => {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-stores-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  const settings: Record<string, string> = { 'ssl.truststore.location': file };
  const failure = () => {
    try {
      return openTrustStore((key) => settings[key]);
    } catch (error) {
      return String((error as Error).cause);
    }
  };
  expect(failure()).toBe(cause(file));
});
