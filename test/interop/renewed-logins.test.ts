// What becomes of clients that are logged in when their credentials run out, are renewed or change: on ktool's broker the same as
// on Apache Kafka. Every client goes on asking on both, and what it is told in the end is compared.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { BEARER_MODULE, SASL_CONFIG, SCRAM_MODULE, startSaslBroker } from '../helpers/sasl.ts';
import { freePort, type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { missing } from './login-clients.ts';
import { KEEPERS, type Keeper, type Login } from './logins/keepers.ts';

const REAUTH_MS = 2000;
const scramOf = (listener: string) =>
  ['256', '512'].map((size) => [
    `listener.name.${listener}.scram-sha-${size}.sasl.jaas.config`,
    `${SCRAM_MODULE} required;`,
  ]);
const COMMON = {
  ...SASL_CONFIG,
  ...Object.fromEntries(scramOf('reauth')),
  'listener.security.protocol.map':
    'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,REAUTH:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
  'listener.name.reauth.sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512',
  'listener.name.reauth.connections.max.reauth.ms': String(REAUTH_MS),
};

/** The ports of a broker's listeners. */
interface Ports {
  readonly plain: number;
  readonly sasl: number;
  readonly reauth: number;
}
let kafka: KafkaBroker | undefined;
let kafkaPorts: Ports;

const listenersOf = ({ plain, sasl, reauth }: Ports) =>
  `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${sasl},REAUTH://127.0.0.1:${reauth}`;

beforeAll(async () => {
  if (missing.Java) return;
  kafkaPorts = { plain: await freePort(), sasl: await freePort(), reauth: await freePort() };
  const controller = await freePort();
  kafka = await startKafkaBroker({
    ...COMMON,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `${listenersOf(kafkaPorts)},CONTROLLER://127.0.0.1:${controller}`,
    'inter.broker.listener.name': 'PLAINTEXT',
  });
});

afterAll(() => kafka?.stop());

async function startKtool(): Promise<Ports> {
  const { broker } = await startSaslBroker({ ...COMMON, listeners: listenersOf({ plain: 0, sasl: 0, reauth: 0 }) });
  const portOf = (listenerName: string) =>
    broker.services.endpointFor({ listenerName, localAddress: '127.0.0.1', localPort: 0 }).port;
  return { plain: portOf('PLAINTEXT'), sasl: portOf('SASL_PLAINTEXT'), reauth: portOf('REAUTH') };
}

async function setPassword({ plain }: Ports, user: string, password: string) {
  const admin = await createAdmin({ 'bootstrap.servers': `127.0.0.1:${plain}` });
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)
    await admin.alterScram({ upsertions: [{ user, mechanism, password }] });
  await admin.close();
}

const scramLogin = (port: number, user: string, password: string): Login => ({
  ...{ address: `127.0.0.1:${port}`, mechanism: 'SCRAM-SHA-512', user, password },
  jaas: `${SCRAM_MODULE} required username="${user}" password="${password}";`,
});

const bearerLogin = (port: number, tokenSeconds: number): Login => ({
  ...{ address: `127.0.0.1:${port}`, mechanism: 'OAUTHBEARER', user: 'alice', password: '', tokenSeconds },
  jaas: `${BEARER_MODULE} required unsecuredLoginStringClaim_sub="alice" unsecuredLoginLifetimeSeconds="${tokenSeconds}";`,
});

/** Whether all of them are let in, within some time. */
async function areIn(keepers: readonly Keeper[]): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < ENTRY_MS; waitedMs += 100) {
    if (keepers.every(({ said }) => said.includes('ok'))) return true;
    await pause(100);
  }
  return false;
}

const ENTRY_MS = 30_000;
/** A client that has not said anything for so long waits for something that does not come. */
const SILENCE_MS = 12_000;

/** What the next answers are: the same, or both where they take turns. */
async function next({ said }: Keeper): Promise<string> {
  const before = said.length;
  for (let waitedMs = 0; said.length < before + 2; waitedMs += 100) {
    if (waitedMs > SILENCE_MS) return 'silent';
    await pause(100);
  }
  return [...new Set(said.slice(before, before + 2).map((line) => line.slice(0, 2)))].sort().join(' and ');
}

type Outcome = Readonly<Record<string, string>>;
const CLIENTS = Object.keys(KEEPERS).filter((name) => !missing[name]);

