// SASL with other people's clients on ktool's broker, with and without TLS, right and wrong passwords, and ktool's client on
// Apache Kafka. What is missing on this machine is skipped, by name.
import { describe, expect, it, test } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import { createAdmin } from '../../src/client/admin.ts';
import {
  certificatePem,
  fileWith,
  keyStoreSettings,
  newCa,
  newServer,
  temporaryFolder,
} from '../helpers/certificates.ts';
import { freePort } from '../helpers/free-port.ts';
import { identityProvider, jwt, signingKey } from '../helpers/identity-provider.ts';
import { BEARER_MODULE, SASL_CONFIG, SCRAM_MODULE, startSaslBroker } from '../helpers/sasl.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import {
  type Attempt,
  CLIENTS,
  javaTool,
  javaTopics,
  ktool,
  MECHANISMS,
  missing,
  settingsOf,
} from './login-clients.ts';

async function startBoth() {
  const ca = newCa();
  const started = await startSaslBroker(
    {
      ...Object.fromEntries(Object.entries(SASL_CONFIG).map(([k, v]) => [k.replace('sasl_plaintext', 'sasl_ssl'), v])),
      ...keyStoreSettings(newServer(ca)),
      listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0',
    },
    { recordRequests: true },
  );
  const { broker } = started;
  const where = { listenerName: 'SASL_SSL', localAddress: '127.0.0.1', localPort: 0 };
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)
    await admin.alterScram({ upsertions: [{ user: 'alice', mechanism, password: 'alice-secret' }] });
  await admin.close();
  const file = fileWith(temporaryFolder(), 'ca.pem', certificatePem(ca));
  return { ...started, file, tlsPort: broker.services.endpointFor(where).port };
}

const servedUsers = (broker: Broker) =>
  new Set(
    broker.requests
      .of('Metadata')
      .map(({ principal }) => principal)
      .filter((one) => one !== 'User:ANONYMOUS'),
  );

describe.each(Object.entries(CLIENTS))('%s', (name, client) => {
  it.skipIf(missing[name])('logs in with each mechanism, with and without TLS, and with nothing wrong', async () => {
    const { broker, port, tlsPort, file, logger } = await startBoth();
    const said: string[] = [];
    for (const mechanism of MECHANISMS) {
      for (const [at, ca] of [
        [port, undefined],
        [tlsPort, file],
      ] as const) {
        const attempt = { address: `127.0.0.1:${at}`, mechanism, user: 'alice', ca };
        const right = await client({ ...attempt, password: 'alice-secret' });
        expect([mechanism, ca !== undefined, right.isIn], right.said).toEqual([mechanism, ca !== undefined, true]);
        expect(servedUsers(broker)).toEqual(new Set(['User:alice']));
        said.push(right.said);
      }
      // kcat makes its own unsecured tokens, which hold.
      if (name === 'kcat' && mechanism === 'OAUTHBEARER') continue;
      const wrong = {
        address: `127.0.0.1:${port}`,
        mechanism,
        user: 'mallory',
        password: 'wrong-secret',
        ca: undefined,
      };
      const refused = await client(wrong);
      expect([mechanism, refused.isIn], refused.said).toEqual([mechanism, false]);
      said.push(refused.said);
    }
    expect(servedUsers(broker)).toEqual(new Set(['User:alice']));
    const log = logger.lines.join('\n');
    for (const secret of ['alice-secret', 'wrong-secret', 'bob-secret', 'a-secret-key']) {
      expect(log).not.toContain(secret);
      expect(said.join('\n')).not.toContain(secret);
    }
  });
});

