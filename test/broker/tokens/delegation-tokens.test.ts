// Delegation tokens from their creation to their end, and logins with them.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateDelegationToken } from '../../../src/protocol/messages/create-delegation-token.ts';
import { DescribeDelegationToken } from '../../../src/protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../../src/protocol/messages/expire-delegation-token.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { RenewDelegationToken } from '../../../src/protocol/messages/renew-delegation-token.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { plainLogin, scramLogin, startSaslBroker } from '../../helpers/sasl.ts';

const DAY = 86_400_000;
const BOB = { principalType: 'User', principalName: 'bob' };
const NOBODY = { ownerPrincipalType: null, ownerPrincipalName: null };

const login = async (port: number, user: string) => (await plainLogin(port, user, `${user}-secret`)).client;

function create(client: TestClient, more: { renewers?: (typeof BOB)[]; maxLifetimeMs?: number; owner?: string } = {}) {
  const { renewers = [], maxLifetimeMs = -1, owner } = more;
  const whose = owner === undefined ? NOBODY : { ownerPrincipalType: 'User', ownerPrincipalName: owner };
  return client.request(CreateDelegationToken, 3, { ...whose, renewers, maxLifetimeMs });
}

const describeAll = (client: TestClient, owners: (typeof BOB)[] | null = null) =>
  client.request(DescribeDelegationToken, 3, { owners });
const renew = (client: TestClient, hmac: Buffer, renewPeriodMs = -1) =>
  client.request(RenewDelegationToken, 2, { hmac, renewPeriodMs });
const expire = (client: TestClient, hmac: Buffer, expiryTimePeriodMs = -1) =>
  client.request(ExpireDelegationToken, 2, { hmac, expiryTimePeriodMs });

async function start(overrides: Record<string, string> = {}) {
  const clock = new ManualClock();
  return { clock, ...(await startSaslBroker(overrides, { clock })) };
}

it("a token's secret follows from its id and the broker's key, its times from the broker's settings", async () => {
  const { clock, port } = await start();
  const token = await create(await login(port, 'alice'));
  expect(token).toMatchObject({
    ...{ errorCode: 0, principalName: 'alice', tokenRequesterPrincipalName: 'alice' },
    issueTimestampMs: clock.nowMs(),
    expiryTimestampMs: clock.nowMs() + DAY,
    maxTimestampMs: clock.nowMs() + 7 * DAY,
  });
  expect(token.hmac).toEqual(createHmac('sha512', 'a-secret-key').update(token.tokenId).digest());
});

it('a shorter life is granted, a longer one is not', async () => {
  const { clock, port } = await start();
  const alice = await login(port, 'alice');
  const short = await create(alice, { maxLifetimeMs: 1000 });
  expect([short.expiryTimestampMs, short.maxTimestampMs]).toEqual([clock.nowMs() + 1000, clock.nowMs() + 1000]);
  const long = await create(alice, { maxLifetimeMs: 8 * DAY });
  expect(long.maxTimestampMs).toBe(clock.nowMs() + 7 * DAY);
});

