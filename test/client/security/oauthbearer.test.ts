// Tokens that a client gets from an identity provider.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { identityProvider, jwt, signingKey } from '../../helpers/identity-provider.ts';
import { innermost } from '../../helpers/innermost.ts';
import { BEARER_MODULE, startSaslBroker } from '../../helpers/sasl.ts';

const KEY = signingKey('RS256');
const SECRET = 'the-client-secret';
const JAAS = `${BEARER_MODULE} required clientId="me" clientSecret="${SECRET}" scope="a b" extension_x="y";`;
const seconds = () => Math.floor(Date.now() / 1000);
const token = (more: object = {}) => jwt(KEY, { sub: 'dave', iat: seconds(), exp: seconds() + 600, ...more });

async function world(answers: { status: number; body: string }[], overrides: Record<string, string> = {}) {
  const provider = await identityProvider([KEY], () => (answers.length > 1 ? answers.shift()! : answers[0]!));
  const started = await startSaslBroker({ 'sasl.oauthbearer.jwks.endpoint.url': `${provider.url}/keys`, ...overrides });
  const properties: Record<string, string> = {
    'bootstrap.servers': `127.0.0.1:${started.port}`,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'OAUTHBEARER',
    'sasl.jaas.config': JAAS,
    'sasl.oauthbearer.token.endpoint.url': `${provider.url}/token`,
    'sasl.login.callback.handler.class': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
    'sasl.login.retry.backoff.ms': '1',
  };
  return { ...started, provider, properties };
}

const given = (text: string) => ({ status: 200, body: JSON.stringify({ access_token: text }) });

async function topicsOf(properties: Record<string, string>) {
  const admin = await createAdmin(properties, { failFast: true });
  try {
    return await admin.listTopics();
  } finally {
    await admin.close();
  }
}

it('asks with its id and secret, and logs in with what it gets', async () => {
  const { provider, properties } = await world([given(token())]);
  expect(await topicsOf(properties)).toEqual([]);
  const [asked] = provider.asked.filter(({ path }) => path === '/token');
  expect(asked?.authorization).toBe(`Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`);
  expect(asked?.body).toBe('grant_type=client_credentials&scope=a+b');
});

it('takes id, secret and scope from the settings before the JAAS configuration', async () => {
  const { provider, properties } = await world([given(token())]);
  const own = {
    'sasl.oauthbearer.client.credentials.client.id': 'you',
    'sasl.oauthbearer.client.credentials.client.secret': 's',
    'sasl.oauthbearer.scope': 'c',
  };
  await topicsOf({ ...properties, ...own });
  const [asked] = provider.asked.filter(({ path }) => path === '/token');
  expect([asked?.authorization, asked?.body]).toEqual(['Basic eW91OnM=', 'grant_type=client_credentials&scope=c']);
});

it('asks again where the provider is only busy', async () => {
  const { properties } = await world([{ status: 503, body: '' }, given(token())]);
  expect(await topicsOf(properties)).toEqual([]);
});

it('takes a token from a file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-token-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'token'), `${token()}\n`);
  const { provider, properties } = await world([{ status: 500, body: '' }]);
  const url = pathToFileURL(join(dir, 'token')).href;
  expect(await topicsOf({ ...properties, 'sasl.oauthbearer.token.endpoint.url': url })).toEqual([]);
  expect(provider.asked.map(({ path }) => path)).toEqual(['/keys']);
});

it.each([
  [
    { status: 401, body: '{"error":"invalid_client","error_description":"no such client"}' },
    'invalid_client - no such client',
  ],
  [{ status: 200, body: '{}' }, 'did not contain a valid JWT'],
  [{ status: 200, body: '<html>' }, 'did not contain a valid JWT'],
  [given('abc'), '3 dot-separated'],
  [given(token({ exp: undefined })), 'no claim exp'],
])('cannot be made without a token, and says why: %o', async (answer, reason) => {
  const { properties, provider } = await world([answer]);
  const failure = await topicsOf(properties).catch((error) => error);
  expect(failure.message).toBe('Failed to create new KafkaAdminClient');
  expect(innermost(failure).message).toContain(reason);
  expect(`${innermost(failure).stack}`).not.toContain(SECRET);
  expect(provider.asked).toHaveLength(1);
});

it('gets a new token when the old one has run for most of its life', async () => {
  const early = { iat: seconds() - 540, exp: seconds() + 60 };
  const { provider, properties } = await world([given(token(early)), given(token())]);
  expect(await topicsOf(properties)).toEqual([]);
  expect(provider.asked.filter(({ path }) => path === '/token')).toHaveLength(2);
});

it.each([
  [{ 'sasl.login.callback.handler.class': 'my.Handler' }, 'my.Handler cannot be loaded: there are'],
  [{ 'sasl.oauthbearer.jwt.retriever.class': 'my.Retriever' }, 'my.Retriever cannot be loaded: there are'],
  [{ 'sasl.oauthbearer.token.endpoint.url': 'ftp://x' }, 'is no URL'],
  [
    { 'sasl.jaas.config': `${BEARER_MODULE} required clientId="x";` },
    'neither sasl.oauthbearer.client.credentials.client.secret nor clientSecret',
  ],
])('%o is refused', async (more, message) => {
  const { properties } = await world([given(token())]);
  const failure = await topicsOf({ ...properties, ...more } as Record<string, string>).catch((error) => error);
  expect(innermost(failure).message).toContain(message);
});
