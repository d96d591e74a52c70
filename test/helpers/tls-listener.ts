// A listener with TLS, and what becomes of those who come to it.
import { once } from 'node:events';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';
import { certificatePem, keyPem, keyStoreSettings, newCa, newServer, trustStoreSettings } from './certificates.ts';
import { TestClient } from './client.ts';
import { LogLines } from './log.ts';
import { framed, openTestNetwork } from './network.ts';

export const ca = newCa();
export const server = newServer(ca);
export const TLS_LISTENER = { listeners: 'SSL://127.0.0.1:0' };

/** A listener that answers with the principal of whoever asks; `more` are settings of the network, such as its clock. */
export async function openTlsListener(overrides: Record<string, string> = {}, more: object = {}) {
  const logger = new LogLines();
  const trusted = 'ssl.truststore.location' in overrides ? {} : trustStoreSettings(ca);
  const { network } = await openTestNetwork((_, { principal }) => [framed(principal)], {
    overrides: { ...TLS_LISTENER, ...keyStoreSettings(server), ...trusted, ...overrides },
    logger,
    ...more,
  });
  return { port: network.portOf('SSL'), logger, network };
}

/** A client that has shaken hands; throws if the listener does not let it. */
export async function connectTls(port: number, options: tls.ConnectionOptions = {}) {
  const socket = tls.connect({ port, host: '127.0.0.1', ca: certificatePem(ca), ...options });
  const client = new TestClient(socket);
  onTestFinished(() => client.close());
  await once(socket, 'secureConnect');
  return { client, socket };
}

/** What the listener of {@link openTlsListener} says to a client with this certificate; throws if it does not let it in. */
export async function principalOf(port: number, options: tls.ConnectionOptions = {}): Promise<string> {
  const { client } = await connectTls(port, options);
  client.send(framed('who am I'));
  return (await client.nextFrame()).toString();
}

/** What becomes of a client that asks something: the session that it is offered, and the error that it ends with. */
export async function visit(
  port: number,
  options: tls.ConnectionOptions,
): Promise<{ session?: Buffer; error: string }> {
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

/** The certificate that a client shows, with its key. */
export const shown = (identity: Parameters<typeof keyPem>[0]) => ({
  key: keyPem(identity),
  cert: certificatePem(identity),
});
