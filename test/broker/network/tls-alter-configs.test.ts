// TLS settings that are altered for a listener that runs.
import { describe, expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import type { Identity } from '../../../src/security/certificates/certificate.ts';
import { keyStorePkcs12 } from '../../../src/security/certificates/pkcs12-writer.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import {
  certificatePem,
  fileWith,
  keyPem,
  keyStoreSettings,
  newServer,
  temporaryFolder,
  trustStoreSettings,
} from '../../helpers/certificates.ts';
import { ca, connectTls, server, TLS_LISTENER } from '../../helpers/tls-listener.ts';

test('by AlterConfigs for the listener the key store changes at once, but not to another name', async () => {
  const folder = temporaryFolder();
  const write = (name: string, identity: Identity) =>
    fileWith(folder, name, keyPem(identity) + certificatePem(identity));
  const settings = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': write('first.pem', server) };
  const broker = await startTestBroker({ overrides: { ...TLS_LISTENER, ...settings } });
  const serialNumber = async () => (await connectTls(broker.port)).socket.getPeerCertificate().serialNumber;
  const before = await serialNumber();
  const { client } = await connectTls(broker.port);
  const alter = async (value: string) => {
    const configs = [{ name: 'listener.name.ssl.ssl.keystore.location', configOperation: 0, value }];
    const resources = [{ resourceType: 4, resourceName: '1', configs }];
    const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    return responses[0];
  };
  expect(await alter(write('renewed.pem', newServer(ca)))).toMatchObject({ errorCode: 0 });
  const renewed = await serialNumber();
  expect(renewed).not.toBe(before);
  const other = newServer(ca, { subject: [['CN', 'another']] });
  expect(await alter(write('other.pem', other))).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
    // The words of Kafka 4.3.1.
    errorMessage:
      'Invalid value org.apache.kafka.common.config.ConfigException: Validation of dynamic config update of SSLFactory failed: org.apache.kafka.common.config.ConfigException: Keystore DistinguishedName does not match:  existing={alias=kafka, DN=CN=broker}, new={alias=kafka, DN=CN=another} for configuration Invalid dynamic configuration',
  });
  expect(await alter('/nowhere')).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
    errorMessage: expect.stringContaining(
      'org.apache.kafka.common.errors.InvalidConfigurationException: Failed to load PEM SSL keystore /nowhere',
    ),
  });
  expect(await serialNumber()).toBe(renewed);
});

// Texts and outcomes recorded from Kafka 4.3.1.
describe('AlterConfigs of a listener that runs', () => {
  const REFUSED =
    'Invalid value org.apache.kafka.common.config.ConfigException: Validation of dynamic config update of SSLFactory failed: ';
  const ofConfig = (text: string) => `org.apache.kafka.common.config.ConfigException: ${text}`;
  const store = ({ key, certificate }: Identity, alias = 'kafka') =>
    fileWith(temporaryFolder(), 'store.p12', keyStorePkcs12(alias, key, [certificate, ca.certificate], 'secret'));
  const wide = () => newServer(ca, { hosts: ['localhost', '127.0.0.1', 'more.example'] });
  const another = () => newServer(ca, { subject: [['CN', 'another']] });

  interface Change {
    readonly from: Identity;
    readonly settings?: Record<string, string>;
    readonly to: Record<string, string>;
  }

  /** What the broker says, and whether new connections are shown another certificate. */
  async function outcome({ from, settings = {}, to }: Change) {
    const start = {
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': store(from),
      'ssl.keystore.password': 'secret',
    };
    const broker = await startTestBroker({
      overrides: { ...TLS_LISTENER, ...('ssl.keystore.key' in settings ? {} : start), ...settings },
    });
    const shownTo = async () => (await connectTls(broker.port)).socket.getPeerX509Certificate()?.serialNumber;
    const before = await shownTo();
    const { client } = await connectTls(broker.port);
    const configs = Object.entries(to).map(([key, value]) => ({
      ...{ name: `listener.name.ssl.${key}`, value },
      configOperation: 0,
    }));
    const resources = [{ resourceType: 4, resourceName: '1', configs }];
    const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    return { said: responses[0]?.errorMessage ?? 'done', isNew: (await shownTo()) !== before };
  }

  test.each<[string, () => Change]>([
    ['another alias', () => ({ from: server, to: { 'ssl.keystore.location': store(newServer(ca), 'other') } })],
    ['more names than before', () => ({ from: server, to: { 'ssl.keystore.location': store(wide()) } })],
    [
      'another name where the start allows it',
      () => ({
        ...{ from: server, settings: { 'ssl.allow.dn.changes': 'true' } },
        to: { 'ssl.keystore.location': store(another()) },
      }),
    ],
    [
      'fewer names where the start allows it',
      () => ({
        ...{ from: wide(), settings: { 'listener.name.ssl.ssl.allow.san.changes': 'true' } },
        to: { 'ssl.keystore.location': store(server) },
      }),
    ],
  ])('takes %s', async (_, change) => {
    expect(await outcome(change())).toEqual({ said: 'done', isNew: true });
  });

  test.each<[string, () => Change, string]>([
    [
      'fewer names than before',
      () => ({ from: wide(), to: { 'ssl.keystore.location': store(server) } }),
      ofConfig(
        'Keystore SubjectAltNames do not match:  existing={alias=kafka, SAN=[[2, localhost], [7, 127.0.0.1], [2, more.example]]}, new={alias=kafka, SAN=[[2, localhost], [7, 127.0.0.1]]}',
      ),
    ],
    [
      'another name that only the change itself allows',
      () => ({ from: server, to: { 'ssl.keystore.location': store(another()), 'ssl.allow.dn.changes': 'true' } }),
      ofConfig(
        'Keystore DistinguishedName does not match:  existing={alias=kafka, DN=CN=broker}, new={alias=kafka, DN=CN=another}',
      ),
    ],
    [
      'a trust store where there was none',
      () => ({ from: server, to: trustStoreSettings(ca) }),
      ofConfig('Cannot add SSL truststore to an existing listener for which no truststore was configured.'),
    ],
    [
      'a PEM value without a key',
      () => ({
        from: server,
        settings: keyStoreSettings(server),
        to: { 'ssl.keystore.key': 'rubbish' },
      }),
      'org.apache.kafka.common.errors.InvalidConfigurationException: Invalid PEM keystore configs: No matching PRIVATE KEY entries in PEM file',
    ],
  ])('refuses %s', async (_, change, text) => {
    expect(await outcome(change())).toEqual({
      said: `${REFUSED}${text} for configuration Invalid dynamic configuration`,
      isNew: false,
    });
  });

  test('leaves versions of TLS for the next start', async () => {
    const broker = await startTestBroker({ overrides: { ...TLS_LISTENER, ...keyStoreSettings(server) } });
    const { client } = await connectTls(broker.port);
    const configs = [{ name: 'listener.name.ssl.ssl.enabled.protocols', configOperation: 0, value: 'TLSv1.2' }];
    const resources = [{ resourceType: 4, resourceName: '1', configs }];
    const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    expect(responses[0]).toMatchObject({ errorCode: 0 });
    expect((await connectTls(broker.port)).socket.getProtocol()).toBe('TLSv1.3');
  });
});
