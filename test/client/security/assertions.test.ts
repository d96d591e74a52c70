// A client that shows an identity provider assertions: for a token (JWT bearer), or in place of its secret.
import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { fileWith, temporaryFolder } from '../../helpers/certificates.ts';
import { identityProvider, jwt, signingKey } from '../../helpers/identity-provider.ts';
import { innermost } from '../../helpers/innermost.ts';
import { BEARER_MODULE, startSaslBroker } from '../../helpers/sasl.ts';

const KEY = signingKey('RS256');
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const PASSPHRASE = 'the-passphrase';
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const PACKAGE = 'org.apache.kafka.common.security.oauthbearer';
const O = 'sasl.oauthbearer';
const seconds = () => Math.floor(Date.now() / 1000);

async function world(more: (folder: string) => Record<string, string>) {
  const token = jwt(KEY, { sub: 'dave', iat: seconds(), exp: seconds() + 600 });
  const provider = await identityProvider([KEY], () => ({
    status: 200,
    body: JSON.stringify({ access_token: token }),
  }));
  const { port } = await startSaslBroker({ [`${O}.jwks.endpoint.url`]: `${provider.url}/keys` });
  const properties = {
    'bootstrap.servers': `127.0.0.1:${port}`,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'OAUTHBEARER',
    'sasl.jaas.config': `${BEARER_MODULE} required;`,
    'sasl.login.callback.handler.class': `${PACKAGE}.OAuthBearerLoginCallbackHandler`,
    [`${O}.token.endpoint.url`]: `${provider.url}/token`,
    ...more(temporaryFolder()),
  };
  const asked = () => provider.asked.filter(({ path }) => path === '/token');
  return { properties, asked };
}

/** What the provider was asked with, once the client has logged in with what it was given. */
async function request(more: (folder: string) => Record<string, string>) {
  const { properties, asked } = await world(more);
  const admin = await createAdmin(properties, { failFast: true });
  try {
    expect(await admin.listTopics()).toEqual([]);
  } finally {
    await admin.close();
  }
  expect(asked()).toHaveLength(1);
  return { ...asked()[0]!, form: new URLSearchParams(asked()[0]!.body) };
}

function opened(assertion: string) {
  const [header, claims] = assertion.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header!), claims: JSON.parse(claims!) };
}

function isSignedBy(key: KeyObject, assertion: string): boolean {
  const at = assertion.lastIndexOf('.');
  const options = { key: createPublicKey(pemOf(key)), dsaEncoding: 'ieee-p1363' as const };
  return verify(
    'sha256',
    Buffer.from(assertion.slice(0, at)),
    options,
    Buffer.from(assertion.slice(at + 1), 'base64url'),
  );
}

const BEARER = { [`${O}.jwt.retriever.class`]: `${PACKAGE}.JwtBearerJwtRetriever` };

it('signs an assertion of claims and times and asks for a token with it', async () => {
  const before = seconds();
  const { form, body, authorization } = await request((folder) => ({
    ...BEARER,
    [`${O}.assertion.private.key.file`]: fileWith(folder, 'key.pem', pemOf(RSA)),
    [`${O}.assertion.claim.aud`]: 'the provider',
    [`${O}.assertion.claim.iss`]: 'me',
    [`${O}.assertion.claim.sub`]: 'dave',
    [`${O}.scope`]: 'a b',
  }));
  expect(authorization).toBeUndefined();
  expect(body).toMatch(
    /^grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=[\w.-]+&scope=a\+b$/,
  );
  const assertion = form.get('assertion')!;
  const { header, claims } = opened(assertion);
  expect(header).toEqual({ alg: 'RS256', typ: 'JWT' });
  const { iat } = claims;
  expect(iat).toBeGreaterThanOrEqual(before);
  expect(claims).toEqual({ aud: 'the provider', iss: 'me', sub: 'dave', iat, exp: iat + 300, nbf: iat - 60 });
  expect(isSignedBy(RSA, assertion)).toBe(true);
});

it('with a template, whose claims win over settings and lose against times, and a key under a passphrase', async () => {
  const encrypted = EC.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE });
  const template = { header: { kid: 'k1', alg: 'none' }, payload: { iss: 'template', extra: [1], exp: 5 } };
  const { form } = await request((folder) => ({
    ...BEARER,
    [`${O}.assertion.algorithm`]: 'es256',
    [`${O}.assertion.private.key.file`]: fileWith(folder, 'key.pem', encrypted.toString()),
    [`${O}.assertion.private.key.passphrase`]: PASSPHRASE,
    [`${O}.assertion.template.file`]: fileWith(folder, 'template.json', JSON.stringify(template)),
    [`${O}.assertion.claim.iss`]: 'me',
    [`${O}.assertion.claim.exp.seconds`]: '30',
    [`${O}.assertion.claim.nbf.seconds`]: '0',
    [`${O}.assertion.claim.jti.include`]: 'true',
  }));
  const assertion = form.get('assertion')!;
  const { header, claims } = opened(assertion);
  expect(header).toEqual({ kid: 'k1', alg: 'ES256', typ: 'JWT' });
  const { iat } = claims;
  expect(claims).toMatchObject({ iss: 'template', extra: [1], exp: iat + 30, nbf: iat });
  expect(claims.jti).toMatch(/^[0-9a-f-]{36}$/);
  expect(isSignedBy(EC, assertion)).toBe(true);
});

