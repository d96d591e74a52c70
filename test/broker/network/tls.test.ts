// Listeners with TLS, met by a client of Node's own and by ours.
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import type { Identity } from '../../../src/security/certificates/certificate.ts';
import { keyStorePkcs12 } from '../../../src/security/certificates/pkcs12-writer.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import {
  certificatePem,
  expired,
  fileWith,
  keyPem,
  keyStoreSettings,
  newCa,
  newClient,
  newServer,
  temporaryFolder,
  trustStoreSettings,
} from '../../helpers/certificates.ts';
import { connect, TestClient } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed, openTestNetwork } from '../../helpers/network.ts';

const ca = newCa();
const server = newServer(ca);
const LISTENERS = { listeners: 'SSL://127.0.0.1:0' };

/** A listener that answers with the principal of whoever asks. */
async function whoAmI(overrides: Record<string, string>, more: object = {}) {
  const logger = new LogLines();
  const { network } = await openTestNetwork((_, { principal }) => [framed(principal)], {
    overrides: { ...LISTENERS, ...keyStoreSettings(server), ...trustStoreSettings(ca), ...overrides },
    logger,
    ...more,
  });
  return { port: network.portOf('SSL'), logger, network };
}

/** What the listener says to a client with this certificate; throws if it does not let it in. */
async function principalOf(port: number, options: tls.ConnectionOptions = {}): Promise<string> {
  const { client } = await connectTls(port, options);
  client.send(framed('who am I'));
  return (await client.nextFrame()).toString();
}

async function connectTls(port: number, options: tls.ConnectionOptions = {}) {
  const socket = tls.connect({ port, host: '127.0.0.1', ca: certificatePem(ca), ...options });
  const client = new TestClient(socket);
  onTestFinished(() => client.close());
  await once(socket, 'secureConnect');
  return { client, socket };
}

const shown = (identity: Parameters<typeof keyPem>[0]) => ({
  key: keyPem(identity),
  cert: certificatePem(identity),
});

describe('ssl.client.auth', () => {
  const alice = newClient(ca, {
    subject: [
      ['C', 'AT'],
      ['O', 'Acme, Inc.'],
      ['OU', 'dev'],
      ['CN', 'alice'],
    ],
  });
  const stranger = newClient(newCa('other'));

  test('none: everybody is anonymous, a certificate is not asked for', async () => {
    const { port } = await whoAmI({});
    expect(await principalOf(port, shown(alice))).toBe('User:ANONYMOUS');
  });

  test('required: the principal is the name in the certificate, as Java writes it', async () => {
    const { port } = await whoAmI({ 'ssl.client.auth': 'required' });
    expect(await principalOf(port, shown(alice))).toBe('User:CN=alice,OU=dev,O=Acme\\, Inc.,C=AT');
  });

  test.each([['none'], ['of a stranger']])(
    'required: who shows %s is not let in, and the log says why',
    async (what) => {
      const { port, logger } = await whoAmI({ 'ssl.client.auth': 'required' });
      await expect(principalOf(port, what === 'none' ? {} : shown(stranger))).rejects.toThrow();
      expect(logger.lines.join('\n')).toMatch(
        what === 'none'
          ? /Failed authentication with \/127\.0\.0\.1 \(SSL handshake failed\): the client shows no certificate/
          : /Failed authentication with \/127\.0\.0\.1 \(SSL handshake failed\): the client's certificate is not accepted/,
      );
    },
  );

  test('requested: without a certificate anonymous, with a bad one not let in', async () => {
    const { port } = await whoAmI({ 'ssl.client.auth': 'requested' });
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
    expect(await principalOf(port, shown(alice))).toMatch(/^User:CN=alice/);
    await expect(principalOf(port, shown(stranger))).rejects.toThrow();
  });

  test('rules map the name; a client that none applies to is not let in', async () => {
    const { port, logger } = await whoAmI({
      'ssl.client.auth': 'required',
      'ssl.principal.mapping.rules': 'RULE:^CN=(.*?),OU=(.*?),.*$/$1@$2/U',
    });
    expect(await principalOf(port, shown(alice))).toBe('User:ALICE@DEV');
    await expect(principalOf(port, shown(newClient(ca)))).rejects.toThrow();
    expect(logger.lines.join()).toContain('no rule of ssl.principal.mapping.rules applies');
  });

  test('of one listener only, and not on SASL_SSL where it is said for all', async () => {
    const requests: string[] = [];
    const { network } = await openTestNetwork(
      (_, { principal, securityProtocol }) => {
        requests.push(`${securityProtocol} ${principal}`);
        return [framed('')];
      },
      {
        overrides: {
          listeners: 'ONE://127.0.0.1:0,TWO://127.0.0.1:0,THREE://127.0.0.1:0',
          'listener.security.protocol.map': 'ONE:SSL,TWO:SSL,THREE:SASL_SSL,CONTROLLER:PLAINTEXT',
          'ssl.client.auth': 'required',
          'listener.name.two.ssl.client.auth': 'none',
          ...keyStoreSettings(server),
          ...trustStoreSettings(ca),
        },
      },
    );
    await principalOf(network.portOf('ONE'), shown(alice));
    await principalOf(network.portOf('TWO'));
    await principalOf(network.portOf('THREE'));
    expect(requests).toEqual([
      'SSL User:CN=alice,OU=dev,O=Acme\\, Inc.,C=AT',
      'SSL User:ANONYMOUS',
      'SASL_SSL User:ANONYMOUS',
    ]);
  });
});

