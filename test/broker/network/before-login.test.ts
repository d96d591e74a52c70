// What can be done to a listener before anybody has said who they are.
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { AlterClientQuotas } from '../../../src/protocol/messages/alter-client-quotas.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import type { Api } from '../../../src/protocol/schema.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { certificatePem, fileWith, keyPem, newCa, newClient, temporaryFolder } from '../../helpers/certificates.ts';
import { connect } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed } from '../../helpers/network.ts';
import { PLAIN_MODULE } from '../../helpers/sasl.ts';
import { ca, connectTls, openTlsListener, principalOf } from '../../helpers/tls-listener.ts';

describe('TLS', () => {
  test('half a hello is waited for half a minute, not longer', async () => {
    const clock = new ManualClock();
    const { port, logger } = await openTlsListener({}, { clock });
    const slow = await connect({ port });
    const timers = clock.pendingTimers;
    slow.send(Buffer.from('160301020001', 'hex'));
    while (clock.pendingTimers <= timers - 1) await new Promise((resolve) => setImmediate(resolve));
    // Whoever comes meanwhile is served.
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
    clock.advance(29_999);
    expect(slow.socket.destroyed).toBe(false);
    clock.advance(1);
    await slow.closed;
    expect(logger.lines.filter((line) => line.includes('it took more than 30 s'))).toHaveLength(1);
  });

  test.each([['TLSv1'], ['TLSv1.1']] as const)('%s is not spoken', async (version) => {
    const { port } = await openTlsListener();
    const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    await expect(connectTls(port, old)).rejects.toThrow();
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
  });

  test('a second handshake on the same connection is refused', async () => {
    const { port } = await openTlsListener();
    const { socket, client } = await connectTls(port, { maxVersion: 'TLSv1.2' });
    const failed = new Promise<Error | null>((resolve) => {
      socket.once('error', resolve);
      socket.renegotiate({ rejectUnauthorized: false }, resolve);
    });
    client.send(framed('who am I'));
    expect((await failed)?.message).toMatch(/no renegotiation/);
    await client.closed;
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a session of %s is not resumed when its CA is trusted no more',
    async (version) => {
      const alice = newClient(ca);
      const shown = { key: keyPem(alice), cert: certificatePem(alice), maxVersion: version };
      const folder = temporaryFolder();
      const trusted = fileWith(folder, 'trusted.pem', certificatePem(ca));
      const { port, network } = await openTlsListener({
        'ssl.client.auth': 'required',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': trusted,
      });
      const { client, socket } = await connectTls(port, shown);
      let session: Buffer | undefined;
      socket.on('session', (ticket: Buffer) => {
        session = ticket;
      });
      client.send(framed('who am I'));
      expect((await client.nextFrame()).toString()).toBe('User:CN=alice');
      session ??= socket.getSession();
      const resumed = await connectTls(port, { ...shown, session });
      expect(resumed.socket.isSessionReused()).toBe(true);
      fileWith(folder, 'trusted.pem', certificatePem(newCa('another')));
      network.refresh();
      await expect(principalOf(port, { ...shown, session })).rejects.toThrow();
    },
  );

  test.each([
    ['a comma with another name behind it', [['CN', 'alice,O=admins']], 'User:CN=alice\\,O\\=admins'],
    ['NUL and more', [['CN', 'alice\0.evil']], 'User:CN=alice\\00.evil'],
    ['a plus sign', [['CN', 'a+OU=admins']], 'User:CN=a\\+OU\\=admins'],
    [
      'several names',
      [
        ['CN', 'alice'],
        ['CN', 'bob'],
      ],
      'User:CN=bob,CN=alice',
    ],
  ] as const)('a name with %s is not another name', async (_, subject, principal) => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required' });
    const tricky = newClient(ca, { subject: subject as unknown as [['CN', string]] });
    expect(await principalOf(port, { key: keyPem(tricky), cert: certificatePem(tricky) })).toBe(principal);
  });

  test('a name in the greeting (SNI) changes nothing', async () => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required' });
    const alice = newClient(ca);
    const shown = { key: keyPem(alice), cert: certificatePem(alice), checkServerIdentity: () => undefined };
    expect(await principalOf(port, { ...shown, servername: 'admin.internal' })).toBe('User:CN=alice');
  });

  test('a client that resets in the middle of its greeting ends nothing', async () => {
    const { port } = await openTlsListener();
    for (const bytes of ['16', '160301020001', '16030100']) {
      const client = await connect({ port });
      client.send(Buffer.from(bytes, 'hex'));
      client.socket.resetAndDestroy();
      await client.closed;
    }
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
  });
});

test('a connection that comes too early is closed when its time is up, also if it was reset meanwhile', async () => {
  const logger = new LogLines();
  const clock = new ManualClock();
  const broker = await startTestBroker({ logger, logLevel: 'DEBUG', clock });
  const admin = await connect(broker);
  await admin.request(AlterClientQuotas, 1, {
    entries: [
      {
        entity: [{ entityType: 'ip', entityName: '127.0.0.1' }],
        ops: [{ key: 'connection_creation_rate', value: 1, remove: false }],
      },
    ],
    validateOnly: false,
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const early = () => logger.lines.filter((line) => line.includes('comes too early')).length;
  const visit = async () => {
    const socket = net.connect(broker.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  // The rate lets the first ones in.
  while (early() === 0) {
    await visit();
    await turn();
  }
  const timers = clock.pendingTimers;
  for (let count = 2; count <= 4; count++) {
    const socket = await visit();
    while (early() < count) await turn();
    socket.resetAndDestroy();
  }
  expect(clock.pendingTimers).toBe(timers + 3);
  clock.advance(1_000);
  expect(clock.pendingTimers).toBeLessThan(timers);
  expect((await admin.request(ApiVersions, 0, {})).errorCode).toBe(0);
});

describe('a controller listener', () => {
  async function start() {
    const port = await freePort();
    const broker = await startTestBroker({
      overrides: {
        listeners: `SASL_PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${port}`,
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_alice="a";`,
      },
    });
    return { port, broker };
  }

  test.each<[string, Api, object]>([
    ['Metadata', Metadata, { topics: null, allowAutoTopicCreation: true }],
    ['Produce', Produce, { acks: 1, timeoutMs: 1, topicData: [] }],
    ['Fetch', Fetch, { maxWaitMs: 0, minBytes: 0, topics: [], forgottenTopicsData: [] }],
  ])('is no way around the login: %s ends the connection', async (_, api, body) => {
    const { port } = await start();
    const client = await connect({ port });
    await expect(client.request(api, api.versions[1], body as never)).rejects.toThrow('closed the connection');
  });

  test('says so, and serves what controllers serve', async () => {
    const { port } = await start();
    const client = await connect({ port });
    const { apiKeys } = await client.request(ApiVersions, 0, {});
    const keys = apiKeys.map(({ apiKey }) => apiKey);
    expect(keys).toContain(CreateTopics.key);
    for (const api of [Metadata, Produce, Fetch]) expect(keys).not.toContain(api.key);
  });
});
