// What becomes of clients that are logged in when their credentials run out, are renewed or change: on ktool's broker the same as
// on Apache Kafka. Every client goes on asking on both, and what it is told in the end is compared.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Admin, createAdmin, type DelegationTokenInfo } from '../../src/client/admin.ts';
import { freePort } from '../helpers/free-port.ts';
import { BEARER_MODULE, PLAIN_MODULE, SASL_CONFIG, SCRAM_MODULE, startSaslBroker } from '../helpers/sasl.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { CLIENTS as LOGINS, missing } from './login-clients.ts';
import { KEEPERS, KEPT_TOPIC, type Keeper, type Login } from './logins/keepers.ts';
import { openWitness, type Visit, type Witness } from './logins/witness.ts';

const REAUTH_MS = 2000;
/** Kafka's own listener for the test itself, and those of clients: without a limit, and with one. */
const LISTENERS = ['PLAINTEXT', 'SASL_PLAINTEXT', 'REAUTH'] as const;
const ofReauth = (key: string) => key.replace('sasl_plaintext', 'reauth');
const COMMON = {
  ...SASL_CONFIG,
  ...Object.fromEntries(Object.entries(SASL_CONFIG).map(([key, value]) => [ofReauth(key), value])),
  'listener.security.protocol.map':
    'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,REAUTH:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
  'listener.name.reauth.connections.max.reauth.ms': String(REAUTH_MS),
};

/** A broker, with a witness before each of its listeners. */
interface World {
  readonly plain: number;
  readonly sasl: Witness;
  readonly reauth: Witness;
}
let kafka: KafkaBroker | undefined;
let kafkaWorld: World;

const addresses = (ports: readonly number[]) =>
  LISTENERS.map((name, index) => `${name}://127.0.0.1:${ports[index]}`).join();