it.each(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'logs in over %s as its owner, who may not make others with it',
  async (mechanism) => {
    const { broker, port } = await start();
    const { tokenId, hmac } = await create(await login(port, 'alice'));
    const client = await connect({ port });
    const [, last] = await scramLogin(client, mechanism, tokenId, hmac.toString('base64'), { tokenauth: 'true' });
    expect(last).toMatchObject({ errorCode: 0, sessionLifetimeMs: DAY });
    expect((await create(client)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
    expect((await describeAll(client)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
    expect([...broker.services.tokens.all]).toHaveLength(1);
  },
);

it('logs in neither with another secret, nor as a user, nor once it has ended', async () => {
  const { port } = await start();
  const alice = await login(port, 'alice');
  const { tokenId, hmac } = await create(alice);
  const attempt = async (password: string, extensions?: Record<string, string>) =>
    (await scramLogin(await connect({ port }), 'SCRAM-SHA-256', tokenId, password, extensions)).at(-1)?.errorCode;
  const byToken = { tokenauth: 'true' };
  const secret = hmac.toString('base64');
  expect(await attempt('x', byToken)).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  expect(await attempt(secret)).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
  expect(await attempt(secret, byToken)).toBe(0);
  await expire(alice, hmac);
  expect(await attempt(secret, byToken)).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
});

it('a token whose time is over but which is not removed yet lets nobody do anything', async () => {
  const { clock, port } = await start();
  const { tokenId, hmac } = await create(await login(port, 'alice'), { maxLifetimeMs: 1000 });
  clock.advance(1001);
  const client = await connect({ port });
  await scramLogin(client, 'SCRAM-SHA-256', tokenId, hmac.toString('base64'), { tokenauth: 'true' });
  const request = { topics: null, allowAutoTopicCreation: false };
  await expect(client.request(Metadata, 5, request)).rejects.toThrow('closed the connection');
});

describe('renewing and ending', () => {
  it('is for the owner and the renewers', async () => {
    const { clock, port } = await start();
    const [alice, bob] = [await login(port, 'alice'), await login(port, 'bob')];
    const own = await create(alice);
    const shared = await create(alice, { renewers: [BOB] });
    clock.advance(1000);
    expect((await renew(bob, own.hmac)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH);
    expect((await expire(bob, own.hmac)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH);
    expect(await renew(bob, shared.hmac)).toMatchObject({ errorCode: 0, expiryTimestampMs: clock.nowMs() + DAY });
    expect((await renew(bob, shared.hmac, 500)).expiryTimestampMs).toBe(clock.nowMs() + 500);
    expect((await renew(bob, shared.hmac, 9 * DAY)).expiryTimestampMs).toBe(clock.nowMs() + DAY);
    expect((await expire(bob, shared.hmac, 9 * DAY)).expiryTimestampMs).toBe(shared.maxTimestampMs);
    expect((await expire(bob, shared.hmac)).expiryTimestampMs).toBe(clock.nowMs());
    expect((await expire(bob, shared.hmac)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_NOT_FOUND);
    expect((await renew(alice, Buffer.from('x'))).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_NOT_FOUND);
  });

  it('comes too late when the time is over', async () => {
    const { clock, port } = await start();
    const alice = await login(port, 'alice');
    const { hmac } = await create(alice, { maxLifetimeMs: 1000 });
    clock.advance(1001);
    expect((await renew(alice, hmac)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_EXPIRED);
    expect((await expire(alice, hmac, 1000)).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_EXPIRED);
    expect((await expire(alice, hmac)).errorCode).toBe(0);
  });
});

it('tokens are seen by owners and renewers, and asked for by either', async () => {
  const { port } = await start({
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  });
  const [alice, bob] = [await login(port, 'alice'), await login(port, 'bob')];
  const { tokenId } = await create(alice, { renewers: [BOB] });
  await create(alice);
  expect((await describeAll(alice)).tokens).toHaveLength(2);
  expect((await describeAll(bob)).tokens.map((token) => token.tokenId)).toEqual([tokenId]);
  expect((await describeAll(alice, [BOB])).tokens.map((token) => token.renewers)).toEqual([[BOB]]);
  expect((await describeAll(alice, [])).tokens).toEqual([]);
  expect((await create(alice, { owner: 'bob' })).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED);
});

it('a token for another has its requester beside its owner; renewers are users', async () => {
  const { port } = await start();
  const alice = await login(port, 'alice');
  expect(await create(alice, { owner: 'bob' })).toMatchObject({
    ...{ errorCode: 0, principalName: 'bob', tokenRequesterPrincipalName: 'alice' },
  });
  const group = { principalType: 'Group', principalName: 'g' };
  expect((await create(alice, { renewers: [group] })).errorCode).toBe(ErrorCode.INVALID_PRINCIPAL_TYPE);
});

it('nobody gets one who has not logged in, or without a secret key', async () => {
  const { broker } = await start();
  expect((await create(await connect(broker))).errorCode).toBe(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
  const { port } = await start({ 'delegation.token.secret.key': '' });
  const alice = await login(port, 'alice');
  const codes = [await create(alice), await describeAll(alice), await renew(alice, Buffer.from('x'))];
  expect(codes.map(({ errorCode }) => errorCode)).toEqual([61, 61, 61]);
});

it('tokens go when their time is over, by the clock of the broker', async () => {
  const { broker, clock, port, logger } = await start({ 'delegation.token.expiry.check.interval.ms': '60000' });
  const { tokenId } = await create(await login(port, 'alice'), { maxLifetimeMs: 30_000 });
  clock.advance(59_999);
  expect([...broker.services.tokens.all]).toHaveLength(1);
  clock.advance(1);
  expect([...broker.services.tokens.all]).toHaveLength(0);
  expect(logger.lines.join('\n')).toContain(`Delegation token expired for token: ${tokenId} for owner: User:alice`);
});

it('tokens survive a restart, and their secrets are nowhere on disk', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ktool-tokens-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await startSaslBroker({}, { dataDir });
  const alice = await login(first.port, 'alice');
  const { tokenId, hmac } = await create(alice, { renewers: [BOB] });
  const gone = await create(alice);
  await expire(alice, gone.hmac);
  await first.broker.close();
  const second = await startSaslBroker({}, { dataDir });
  const secret = hmac.toString('base64');
  const client = await connect({ port: second.port });
  const [, last] = await scramLogin(client, 'SCRAM-SHA-512', tokenId, secret, { tokenauth: 'true' });
  expect(last?.errorCode).toBe(0);
  const { tokens } = await describeAll(await login(second.port, 'bob'));
  expect(tokens).toMatchObject([{ tokenId, hmac, principalName: 'alice', renewers: [BOB] }]);
});
