// Tokens that nobody has signed.
import { expect, it } from 'vitest';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect } from '../../helpers/client.ts';
import { authenticate, handshake, startSaslBroker } from '../../helpers/sasl.ts';
import { part } from './bearer-world.ts';

it('without keys unsecured tokens are for development: what they claim is believed, within their time and scope', async () => {
  const options = 'unsecuredValidatorRequiredScope="read write" unsecuredValidatorAllowableClockSkewMs="1000"';
  const clock = new ManualClock();
  const module = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule';
  const { port } = await startSaslBroker(
    { 'listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config': `${module} required ${options};` },
    { clock },
  );
  const seconds = clock.nowMs() / 1000;
  const said = async (claims: object, header: object = { alg: 'none' }) => {
    const client = await connect({ port });
    await handshake(client, 'OAUTHBEARER');
    const message = `n,,\x01auth=Bearer ${part(header)}.${part(claims)}.\x01\x01`;
    const { errorCode, authBytes } = await authenticate(client, message);
    return errorCode === 0 ? authBytes.toString() : errorCode;
  };
  const good = { sub: 'dave', exp: seconds + 60, iat: seconds, scope: ['read', 'write'] };
  expect(await said(good)).toBe('');
  expect(await said({ ...good, exp: seconds - 0.5, iat: undefined })).toBe('');
  expect(await said({ ...good, scope: ['read'] })).toBe('{"status":"insufficient_scope", "scope":"[read, write]"}');
  expect(await said({ ...good, exp: seconds - 1 })).toBe('{"status":"invalid_token"}');
  expect(await said({ ...good, iat: seconds + 2 })).toBe('{"status":"invalid_token"}');
  expect(await said({ ...good, sub: '' })).toBe('{"status":"invalid_token"}');
  expect(await said(good, { alg: 'RS256' })).toBe('{"status":"invalid_token"}');
});
