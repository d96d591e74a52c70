// A broker with a SASL listener beside the plain one, and raw logins to it.
import { onTestFinished } from 'vitest';
import type { BrokerOptions } from '../../src/broker/broker-options.ts';
import type { Broker } from '../../src/broker/start.ts';
import { SaslAuthenticate } from '../../src/protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../src/protocol/messages/sasl-handshake.ts';
import {
  clientKey,
  SCRAM_MECHANISMS,
  type ScramMechanismName,
  saltPassword,
  serverKey,
  storedKey,
} from '../../src/util/sasl/scram.ts';
import { ScramClient } from '../../src/util/sasl/scram-client.ts';
import { startTestBroker } from './broker.ts';
import { connect, type TestClient } from './client.ts';
import { LogLines } from './log.ts';
import { expectNoSecrets } from './secrets.ts';

const SECURITY = 'org.apache.kafka.common.security';
export const PLAIN_MODULE = `${SECURITY}.plain.PlainLoginModule`;
export const SCRAM_MODULE = `${SECURITY}.scram.ScramLoginModule`;
export const BEARER_MODULE = `${SECURITY}.oauthbearer.OAuthBearerLoginModule`;

const OWN = 'listener.name.sasl_plaintext';
export const SASL_CONFIG = {
  listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0',
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
  'connection.failed.authentication.delay.ms': '0',
  [`${OWN}.plain.sasl.jaas.config`]: `${PLAIN_MODULE} required user_alice="alice-secret" user_bob="bob-secret";`,
  [`${OWN}.scram-sha-256.sasl.jaas.config`]: `${SCRAM_MODULE} required;`,
  [`${OWN}.scram-sha-512.sasl.jaas.config`]: `${SCRAM_MODULE} required;`,
  [`${OWN}.oauthbearer.sasl.jaas.config`]: `${BEARER_MODULE} required;`,
  'delegation.token.secret.key': 'a-secret-key',
};

/** `port` is that of the SASL listener, the broker's own that of the plain one. */
export async function startSaslBroker(overrides: Record<string, string> = {}, options: BrokerOptions = {}) {
  const logger = new LogLines();
  onTestFinished(() => expectNoSecrets(logger.lines.join('\n'), 'The log'));
  const broker = await startTestBroker({
    logger,
    logLevel: 'DEBUG',
    ...options,
    overrides: { ...SASL_CONFIG, ...overrides },
  });
  const where = { listenerName: 'SASL_PLAINTEXT', localAddress: '127.0.0.1', localPort: 0 };
  return { broker, logger, port: broker.services.endpointFor(where).port };
}

export async function handshake(client: TestClient, mechanism: string, version = 1) {
  return client.request(SaslHandshake, version, { mechanism });
}

export async function authenticate(client: TestClient, message: string | Buffer, version = 2) {
  return client.request(SaslAuthenticate, version, { authBytes: Buffer.from(message) });
}

/** A connection that has said who it is with PLAIN, whatever the broker thought of it. */
export async function plainLogin(port: number, user: string, password: string) {
  const client = await connect({ port });
  await handshake(client, 'PLAIN');
  return { client, answer: await authenticate(client, `\0${user}\0${password}`) };
}

/** A login with SCRAM; gives all that the broker answered, the last answer being that which decides. */
export async function scramLogin(
  client: TestClient,
  name: ScramMechanismName,
  user: string,
  password: string,
  extensions: Record<string, string> = {},
) {
  const scram = new ScramClient({ mechanism: SCRAM_MECHANISMS[name], user, password, extensions });
  await handshake(client, name);
  const first = await authenticate(client, (await scram.respond(Buffer.alloc(0)))!);
  if (first.errorCode !== 0) return [first];
  return [first, await authenticate(client, (await scram.respond(first.authBytes))!)];
}

/** A user with credentials of both SCRAM mechanisms. */
export async function addScramUser(broker: Broker, user: string, password: string, iterations = 4096) {
  for (const mechanism of Object.values(SCRAM_MECHANISMS)) {
    const salt = Buffer.from(`salt of ${user}`);
    const salted = await saltPassword(mechanism, password, salt, iterations);
    const stored = storedKey(mechanism, clientKey(mechanism, salted));
    const credential = { salt, iterations, storedKey: stored, serverKey: serverKey(mechanism, salted) };
    broker.services.metadata.changeScramCredentials([{ user, mechanism: mechanism.type, credential }]);
  }
}
