// How long a login is good for, and how it is renewed (KIP-368).
import { expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { unsecuredToken } from '../../../src/util/sasl/unsecured-jws.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { authenticate, handshake, plainLogin, startSaslBroker } from '../../helpers/sasl.ts';

const METADATA = { topics: null, allowAutoTopicCreation: false };
const ALICE = '\0alice\0alice-secret';
const isServed = async (client: TestClient) => (await client.request(Metadata, 5, METADATA)).brokers.length === 1;

async function start(overrides: Record<string, string> = { 'connections.max.reauth.ms': '60000' }) {
  const clock = new ManualClock();
  return { clock, ...(await startSaslBroker(overrides, { clock })) };
}

it('a login tells how long it is good for; after that the next request ends the connection', async () => {
  const { clock, port } = await start();
  const { client, answer } = await plainLogin(port, 'alice', 'alice-secret');
  expect(answer.sessionLifetimeMs).toBe(60_000);
  clock.advance(59_999);
  expect(await isServed(client)).toBe(true);
  clock.advance(1);
  await expect(isServed(client)).rejects.toThrow('closed the connection');
});

it('a login of its mechanism may be shorter', async () => {
  const { port } = await start({
    'connections.max.reauth.ms': '60000',
    'listener.name.sasl_plaintext.plain.connections.max.reauth.ms': '5000',
  });
  expect((await plainLogin(port, 'alice', 'alice-secret')).answer.sessionLifetimeMs).toBe(5000);
});

it('a renewed login goes on, also one that has run out already', async () => {
  const { clock, port } = await start();
  const { client } = await plainLogin(port, 'alice', 'alice-secret');
  clock.advance(60_001);
  expect((await handshake(client, 'PLAIN')).errorCode).toBe(0);
  expect((await authenticate(client, ALICE)).sessionLifetimeMs).toBe(60_000);
  clock.advance(59_000);
  expect(await isServed(client)).toBe(true);
});

it('a renewal that fails, or is another user or mechanism, ends the connection', async () => {
  const { clock, port } = await start();
  const renewed = async (mechanism: string, token: string) => {
    const { client } = await plainLogin(port, 'alice', 'alice-secret');
    clock.advance(2000);
    expect((await handshake(client, mechanism)).errorCode).toBe(0);
    const { errorCode, errorMessage } = await authenticate(client, token);
    await client.closed;
    expect(errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    return errorMessage;
  };
  expect(await renewed('PLAIN', '\0alice\0wrong')).toBe('Authentication failed: Invalid username or password');
  expect(await renewed('PLAIN', '\0bob\0bob-secret')).toBe(
    'Cannot change principals during re-authentication from User.alice: User.bob',
  );
  expect(await renewed('SCRAM-SHA-256', 'n,,n=alice,r=x')).toBe(
    "SASL mechanism 'SCRAM-SHA-256' requested by client is not supported for re-authentication of mechanism 'PLAIN'",
  );
});

it('nothing is served in the middle of a renewal', async () => {
  const { clock, port } = await start();
  const { client } = await plainLogin(port, 'alice', 'alice-secret');
  clock.advance(2000);
  await handshake(client, 'PLAIN');
  expect(await isServed(client)).toBe(false);
  await client.closed;
});

it('a second renewal within a second is refused, and the login stays', async () => {
  const { clock, port } = await start();
  const { client } = await plainLogin(port, 'alice', 'alice-secret');
  await handshake(client, 'PLAIN');
  await authenticate(client, ALICE);
  clock.advance(999);
  expect(await handshake(client, 'PLAIN')).toEqual({ errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] });
  expect((await authenticate(client, ALICE)).errorCode).toBe(ErrorCode.ILLEGAL_SASL_STATE);
  expect(await isServed(client)).toBe(true);
  clock.advance(1);
  expect((await handshake(client, 'PLAIN')).errorCode).toBe(0);
});

it("a token's end limits the login, with the broker's limit whichever is earlier", async () => {
  const { clock, port } = await start();
  const login = async (seconds: string) => {
    const client = await connect({ port });
    await handshake(client, 'OAUTHBEARER');
    const options = new Map([
      ['unsecuredLoginStringClaim_sub', 'dave'],
      ['unsecuredLoginLifetimeSeconds', seconds],
    ]);
    const token = unsecuredToken(options, clock.nowMs());
    return { client, answer: await authenticate(client, `n,,\x01auth=Bearer ${token}\x01\x01`) };
  };
  expect((await login('600')).answer.sessionLifetimeMs).toBe(60_000);
  const { client, answer } = await login('10');
  expect(answer.sessionLifetimeMs).toBe(10_000);
  clock.advance(10_000);
  await expect(isServed(client)).rejects.toThrow('closed the connection');
});
