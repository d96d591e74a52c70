// Key and trust stores whose files change while the listener runs.
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../src/security/certificates/certificate.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import {
  certificatePem,
  fileWith,
  keyPem,
  newCa,
  newClient,
  newServer,
  temporaryFolder,
} from '../../helpers/certificates.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed, openTestNetwork } from '../../helpers/network.ts';
import {
  ca,
  connectTls,
  openTlsListener,
  principalOf,
  shown,
  TLS_LISTENER,
  visit,
} from '../../helpers/tls-listener.ts';

describe('a key store that changes', () => {
  const cnOf = async (port: number) => (await connectTls(port)).socket.getPeerCertificate().subject.CN;

  test('is read again; if it cannot be, the old one stays', async () => {
    const folder = temporaryFolder();
    const write = (cn: string, renewed = newServer(ca, { subject: [['CN', cn]] })) =>
      fileWith(folder, 'keystore.pem', keyPem(renewed) + certificatePem(renewed));
    const clock = new ManualClock();
    const logger = new LogLines();
    const { network } = await openTestNetwork(() => [framed('')], {
      overrides: { ...TLS_LISTENER, 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': write('first') },
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
    const { port } = await openTlsListener(
      {
        'ssl.client.auth': 'required',
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
