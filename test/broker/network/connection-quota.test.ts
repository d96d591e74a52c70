// How many connections are taken, in all, on a listener, from an address and in a second; who waits and who is turned away.
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AddressRates } from '../../../src/broker/network/address-rates.ts';
import { ConnectionLimits } from '../../../src/broker/network/connection-limits.ts';
import { ConnectionQuota } from '../../../src/broker/network/connection-quota.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed, openTestNetwork } from '../../helpers/network.ts';

const echo = (frame: Buffer) => [framed(frame)];
const TWO = {
  listeners: 'PLAINTEXT://127.0.0.1:0,OTHER://127.0.0.1:0',
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,OTHER:PLAINTEXT,CONTROLLER:PLAINTEXT',
};

async function start(overrides: Record<string, string>, more: object = {}) {
  const logger = new LogLines();
  const { network } = await openTestNetwork(echo, { overrides: { ...TWO, ...overrides }, logger, ...more });
  const open = async (listener = 'PLAINTEXT') => connect({ port: network.portOf(listener) });
  return { network, logger, open };
}

async function isServed(client: TestClient): Promise<boolean> {
  client.send(framed('x'));
  return (await client.nextFrame()).toString() === 'x';
}

/** A connection that came earlier than others that are served was looked at before them. */
async function waits(client: TestClient, another: () => Promise<TestClient>) {
  const served = isServed(client);
  let isDone = false;
  void served.finally(() => {
    isDone = true;
  });
  expect(await isServed(await another())).toBe(true);
  expect(isDone).toBe(false);
  return { served };
}

/** Whether a new connection is served before `isHeld` says that it is made to wait. */
async function isServedBefore(client: TestClient, isHeld: () => boolean): Promise<boolean> {
  let isDone = false;
  void isServed(client).then(() => {
    isDone = true;
  });
  while (!isDone && !isHeld()) await new Promise((resolve) => setImmediate(resolve));
  return isDone;
}

const left = async (client: TestClient) => {
  const gone = once(client.socket, 'close');
  client.socket.end();
  await gone;
};

test.each([
  [{ 'max.connections.per.ip': '2' }],
  [{ 'max.connections.per.ip.overrides': '127.0.0.1:2' }],
  [{ 'max.connections.per.ip': '1', 'max.connections.per.ip.overrides': '127.0.0.2:7,127.0.0.1:2' }],
])('who has too many with %j is turned away, on whatever listener', async (overrides) => {
  const { open, logger } = await start(overrides);
  const kept = [await open(), await open('OTHER')];
  for (const client of kept) expect(await isServed(client)).toBe(true);
  await (await open()).closed;
  expect(logger.lines).toEqual([
    expect.stringMatching(/Rejected connection from \/127\.0\.0\.1, address already has the configured maximum of 2/),
  ]);
  await left(kept[0]!);
  expect(await isServed(await open())).toBe(true);
});

test('an override that names its host holds from the first connection on', async () => {
  const { open } = await start({ 'max.connections.per.ip': '0', 'max.connections.per.ip.overrides': 'localhost:1' });
  const first = await open();
  expect(await isServed(first)).toBe(true);
  await (await open()).closed;
  expect(await isServed(first)).toBe(true);
});

test('an override for a host that is not known is said before anybody is served', async () => {
  const overrides = { 'max.connections.per.ip.overrides': '127.0.0.1:5,no.such.host.invalid:1' };
  await expect(start(overrides)).rejects.toThrow(
    'max.connections.per.ip.overrides: the host no.such.host.invalid is not known',
  );
});

test.each([
  [{ 'listener.name.plaintext.max.connections': '1' }],
  [{ 'max.connections': '1', 'listener.name.other.max.connections': '5', 'inter.broker.listener.name': 'OTHER' }],
])('whom there is no room for with %j waits until somebody leaves', async (overrides) => {
  const { open } = await start(overrides);
  const first = await open();
  expect(await isServed(first)).toBe(true);
  const second = await open();
  const served = isServed(second);
  await left(first);
  expect(await served).toBe(true);
});