it('takes an assertion that is ready, also where it could sign one', async () => {
  const ready = jwt(KEY, { iss: 'me' });
  const { form } = await request((folder) => ({
    ...BEARER,
    [`${O}.assertion.file`]: fileWith(folder, 'assertion', `${ready}\n`),
    [`${O}.assertion.claim.iss`]: 'another',
  }));
  expect(form.get('assertion')).toBe(ready);
});

it('shows an assertion in place of its secret', async () => {
  const { form, body, authorization } = await request((folder) => ({
    [`${O}.assertion.private.key.file`]: fileWith(folder, 'key.pem', pemOf(RSA)),
    [`${O}.assertion.claim.iss`]: 'me',
    [`${O}.client.credentials.client.id`]: 'me',
    [`${O}.client.credentials.client.secret`]: 'unused',
  }));
  expect(authorization).toBeUndefined();
  expect(body).toMatch(
    /^client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=[\w.-]+&grant_type=client_credentials&client_id=me$/,
  );
  expect(isSignedBy(RSA, form.get('client_assertion')!)).toBe(true);
});

it('encodes id and secret where sasl.oauthbearer.header.urlencode says so', async () => {
  const { authorization } = await request(() => ({
    [`${O}.jwt.retriever.class`]: `${PACKAGE}.ClientCredentialsJwtRetriever`,
    [`${O}.client.credentials.client.id`]: 'a b~',
    [`${O}.client.credentials.client.secret`]: 'c/d*',
    [`${O}.header.urlencode`]: 'true',
  }));
  expect(Buffer.from(authorization!.slice('Basic '.length), 'base64').toString()).toBe('a+b%7E:c%2Fd*');
});

it.each<[string, (folder: string) => Record<string, string>, string]>([
  ['no key', () => BEARER, 'option sasl.oauthbearer.assertion.private.key.file value is required'],
  [
    'a key that is not there',
    () => ({ ...BEARER, [`${O}.assertion.private.key.file`]: '/no/such' }),
    "contains a file (/no/such) that doesn't exist",
  ],
  ['a directory', (folder) => ({ ...BEARER, [`${O}.assertion.private.key.file`]: folder }), 'references a directory'],
  [
    'a key that is none',
    (folder) => ({ ...BEARER, [`${O}.assertion.private.key.file`]: fileWith(folder, 'k', 'nonsense') }),
    'it has to be a private key in PEM',
  ],
  [
    'a wrong passphrase',
    (folder) => ({
      ...BEARER,
      [`${O}.assertion.private.key.file`]: fileWith(
        folder,
        'k',
        RSA.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: PASSPHRASE }).toString(),
      ),
      [`${O}.assertion.private.key.passphrase`]: 'a-wrong-one',
    }),
    'check sasl.oauthbearer.assertion.private.key.passphrase',
  ],
  [
    'a key of another kind',
    (folder) => ({ ...BEARER, [`${O}.assertion.private.key.file`]: fileWith(folder, 'k', pemOf(EC)) }),
    'sasl.oauthbearer.assertion.algorithm=RS256 needs a key of type RSA, and this one is EC',
  ],
  [
    'an algorithm that is none',
    () => ({ ...BEARER, [`${O}.assertion.algorithm`]: 'none' }),
    'String must be one of (case insensitive): ES256, RS256',
  ],
  [
    'a life too long',
    () => ({ ...BEARER, [`${O}.assertion.claim.exp.seconds`]: '86401' }),
    'Invalid value 86401 for configuration sasl.oauthbearer.assertion.claim.exp.seconds: Value must be no more than 86400',
  ],
  [
    'a template that is no JSON',
    (folder) => ({
      ...BEARER,
      [`${O}.assertion.private.key.file`]: fileWith(folder, 'k', pemOf(RSA)),
      [`${O}.assertion.template.file`]: fileWith(folder, 't', '{'),
    }),
    'is no JSON',
  ],
  [
    'an assertion that is none',
    (folder) => ({ ...BEARER, [`${O}.assertion.file`]: fileWith(folder, 'a', 'x.y') }),
    'holds no assertion',
  ],
  [
    'a file where an address is needed',
    (folder) => ({
      ...BEARER,
      [`${O}.assertion.private.key.file`]: fileWith(folder, 'k', pemOf(RSA)),
      [`${O}.token.endpoint.url`]: 'file:///x',
    }),
    'set it to a http:, https: one',
  ],
  [
    'an address where a file is needed',
    () => ({ [`${O}.jwt.retriever.class`]: `${PACKAGE}.FileJwtRetriever` }),
    'set it to a file: one',
  ],
])('%s is refused', async (_, more, message) => {
  const { properties, asked } = await world(more);
  const failure = await createAdmin(properties, { failFast: true }).catch((error) => error);
  expect(innermost(failure).message).toContain(message);
  expect(`${innermost(failure).stack}`).not.toMatch(/the-passphrase|a-wrong-one|PRIVATE KEY/);
  expect(asked()).toEqual([]);
});
