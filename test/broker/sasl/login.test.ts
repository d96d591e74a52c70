// Logging in over real sockets, and every way of not getting in.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import {
  addScramUser as addUser,
  authenticate,
  handshake,
  plainLogin,
  scramLogin,
  startSaslBroker,
} from '../../helpers/sasl.ts';

const METADATA = { topics: null, allowAutoTopicCreation: false };
const INVALID = (mechanism: string) =>
  `Authentication failed during authentication due to invalid credentials with SASL mechanism ${mechanism}`;

const isServed = async (client: TestClient) => (await client.request(Metadata, 5, METADATA)).brokers.length === 1;

describe('PLAIN', () => {
  it('lets in who knows the password', async () => {
    const { port } = await startSaslBroker();
    const { client, answer } = await plainLogin(port, 'alice', 'alice-secret');
    expect(answer).toEqual({ errorCode: 0, errorMessage: null, authBytes: Buffer.alloc(0), sessionLifetimeMs: 0 });
    expect(await isServed(client)).toBe(true);
  });

  it('leaves what a client logs in with out of the requests that tests see', async () => {
    const { broker, port } = await startSaslBroker();
    const seen = broker.requests.waitFor('SaslAuthenticate');
    await plainLogin(port, 'alice', 'alice-secret');
    expect((await seen).body.authBytes).toEqual(Buffer.alloc(0));
  });

  it.each([
    ['alice', 'bob-secret'],
    ['nobody', 'alice-secret'],
    ['__proto__', 'x'],
  ])('refuses %s with %s in the same words, and ends the connection', async (user, password) => {
    const { port, logger } = await startSaslBroker();
    const { client, answer } = await plainLogin(port, user, password);
    expect(answer.errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    expect(answer.errorMessage).toBe('Authentication failed: Invalid username or password');
    await client.closed;
    expect(logger.lines.join('\n')).toContain('Failed authentication with /127.0.0.1');
    expect(logger.lines.join('\n')).not.toContain(password);
  });
});

describe.each(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)('%s', (mechanism) => {
  it('lets in who knows the password', async () => {
    const { broker, port } = await startSaslBroker();
    await addUser(broker, 'carol', 'carol-secret', 8192);
    const client = await connect({ port });
    const [first, last] = await scramLogin(client, mechanism, 'carol', 'carol-secret');
    expect(first?.authBytes.toString()).toMatch(/,i=8192$/);
    expect(last?.errorCode).toBe(0);
    expect(await isServed(client)).toBe(true);
  });

  it('tells a wrong password and a name that is not there in the same way, at the same step', async () => {
    const { broker, port } = await startSaslBroker();
    await addUser(broker, 'carol', 'carol-secret', 8192);
    for (const user of ['carol', 'nobody']) {
      const [first, last] = await scramLogin(await connect({ port }), mechanism, user, 'wrong');
      expect(first?.authBytes.toString()).toMatch(/,i=8192$/);
      expect([last?.errorCode, last?.errorMessage]).toEqual([ErrorCode.SASL_AUTHENTICATION_FAILED, INVALID(mechanism)]);
    }
  });

  it('gives a name that is not there the same salt each time, and another name another', async () => {
    const { port } = await startSaslBroker();
    const saltOf = async (user: string) => {
      const [first] = await scramLogin(await connect({ port }), mechanism, user, 'wrong');
      return /s=([^,]+)/.exec(first!.authBytes.toString())![1];
    };
    const salt = await saltOf('nobody');
    expect(await saltOf('nobody')).toBe(salt);
    expect(await saltOf('someone')).not.toBe(salt);
  });
});

it('a failure is answered after connection.failed.authentication.delay.ms', async () => {
  const clock = new ManualClock();
  const { port } = await startSaslBroker({ 'connection.failed.authentication.delay.ms': '700' }, { clock });
  const client = await connect({ port });
  await handshake(client, 'PLAIN');
  let isAnswered = false;
  const timers = clock.pendingTimers;
  const answer = authenticate(client, '\0alice\0wrong').finally(() => {
    isAnswered = true;
  });
  while (clock.pendingTimers === timers) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(699);
  expect(await isServed((await plainLogin(port, 'alice', 'alice-secret')).client)).toBe(true);
  expect(isAnswered).toBe(false);
  clock.advance(1);
  expect((await answer).errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  await client.closed;
});

it('passwords are not told by DescribeConfigs', async () => {
  const { broker } = await startSaslBroker();
  const resources = [{ resourceType: 4, resourceName: '1', configurationKeys: null }];
  const request = { resources, includeSynonyms: true, includeDocumentation: false };
  const { results } = await (await connect(broker)).request(DescribeConfigs, 4, request);
  const text = JSON.stringify(results);
  expect(text).toContain('sasl.enabled.mechanisms');
  for (const secret of ['alice-secret', 'bob-secret', 'a-secret-key']) expect(text).not.toContain(secret);
});
