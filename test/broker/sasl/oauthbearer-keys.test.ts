// Where the keys of signed tokens come from, and when they are asked for again.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { jwt, signingKey } from '../../helpers/identity-provider.ts';
import { plainLogin } from '../../helpers/sasl.ts';
import { KEY, startBearerBroker } from './bearer-world.ts';

describe('a provider of keys that', () => {
  const world = async (answer: http.RequestListener) => {
    const server = http.createServer(answer);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    return { url, ...(await startBearerBroker([KEY], { 'sasl.oauthbearer.jwks.endpoint.url': url })) };
  };
  const keys = JSON.stringify({ keys: [KEY.jwk] });

  it.each<[string, http.RequestListener]>([
    [
      'sends its readers elsewhere',
      (request, response) =>
        request.url === '/keys'
          ? response.writeHead(302, { Location: '/other' }).end()
          : response.writeHead(200).end(keys),
    ],
    [
      'never ends',
      (_, response) => {
        const more = () => response.write(' '.repeat(1024 * 1024), () => setImmediate(more));
        response.writeHead(200);
        more();
      },
    ],
    ['talks nonsense', (_, response) => response.end('<html>')],
    [
      'has a list of nonsense',
      (_, response) => response.end('{"keys":[null,1,{"kty":"RSA"},{"kty":"oct","k":"AAAA"}]}'),
    ],
    ['hangs up', (_, response) => response.destroy()],
  ])('%s lets nobody in, and others log in', async (_, answer) => {
    const { port, claims, login } = await world(answer);
    expect((await login(jwt(KEY, claims))).last.errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    expect((await plainLogin(port, 'alice', 'alice-secret')).answer.errorCode).toBe(0);
  });
});

describe('the keys', () => {
  it('are fetched once, again for a new key id, but not for each that is made up', async () => {
    const keys = [KEY];
    const { claims, clock, login, provider } = await startBearerBroker(keys);
    await login(jwt(KEY, claims));
    await login(jwt(KEY, claims));
    expect(provider.asked).toHaveLength(1);
    const rolled = signingKey('RS256', 'second');
    keys.push(rolled);
    clock.advance(1000);
    expect((await login(jwt(rolled, claims))).last.errorCode).toBe(0);
    expect(provider.asked).toHaveLength(2);
    for (const id of ['x', 'y']) await login(jwt({ ...KEY, id }, claims));
    expect(provider.asked).toHaveLength(2);
  });

  it('are fetched again after sasl.oauthbearer.jwks.endpoint.refresh.ms, and one that is gone counts no more', async () => {
    const keys = [KEY, signingKey('RS256')];
    const { claims, clock, login } = await startBearerBroker(keys, {
      'sasl.oauthbearer.jwks.endpoint.refresh.ms': '20000',
    });
    const token = jwt(KEY, claims);
    expect((await login(token)).last.errorCode).toBe(0);
    keys.shift();
    clock.advance(20_000);
    expect((await login(token)).last.errorCode).not.toBe(0);
  });

  it('that cannot be had let nobody in, and the broker goes on', async () => {
    const { claims, login, logger } = await startBearerBroker([KEY], {
      'sasl.oauthbearer.jwks.endpoint.url': 'http://127.0.0.1:1/keys',
    });
    const { last } = await login(jwt(KEY, claims));
    expect(last.errorMessage).toContain('due to invalid credentials with SASL mechanism OAUTHBEARER');
    expect(logger.lines.join('\n')).toContain('http://127.0.0.1:1/keys');
  });
});
