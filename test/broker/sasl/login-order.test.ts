// What a client may send on its way in, and in which order.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { authenticate, handshake, plainLogin, startSaslBroker } from '../../helpers/sasl.ts';

const METADATA = { topics: null, allowAutoTopicCreation: false };
const isServed = async (client: TestClient) => (await client.request(Metadata, 5, METADATA)).brokers.length === 1;

describe('the order of requests', () => {
  it.each([
    ['a request without login', async (client: TestClient) => client.request(Metadata, 5, METADATA)],
    ['a token without handshake', async (client: TestClient) => authenticate(client, '\0alice\0alice-secret')],
    [
      'asking for versions twice',
      async (client: TestClient) => {
        await client.request(ApiVersions, 0, {});
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
    [
      'a request',
      (client: TestClient) => client.request(CreateTopics, 2, { topics: [], timeoutMs: 1, validateOnly: false }),
    ],
    ['a second handshake', async (client: TestClient) => (await handshake(client, 'PLAIN')).errorCode],
    ['asking for versions', async (client: TestClient) => (await client.request(ApiVersions, 0, {})).errorCode],
  ])('%s instead of the token is answered, and ends the connection', async (_, ask) => {
    const { port } = await startSaslBroker();
    const client = await connect({ port });
    await handshake(client, 'PLAIN');
    const answer = await ask(client);
    // The answer of CreateTopics has an error for each topic only.
    expect(answer).toEqual(
      typeof answer === 'number' ? ErrorCode.ILLEGAL_SASL_STATE : { throttleTimeMs: 0, topics: [] },
    );
    await client.closed;
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
