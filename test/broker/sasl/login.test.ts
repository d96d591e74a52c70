// Logging in over real sockets, and every way of not getting in.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import {
  addScramUser as addUser,
  authenticate,
  handshake,
  PLAIN_MODULE,
  plainLogin,
  SASL_CONFIG,
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

describe('the order of requests', () => {
  it.each([
    ['a request without login', async (client: TestClient) => client.request(Metadata, 5, METADATA)],
    ['a token without handshake', async (client: TestClient) => authenticate(client, '\0alice\0alice-secret')],
    [
      'a request instead of the token',
      async (client: TestClient) => {
        await handshake(client, 'PLAIN');
        return client.request(CreateTopics, 2, { topics: [], timeoutMs: 1, validateOnly: false });
      },
    ],
    [
      'a second handshake instead of the token',
      async (client: TestClient) => {
        await handshake(client, 'PLAIN');
        return handshake(client, 'PLAIN');
      },
    ],
    [
      'asking for versions twice',
      async (client: TestClient) => {
        await client.request(ApiVersions, 0, {});
        return client.request(ApiVersions, 0, {});
      },
    ],
    [
      'asking for versions in the middle of the exchange',
      async (client: TestClient) => {
        await handshake(client, 'PLAIN');
        return client.request(ApiVersions, 0, {});
      },
    ],
    [
      'a request behind the one that failed',
      async (client: TestClient) => {
        await handshake(client, 'PLAIN');
        void authenticate(client, '\0alice\0wrong').catch(() => {});
        return client.request(Metadata, 5, METADATA);
      },
    ],
  ])('%s ends the connection, and others go on', async (_, attack) => {
    const { port } = await startSaslBroker();
    await expect(attack(await connect({ port }))).rejects.toThrow('closed the connection');
    expect(await isServed((await plainLogin(port, 'alice', 'alice-secret')).client)).toBe(true);
  });

  it.each([
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
    ['a frame that claims more than may come before a login', Buffer.from([0x7f, 0xff, 0xff, 0xff])],
    ['random bytes', Buffer.from('00000010ffffffffffffffffffffffffffffffff', 'hex')],
  ])('%s before the handshake ends the connection', async (_, bytes) => {
    const { port } = await startSaslBroker();
    const client = await connect({ port });
    client.send(bytes as Buffer);
    await client.closed;
  });

  it('a mechanism that is not enabled is refused with those that are', async () => {
    const { port } = await startSaslBroker();
    const client = await connect({ port });
    expect(await handshake(client, 'GSSAPI')).toEqual({
      errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
      mechanisms: ['PLAIN', 'SCRAM-SHA-512', 'SCRAM-SHA-256', 'OAUTHBEARER'],
    });
    await client.closed;
  });

  it('versions may be asked for first; on a plain listener a handshake comes too late', async () => {
    const { broker, port } = await startSaslBroker();
    const client = await connect({ port });
    await client.request(ApiVersions, 0, {});
    expect((await handshake(client, 'PLAIN')).errorCode).toBe(0);
    const plain = await connect(broker);
    expect(await handshake(plain, 'PLAIN')).toEqual({ errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] });
    expect((await authenticate(plain, '\0alice\0alice-secret')).errorCode).toBe(ErrorCode.ILLEGAL_SASL_STATE);
  });
});

describe('tokens in frames of their own, after a handshake of version 0', () => {
  const framed = (text: string) => {
    const token = Buffer.from(text);
    const size = Buffer.alloc(4);
    size.writeInt32BE(token.length);
    return Buffer.concat([size, token]);
  };

  it('let in as SaslAuthenticate does', async () => {
    const { port } = await startSaslBroker();
    const client = await connect({ port });
    await handshake(client, 'PLAIN', 0);
    client.send(framed('\0alice\0alice-secret'));
    expect(await client.nextFrame()).toEqual(Buffer.alloc(0));
    expect(await isServed(client)).toBe(true);
  });

  it('end the connection without an answer if they are wrong', async () => {
    const { port } = await startSaslBroker();
    const client = await connect({ port });
    await handshake(client, 'PLAIN', 0);
    client.send(framed('\0alice\0wrong'));
    await expect(client.nextFrame()).rejects.toThrow('closed the connection');
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

describe('a configuration that cannot be is refused at start', () => {
  const own = 'listener.name.sasl_plaintext.plain';
  it.each([
    [{ 'sasl.enabled.mechanisms': 'GSSAPI' }, /GSSAPI \(Kerberos\) is not available/],
    [{ 'sasl.enabled.mechanisms': 'DIGEST-MD5' }, /DIGEST-MD5 in sasl.enabled.mechanisms is not one of PLAIN/],
    [{ [`${own}.sasl.jaas.config`]: `${PLAIN_MODULE} required` }, /JAAS config entry not terminated by semi-colon/],
    [{ [`${own}.sasl.jaas.config`]: 'my.Module required;' }, /has my\.Module; it needs .*PlainLoginModule/],
    [
      { [`${own}.sasl.server.callback.handler.class`]: 'my.Handler' },
      /my\.Handler cannot be loaded for PLAIN: there is/,
    ],
    [
      {
        listeners: 'SASL_PLAINTEXT://127.0.0.1:0,X://127.0.0.1:0',
        'listener.security.protocol.map': 'X:SASL_PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      },
      /Could not find a 'KafkaServer' or 'x\.KafkaServer' entry in the JAAS configuration/,
    ],
  ])('%o', async (overrides, message) => {
    await expect(startSaslBroker(overrides as Record<string, string>)).rejects.toThrow(message);
  });

  it('GSSAPI beside others is named in the log, and the others are served', async () => {
    const { port, logger } = await startSaslBroker({ 'sasl.enabled.mechanisms': 'GSSAPI,PLAIN' });
    expect(logger.lines.join('\n')).toContain('the other mechanisms are served');
    expect((await handshake(await connect({ port }), 'PLAIN')).mechanisms).toEqual(['PLAIN']);
  });
});

it('a JAAS that is changed while the broker runs counts for the next login', async () => {
  const { broker, port } = await startSaslBroker();
  const name = 'listener.name.sasl_plaintext.plain.sasl.jaas.config';
  const value = `${PLAIN_MODULE} required user_alice="another";`;
  broker.services.metadata.changeConfigs(4, '1', [{ name, value }]);
  expect((await plainLogin(port, 'alice', 'alice-secret')).answer.errorCode).not.toBe(0);
  expect((await plainLogin(port, 'alice', 'another')).answer.errorCode).toBe(0);
  expect(SASL_CONFIG[name]).toContain('alice-secret');
});
