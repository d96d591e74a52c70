// SCRAM by the examples of RFC 5802's successor RFC 7677, and what either side must not go along with.
import { describe, expect, it } from 'vitest';
import {
  clientKey,
  imitatedSalt,
  randomText,
  SCRAM_MECHANISMS,
  type ScramMechanismName,
  saltPassword,
  serverKey,
  signature,
  storedKey,
  xor,
} from '../../../src/util/sasl/scram.ts';
import { ScramClient } from '../../../src/util/sasl/scram-client.ts';
import { ScramServer } from '../../../src/util/sasl/scram-server.ts';

const SHA256 = SCRAM_MECHANISMS['SCRAM-SHA-256'];
const NOTHING = Buffer.alloc(0);
const CLIENT_NONCE = 'rOprNGfwEbeRWgbNEkqO';
const SERVER_NONCE = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const FIRST = `n,,n=user,r=${CLIENT_NONCE}`;
const SERVER_FIRST = `r=${CLIENT_NONCE}${SERVER_NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;
const FINAL = `c=biws,r=${CLIENT_NONCE}${SERVER_NONCE},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`;
const SERVER_FINAL = 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';

async function account(name: ScramMechanismName, password: string, iterations = 4096) {
  const mechanism = SCRAM_MECHANISMS[name];
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const salted = await saltPassword(mechanism, password, salt, iterations);
  const keys = {
    ...{ salt, iterations, serverKey: serverKey(mechanism, salted) },
    storedKey: storedKey(mechanism, clientKey(mechanism, salted)),
  };
  return { keys, login: { authorizationId: 'user' } };
}

async function server(nonce?: string, given?: Awaited<ReturnType<typeof account>>) {
  const known = given ?? (await account('SCRAM-SHA-256', 'pencil'));
  const nobody = { keys: known.keys, login: undefined };
  const find = (name: string) => (name === 'user' || name === 'a,b=c' ? known : nobody);
  return new ScramServer(SHA256, { user: find, token: find }, nonce === undefined ? undefined : () => nonce);
}

function client(options: Partial<ConstructorParameters<typeof ScramClient>[0]> = {}) {
  return new ScramClient({
    mechanism: SHA256,
    user: 'user',
    password: 'pencil',
    nonce: () => CLIENT_NONCE,
    ...options,
  });
}

const text = async (message: Buffer | undefined | Promise<Buffer | undefined>) => String(await message);

describe('the example of RFC 7677', () => {
  it('is what the client says', async () => {
    const scram = client();
    expect(await text(scram.respond(NOTHING))).toBe(FIRST);
    expect(await text(scram.respond(Buffer.from(SERVER_FIRST)))).toBe(FINAL);
    expect(await scram.respond(Buffer.from(SERVER_FINAL))).toBeUndefined();
    expect(scram.isComplete).toBe(true);
  });

  it('is what the server says', async () => {
    const scram = await server(SERVER_NONCE);
    expect(await text(scram.respond(Buffer.from(FIRST)))).toBe(SERVER_FIRST);
    expect(await text(scram.respond(Buffer.from(FINAL)))).toBe(SERVER_FINAL);
    expect(scram.login).toEqual({ authorizationId: 'user' });
  });
});

it.each(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)('%s: both sides understand each other', async (name) => {
  const known = await account(name, 'p=s,w ö');
  const there = new ScramServer(SCRAM_MECHANISMS[name], { user: () => known, token: () => known });
  const here = client({ mechanism: SCRAM_MECHANISMS[name], user: 'a,b=c', password: 'p=s,w ö' });
  let message: Buffer | undefined = await here.respond(NOTHING);
  while (message) message = await here.respond(await there.respond(message));
  expect([here.isComplete, there.login]).toEqual([true, { authorizationId: 'user' }]);
});

it('a client may have its own part of the nonce twice, as librdkafka before 2.2', async () => {
  const known = await account('SCRAM-SHA-256', 'pencil');
  const scram = await server(SERVER_NONCE, known);
  await scram.respond(Buffer.from(FIRST));
  const start = `c=biws,r=${CLIENT_NONCE}${CLIENT_NONCE}${SERVER_NONCE}`;
  const authMessage = `${FIRST.slice(3)},${SERVER_FIRST},${start}`;
  const key = clientKey(SHA256, await saltPassword(SHA256, 'pencil', known.keys.salt, 4096));
  const proof = xor(key, signature(SHA256, known.keys.storedKey, authMessage));
  await scram.respond(Buffer.from(`${start},p=${proof.toString('base64')}`));
  expect(scram.login).toEqual({ authorizationId: 'user' });
});

it('commas and equals signs in a name arrive', async () => {
  const asked: string[] = [];
  const known = await account('SCRAM-SHA-256', 'x');
  const find = (name: string) => {
    asked.push(name);
    return known;
  };
  const there = new ScramServer(SHA256, { user: find, token: find });
  await there.respond((await client({ user: 'a,b=c' }).respond(NOTHING))!);
  expect(asked).toEqual(['a,b=c']);
});

describe('the server refuses', () => {
  it.each([
    ['channel binding', `p=tls-unique,,n=user,r=${CLIENT_NONCE}`],
    ['a client that thinks the server cannot bind channels', `y,,n=user,r=${CLIENT_NONCE}`],
    ['a mandatory extension', `n,,m=x,n=user,r=${CLIENT_NONCE}`],
    ['no name', `n,,n=,r=${CLIENT_NONCE}`],
    ['a name that is not escaped', `n,,n=a=b,r=${CLIENT_NONCE}`],
    ['no nonce', 'n,,n=user,r='],
    ['a nonce with a blank', 'n,,n=user,r=a b'],
    ['an extension without value', `n,,n=user,r=${CLIENT_NONCE},x=`],
    ['nothing', ''],
    ['a NUL', `n,,n=us\0er,r=${CLIENT_NONCE}`],
  ])('%s', async (_, first) => {
    await expect((await server()).respond(Buffer.from(first))).rejects.toThrow('Invalid SCRAM client first message');
  });

  it('another authorization id, and says so', async () => {
    const first = Buffer.from(`n,a=admin,n=user,r=${CLIENT_NONCE}`);
    await expect((await server()).respond(first)).rejects.toThrow('authorization id that is different from username');
  });

  it('credentials with fewer iterations than 4096', async () => {
    const weak = await server(undefined, await account('SCRAM-SHA-256', 'pencil', 4095));
    await expect(weak.respond(Buffer.from(FIRST))).rejects.toThrow('Iterations 4095 is less than the minimum 4096');
  });

  it.each([
    ['a replayed proof, as its nonce is new each time', FINAL, undefined, 'Invalid client nonce'],
    ["the client's nonce alone", FINAL.replace(SERVER_NONCE, ''), SERVER_NONCE, 'Invalid client nonce'],
    [
      'a nonce with something before it that was not signed',
      FINAL.replace('r=', 'r=x'),
      SERVER_NONCE,
      'Invalid client credentials',
    ],
    ['another channel binding', FINAL.replace('biws', 'eSws'), SERVER_NONCE, 'Invalid channel binding'],
    ['a proof with a bit changed', FINAL.replace('p=d', 'p=e'), SERVER_NONCE, 'Invalid client credentials'],
    ['no proof', FINAL.replace(/p=.*/, 'p='), SERVER_NONCE, 'Invalid client credentials'],
    ['a proof of the wrong length', FINAL.replace(/p=.*/, 'p=AAAA'), SERVER_NONCE, 'Invalid client credentials'],
    ['an extension after the proof', `${FINAL},x=y`, SERVER_NONCE, 'Invalid SCRAM client final message'],
    ['an extension that is not signed', FINAL.replace(',p=', ',x=y,p='), SERVER_NONCE, 'Invalid client credentials'],
  ])('%s', async (_, final, nonce, message) => {
    const scram = await server(nonce);
    await scram.respond(Buffer.from(FIRST));
    await expect(scram.respond(Buffer.from(final))).rejects.toThrow(message);
    expect(scram.login).toBeUndefined();
    await expect(scram.respond(Buffer.from(FINAL))).rejects.toThrow('Unexpected challenge');
  });

  it('a name that is not there only at the end, as a wrong password, though the proof were right', async () => {
    const scram = await server();
    const here = client({ user: 'nobody' });
    const first = await scram.respond((await here.respond(NOTHING))!);
    expect(first.toString()).toMatch(/^r=.*,s=.*,i=4096$/);
    await expect(scram.respond((await here.respond(first))!)).rejects.toThrow('Invalid client credentials');
  });
});

describe('the client refuses', () => {
  it.each([
    [
      'fewer iterations',
      SERVER_FIRST.replace('4096', '4095'),
      'Requested iterations 4095 is less than the minimum 4096',
    ],
    ['more work than anybody asks for', SERVER_FIRST.replace('4096', '2000000000'), 'is more than'],
    ['no iterations', SERVER_FIRST.replace('4096', '0'), 'invalid iterations'],
    ['a nonce that is not its own', `r=x${SERVER_FIRST.slice(2)}`, 'does not start with client nonce'],
    ['its own nonce with nothing added', SERVER_FIRST.replace(SERVER_NONCE, ''), 'does not start with client nonce'],
    ['a mandatory extension', `m=x,${SERVER_FIRST}`, 'Invalid SCRAM server first message'],
  ])('%s', async (_, first, message) => {
    const scram = client();
    await scram.respond(NOTHING);
    await expect(scram.respond(Buffer.from(first))).rejects.toThrow(message);
    await expect(scram.respond(Buffer.from(SERVER_FIRST))).rejects.toThrow('Unexpected challenge');
  });

  it.each([
    [
      'a server that does not know the password',
      'v=AAAATRBi23WpRSdS1XdSPHMN4/tmOUGLkc9zRXRPsdU=',
      'Invalid server signature',
    ],
    ['an empty signature', 'v=', 'Invalid server signature'],
    ['an error', 'e=invalid-proof', 'failed with error: invalid-proof'],
    ['nothing', '', 'Invalid SCRAM server final message'],
  ])('%s', async (_, final, message) => {
    const scram = client();
    await scram.respond(NOTHING);
    await scram.respond(Buffer.from(SERVER_FIRST));
    await expect(scram.respond(Buffer.from(final))).rejects.toThrow(message);
    expect(scram.isComplete).toBe(false);
  });
});

it('imitated salts are stable, differ between names, and look like true ones', () => {
  const key = Buffer.from('key');
  expect(imitatedSalt(key, 'a')).toEqual(imitatedSalt(key, 'a'));
  expect(imitatedSalt(key, 'a')).not.toEqual(imitatedSalt(key, 'b'));
  expect(imitatedSalt(key, 'a')).not.toEqual(imitatedSalt(Buffer.from('other'), 'a'));
  for (const one of [randomText(), imitatedSalt(key, 'a').toString()]) expect(one).toMatch(/^[0-9a-z]{20,26}$/);
});