beforeAll(async () => {
  if (missing.Java) return;
  const [sasl, reauth] = [await openWitness(), await openWitness()];
  const ports = [await freePort(), await freePort(), await freePort()];
  const controller = await freePort();
  kafka = await startKafkaBroker({
    ...COMMON,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `${addresses(ports)},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': addresses([ports[0]!, sasl.port, reauth.port]),
    'inter.broker.listener.name': 'PLAINTEXT',
  });
  sasl.lead(ports[1]!);
  reauth.lead(ports[2]!);
  kafkaWorld = { plain: ports[0]!, sasl, reauth };
  await createTopic(kafkaWorld);
});

afterAll(async () => {
  await kafka?.stop();
  kafkaWorld?.sasl.close();
  kafkaWorld?.reauth.close();
});

async function startKtool(): Promise<World> {
  const [sasl, reauth] = [await openWitness(), await openWitness()];
  const ports = [await freePort(), await freePort(), await freePort()];
  await startSaslBroker({
    ...COMMON,
    listeners: addresses(ports),
    'advertised.listeners': addresses([ports[0]!, sasl.port, reauth.port]),
  });
  onTestFinished(() => {
    sasl.close();
    reauth.close();
  });
  sasl.lead(ports[1]!);
  reauth.lead(ports[2]!);
  const world = { plain: ports[0]!, sasl, reauth };
  await createTopic(world);
  return world;
}

async function asked({ plain }: World, ask: (admin: Admin) => Promise<unknown>) {
  const admin = await createAdmin({ 'bootstrap.servers': `127.0.0.1:${plain}` });
  await ask(admin).finally(() => admin.close());
}

const createTopic = (world: World) =>
  asked(world, (admin) => admin.createTopics([{ name: KEPT_TOPIC, numPartitions: 1 }]));

const setPassword = (world: World, user: string, password: string) =>
  asked(world, async (admin) => {
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)
      await admin.alterScram({ upsertions: [{ user, mechanism, password }] });
  });

type Credentials = Omit<Login, 'address' | 'clientId'>;
const scramLogin = (user: string, password: string): Credentials => ({
  ...{ mechanism: 'SCRAM-SHA-512', user, password },
  jaas: `${SCRAM_MODULE} required username="${user}" password="${password}";`,
});

const ALICE: Credentials = {
  ...{ mechanism: 'PLAIN', user: 'alice', password: 'alice-secret' },
  jaas: `${PLAIN_MODULE} required username="alice" password="alice-secret";`,
};

const bearerLogin = (tokenSeconds: number): Credentials => ({
  ...{ mechanism: 'OAUTHBEARER', user: 'alice', password: '', tokenSeconds },
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
/** Longer than a client needs that was put out to come again. */
const LOOK_MS = 3000;

/** Whether a client is served now, or sooner or later if it comes and goes. */
async function answers({ said }: Keeper): Promise<'ok' | 'no' | 'silent'> {
  const before = said.length;
  await pause(LOOK_MS);
  for (let waitedMs = 0; said.length < before + 2; waitedMs += 100) {
    if (waitedMs > SILENCE_MS) return 'silent';
    await pause(100);
  }
  return said.slice(before).includes('ok') ? 'ok' : 'no';
}

/** What its connections tell: it renews logins on them, or, if it does not, is put out by the broker. */
async function fate(keeper: Keeper, visits: () => readonly Visit[]): Promise<string> {
  const served = await answers(keeper);
  if (visits().some(({ logins }) => logins > 1)) return `${served}, renews`;
  return visits().some(({ endedBy }) => endedBy === 'broker') ? `${served}, is put out` : served;
}

type Outcome = Readonly<Record<string, string>>;
const CLIENTS = Object.keys(KEEPERS).filter((name) => !missing[name]);

interface Scene {
  readonly clients?: readonly string[];
  readonly listener: 'sasl' | 'reauth';
  readonly login: (world: World) => Credentials | Promise<Credentials>;
  /** What happens when all are in. */
  readonly change?: (world: World) => unknown;
  /** How long after it they are looked at. */
  readonly laterMs: number;
}
let scenes = 0;

/** Plays a scene on both brokers, and says how each client fares. */
async function outcome(scene: Scene): Promise<{ theirs: Outcome; ours: Outcome }> {
  const { clients = CLIENTS, listener, login, change, laterMs } = scene;
  const clientId = (name: string) => `${name}-${scenes}`;
  scenes++;
  const both = [kafkaWorld, await startKtool()];
  const keepers = await Promise.all(
    both.map(async (world) => {
      const credentials = await login(world);
      const address = `127.0.0.1:${world[listener].port}`;
      return Promise.all(clients.map((name) => KEEPERS[name]!({ ...credentials, address, clientId: clientId(name) })));
    }),
  );
  expect(
    await areIn(keepers.flat()),
    JSON.stringify(keepers.map((each) => each.map(({ said }) => said.slice(-3)))),
  ).toBe(true);
  await Promise.all(both.map((world) => change?.(world)));
  await pause(laterMs);
  const [theirs, ours] = await Promise.all(
    keepers.map(async (each, index) => {
      const visits = (name: string) => both[index]![listener].visitsOf(clientId(name));
      const fates = await Promise.all(each.map((keeper, at) => fate(keeper, () => visits(clients[at]!))));
      return Object.fromEntries(fates.map((one, at) => [clients[at], one]));
    }),
  );
  return { theirs: theirs!, ours: ours! };
}

let users = 0;
/** A user for each test: Kafka's broker is that of all. */
const newUser = () => `user-${users++}`;

const withPassword = (user: string) => async (world: World) => {
  await setPassword(world, user, 'first-secret');
  // Kafka's broker learns of it from its controller a little later.
  await pause(1000);
  return scramLogin(user, 'first-secret');
};

/** Kafka 4 refuses the last message of kcat with librdkafka before 2.2: it has the client's nonce twice. */
const SCRAM_CLIENTS = CLIENTS.filter((name) => name !== 'kcat');
/** All but kcat's librdkafka log in again on the same connection; that is put out by the broker, and comes again. */
const isRenewing = (name: string) => name !== 'kcat';

const fates = (clients: readonly string[], fateOf: (name: string) => string): Outcome =>
  Object.fromEntries(clients.map((name) => [name, fateOf(name)]));

describe.skipIf(missing.Java)('on both brokers clients', () => {
  test.each<[string, readonly string[], () => Scene['login']]>([
    ['PLAIN', CLIENTS, () => () => ALICE],
    ['SCRAM', SCRAM_CLIENTS, () => withPassword(newUser())],
    ['OAUTHBEARER', CLIENTS, () => () => bearerLogin(3600)],
  ])('whose login with %s has to be renewed do so, or come again', async (_, clients, loginOf) => {
    const scene = { clients, listener: 'reauth', login: loginOf(), laterMs: 3 * REAUTH_MS } as const;
    const { theirs, ours } = await outcome(scene);
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(fates(clients, (name) => (isRenewing(name) ? 'ok, renews' : 'ok, is put out')));
  });

  test('are out when their password changes before the login is renewed', async () => {
    const user = newUser();
    const change = (world: World) => setPassword(world, user, 'second-secret');
    const more = { change, laterMs: 2 * REAUTH_MS, clients: SCRAM_CLIENTS };
    const { theirs, ours } = await outcome({ listener: 'reauth', login: withPassword(user), ...more });
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(fates(SCRAM_CLIENTS, () => 'no, renews'));
  });

  test('stay when their password changes under a login that is not renewed', async () => {
    const user = newUser();
    const change = (world: World) => setPassword(world, user, 'second-secret');
    const more = { change, laterMs: 2000, clients: SCRAM_CLIENTS };
    const { theirs, ours } = await outcome({ listener: 'sasl', login: withPassword(user), ...more });
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(fates(SCRAM_CLIENTS, () => 'ok'));
  });

  // Librdkafka takes 10 s at least between two tokens, and kcat never has another.
  test('follow a token that runs out with another', async () => {
    const { theirs, ours } = await outcome({ listener: 'sasl', login: () => bearerLogin(15), laterMs: 18_000 });
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(fates(CLIENTS, (name) => (isRenewing(name) ? 'ok, renews' : 'silent')));
  });

  describe('with a delegation token', () => {
    const WITH_TOKENS = ['Java', 'ktool'];
    const asAlice = async <T>({ sasl }: World, act: (admin: Admin) => Promise<T>) => {
      const admin = await createAdmin({
        ...{ 'bootstrap.servers': `127.0.0.1:${sasl.port}`, 'security.protocol': 'SASL_PLAINTEXT' },
        ...{ 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': ALICE.jaas },
      });
      return act(admin).finally(() => admin.close());
    };

    /** Waits for what a controller has been told to come to its broker: Kafka's learns of it a little later. */
    async function known(world: World, isKnown: (tokens: readonly DelegationTokenInfo[]) => boolean) {
      await asAlice(world, async (admin) => {
        while (!isKnown(await admin.describeDelegationTokens())) await pause(100);
      });
    }

    async function newToken(world: World, lifeMs: number) {
      const { tokenId, hmac } = await asAlice(world, (admin) => admin.createDelegationToken());
      await known(world, (tokens) => tokens.some((token) => token.tokenId === tokenId));
      const expiry = await asAlice(world, (admin) => admin.expireDelegationToken(hmac, lifeMs));
      await known(world, (tokens) =>
        tokens.every((token) => token.tokenId !== tokenId || (lifeMs > 0 && token.expiryTimestamp === expiry)),
      );
      const password = hmac.toString('base64');
      const jaas = `${SCRAM_MODULE} required username="${tokenId}" password="${password}" tokenauth="true";`;
      return { hmac, credentials: { ...scramLogin(tokenId, password), jaas } };
    }

    test.each([
      ['that runs out', false, 'no, renews'],
      ['that is renewed in time', true, 'ok, renews'],
    ])('%s', async (_, isRenewed, expected) => {
      const hmacs = new Map<World, Buffer>();
      const login = async (world: World) => {
        const { hmac, credentials } = await newToken(world, 12_000);
        hmacs.set(world, hmac);
        return credentials;
      };
      const renew = (world: World) =>
        isRenewed && asAlice(world, (admin) => admin.renewDelegationToken(hmacs.get(world)!, 60_000));
      const scene = { clients: WITH_TOKENS, listener: 'sasl', login, change: renew, laterMs: 14_000 } as const;
      const all = fates(WITH_TOKENS, () => expected);
      expect(await outcome(scene)).toEqual({ theirs: all, ours: all });
    });

    test('that has run out are refused, and let in with another; who cannot say that it is one never is', async () => {
      for (const world of [kafkaWorld, await startKtool()]) {
        const at = { address: `127.0.0.1:${world.sasl.port}`, mechanism: 'SCRAM-SHA-512', ca: undefined } as const;
        const letIn = async (name: string, { user, password }: Credentials, ...jaas: string[]) =>
          (await LOGINS[name]!({ ...at, user, password, jaas: jaas[0] })).isIn;
        const [old, fresh] = [await newToken(world, -1), await newToken(world, 60_000)];
        for (const name of WITH_TOKENS) {
          expect([name, await letIn(name, old.credentials, old.credentials.jaas)]).toEqual([name, false]);
          expect([name, await letIn(name, fresh.credentials, fresh.credentials.jaas)]).toEqual([name, true]);
        }
        for (const name of CLIENTS) expect([name, await letIn(name, fresh.credentials)]).toEqual([name, false]);
      }
    });
  });
});
