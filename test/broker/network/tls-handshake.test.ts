// Versions and ciphers of TLS, and what comes to such a listener without speaking it.
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { keyStoreSettings } from '../../helpers/certificates.ts';
import { connect } from '../../helpers/client.ts';
import { framed } from '../../helpers/network.ts';
import { connectTls, openTlsListener, principalOf, server } from '../../helpers/tls-listener.ts';

describe('versions and ciphers', () => {
  test.each([
    ['TLSv1.2', 'TLSv1.2'],
    ['TLSv1.3', 'TLSv1.3'],
    ['TLSv1.2,TLSv1.3', 'TLSv1.3'],
  ])('ssl.enabled.protocols=%s gives %s', async (enabled, negotiated) => {
    const { port } = await openTlsListener({ 'ssl.enabled.protocols': enabled });
    const { socket } = await connectTls(port);
    expect(socket.getProtocol()).toBe(negotiated);
  });

  test('ssl.cipher.suites has the names of Java', async () => {
    const { port } = await openTlsListener({
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
    const { port, logger } = await openTlsListener();
    const client = await connect({ port });
    client.send(bytes);
    await client.closed;
    expect(logger.lines.join()).toMatch(reason);
    expect(await principalOf(port)).toBe('User:ANONYMOUS');
  });

  test('a thousand connections that say nothing cost those before them, not those who come after', async () => {
    const { port } = await openTlsListener({ 'max.connections': '3000' });
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