/** What becomes of a client that asks something: the session that it is offered, and the error that it ends with. */
async function visit(port: number, options: tls.ConnectionOptions): Promise<{ session?: Buffer; error: string }> {
  const socket = tls.connect({ port, host: '127.0.0.1', ca: certificatePem(ca), ...options });
  onTestFinished(() => void socket.destroy());
  const sessions: Buffer[] = [];
  const errors: string[] = [];
  socket.on('error', ({ message }) => errors.push(message)).on('session', (session) => sessions.push(session));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(framed('who am I'));
  await Promise.race([new Promise((resolve) => socket.once('data', resolve)), closed]);
  const [session] = sessions.slice(-1);
  return { ...(session === undefined ? {} : { session }), error: errors.join() };
}

describe('a client that comes again with the session of before', () => {
  const alice = newClient(ca);
  const old = newClient(ca, expired());

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is who it was (%s)', async (version) => {
    const { port } = await whoAmI({ 'ssl.client.auth': 'required' });
    const options = { ...shown(alice), maxVersion: version, minVersion: version };
    const { session } = await visit(port, options);
    expect(session).toBeDefined();
    const { client, socket } = await connectTls(port, { ...options, session: session! });
    expect(socket.isSessionReused()).toBe(true);
    client.send(framed('who am I'));
    expect((await client.nextFrame()).toString()).toBe('User:CN=alice');
  });

  // With TLS 1.2 there is no session for who is not let in.
  test.each(['required', 'requested'])('is not let in if it was not (%s)', async (clientAuth) => {
    const { port } = await whoAmI({ 'ssl.client.auth': clientAuth });
    expect((await visit(port, { ...shown(old), maxVersion: 'TLSv1.2' })).session).toBeUndefined();
    const { session } = await visit(port, shown(old));
    expect(session).toBeDefined();
    for (const options of [shown(old), {}])
      expect((await visit(port, { ...options, session: session! })).error).toMatch(
        /alert certificate unknown|bad record mac/,
      );
  });
});

describe('a client that is refused is told so', () => {
  const CASES: readonly [what: string, () => tls.ConnectionOptions, alert: RegExp][] = [
    ['without a certificate', () => ({}), /alert bad certificate|alert number 42/],
    ['with an expired one', () => shown(newClient(ca, expired())), /alert certificate unknown|alert number 46/],
    ['with that of a stranger', () => shown(newClient(newCa('other'))), /alert certificate unknown|alert number 46/],
  ];
  const SUITES = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

  test.each(CASES)('%s, by the alert of Kafka, whatever the cipher', async (_, options, alert) => {
    const { port } = await whoAmI({ 'ssl.client.auth': 'required' });
    for (const ciphers of SUITES) expect((await visit(port, { ...options(), ciphers })).error).toMatch(alert);
  });

  test('where only TLS 1.2 is spoken, within the handshake', async () => {
    const { port } = await whoAmI({ 'ssl.client.auth': 'required', 'ssl.enabled.protocols': 'TLSv1.2' });
    expect((await visit(port, {})).error).toContain('alert handshake failure');
  });
});

describe('versions and ciphers', () => {
  test.each([
    ['TLSv1.2', 'TLSv1.2'],
    ['TLSv1.3', 'TLSv1.3'],
    ['TLSv1.2,TLSv1.3', 'TLSv1.3'],
  ])('ssl.enabled.protocols=%s gives %s', async (enabled, negotiated) => {
    const { port } = await whoAmI({ 'ssl.enabled.protocols': enabled });
    const { socket } = await connectTls(port);
    expect(socket.getProtocol()).toBe(negotiated);
  });

  test('ssl.cipher.suites has the names of Java', async () => {
    const { port } = await whoAmI({
      'ssl.cipher.suites': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'ssl.enabled.protocols': 'TLSv1.2',
    });
    const { socket } = await connectTls(port);
    expect(socket.getCipher().standardName).toBe('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
  });
});

describe('what is no TLS handshake', () => {
  test.each([
    ['a Kafka client without TLS', framed('request'), /does not speak TLS/],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), /speaks HTTP/],
  ])('%s is put out, with a line in the log', async (_, bytes, reason) => {
    const { port, logger } = await whoAmI({});
    const client = await connect({ port });
    client.send(bytes);
    await client.closed;
    expect(logger.lines.join()).toMatch(reason);
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
  });

  test('a thousand connections that say nothing cost those before them, not those who come after', async () => {
    const { port } = await whoAmI({ 'max.connections': '3000' });
    const { client } = await connectTls(port);
    const silent = await Promise.all(
      Array.from({ length: 1001 }, async () => {
        const socket = net.connect(port, '127.0.0.1');
        onTestFinished(() => void socket.destroy());
        socket.on('error', () => {});
        await once(socket, 'connect');
        return socket;
      }),
    );
    await Promise.race(silent.map((socket) => once(socket, 'close')));
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
    client.send(framed('still here?'));
    expect((await client.nextFrame()).toString()).toBe('User:ANONYMOUS');
  });
});