/** Starts clients on both brokers, changes something when they are in, and says how they fare after that. */
async function outcome(
  clients: readonly string[],
  login: (ports: Ports, name: string) => Login | Promise<Login>,
  change: (ports: Ports) => unknown,
  laterMs: number,
): Promise<{ theirs: Outcome; ours: Outcome }> {
  const both = [kafkaPorts, await startKtool()];
  const keepers = await Promise.all(
    both.map((ports) => Promise.all(clients.map(async (name) => KEEPERS[name]!(await login(ports, name))))),
  );
  expect(await areIn(keepers.flat()), JSON.stringify(keepers)).toBe(true);
  await Promise.all(both.map(change));
  await pause(laterMs);
  const [theirs, ours] = await Promise.all(
    keepers.map(async (each) => {
      const answers = await Promise.all(each.map(next));
      return Object.fromEntries(answers.map((answer, index) => [clients[index], answer]));
    }),
  );
  return { theirs: theirs!, ours: ours! };
}

const nothing = () => {};
let users = 0;
/** Clients that are known to log in again on one connection. */
const RENEWING = ['Java', 'ktool'];
const all = (what: string, clients: readonly string[] = CLIENTS): Outcome =>
  Object.fromEntries(clients.map((name) => [name, what]));

describe.skipIf(missing.Java)('on both brokers clients', () => {
  /** A user for each test: Kafka's broker is that of all. */
  const newUser = () => `user-${users++}`;
  const withPassword = (user: string, listener: 'sasl' | 'reauth') => {
    const known = new Map<Ports, Promise<void>>();
    return async (ports: Ports) => {
      // Kafka's broker learns of it from its controller a little later.
      if (!known.has(ports))
        known.set(
          ports,
          setPassword(ports, user, 'first-secret').then(() => pause(1000)),
        );
      await known.get(ports);
      return scramLogin(ports[listener], user, 'first-secret');
    };
  };

  test('renew their logins', async () => {
    const { theirs, ours } = await outcome(RENEWING, withPassword(newUser(), 'reauth'), nothing, 3 * REAUTH_MS);
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(all('ok', RENEWING));
  });

  test('are out when their password changes before the login is renewed', async () => {
    const user = newUser();
    const rotate = (ports: Ports) => setPassword(ports, user, 'second-secret');
    const { theirs, ours } = await outcome(RENEWING, withPassword(user, 'reauth'), rotate, 2 * REAUTH_MS);
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(all('no', RENEWING));
  });

  test('stay when their password changes under a login that is not renewed', async () => {
    const user = newUser();
    const rotate = (ports: Ports) => setPassword(ports, user, 'second-secret');
    const { theirs, ours } = await outcome(CLIENTS, withPassword(user, 'sasl'), rotate, 2000);
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(all('ok'));
  });

  test('follow a token that runs out with another', async () => {
    const { theirs, ours } = await outcome(RENEWING, ({ sasl }) => bearerLogin(sasl, 4), nothing, 8000);
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(all('ok', RENEWING));
  });

  describe('with a delegation token', () => {
    const plain = (port: number) => ({
      'bootstrap.servers': `127.0.0.1:${port}`,
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config':
        'org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="alice-secret";',
    });
    test.each([
      ['that runs out', false, 'no'],
      ['that is renewed in time', true, 'ok'],
    ])('%s', async (_, isRenewed, expected) => {
      const hmacs = new Map<Ports, Buffer>();
      const owned = async <T>({ sasl }: Ports, act: (admin: Awaited<ReturnType<typeof createAdmin>>) => Promise<T>) => {
        const admin = await createAdmin(plain(sasl));
        return act(admin).finally(() => admin.close());
      };
      const made = new Map<Ports, Promise<Login>>();
      const login = (ports: Ports) => {
        if (!made.has(ports)) made.set(ports, make(ports));
        return made.get(ports)!;
      };
      const make = async (ports: Ports) => {
        const { tokenId, hmac } = await owned(ports, (admin) => admin.createDelegationToken());
        hmacs.set(ports, hmac);
        await pause(1000);
        const password = hmac.toString('base64');
        const jaas = `${SCRAM_MODULE} required username="${tokenId}" password="${password}" tokenauth="true";`;
        await owned(ports, (admin) => admin.expireDelegationToken(hmac, 6000));
        await pause(500);
        return { ...scramLogin(ports.sasl, tokenId, password), jaas };
      };
      const renew = (ports: Ports) =>
        isRenewed && owned(ports, (admin) => admin.renewDelegationToken(hmacs.get(ports)!, 60_000));
      const result = await outcome(RENEWING, login, renew, 8000);
      const both = { Java: expected, ktool: expected };
      expect(result).toEqual({ theirs: both, ours: both });
    });
  });
});
