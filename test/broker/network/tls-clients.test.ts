// Who is let in by a listener with TLS, under which name, and what who is not is told.
import type tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { expired, keyStoreSettings, newCa, newClient, trustStoreSettings } from '../../helpers/certificates.ts';
import { framed, openTestNetwork } from '../../helpers/network.ts';
import { ca, connectTls, openTlsListener, principalOf, server, shown, visit } from '../../helpers/tls-listener.ts';

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
    const { port } = await openTlsListener();
    expect(await principalOf(port, shown(alice))).toBe('User:ANONYMOUS');
  });

  test('required: the principal is the name in the certificate, as Java writes it', async () => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required' });
    expect(await principalOf(port, shown(alice))).toBe('User:CN=alice,OU=dev,O=Acme\\, Inc.,C=AT');
  });

  test.each([['none'], ['of a stranger']])(
    'required: who shows %s is not let in, and the log says why',
    async (what) => {
      const { port, logger } = await openTlsListener({ 'ssl.client.auth': 'required' });
      await expect(principalOf(port, what === 'none' ? {} : shown(stranger))).rejects.toThrow();
      expect(logger.lines.join('\n')).toMatch(
        what === 'none'
          ? /Failed authentication with \/127\.0\.0\.1 \(SSL handshake failed\): the client shows no certificate/
          : /Failed authentication with \/127\.0\.0\.1 \(SSL handshake failed\): the client's certificate is not accepted/,
      );
    },
  );

  test('requested: without a certificate anonymous, with a bad one not let in', async () => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'requested' });
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
    expect(await principalOf(port, shown(alice))).toMatch(/^User:CN=alice/);
    await expect(principalOf(port, shown(stranger))).rejects.toThrow();
  });

  test('rules map the name; a client that none applies to is not let in', async () => {
    const { port, logger } = await openTlsListener({
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

describe('a client that comes again with the session of before', () => {
  const alice = newClient(ca);
  const old = newClient(ca, expired());

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is who it was (%s)', async (version) => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required' });
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
    const { port } = await openTlsListener({ 'ssl.client.auth': clientAuth });
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
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required' });
    for (const ciphers of SUITES) expect((await visit(port, { ...options(), ciphers })).error).toMatch(alert);
  });

  test('where only TLS 1.2 is spoken, within the handshake', async () => {
    const { port } = await openTlsListener({ 'ssl.client.auth': 'required', 'ssl.enabled.protocols': 'TLSv1.2' });
    expect((await visit(port, {})).error).toContain('alert handshake failure');
  });
});
