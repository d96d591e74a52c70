// TLS settings that no broker can start with.
import { describe, expect, test } from 'vitest';
import { startBroker } from '../../../src/broker/start.ts';
import { fileWith, keyPem, keyStoreSettings, temporaryFolder } from '../../helpers/certificates.ts';
import { server, TLS_LISTENER } from '../../helpers/tls-listener.ts';

describe('settings that cannot be', () => {
  const folder = () => temporaryFolder();
  test.each<[string, () => Record<string, string>, RegExp]>([
    ['no key store', () => ({}), /Listener SSL \(SSL\): it has no certificate.*ktool certs create/],
    [
      'a key store without a password',
      () => ({ 'ssl.keystore.location': '/nowhere' }),
      /SSL key store is specified, but key store password is not specified\./,
    ],
    [
      'a missing file',
      () => ({ 'ssl.keystore.location': '/nowhere', 'ssl.keystore.password': 'x' }),
      /Failed to load SSL keystore \/nowhere of type JKS: there is no such file/,
    ],
    [
      'PEM with a store password',
      () => ({ ...keyStoreSettings(server), 'ssl.keystore.password': 'x' }),
      /SSL key store password cannot be specified with PEM format, only key password may be specified/,
    ],
    [
      'a PEM file called JKS',
      () => ({ 'ssl.keystore.location': fileWith(folder(), 'k', keyPem(server)), 'ssl.keystore.password': 'x' }),
      /it is PEM: set the type to PEM/,
    ],
    [
      'a key without its certificate',
      () => ({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.key': keyPem(server) }),
      /SSL private key is specified, but certificate chain is not specified\./,
    ],
    [
      'an unknown cipher suite',
      () => ({ ...keyStoreSettings(server), 'ssl.cipher.suites': 'TLS_WISHFUL_THINKING' }),
      /Unsupported CipherSuite: TLS_WISHFUL_THINKING/,
    ],
    [
      'a bad mapping rule',
      () => ({ ...keyStoreSettings(server), 'ssl.principal.mapping.rules': 'RULE:^CN=(.*)$' }),
      /Invalid rule: `RULE:\^CN=\(\.\*\)\$`, unmatched substring/,
    ],
  ])('%s ends the start', async (_, settings, message) => {
    await expect(startBroker({ port: 0, overrides: { ...TLS_LISTENER, ...settings() } })).rejects.toThrow(message);
  });
});
