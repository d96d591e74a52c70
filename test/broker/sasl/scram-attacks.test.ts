// SCRAM exchanges that are recorded, mixed and bent.
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { SCRAM_MECHANISMS } from '../../../src/util/sasl/scram.ts';
import { ScramClient } from '../../../src/util/sasl/scram-client.ts';
import { connect } from '../../helpers/client.ts';
import { addScramUser as addUser, authenticate, handshake, scramLogin, startSaslBroker } from '../../helpers/sasl.ts';

it('a recorded SCRAM exchange does not let in a second time', async () => {
  const { broker, port } = await startSaslBroker();
  await addUser(broker, 'carol', 'carol-secret');
  const said: Buffer[] = [];
  const client = await connect({ port });
  const write = client.socket.write.bind(client.socket);
  client.socket.write = ((bytes: Buffer) => {
    said.push(bytes);
    return write(bytes);
  }) as typeof write;
  await scramLogin(client, 'SCRAM-SHA-256', 'carol', 'carol-secret');
  const replay = await connect({ port });
  for (const bytes of said) replay.send(bytes);
  await replay.nextFrame();
  await replay.nextFrame();
  expect((await replay.nextFrame()).readInt16BE(5)).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  await replay.closed;
});

describe('a SCRAM exchange', () => {
  const begun = async (port: number) => {
    const client = await connect({ port });
    const scram = new ScramClient({
      mechanism: SCRAM_MECHANISMS['SCRAM-SHA-256'],
      user: 'carol',
      password: 'carol-secret',
    });
    await handshake(client, 'SCRAM-SHA-256');
    const first = (await scram.respond(Buffer.alloc(0)))!;
    const answer = await authenticate(client, first);
    return { client, first, final: (await scram.respond(answer.authBytes))! };
  };
  const start = async () => {
    const { broker, port } = await startSaslBroker();
    await addUser(broker, 'carol', 'carol-secret');
    return port;
  };
  const REFUSED = ErrorCode.SASL_AUTHENTICATION_FAILED;

  it('is not ended with the last message of another', async () => {
    const port = await start();
    const [one, two] = [await begun(port), await begun(port)];
    expect((await authenticate(two.client, one.final)).errorCode).toBe(REFUSED);
    expect((await authenticate(one.client, one.final)).errorCode).toBe(0);
  });

  it('begun again with the same nonce is another one', async () => {
    const port = await start();
    const one = await begun(port);
    const again = await connect({ port });
    await handshake(again, 'SCRAM-SHA-256');
    expect((await authenticate(again, one.first)).errorCode).toBe(0);
    expect((await authenticate(again, one.final)).errorCode).toBe(REFUSED);
  });

  it.each([
    ['another channel binding than was begun with', (final: string) => final.replace('c=biws', 'c=eSws')],
    [
      'the binding of another user',
      (final: string) => final.replace('c=biws', `c=${Buffer.from('n,a=x,').toString('base64')}`),
    ],
    ['no proof', (final: string) => final.replace(/,p=.*/, ',p=')],
    ['a proof of zeros', (final: string) => final.replace(/p=.*/, `p=${Buffer.alloc(32).toString('base64')}`)],
    ['only its own part of the nonce', (final: string) => final.replace(/r=[^,]+/, 'r=abc')],
  ])('ends with %s', async (_, changed) => {
    const { client, final } = await begun(await start());
    const text = changed(final.toString());
    expect(text).not.toBe(final.toString());
    expect((await authenticate(client, text)).errorCode).toBe(REFUSED);
    await client.closed;
  });

  it.each([
    'p=tls-unique,,n=carol,r=abc',
    'y,a=admin,n=carol,r=abc',
    'n,,m=x,n=carol,r=abc',
    'n,a=admin,n=carol,r=abc',
  ])('does not begin with %s', async (first) => {
    const client = await connect({ port: await start() });
    await handshake(client, 'SCRAM-SHA-256');
    expect((await authenticate(client, first)).errorCode).toBe(REFUSED);
  });
});
