// Key stores and trust stores that change while a broker runs and each kind of client is connected: what is taken and what is
// refused, in which words, and who is shown which certificate; on Apache Kafka and on ktool in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Admin, createAdmin } from '../../src/client/admin.ts';
import type { Identity } from '../../src/security/certificates/certificate.ts';
import { keyStorePkcs12, trustStorePkcs12 } from '../../src/security/certificates/pkcs12-writer.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { certificatePem, fileWith, keyPem, newCa, newServer } from '../helpers/certificates.ts';
import { freePort } from '../helpers/free-port.ts';
import { PLAIN_MODULE } from '../helpers/sasl.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { missing } from './login-clients.ts';
import { KEEPERS, KEPT_TOPIC } from './logins/keepers.ts';
import { openWitness, type Witness } from './logins/witness.ts';

const LISTENERS = ['PLAINTEXT', 'STORE', 'PEM', 'FREE', 'KEPT'] as const;
type Name = (typeof LISTENERS)[number];
type Ports = Readonly<Record<Name, number>>;

const PASSWORD = 'changeit';
const HOSTS = ['localhost', '127.0.0.1'];
const ca = newCa();

let folder: string;
let kafka: KafkaBroker | undefined;
const ports: { theirs?: Ports; ours?: Ports } = {};
/** What stands before the listener that clients stay connected to. */
const witnesses = new Map<Ports, Witness>();
const at = (name: string) => join(folder, name);

const pkcs12 = (name: string, { key, certificate }: Identity, password = PASSWORD, alias = 'kafka') =>
  fileWith(folder, `${name}.p12`, keyStorePkcs12(alias, key, [certificate, ca.certificate], password));
const pem = (name: string, identity: Identity) =>
  fileWith(folder, `${name}.pem`, keyPem(identity) + certificatePem(identity, ca));

function writeStores(): void {
  const first = newServer(ca);
  const another = newServer(ca, { subject: [['CN', 'another']] });
  pem('kept', first);
  for (const write of [pkcs12, pem]) {
    write('first', first);
    write('renewed', newServer(ca));
    write('another', another);
  }
  pkcs12('other-password', newServer(ca), 'another1');
  pkcs12('other-alias', newServer(ca), PASSWORD, 'other');
  pkcs12('more-names', newServer(ca, { hosts: [...HOSTS, 'more.example'] }));
  pkcs12('fewer-names', newServer(ca, { hosts: HOSTS.slice(1) }));
  fileWith(folder, 'trust.p12', trustStorePkcs12(new Map([['ca', ca.certificate]]), PASSWORD));
  fileWith(folder, 'rubbish.p12', 'rubbish');
  fileWith(folder, 'rubbish.pem', 'rubbish');
  fileWith(folder, 'ca.pem', certificatePem(ca));
}

const settings = (): Record<string, string> => ({
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,STORE:SSL,PEM:SSL,FREE:SSL,KEPT:SASL_SSL',
  'inter.broker.listener.name': 'PLAINTEXT',
  'listener.name.store.ssl.keystore.type': 'PKCS12',
  'listener.name.store.ssl.keystore.location': at('first.p12'),
  'listener.name.store.ssl.keystore.password': PASSWORD,
  'listener.name.store.ssl.truststore.type': 'PKCS12',
  'listener.name.store.ssl.truststore.location': at('trust.p12'),
  'listener.name.store.ssl.truststore.password': PASSWORD,
  'listener.name.store.ssl.client.auth': 'required',
  'listener.name.pem.ssl.keystore.type': 'PEM',
  'listener.name.pem.ssl.keystore.location': at('first.pem'),
  'listener.name.free.ssl.keystore.type': 'PEM',
  'listener.name.free.ssl.keystore.location': at('first.pem'),
  'listener.name.free.ssl.allow.dn.changes': 'true',
  'listener.name.kept.ssl.keystore.type': 'PEM',
  'listener.name.kept.ssl.keystore.location': at('kept.pem'),
  'sasl.enabled.mechanisms': 'PLAIN',
  'listener.name.kept.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_alice="alice-secret";`,
});