describe.skipIf(missing.Java)("Java's clients", () => {
  it('log in with a delegation token that they made', async () => {
    const { broker, port } = await startBoth();
    const address = `127.0.0.1:${port}`;
    const plain = { address, mechanism: 'PLAIN', user: 'alice', password: 'alice-secret', ca: undefined } as const;
    const argv = ['--bootstrap-server', address, '--create', '--max-life-time-period', '-1', '--command-config'];
    const made = await javaTool('DelegationTokenCommand', settingsOf(plain), argv);
    const [, id, hmac] = /\n(\S{22}) (\S{86}==) /.exec(made.said) ?? [];
    expect(hmac, made.said).toBeDefined();
    const module = `${SCRAM_MODULE} required tokenauth="true" username="${id}"`;
    const byToken = (password: string) => ({
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': `${module} password="${password}";`,
    });
    expect((await javaTopics(address, byToken(hmac!))).isIn).toBe(true);
    expect((await javaTopics(address, byToken('wrong'))).isIn).toBe(false);
    expect([...broker.services.tokens.all].map(({ owner }) => owner)).toEqual(['User:alice']);
  });

  it('renew their logins in the middle of their work', async () => {
    const { broker, port } = await startSaslBroker({ 'connections.max.reauth.ms': '2500' }, { recordRequests: true });
    const address = `127.0.0.1:${port}`;
    const plain = { address, mechanism: 'PLAIN', user: 'alice', password: 'alice-secret', ca: undefined } as const;
    const argv = [
      '--topic',
      't',
      '--num-records',
      '100',
      '--record-size',
      '10',
      '--throughput',
      '10',
      '--producer.config',
    ];
    const sent = await javaTool('ProducerPerformance', { ...settingsOf(plain), 'bootstrap.servers': address }, argv);
    expect(sent.isIn, sent.said).toBe(true);
    expect(sent.said).toContain('100 records sent');
    expect(broker.requests.of('SaslAuthenticate').length).toBeGreaterThan(3);
  });

  it('log in with signed tokens from a provider', async () => {
    const key = signingKey('RS256');
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: 'dave', iss: 'https://i', aud: 'kafka', iat: now, exp: now + 600 };
    const provider = await identityProvider([key], () => ({
      status: 200,
      body: JSON.stringify({ access_token: jwt(key, claims) }),
    }));
    const { broker, port } = await startSaslBroker(
      {
        'listener.name.sasl_plaintext.oauthbearer.sasl.server.callback.handler.class':
          'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler',
        'sasl.oauthbearer.jwks.endpoint.url': `${provider.url}/keys`,
        'sasl.oauthbearer.expected.issuer': 'https://i',
        'sasl.oauthbearer.expected.audience': 'kafka',
      },
      { recordRequests: true },
    );
    const settings = {
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.jaas.config': `${BEARER_MODULE} required clientId="me" clientSecret="hush";`,
      'sasl.login.callback.handler.class':
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
      'sasl.oauthbearer.token.endpoint.url': `${provider.url}/token`,
    };
    const allowed = `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${provider.url}/token`;
    const result = await javaTopics(`127.0.0.1:${port}`, settings, allowed);
    expect(result.isIn, result.said).toBe(true);
    expect(servedUsers(broker)).toEqual(new Set(['User:dave']));
  });
});

test.skipIf(missing.Java)(
  "ktool's client on Apache Kafka: each mechanism, right and wrong, and a delegation token",
  async () => {
    const [plain, port, controller] = [await freePort(), await freePort(), await freePort()];
    const { listeners: _, ...sasl } = SASL_CONFIG;
    const kafka = await startKafkaBroker({
      ...sasl,
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      listeners: `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name': 'PLAINTEXT',
    });
    try {
      const admin = await createAdmin({ 'bootstrap.servers': `127.0.0.1:${plain}` });
      for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)
        await admin.alterScram({ upsertions: [{ user: 'alice', mechanism, password: 'alice-secret' }] });
      await admin.close();
      for (const mechanism of MECHANISMS) {
        const attempt = { address: `127.0.0.1:${port}`, mechanism, user: 'alice', ca: undefined };
        expect([mechanism, (await ktool({ ...attempt, password: 'alice-secret' })).isIn]).toEqual([mechanism, true]);
        expect([mechanism, (await ktool({ ...attempt, password: 'wrong-secret' })).isIn]).toEqual([mechanism, false]);
      }
      const at = {
        address: `127.0.0.1:${port}`,
        mechanism: 'PLAIN',
        user: 'alice',
        password: 'alice-secret',
        ca: undefined,
      };
      const alice = await createAdmin({ 'bootstrap.servers': at.address, ...settingsOf(at as Attempt) });
      const { tokenId, hmac } = await alice.createDelegationToken();
      // Made by the controller, it comes to the broker a little later.
      while ((await alice.describeDelegationTokens()).length === 0);
      await alice.close();
      const byToken = `${SCRAM_MODULE} required username="${tokenId}" password="${hmac.toString('base64')}" tokenauth="true";`;
      const settings = { ...settingsOf(at as Attempt), 'sasl.mechanism': 'SCRAM-SHA-256', 'sasl.jaas.config': byToken };
      const token = await createAdmin({ 'bootstrap.servers': at.address, ...settings });
      expect(await token.listTopics()).toEqual([]);
      await token.close();
    } finally {
      await kafka.stop();
    }
  },
);