describe('a key store that changes', () => {
  const cnOf = async (port: number) => (await connectTls(port)).socket.getPeerCertificate().subject.CN;

  test('is read again; if it cannot be, the old one stays', async () => {
    const folder = temporaryFolder();
    const write = (cn: string, renewed = newServer(ca, { subject: [['CN', cn]] })) =>
      fileWith(folder, 'keystore.pem', keyPem(renewed) + certificatePem(renewed));
    const clock = new ManualClock();
    const logger = new LogLines();
    const { network } = await openTestNetwork(() => [framed('')], {
      overrides: { ...LISTENERS, 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': write('first') },
      clock,
      logger,
    });
    const port = network.portOf('SSL');
    expect(await cnOf(port)).toBe('first');
    write('second-time');
    clock.advance(5_000);
    expect(await cnOf(port)).toBe('second-time');
    fileWith(folder, 'keystore.pem', 'rubbish');
    clock.advance(5_000);
    expect(await cnOf(port)).toBe('second-time');
    expect(logger.lines.join()).toContain(
      'the changed key store or trust store is not used: Failed to load PEM SSL keystore',
    );
  });
});

describe('a trust store that changes', () => {
  const other = newCa('other');
  const [alice, bob] = [newClient(ca), newClient(other, { subject: [['CN', 'bob']] })];

  async function start() {
    const folder = temporaryFolder();
    const trust = (...authorities: Identity[]) => fileWith(folder, 'trust.pem', certificatePem(...authorities));
    const clock = new ManualClock();
    const { port } = await whoAmI(
      {
        'ssl.client.auth': 'required',
        'ssl.truststore.certificates': '',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': trust(ca),
      },
      { clock },
    );
    const change = (...authorities: Identity[]) => {
      trust(...authorities);
      clock.advance(5_000);
    };
    return { port, change };
  }

  test('lets in whom it knows now', async () => {
    const { port, change } = await start();
    expect((await visit(port, shown(bob))).error).toContain('alert certificate unknown');
    change(ca, other);
    expect(await principalOf(port, shown(bob))).toBe('User:CN=bob');
    expect(await principalOf(port, shown(alice))).toBe('User:CN=alice');
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'keeps who is in, and lets in nobody again whom it does not know any more (%s)',
    async (maxVersion) => {
      const { port, change } = await start();
      const { client } = await connectTls(port, { ...shown(alice), maxVersion });
      const { session } = await visit(port, { ...shown(alice), maxVersion });
      expect(session).toBeDefined();
      change(other, newCa('third'));
      client.send(framed('still here?'));
      expect((await client.nextFrame()).toString()).toBe('User:CN=alice');
      await expect(principalOf(port, { ...shown(alice), maxVersion, session: session! })).rejects.toThrow();
      await expect(principalOf(port, { maxVersion, session: session! })).rejects.toThrow();
    },
  );
});

test('by AlterConfigs for the listener the key store changes at once, but not to another name', async () => {
  const folder = temporaryFolder();
  const write = (name: string, identity: Identity) =>
    fileWith(folder, name, keyPem(identity) + certificatePem(identity));
  const settings = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': write('first.pem', server) };
  const broker = await startTestBroker({ overrides: { ...LISTENERS, ...settings } });
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
    const broker = await startTestBroker({ overrides: { ...LISTENERS, ...start, ...settings } });
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
        ...{
          from: server,
          settings: { ...keyStoreSettings(server), 'ssl.keystore.location': '', 'ssl.keystore.password': '' },
        },
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
    const broker = await startTestBroker({ overrides: { ...LISTENERS, ...keyStoreSettings(server) } });
    const { client } = await connectTls(broker.port);
    const configs = [{ name: 'listener.name.ssl.ssl.enabled.protocols', configOperation: 0, value: 'TLSv1.2' }];
    const resources = [{ resourceType: 4, resourceName: '1', configs }];
    const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    expect(responses[0]).toMatchObject({ errorCode: 0 });
    expect((await connectTls(broker.port)).socket.getProtocol()).toBe('TLSv1.3');
  });
});

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
    await expect(startBroker({ port: 0, overrides: { ...LISTENERS, ...settings() } })).rejects.toThrow(message);
  });
});

test('a broker with a plain and a TLS listener serves both and tells each its own port', async () => {
  const broker = await startTestBroker({
    overrides: { listeners: 'PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0', ...keyStoreSettings(server) },
  });
  const connection = { listenerName: 'SSL', localAddress: '127.0.0.1', localPort: 0 };
  const { port } = broker.services.endpointFor(connection);
  const { client } = await connectTls(port);
  expect((await client.request(ApiVersions, 0, {})).errorCode).toBe(0);
  const plain = await connect(broker);
  expect((await plain.request(ApiVersions, 0, {})).errorCode).toBe(0);
});