const listenersOf = (of: Ports) => LISTENERS.map((name) => `${name}://127.0.0.1:${of[name]}`).join();
const freePorts = async () =>
  Object.fromEntries(await Promise.all(LISTENERS.map(async (name) => [name, await freePort()]))) as Ports;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-stores-'));
  writeStores();
  if (missing.Java) return;
  ports.theirs = await freePorts();
  const [controller, witness] = [await freePort(), await openWitness()];
  witness.lead(ports.theirs.KEPT);
  witnesses.set(ports.theirs, witness);
  kafka = await startKafkaBroker({
    ...settings(),
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `${listenersOf(ports.theirs)},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': listenersOf({ ...ports.theirs, KEPT: witness.port }),
  });
});

async function startKtool(): Promise<Ports> {
  const none = Object.fromEntries(LISTENERS.map((name) => [name, 0])) as Ports;
  const { services } = await startTestBroker({ overrides: { ...settings(), listeners: listenersOf(none) } });
  const portOf = (listenerName: Name) =>
    services.endpointFor({ listenerName, localAddress: '127.0.0.1', localPort: 0 }).port;
  return Object.fromEntries(LISTENERS.map((name) => [name, portOf(name)])) as Ports;
}

/** One that its clients come to by way of a witness, as to Kafka. */
async function startWatchedKtool(): Promise<Ports> {
  const [ours, witness] = [await freePorts(), await openWitness()];
  witness.lead(ours.KEPT);
  witnesses.set(ours, witness);
  const listeners = listenersOf(ours);
  const advertised = listenersOf({ ...ours, KEPT: witness.port });
  await startTestBroker({ overrides: { ...settings(), listeners, 'advertised.listeners': advertised } });
  return ours;
}

afterAll(async () => {
  await kafka?.stop();
  for (const witness of witnesses.values()) witness.close();
  rmSync(folder, { recursive: true, force: true });
});

async function adminOf(of: Ports): Promise<Admin> {
  const admin = await createAdmin({ 'bootstrap.servers': `127.0.0.1:${of.PLAINTEXT}` });
  onTestFinished(() => admin.close());
  return admin;
}

/** Sets what is given, or takes it back if it is null; gives what the broker says to it. */
async function alter(admin: Admin, listener: Name, entries: Readonly<Record<string, string | null>>): Promise<string> {
  const ops = Object.entries(entries).map(([key, value]) => ({
    ...{ name: `listener.name.${listener.toLowerCase()}.ssl.${key}`, value },
    op: value === null ? ('DELETE' as const) : ('SET' as const),
  }));
  const [outcome] = await admin.incrementalAlterConfigs([{ resource: { type: 4, name: '1' }, ops }]);
  return outcome?.error?.message.replaceAll(folder, 'FOLDER') ?? 'done';
}

/** The serial number of the certificate that a new connection is shown. */
const shown = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.serialNumber ?? '');
      socket.destroy();
    });
    socket.on('error', reject);
  });

/** Whether another is shown soon: Kafka's broker learns of it from its controller. */
async function becomesAnother(port: number, before: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 5000; waitedMs += 100) {
    if ((await shown(port)) !== before) return true;
    await pause(100);
  }
  return false;
}

const REFUSED =
  'Invalid value org.apache.kafka.common.config.ConfigException: Validation of dynamic config update of SSLFactory failed: ';

/** After each, the listener is as it was at the start: Kafka's broker is that of all. */
const CHANGES: readonly [what: string, listener: Name, () => Record<string, string>, isTaken: boolean][] = [
  ['a renewed certificate', 'STORE', () => ({ 'keystore.location': at('renewed.p12') }), true],
  ['a renewed certificate in PEM', 'PEM', () => ({ 'keystore.location': at('renewed.pem') }), true],
  [
    'a store with another password',
    'STORE',
    () => ({ 'keystore.location': at('other-password.p12'), 'keystore.password': 'another1' }),
    true,
  ],
  ['another alias', 'STORE', () => ({ 'keystore.location': at('other-alias.p12') }), true],
  ['fewer names', 'STORE', () => ({ 'keystore.location': at('fewer-names.p12') }), false],
  ['another name', 'STORE', () => ({ 'keystore.location': at('another.p12') }), false],
  ['another name in PEM', 'PEM', () => ({ 'keystore.location': at('another.pem') }), false],
  ['another name where it is allowed', 'FREE', () => ({ 'keystore.location': at('another.pem') }), true],
  [
    'another name that only the change allows',
    'STORE',
    () => ({ 'keystore.location': at('another.p12'), 'allow.dn.changes': 'true' }),
    false,
  ],
  ['PEM instead of PKCS12', 'STORE', () => ({ 'keystore.type': 'PEM', 'keystore.location': at('renewed.pem') }), false],
  [
    'PKCS12 instead of PEM',
    'PEM',
    () => ({
      'keystore.type': 'PKCS12',
      'keystore.location': at('renewed.p12'),
      'keystore.password': PASSWORD,
    }),
    true,
  ],
  ['a file that is not there', 'STORE', () => ({ 'keystore.location': '/nowhere' }), false],
  ['a trust store that is not there', 'STORE', () => ({ 'truststore.location': '/nowhere' }), false],
  ['a wrong password', 'STORE', () => ({ 'keystore.password': 'wrong1' }), false],
  ['rubbish', 'STORE', () => ({ 'keystore.location': at('rubbish.p12') }), false],
  ['rubbish in PEM', 'PEM', () => ({ 'keystore.location': at('rubbish.pem') }), false],
  ['rubbish as a key', 'PEM', () => ({ 'keystore.key': 'rubbish' }), false],
  [
    'a trust store where there was none',
    'PEM',
    () => ({ 'truststore.type': 'PEM', 'truststore.location': at('ca.pem') }),
    false,
  ],
  // Last, for they stay.
  ['more names', 'STORE', () => ({ 'keystore.location': at('more-names.p12') }), true],
];

/** ktool says after Kafka's words why a store cannot be read. */
const withoutReason = (text: string) =>
  text.replace(
    /(Failed to load (?:PEM )?SSL keystore [^:]*?(?: of type \w+)?|Invalid PEM keystore configs): .*(?= for configuration)/,
    '$1',
  );

describe.skipIf(missing.Java)('a listener that runs is told of', () => {
  test.each(CHANGES)('%s', async (_, listener, change, isTaken) => {
    const ours = await startKtool();
    const told: string[] = [];
    for (const of of [ports.theirs!, ours]) {
      const admin = await adminOf(of);
      const before = await shown(of[listener]);
      const said = await alter(admin, listener, change());
      told.push(withoutReason(said));
      expect(said === 'done').toBe(isTaken);
      if (!isTaken) expect(said).toContain(REFUSED);
      if (isTaken) expect(await becomesAnother(of[listener], before)).toBe(true);
      else expect(await shown(of[listener])).toBe(before);
      const back = Object.fromEntries(Object.keys(change()).map((key) => [key, null]));
      if (!isTaken) continue;
      const now = await shown(of[listener]);
      if ((await alter(admin, listener, back)) === 'done') await becomesAnother(of[listener], now);
    }
    expect(told[1]).toBe(told[0]);
  });
});

test.skipIf(missing.Java)(
  'clients that are connected stay so when the certificate changes, new connections get the new one',
  async () => {
    const names = Object.keys(KEEPERS).filter((name) => !missing[name]);
    const password = 'alice-secret';
    const jaas = `${PLAIN_MODULE} required username="alice" password="${password}";`;
    const both = [ports.theirs!, await startWatchedKtool()];
    const login = { mechanism: 'PLAIN', user: 'alice', password, jaas, ca: at('ca.pem') };
    const started = await Promise.all(
      both.map(async (of) => {
        const admin = await adminOf(of);
        await admin.createTopics([{ name: KEPT_TOPIC, numPartitions: 1 }]);
        const address = `127.0.0.1:${witnesses.get(of)!.port}`;
        const keepers = await Promise.all(names.map((name) => KEEPERS[name]!({ ...login, address, clientId: name })));
        return { of, admin, keepers };
      }),
    );
    const before = await shown(both[0]!.KEPT);
    while (!started.every(({ keepers }) => keepers.every(({ said }) => said.includes('ok')))) await pause(100);
    pem('kept', newServer(ca));
    for (const { of, admin, keepers } of started) {
      const open = () => witnesses.get(of)!.visits.filter(({ endedBy }) => endedBy === undefined);
      const connected = open();
      expect(await alter(admin, 'KEPT', { 'keystore.location': at('kept.pem') })).toBe('done');
      expect(await becomesAnother(of.KEPT, before)).toBe(true);
      const counts = keepers.map(({ said }) => said.length);
      while (!keepers.every(({ said }, index) => said.length > counts[index]! + 4)) await pause(100);
      const since = keepers.map(({ said }, index) => said.slice(counts[index]));
      expect(new Set(since.flat())).toEqual(new Set(['ok']));
      expect(connected.filter(({ endedBy }) => endedBy === 'broker')).toEqual([]);
      expect(connected.length).toBeGreaterThanOrEqual(names.length);
    }
  },
);
