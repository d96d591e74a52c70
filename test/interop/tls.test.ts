// TLS with other people's clients and stores: key stores of keytool on ktool's broker, certificates of `ktool certs create` on
// Apache Kafka, and who may come in and who may not. What is missing on this machine is skipped, by name.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import { writeCertificates } from '../../src/cli/certs/write-certificates.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { parseProperties } from '../../src/util/properties.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { certificatePem, fileWith, keyPem, newCa, newClient, temporaryFolder } from '../helpers/certificates.ts';
import { freePort } from '../helpers/free-port.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { TLS_CLIENTS, type TlsClient } from './logins/tls-clients.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const missing = {
  Java: whyNoKafka() !== undefined,
  keytool: !has('keytool', '-help'),
  kcat: !has('kcat', '-V'),
  'confluent-kafka': !has(python, '-c', 'import confluent_kafka'),
  'kafka-python': !has(python, '-c', 'import kafka'),
};
for (const [name, lacks] of Object.entries(missing)) if (lacks) console.warn(`skipped: no ${name} on this machine`);

const PASSWORD = 'changeit';
const DISTINGUISHED_NAME = 'CN=alice, OU="dev, ops", O=Acme, L=Linz, ST=OÖ, C=AT';

interface Stores {
  readonly folder: string;
  readonly settings: Record<string, string>;
}

const keytool = (folder: string, ...args: string[]) => execFileSync('keytool', args, { cwd: folder, stdio: 'pipe' });

/** A key pair for each side in a store of this type, and a trust store with the other side's certificate. */
function keytoolStores(type: 'JKS' | 'PKCS12'): { broker: Stores; client: Stores } {
  const folder = temporaryFolder();
  const names = { broker: 'CN=localhost', client: DISTINGUISHED_NAME };
  const password = ['-storepass', PASSWORD, '-storetype', type, '-noprompt'];
  for (const [side, name] of Object.entries(names)) {
    const pair = [
      '-genkeypair',
      '-alias',
      side,
      '-keyalg',
      'RSA',
      '-dname',
      name,
      '-ext',
      'san=dns:localhost,ip:127.0.0.1',
    ];
    const key = type === 'JKS' ? ['-keypass', 'another1'] : [];
    keytool(folder, ...pair, ...key, '-keystore', `${side}.store`, ...password);
    keytool(folder, '-exportcert', '-alias', side, '-file', `${side}.crt`, '-keystore', `${side}.store`, ...password);
  }
  for (const [side, other] of [
    ['broker', 'client'],
    ['client', 'broker'],
  ] as const)
    keytool(folder, '-importcert', '-alias', other, '-file', `${other}.crt`, '-keystore', `${side}.trust`, ...password);
  const settings = (side: string) => ({
    'ssl.keystore.type': type,
    'ssl.keystore.location': join(folder, `${side}.store`),
    'ssl.keystore.password': PASSWORD,
    ...(type === 'JKS' ? { 'ssl.key.password': 'another1' } : {}),
    'ssl.truststore.type': type,
    'ssl.truststore.location': join(folder, `${side}.trust`),
    'ssl.truststore.password': PASSWORD,
  });
  return { broker: { folder, settings: settings('broker') }, client: { folder, settings: settings('client') } };
}

const LISTENER = { listeners: 'SSL://127.0.0.1:0', 'ssl.client.auth': 'required' };

const propertiesText = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([key, value]) => `${key}=${value.replaceAll('\n', '\\n')}\n`)
    .join('');

/** Kafka's own kafka-topics --list. */
function javaTopics(address: string, folder: string, settings: Record<string, string>) {
  const file = fileWith(folder, 'client.properties', propertiesText({ 'security.protocol': 'SSL', ...settings }));
  const tool = ['-Xmx128M', '-cp', join(KAFKA_JARS, '*'), 'org.apache.kafka.tools.TopicCommand'];
  const argv = [...tool, '--bootstrap-server', address, '--command-config', file, '--list'];
  return runAsync('java', argv, '', true);
}

const principalsOf = (broker: Broker) => new Set(broker.requests.all().map(({ principal }) => principal));

