// The clients' ssl.* settings against our broker, and what a user is told when the handshake fails.
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import type { Identity } from '../../src/security/certificates/certificate.ts';
import { keyStorePkcs12, trustStorePkcs12 } from '../../src/security/certificates/pkcs12-writer.ts';
import { startTestBroker } from '../helpers/broker.ts';
import {
  certificatePem,
  expired,
  fileWith,
  keyStoreSettings,
  newCa,
  newClient,
  newServer,
  temporaryFolder,
  trustStoreSettings,
} from '../helpers/certificates.ts';

const ca = newCa();
const SSL = { 'security.protocol': 'SSL' };

const startTls = (server: Identity = newServer(ca), more: Record<string, string> = {}) =>
  startTestBroker({
    overrides: { listeners: 'SSL://127.0.0.1:0', ...keyStoreSettings(server), ...trustStoreSettings(ca), ...more },
  });

async function topicsOf(address: string, properties: Record<string, string>, failFast = true): Promise<unknown> {
  const admin = await createAdmin(
    { 'bootstrap.servers': address, 'default.api.timeout.ms': '5000', ...properties },
    { failFast },
  );
  onTestFinished(() => admin.close());
  return admin.listTopics();
}

test('a truststore in PEM, PKCS12, and in the value with blanks for line ends', async () => {
  const { address } = await startTls();
  const folder = temporaryFolder();
  const password = randomBytes(6).toString('hex');
  const store = trustStorePkcs12(new Map([['ca', ca.certificate]]), password);
  const stores: Record<string, string>[] = [
    { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': fileWith(folder, 'ca.pem', certificatePem(ca)) },
    {
      'ssl.truststore.type': 'PKCS12',
      'ssl.truststore.location': fileWith(folder, 'ca.p12', store),
      'ssl.truststore.password': password,
    },
    { 'ssl.truststore.type': 'PEM', 'ssl.truststore.certificates': certificatePem(ca).replaceAll('\n', ' ') },
  ];
  for (const one of stores) expect(await topicsOf(address, { ...SSL, ...one })).toEqual([]);
});

test('a client certificate in PKCS12, and its key in PEM under a password', async () => {
  const { address } = await startTls(newServer(ca), { 'ssl.client.auth': 'required' });
  const folder = temporaryFolder();
  const alice = newClient(ca);
  const store = keyStorePkcs12('alice', alice.key, [alice.certificate], 'secret');
  const trust = { ...SSL, ...trustStoreSettings(ca) };
  const fromPkcs12 = {
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': fileWith(folder, 'alice.p12', store),
    'ssl.keystore.password': 'secret',
  };
  expect(await topicsOf(address, { ...trust, ...fromPkcs12 })).toEqual([]);
  const encrypted = alice.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hidden' });
  const fromPem = { ...keyStoreSettings(alice), 'ssl.keystore.key': String(encrypted), 'ssl.key.password': 'hidden' };
  expect(await topicsOf(address, { ...trust, ...fromPem })).toEqual([]);
  await expect(topicsOf(address, { ...trust, ...fromPem, 'ssl.key.password': 'wrong' })).rejects.toMatchObject({
    cause: { cause: { message: expect.stringContaining('ssl.key.password is wrong') } },
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['another CA', trustStoreSettings(newCa('other')), /not signed by anyone this client trusts. Set ssl.truststore/],
  ["the world's CAs only", {}, /not signed by anyone this client trusts/],
])('%s: the handshake fails at once, also where Kafka would try again', async (_, trust, message) => {
  const { address } = await startTls();
  const failure = expect.objectContaining({ failure: 'handshake', message: expect.stringMatching(message) });
  await expect(topicsOf(address, { ...SSL, ...trust })).rejects.toEqual(failure);
  await expect(topicsOf(address, { ...SSL, ...trust }, false)).rejects.toEqual(failure);
});

test('an expired certificate', async () => {
  const { address } = await startTls(newServer(ca, expired()));
  await expect(topicsOf(address, { ...SSL, ...trustStoreSettings(ca) })).rejects.toThrow(/has expired/);
});

test('a certificate for another name, unless names are not to be compared', async () => {
  const { address } = await startTls(newServer(ca, { hosts: ['kafka.example', '10.0.0.7'] }));
  const settings = { ...SSL, ...trustStoreSettings(ca) };
  await expect(topicsOf(address, settings)).rejects.toThrow(
    /^SSL handshake failed with 127\.0\.0\.1:\d+: its certificate is for kafka\.example, 10\.0\.0\.7, not for 127\.0\.0\.1\. .*ssl\.endpoint\.identification\.algorithm/,
  );
  expect(await topicsOf(address, { ...settings, 'ssl.endpoint.identification.algorithm': '' })).toEqual([]);
});

test('a broker that wants a certificate of the client', async () => {
  const { address } = await startTls(newServer(ca), { 'ssl.client.auth': 'required' });
  const settings = { ...SSL, ...trustStoreSettings(ca) };
  await expect(topicsOf(address, settings)).rejects.toThrow(
    /wants a certificate of the client.*ssl\.keystore\.location/,
  );
  const stranger = keyStoreSettings(newClient(newCa('other')));
  await expect(topicsOf(address, { ...settings, ...stranger })).rejects.toThrow(
    /does not accept the certificate of this client.*to one that it trusts/,
  );
});

test('TLS on a plaintext port, and plaintext on a TLS port', async () => {
  const plain = await startTestBroker();
  await expect(topicsOf(plain.address, SSL)).rejects.toThrow(/ended the TLS handshake.*security\.protocol=PLAINTEXT/);
  const { address } = await startTls();
  await expect(topicsOf(address, {})).rejects.toThrow(/security\.protocol=SSL/);
});

test('large batches go through and come back', async () => {
  const { address } = await startTls();
  const properties = { 'bootstrap.servers': address, ...SSL, ...trustStoreSettings(ca) };
  const producer = await createProducer(properties);
  const sent = Array.from({ length: 40 }, () => producer.append('big', 0, null, randomBytes(500_000), [], 1));
  await producer.close();
  expect(sent.length).toBe(40);
  const admin = await createAdmin(properties);
  onTestFinished(() => admin.close());
  expect((await admin.listTopics()).map(({ name }) => name)).toEqual(['big']);
});

test('stores that cannot be read end the client, with the reason', async () => {
  const folder = temporaryFolder();
  const location = fileWith(folder, 'alice.p12', keyStorePkcs12('a', newClient(ca).key, [ca.certificate], 'secret'));
  const settings = { ...SSL, 'ssl.keystore.type': 'PKCS12', 'ssl.keystore.location': location };
  await expect(topicsOf('localhost:1', { ...settings, 'ssl.keystore.password': 'wrong' })).rejects.toMatchObject({
    cause: {
      message: 'Failed to create new NetworkClient',
      cause: { message: `Failed to load SSL keystore ${location} of type PKCS12: keystore password was incorrect` },
    },
  });
});
