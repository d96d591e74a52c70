// Signed tokens: from whom, for whom, how long, with which key.
import { createHmac, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { connect } from '../../helpers/client.ts';
import { jwt, type SigningKey, signingKey } from '../../helpers/identity-provider.ts';
import { authenticate, handshake } from '../../helpers/sasl.ts';
import { KEY, part, startBearerBroker } from './bearer-world.ts';

const ALGORITHMS = ['RS256', 'RS512', 'PS256', 'PS384', 'ES384', 'ES512', 'EdDSA'];
/** A token of a text that JSON.stringify would not write. */
function signedText({ privateKey, algorithm, id }: SigningKey, claims: string, header?: string): string {
  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encoded(header ?? JSON.stringify({ alg: algorithm, kid: id }))}.${encoded(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

it('lets in whom the token names, for as long as the token holds', async () => {
  const { claims, login } = await startBearerBroker();
  expect((await login(jwt(KEY, claims))).last).toMatchObject({ errorCode: 0, sessionLifetimeMs: 60_000 });
});

it.each(ALGORITHMS)('%s', async (algorithm) => {
  const key = signingKey(algorithm);
  const { claims, login } = await startBearerBroker([KEY, key]);
  expect((await login(jwt(key, claims))).last.errorCode).toBe(0);
});

describe('a token is refused, and the log says why while the client is told nothing more', () => {
  type World = Awaited<ReturnType<typeof startBearerBroker>>;
  const unsigned = ({ claims }: World) => `${part({ alg: 'none' })}.${part(claims)}.`;
  const withHmac = ({ claims }: World) => {
    const signed = `${part({ alg: 'HS256', kid: KEY.id })}.${part(claims)}`;
    const secret = JSON.stringify(KEY.jwk);
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const changed = (more: (world: World) => object) => (world: World) => jwt(KEY, { ...world.claims, ...more(world) });
  const tampered = ({ claims }: World) => {
    const [header, , signature] = jwt(KEY, claims).split('.');
    return `${header}.${part({ ...claims, sub: 'admin' })}.${signature}`;
  };
  it.each<[string, (world: World) => string, string]>([
    ['alg: none', unsigned, 'algorithm of the signature'],
    [
      'alg: none in capitals',
      ({ claims }) => `${part({ alg: 'NONE' })}.${part(claims)}.`,
      'algorithm of the signature',
    ],
    ['an HMAC with the public key', withHmac, 'algorithm of the signature'],
    ['another key of the same id', ({ claims }) => jwt(signingKey('ES256'), claims), 'signature is invalid'],
    ['a key that is not published', ({ claims }) => jwt(signingKey('ES256', 'mine'), claims), 'no key for its key id'],
    ['an algorithm that is not the key’s', ({ claims }) => jwt(KEY, claims, { alg: 'RS256' }), 'no key for its key id'],
    ['other claims than were signed', tampered, 'signature is invalid'],
    ['critical extensions', ({ claims }) => jwt(KEY, claims, { crit: ['x'] }), 'critical extensions'],
    ['another issuer', changed(() => ({ iss: 'https://evil' })), 'another issuer'],
    ['no issuer', changed(() => ({ iss: undefined })), 'another issuer'],
    ['another audience', changed(() => ({ aud: ['x', 'y'] })), 'another audience'],
    ['no audience', changed(() => ({ aud: undefined })), 'another audience'],
    ['nobody', changed(() => ({ sub: ' ' })), 'names nobody'],
    ['a number for a name', changed(() => ({ sub: 5 })), 'names nobody'],
    ['no end', changed(() => ({ exp: undefined })), 'claim exp'],
    ['no beginning', changed(() => ({ iat: undefined })), 'claim iat'],
    ['an end that is over', changed(({ seconds }) => ({ exp: seconds - 30 })), 'has expired'],
    ['a time that has not come', changed(({ seconds }) => ({ nbf: seconds + 31 })), 'not valid yet'],
    [
      'a claim that is there twice',
      ({ claims }) => signedText(KEY, `${JSON.stringify(claims).slice(0, -1)},"sub":"admin"}`),
      'malformed JSON',
    ],
    [
      'a header that is there twice',
      ({ claims }) => signedText(KEY, JSON.stringify(claims), `{"alg":"none","kid":"${KEY.id}","alg":"ES256"}`),
      'malformed JSON',
    ],
    [
      'a key of its own in the header',
      ({ claims }) => jwt(signingKey('ES256', 'mine'), claims, { jwk: signingKey('ES256', 'mine').jwk }),
      'no key for its key id',
    ],
    [
      'an address of keys in the header',
      ({ claims }) =>
        jwt(signingKey('ES256', 'mine'), claims, { jku: 'http://127.0.0.1:1/', x5u: 'http://127.0.0.1:1/' }),
      'no key for its key id',
    ],
    ['an audience that begins like the right one', changed(() => ({ aud: 'kafka2' })), 'another audience'],
    ['an end that is text', changed(({ seconds }) => ({ exp: String(seconds + 60) })), 'claim exp'],
    [
      'an end that is no number',
      ({ claims }) => signedText(KEY, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999')),
      'claim exp',
    ],
    ['two parts', () => 'a.b', '3 dot-separated'],
    ['no JSON', () => 'eA.eA.eA', 'malformed JSON'],
  ])('%s', async (_, token, reason) => {
    const world = await startBearerBroker();
    const text = token(world);
    const { first, last } = await world.login(text);
    expect(first.authBytes.toString()).toBe('{"status":"invalid_token"}');
    expect([last.errorCode, last.errorMessage]).toEqual([
      ErrorCode.SASL_AUTHENTICATION_FAILED,
      '{"status":"invalid_token"}',
    ]);
    const log = world.logger.lines.join('\n');
    expect(log).toContain(reason);
    expect(log).not.toContain(text);
  });

  it.each([['an oversized token', `n,,\x01auth=Bearer ${'a'.repeat(600_000)}\x01\x01`]])(
    '%s ends the connection before it is read',
    async (_, message) => {
      const { port } = await startBearerBroker();
      const client = await connect({ port });
      await handshake(client, 'OAUTHBEARER');
      await expect(authenticate(client, message)).rejects.toThrow('closed the connection');
    },
  );

  it.each([
    ['no token', 'n,,\x01\x01'],
    ['another scheme', 'n,,\x01auth=Basic abc\x01\x01'],
    ['channel binding', 'p=tls-unique,,\x01auth=Bearer abc\x01\x01'],
    ['an acknowledgement without refusal', '\x01'],
  ])('%s is invalid', async (_, message) => {
    const { port } = await startBearerBroker();
    const client = await connect({ port });
    await handshake(client, 'OAUTHBEARER');
    expect((await authenticate(client, message)).errorMessage).toBe(
      'Authentication failed during authentication due to invalid credentials with SASL mechanism OAUTHBEARER',
    );
  });
});

it.each([1e10, 1e16, 1e300])('an end in far future (%d s) is one', async (exp) => {
  const { claims, login } = await startBearerBroker();
  const { last } = await login(jwt(KEY, { ...claims, exp }));
  expect(last.errorCode).toBe(0);
  expect(last.sessionLifetimeMs).toBeGreaterThan(8e12);
});

it('an HMAC with the public key in PEM as its secret does not count', async () => {
  const key = signingKey('RS256');
  const { claims, login } = await startBearerBroker([key]);
  const pem = createPublicKey(key.privateKey.export({ type: 'pkcs8', format: 'pem' })).export({
    type: 'spki',
    format: 'pem',
  });
  const signed = `${part({ alg: 'HS256', kid: key.id })}.${part(claims)}`;
  const token = `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
  expect((await login(token)).last.errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
});

it('clocks may differ by sasl.oauthbearer.clock.skew.seconds, 30 by default', async () => {
  const { clock, claims, login } = await startBearerBroker();
  const token = jwt(KEY, claims);
  clock.advance(89_999);
  expect((await login(token)).last.errorCode).toBe(0);
  clock.advance(1);
  expect((await login(token)).last.errorCode).not.toBe(0);
});

it('who it is may be in another claim; one of several audiences is enough', async () => {
  const { claims, login, broker } = await startBearerBroker([KEY], { 'sasl.oauthbearer.sub.claim.name': 'email' });
  const token = jwt(KEY, { ...claims, sub: undefined, email: 'd@x', aud: ['y', 'other'] });
  expect((await login(token)).last.errorCode).toBe(0);
  expect(broker.services.sasl.mechanisms('SASL_PLAINTEXT').has('OAUTHBEARER')).toBe(true);
});

it('a token for another principal than it is to act for is refused', async () => {
  const { claims, port } = await startBearerBroker();
  const client = await connect({ port });
  await handshake(client, 'OAUTHBEARER');
  const { errorMessage } = await authenticate(client, `n,a=admin,\x01auth=Bearer ${jwt(KEY, claims)}\x01\x01`);
  expect(errorMessage).toContain("different from the token's principal name (dave)");
});
