// A broker that takes tokens which a provider has signed, and logins with them.
import { ManualClock } from '../../../src/util/clock.ts';
import { connect } from '../../helpers/client.ts';
import { identityProvider, type SigningKey, signingKey } from '../../helpers/identity-provider.ts';
import { authenticate, handshake, startSaslBroker } from '../../helpers/sasl.ts';

export const KEY = signingKey('ES256');

export const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `claims` are those of a token that is let in, `login` gives the first and the last answer. */
export async function startBearerBroker(keys: SigningKey[] = [KEY], overrides: Record<string, string> = {}) {
  const clock = new ManualClock();
  const provider = await identityProvider(keys, () => ({ status: 500, body: '' }));
  const started = await startSaslBroker(
    {
      'sasl.oauthbearer.jwks.endpoint.url': `${provider.url}/keys`,
      'sasl.oauthbearer.expected.issuer': 'https://issuer',
      'sasl.oauthbearer.expected.audience': 'kafka,other',
      ...overrides,
    },
    { clock },
  );
  const seconds = clock.nowMs() / 1000;
  const claims = { sub: 'dave', iss: 'https://issuer', aud: 'kafka', iat: seconds, exp: seconds + 60 };
  const login = async (token: string) => {
    const client = await connect({ port: started.port });
    await handshake(client, 'OAUTHBEARER');
    const first = await authenticate(client, `n,,\x01auth=Bearer ${token}\x01\x01`);
    const isRefused = first.errorCode === 0 && first.authBytes.length > 0;
    return { first, last: isRefused ? await authenticate(client, '\x01') : first };
  };
  return { ...started, clock, provider, claims, seconds, login };
}
