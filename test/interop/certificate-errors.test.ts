// Certificates that are not good: of a client that has to show one, or may, and of the broker. Who is let in by ktool's broker is
// let in by Apache Kafka, and nobody else, whichever the client.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { certificatePem, expired, fileWith, keyPem, newCa, newClient, newServer } from '../helpers/certificates.ts';
import { freePort } from '../helpers/free-port.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { missing } from './login-clients.ts';
import { TLS_CLIENTS, type Told } from './logins/tls-clients.ts';

const LISTENERS = ['REQUIRED', 'REQUESTED', 'ELSEWHERE', 'EXPIRED', 'EARLY', 'PURPOSE'] as const;
type Name = (typeof LISTENERS)[number];
type Ports = Readonly<Record<Name | 'PLAINTEXT', number>>;

const HOUR = 3_600_000;
const early = () => ({ notBeforeMs: Date.now() + HOUR, notAfterMs: Date.now() + 2 * HOUR });
const ca = newCa();
const SERVERS = {
  REQUIRED: newServer(ca),
  REQUESTED: newServer(ca),
  ELSEWHERE: newServer(ca, { hosts: ['elsewhere.example'] }),
  EXPIRED: newServer(ca, expired()),
  EARLY: newServer(ca, early()),
  PURPOSE: newClient(ca, { hosts: ['localhost', '127.0.0.1'] }),
};
const CERTIFICATES = {
  good: newClient(ca),
  expired: newClient(ca, expired()),
  'not yet valid': newClient(ca, early()),
  'of another CA': newClient(newCa('other')),
  'of a CA itself': newClient(ca, { kind: 'ca' }),
};
type Certificate = keyof typeof CERTIFICATES | 'none';

const CASES: readonly [listener: Name, certificate: Certificate, isIn: boolean | undefined, ca?: string][] = [
  ['REQUIRED', 'good', true],
  ['REQUIRED', 'expired', false],
  ['REQUIRED', 'not yet valid', false],
  ['REQUIRED', 'of another CA', false],
  ['REQUIRED', 'of a CA itself', false],
  ['REQUIRED', 'none', false],
  ['REQUIRED', 'good', false, 'other.pem'],
  ['REQUESTED', 'good', true],
  ['REQUESTED', 'none', true],
  ['REQUESTED', 'expired', false],
  // Some clients show no certificate that the broker's list of authorities does not cover, and are anonymous then.
  ['REQUESTED', 'of another CA', undefined],
  ['ELSEWHERE', 'none', false],
  ['EXPIRED', 'none', false],
  ['EARLY', 'none', false],
  ['PURPOSE', 'none', false],
];

let folder: string;
let kafka: KafkaBroker | undefined;
let kafkaPorts: Ports;

const fileOf = (certificate: Certificate) => (certificate === 'none' ? '' : join(folder, `${certificate}.pem`));

function settings(): Record<string, string> {
  const own = LISTENERS.flatMap((name) => {
    const prefix = `listener.name.${name.toLowerCase()}`;
    return Object.entries({
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': join(folder, `${name}.pem`),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': join(folder, 'ca.pem'),
      'ssl.client.auth': { REQUIRED: 'required', REQUESTED: 'requested' }[name as string] ?? 'none',
    }).map(([key, value]) => [`${prefix}.${key}`, value]);
  });
  const map = LISTENERS.map((name) => `${name}:SSL`).join();
  return {
    'listener.security.protocol.map': `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,${map}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    ...Object.fromEntries(own),
  };
}

const listenersOf = (ports: Ports) =>
  Object.entries(ports)
    .map(([name, port]) => `${name}://127.0.0.1:${port}`)
    .join();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-certificates-'));
  fileWith(folder, 'ca.pem', certificatePem(ca));
  fileWith(folder, 'other.pem', certificatePem(newCa('unknown')));
  for (const [name, one] of Object.entries({ ...SERVERS, ...CERTIFICATES }))
    fileWith(folder, `${name}.pem`, keyPem(one) + certificatePem(one));
  if (missing.Java) return;
  const names = ['PLAINTEXT', ...LISTENERS];
  kafkaPorts = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()])));
  const controller = await freePort();
  kafka = await startKafkaBroker({
    ...settings(),
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `${listenersOf(kafkaPorts)},CONTROLLER://127.0.0.1:${controller}`,
  });
});

afterAll(async () => {
  await kafka?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What was said about TLS, without what differs from run to run (librdkafka tells of the end of a connection only sometimes). */
function essence({ isIn, said }: Told): string[] {
  if (isIn) return ['in'];
  const isAbout = (line: string) =>
    /ssl|tls|certificate|altnames/i.test(line) &&
    !/File "|^\s*raise|"""|suppressed|bootstrap: error:|No further error|: Disconnected/.test(line);
  const lines = said.split('\n').filter(isAbout);
  const plain = (lines.length > 0 ? lines : said.trim().split('\n').slice(-1)).map((line) =>
    line
      .replace(/^%\d\|[\d.]+\|/, '')
      .replace(/127\.0\.0\.1(:\d+)?/g, 'HOST')
      .replace(/\(after [^)]*\)/g, '')
      .replace(/\d+/g, 'N')
      .trim(),
  );
  return [...new Set(plain)].sort();
}

test.each(Object.entries(TLS_CLIENTS).filter(([name]) => !missing[name]))('%s', async (name, client) => {
  const none = Object.fromEntries(['PLAINTEXT', ...LISTENERS].map((one) => [one, 0])) as Ports;
  const { services } = await startTestBroker({ overrides: { ...settings(), listeners: listenersOf(none) } });
  const ownPort = (listenerName: string) =>
    services.endpointFor({ listenerName, localAddress: '127.0.0.1', localPort: 0 }).port;
  for (const [listener, certificate, isIn, authority = 'ca.pem'] of CASES) {
    const at = (port: number) => client(`127.0.0.1:${port}`, join(folder, authority), fileOf(certificate));
    const [theirs, ours] = await Promise.all([
      missing.Java ? undefined : at(kafkaPorts[listener]),
      at(ownPort(listener)),
    ]);
    const expected = isIn ?? theirs?.isIn ?? ours.isIn;
    const row = { listener, certificate, authority };
    expect({ ...row, ours: ours.isIn }, ours.said).toEqual({ ...row, ours: expected });
    if (theirs === undefined) continue;
    expect({ ...row, theirs: theirs.isIn }, theirs.said).toEqual({ ...row, theirs: expected });
    // Of a chain that nobody knows OpenSSL tells the end, and Node sends the broker's trust store along.
    const isOtherEnd = authority !== 'ca.pem' && name === 'kafkajs';
    if (!isOtherEnd) expect([row, essence(ours)]).toEqual([row, essence(theirs)]);
  }
});
