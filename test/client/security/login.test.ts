// Clients that log in to a broker, and what they say when they cannot.
import { expect, it } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { AuthenticationError } from '../../../src/client/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { innermost } from '../../helpers/innermost.ts';
import { BEARER_MODULE, PLAIN_MODULE, SCRAM_MODULE, startSaslBroker } from '../../helpers/sasl.ts';

const ALICE = `${PLAIN_MODULE} required username="alice" password="alice-secret";`;

function properties(port: number, mechanism: string, jaas: string) {
  return {
    'bootstrap.servers': `127.0.0.1:${port}`,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': jaas,
  };
}

async function topicsOf(given: Record<string, string>) {
  const admin = await createAdmin(given, { failFast: true });
  try {
    return await admin.listTopics();
  } finally {
    await admin.close();
  }
}

it('logs in with each mechanism', async () => {
  const { broker, port } = await startSaslBroker();
  const plain = await createAdmin(properties(port, 'PLAIN', ALICE));
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
    await plain.alterScram({ upsertions: [{ user: 'carol', mechanism, password: 'c' }] });
    const jaas = `${SCRAM_MODULE} required username="carol" password="c";`;
    expect(await topicsOf(properties(port, mechanism, jaas))).toEqual([]);
  }
  const { tokenId, hmac } = await plain.createDelegationToken();
  const byToken = `${SCRAM_MODULE} required username="${tokenId}" password="${hmac.toString('base64')}" tokenauth="true";`;
  expect(await topicsOf(properties(port, 'SCRAM-SHA-512', byToken))).toEqual([]);
  const bearer = `${BEARER_MODULE} required unsecuredLoginStringClaim_sub="dave" unsecuredLoginExtension_x="y";`;
  expect(await topicsOf(properties(port, 'OAUTHBEARER', bearer))).toEqual([]);
  await plain.close();
  expect([...broker.services.tokens.all].map(({ owner }) => owner)).toEqual(['User:alice']);
});

it.each([
  [
    'PLAIN',
    `${PLAIN_MODULE} required username="alice" password="top-secret";`,
    'Authentication failed: Invalid username or password',
  ],
  [
    'SCRAM-SHA-256',
    `${SCRAM_MODULE} required username="nobody" password="top-secret";`,
    'Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256',
  ],
  [
    'OAUTHBEARER',
    `${BEARER_MODULE} required unsecuredLoginStringClaim_sub="dave" unsecuredLoginLifetimeSeconds="-5";`,
    '{"status":"invalid_token"}',
  ],
])(
  '%s: a refusal has the words of the broker, comes at once, and says what to do',
  async (mechanism, jaas, message) => {
    const { port, logger } = await startSaslBroker();
    const error = await topicsOf(properties(port, mechanism, jaas)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(String(error)).toBe(`org.apache.kafka.common.errors.SaslAuthenticationException: ${message}`);
    expect(error.advice).toContain('check sasl.jaas.config');
    expect(`${error.advice}${error.stack}${logger.lines.join()}`).not.toContain('top-secret');
  },
);

it('says which mechanisms there are, and when no login is wanted', async () => {
  const { broker, port } = await startSaslBroker({ 'sasl.enabled.mechanisms': 'SCRAM-SHA-256' });
  await expect(topicsOf(properties(port, 'PLAIN', ALICE))).rejects.toThrow(
    "Client SASL mechanism 'PLAIN' not enabled in the server, enabled mechanisms are [SCRAM-SHA-256]",
  );
  await expect(topicsOf(properties(broker.port, 'PLAIN', ALICE))).rejects.toThrow(
    'Unexpected handshake request with client mechanism PLAIN, enabled mechanisms are []',
  );
});

it.each([
  [{ 'sasl.mechanism': 'GSSAPI' }, /GSSAPI \(Kerberos.*\) is not available/],
  [{ 'sasl.mechanism': 'X' }, /sasl.mechanism=X is not known/],
  [{ 'sasl.jaas.config': `${PLAIN_MODULE} required username="a";` }, /has no password="…"/],
  [{ 'sasl.jaas.config': 'x.Y required;' }, /needs .*PlainLoginModule/],
  [{ 'sasl.jaas.config': 'x.Y' }, /Login module control flag not specified/],
  [{ 'sasl.client.callback.handler.class': 'my.Handler' }, /my\.Handler cannot be loaded/],
])('%o is refused before anything is connected', async (more, message) => {
  const failure = await topicsOf({ ...properties(1, 'PLAIN', ALICE), ...more } as Record<string, string>).catch(
    (e) => e,
  );
  expect(failure.message).toBe('Failed to create new KafkaAdminClient');
  expect(innermost(failure).message).toMatch(message);
});

it('renews a login before it runs out, and requests wait for that', async () => {
  const clock = new ManualClock();
  const { broker, port } = await startSaslBroker(
    { 'connections.max.reauth.ms': '60000' },
    { clock, recordRequests: true },
  );
  const admin = await createAdmin(properties(port, 'PLAIN', ALICE), { clock });
  const logins = () => broker.requests.of('SaslAuthenticate').length;
  await admin.listTopics();
  expect(logins()).toBe(1);
  clock.advance(50_999);
  await admin.listTopics();
  expect(logins()).toBe(1);
  clock.advance(6001);
  await Promise.all([admin.listTopics(), admin.listTopics(), admin.describeCluster()]);
  expect(logins()).toBe(2);
  clock.advance(59_000);
  await admin.listTopics();
  expect(logins()).toBe(3);
  await admin.close();
});