test('a full listener keeps nobody from another one', async () => {
  const { open } = await start({ 'listener.name.plaintext.max.connections': '1' });
  const first = await open();
  expect(await isServed(first)).toBe(true);
  const { served } = await waits(await open(), () => open('OTHER'));
  await left(first);
  expect(await served).toBe(true);
});

test('a connection between brokers costs others the one that was quiet for longest', async () => {
  const clock = new ManualClock();
  const overrides = { 'max.connections': '2', 'inter.broker.listener.name': 'OTHER' };
  const { open } = await start(overrides, { clock });
  const [quiet, busy] = [await open(), await open()];
  for (const client of [quiet, busy]) expect(await isServed(client)).toBe(true);
  clock.advance(1000);
  expect(await isServed(busy)).toBe(true);
  const between = await open('OTHER');
  expect(await isServed(between)).toBe(true);
  await quiet.closed;
  expect(await isServed(busy)).toBe(true);
});

describe('the rate of new connections', () => {
  test.each([
    ['of a listener', { 'listener.name.plaintext.max.connection.creation.rate': '1' }, 'OTHER'],
    ['of the broker', { 'max.connection.creation.rate': '1', 'inter.broker.listener.name': 'OTHER' }, undefined],
  ])('%s: who comes too early waits, and those behind', async (_, overrides, other) => {
    const clock = new ManualClock();
    const windows = { 'quota.window.num': '2', 'quota.window.size.seconds': '1' };
    const { open } = await start({ ...overrides, ...windows }, { clock });
    const timers = clock.pendingTimers;
    let early = await open();
    while (await isServedBefore(early, () => clock.pendingTimers > timers)) early = await open();
    const { served } = other === undefined ? { served: isServed(early) } : await waits(early, () => open(other));
    const behind = isServed(await open());
    for (let second = 0; second < 5; second++) clock.advance(1000);
    expect([await served, await behind]).toEqual([true, true]);
  });
});

test('who comes earlier than its address may is closed at the latest when the listener is', async () => {
  const clock = new ManualClock();
  const rates = new AddressRates(clock, { count: 2, lengthMs: 3_600_000 });
  const entity = new Map([['ip', '127.0.0.1']]);
  await rates.setQuotas([{ entity, values: new Map([['connection_creation_rate', 0.001]]) }]);
  const { network, open } = await start({}, { clock, rates });
  const timers = clock.pendingTimers;
  let early = await open();
  for (; clock.pendingTimers === timers; early = await open()) expect(await isServed(early)).toBe(true);
  expect(early.socket.destroyed).toBe(false);
  network.stopAccepting();
  await network.closeConnections(0);
  await early.closed;
});

test('limits follow the settings while the broker runs', async () => {
  let values = new Map([['max.connections', '1']]);
  const clock = new ManualClock();
  const { network, open } = await start({ 'inter.broker.listener.name': 'OTHER' }, { values: () => values, clock });
  const first = await open();
  expect(await isServed(first)).toBe(true);
  const second = await open();
  const served = isServed(second);
  values = new Map([['max.connections', '2']]);
  network.refresh();
  expect(await served).toBe(true);
  clock.advance(10);
  expect(await isServed(second)).toBe(true);
  values = new Map([['max.connections', '1']]);
  network.refresh();
  await first.closed;
  expect(await isServed(second)).toBe(true);
});

test('no more wait than socket.listen.backlog.size, and a stop turns them away', () => {
  const clock = new ManualClock();
  const windows = { count: 11, lengthMs: 1000 };
  const quota = new ConnectionQuota({
    ...{ clock, windows, backlog: 1, listeners: ['A'], interBroker: 'A', closeQuietest: () => {} },
    limits: new ConnectionLimits(() => new Map([['max.connections', '1']])),
    rates: new AddressRates(clock, windows),
  });
  const told: string[] = [];
  const enter = (name: string) =>
    quota.enter('A', {
      address: '127.0.0.1',
      admit: () => void told.push(`${name} is in`),
      refuse: (line) => void told.push(`${name}: ${line}`),
      throttle: () => {},
    });
  for (const name of ['a', 'b', 'c']) enter(name);
  quota.close();
  const full = 'c: Rejected connection from /127.0.0.1, 1 wait on A already.';
  expect(told).toEqual(['a is in', full, 'b: The broker stops']);
});