describe.skipIf(missing.Java || missing.keytool)('stores of keytool', () => {
  test.each(['JKS', 'PKCS12'] as const)(
    '%s: Java and ktool on either side, and the name as Java writes it',
    async (type) => {
      const { broker: ours, client } = keytoolStores(type);
      const broker = await startTestBroker({ overrides: { ...LISTENER, ...ours.settings }, recordRequests: true });
      expect(await javaTopics(broker.address, client.folder, client.settings)).toMatchObject({ code: 0 });
      const name = 'User:CN=alice,OU=dev\\, ops,O=Acme,L=Linz,ST=OÖ,C=AT';
      expect(principalsOf(broker)).toEqual(new Set([name]));
      const properties = { 'bootstrap.servers': broker.address, 'security.protocol': 'SSL', ...client.settings };
      const admin = await createAdmin(properties, { failFast: true });
      expect(await admin.listTopics()).toEqual([]);
      admin.close();
      expect(principalsOf(broker)).toEqual(new Set([name]));
    },
  );

  test('a Java client without a certificate is refused as by Kafka', async () => {
    const { broker: ours, client } = keytoolStores('PKCS12');
    const broker = await startTestBroker({ overrides: { ...LISTENER, ...ours.settings } });
    const trustOnly = Object.fromEntries(
      Object.entries(client.settings).filter(([key]) => key.startsWith('ssl.truststore')),
    );
    const { code, stdout, stderr } = await javaTopics(broker.address, client.folder, trustOnly);
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('SslAuthenticationException')]);
  });
});

/** What `ktool certs create` makes, as settings. */
function certificates(hosts: string[] = []) {
  const directory = temporaryFolder();
  const written = writeCertificates({ directory, hosts, clients: ['alice'], days: 2, nowMs: Date.now() });
  const read = (file: string) => Object.fromEntries(parseProperties(readFileSync(file, 'utf8')));
  const { listeners: _, 'advertised.listeners': __, ...broker } = read(written.serverProperties);
  return { directory, broker, client: read(written.clientProperties.alice ?? ''), password: written.password };
}

describe.skipIf(missing.Java)('certificates of ktool certs create on Apache Kafka', () => {
  test.each(['PEM', 'PKCS12'])('%s', async (type) => {
    const { directory, broker, client, password } = certificates();
    const pkcs12 = (name: string) => ({
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': join(directory, `${name}.p12`),
      'ssl.keystore.password': password,
      'ssl.truststore.type': 'PKCS12',
      'ssl.truststore.location': join(directory, 'truststore.p12'),
      'ssl.truststore.password': password,
    });
    const [port, plain, controller] = [await freePort(), await freePort(), await freePort()];
    const kafka = await startKafkaBroker({
      ...(type === 'PEM' ? broker : { ...broker, ...pkcs12('broker') }),
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      listeners: `PLAINTEXT://127.0.0.1:${plain},SSL://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name': 'PLAINTEXT',
    });
    try {
      const properties = { 'bootstrap.servers': `127.0.0.1:${port}`, 'security.protocol': 'SSL' };
      const settings = type === 'PEM' ? client : { ...client, ...pkcs12('alice') };
      const admin = await createAdmin({ ...properties, ...settings }, { failFast: true });
      await admin.createTopics([{ name: 'orders', numPartitions: 1 }]);
      expect((await admin.listTopics()).map(({ name }) => name)).toEqual(['orders']);
      admin.close();
      const { 'ssl.keystore.location': _, 'ssl.keystore.type': __, ...noCertificate } = client;
      const stranger = await createAdmin({ ...properties, ...noCertificate }, { failFast: true });
      await expect(stranger.listTopics()).rejects.toThrow(/wants a certificate of the client.*ssl\.keystore\.location/);
      stranger.close();
    } finally {
      await kafka.stop();
    }
  });
});

describe('certificates of ktool certs create on ktool, with', () => {
  /** Who may come in comes in as alice; who shows nothing, or a stranger's certificate, does not. */
  async function check(run: TlsClient) {
    const { directory, broker: settings } = certificates();
    const broker = await startTestBroker({
      overrides: { ...settings, listeners: 'SSL://127.0.0.1:0' },
      recordRequests: true,
    });
    const ca = join(directory, 'ca.pem');
    expect((await run(broker.address, ca, join(directory, 'alice.pem'))).isIn).toBe(true);
    expect(principalsOf(broker)).toEqual(new Set(['User:alice']));
    const stranger = newClient(newCa('other'));
    const other = join(directory, 'stranger.pem');
    writeFileSync(other, keyPem(stranger) + certificatePem(stranger));
    expect((await run(broker.address, ca, other)).isIn).toBe(false);
    expect((await run(broker.address, ca, '')).isIn).toBe(false);
    expect((await run(broker.address, fileWith(directory, 'o.pem', certificatePem(newCa('x'))), other)).isIn).toBe(
      false,
    );
    expect(principalsOf(broker)).toEqual(new Set(['User:alice']));
  }

  test.each(['kafkajs', 'kcat', 'confluent-kafka', 'kafka-python'] as const)('%s', async (name) => {
    if (name !== 'kafkajs' && missing[name]) return;
    await check(TLS_CLIENTS[name]!);
  });
});
