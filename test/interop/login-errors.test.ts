// What a client is told when it is not let in: by ktool's broker the same as by Apache Kafka. Each attempt is made on both, and
// the sentences of the client about it are compared, without addresses and times.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { freePort } from '../helpers/free-port.ts';
import { SASL_CONFIG, SCRAM_MODULE, startSaslBroker } from '../helpers/sasl.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { type Attempt, CLIENTS, missing } from './login-clients.ts';

const PROTOCOLS = 'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SCRAM:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT';
const COMMON = {
  ...SASL_CONFIG,
  'listener.security.protocol.map': PROTOCOLS,
  'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.scram.scram-sha-512.sasl.jaas.config': `${SCRAM_MODULE} required;`,
};

/** Ports of the listeners of both brokers: PLAINTEXT, SASL_PLAINTEXT, SCRAM. */
type Ports = readonly [plain: number, sasl: number, scram: number];
let kafka: KafkaBroker | undefined;
const ports: { kafka?: Ports; ktool?: Ports } = {};

async function addUser(port: number) {
  const admin = await createAdmin({ 'bootstrap.servers': `127.0.0.1:${port}` });
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)
    await admin.alterScram({ upsertions: [{ user: 'alice', mechanism, password: 'alice-secret' }] });
  await admin.close();
}

const listenersOf = ([plain, sasl, scram]: Ports) =>
  `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${sasl},SCRAM://127.0.0.1:${scram}`;

beforeAll(async () => {
  if (missing.Java) return;
  ports.kafka = [await freePort(), await freePort(), await freePort()];
  const controller = await freePort();
  kafka = await startKafkaBroker({
    ...COMMON,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `${listenersOf(ports.kafka)},CONTROLLER://127.0.0.1:${controller}`,
    'inter.broker.listener.name': 'PLAINTEXT',
  });
  await addUser(ports.kafka[0]);
});

afterAll(() => kafka?.stop());

const CASES: readonly [what: string, at: 0 | 1 | 2, Pick<Attempt, 'mechanism' | 'user' | 'password'>][] = [
  ['PLAIN, a wrong password', 1, { mechanism: 'PLAIN', user: 'alice', password: 'wrong-secret' }],
  ['PLAIN, an unknown user', 1, { mechanism: 'PLAIN', user: 'mallory', password: 'wrong-secret' }],
  ['SCRAM, a wrong password', 1, { mechanism: 'SCRAM-SHA-256', user: 'alice', password: 'wrong-secret' }],
  ['SCRAM, an unknown user', 1, { mechanism: 'SCRAM-SHA-512', user: 'mallory', password: 'wrong-secret' }],
  ['OAUTHBEARER, an expired token', 1, { mechanism: 'OAUTHBEARER', user: 'alice', password: 'wrong-secret' }],
  ['a mechanism that is not enabled', 2, { mechanism: 'PLAIN', user: 'alice', password: 'alice-secret' }],
  ['a login where none is asked for', 0, { mechanism: 'PLAIN', user: 'alice', password: 'alice-secret' }],
];

/** The lines about the refusal, or the last one, without what differs from run to run. */
function essence(said: string): string[] {
  // Two threads of librdkafka write at once.
  const all = said
    .split(/\n|(?=%\d\|[\d.]+\|)/)
    .filter((line) => line.trim() !== '' && !/suppressed|^\s+at /.test(line));
  const isAbout = (line: string) =>
    /authenticat|sasl|mechanism|handshake|disconnect/i.test(line) && !/File "|^\s*raise|"""/.test(line);
  const about = all.filter(isAbout);
  const plain = (about.length > 0 ? about : all.slice(-1)).map((line) =>
    line
      .replace(/^%\d\|[\d.]+\|/, '')
      .replace(/127\.0\.0\.1(:\d+)?/g, 'HOST')
      .replace(/after \d+ms|in state \w+|\(after [^)]*\)/g, '')
      .replace(/\d+/g, 'N')
      .trim(),
  );
  return [...new Set(plain)].sort();
}

describe.each(Object.entries(CLIENTS))('%s', (name, client) => {
  it.skipIf(missing.Java || missing[name]).each(CASES)('%s', async (_what, at, attempt) => {
    if (name === 'kcat' && attempt.mechanism === 'OAUTHBEARER') return;
    const { port, broker } = await startSaslBroker({ ...COMMON, listeners: listenersOf([0, 0, 0]) });
    const portOf = (listenerName: string) =>
      broker.services.endpointFor({ listenerName, localAddress: '127.0.0.1', localPort: 0 }).port;
    await addUser(broker.port);
    const own: Ports = [broker.port, port, portOf('SCRAM')];
    const told = async (target: Ports) => client({ ...attempt, address: `127.0.0.1:${target[at]}`, ca: undefined });
    const [theirs, ours] = await Promise.all([told(ports.kafka!), told(own)]);
    expect([theirs.isIn, ours.isIn]).toEqual([false, false]);
    expect(essence(ours.said)).toEqual(essence(theirs.said));
    expect(essence(ours.said)).not.toEqual([]);
  });
});
