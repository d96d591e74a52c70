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
import { TLS_CLIENTS } from './logins/tls-clients.ts';

const LISTENERS = ['REQUIRED', 'REQUESTED', 'ELSEWHERE', 'EXPIRED'] as const;
type Name = (typeof LISTENERS)[number];
type Ports = Readonly<Record<Name | 'PLAINTEXT', number>>;

const HOUR = 3_600_000;
const ca = newCa();
const SERVERS = {
  REQUIRED: newServer(ca),
  REQUESTED: newServer(ca),
  ELSEWHERE: newServer(ca, { hosts: ['elsewhere.example'] }),
  EXPIRED: newServer(ca, expired()),
};
const CERTIFICATES = {
  good: newClient(ca),
  expired: newClient(ca, expired()),
  'not yet valid': newClient(ca, { notBeforeMs: Date.now() + HOUR, notAfterMs: Date.now() + 2 * HOUR }),
  'of another CA': newClient(newCa('other')),
};
type Certificate = keyof typeof CERTIFICATES | 'none';

const CASES: readonly [listener: Name, certificate: Certificate, isIn: boolean | undefined][] = [
  ['REQUIRED', 'good', true],
  ['REQUIRED', 'expired', false],
  ['REQUIRED', 'not yet valid', false],
  ['REQUIRED', 'of another CA', false],
  ['REQUIRED', 'none', false],
  ['REQUESTED', 'good', true],
  ['REQUESTED', 'none', true],
  ['REQUESTED', 'expired', false],
  // Some clients show no certificate that the broker's list of authorities does not cover, and are anonymous then.
  ['REQUESTED', 'of another CA', undefined],
  ['ELSEWHERE', 'none', false],
  ['EXPIRED', 'none', false],
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
      'ssl.client.auth': { REQUIRED: 'required', REQUESTED: 'requested', ELSEWHERE: 'none', EXPIRED: 'none' }[name],
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

test.each(Object.entries(TLS_CLIENTS).filter(([name]) => !missing[name]))('%s', async (_, client) => {
  const none = { PLAINTEXT: 0, REQUIRED: 0, REQUESTED: 0, ELSEWHERE: 0, EXPIRED: 0 };
  const { services } = await startTestBroker({ overrides: { ...settings(), listeners: listenersOf(none) } });
  const ownPort = (listenerName: string) =>
    services.endpointFor({ listenerName, localAddress: '127.0.0.1', localPort: 0 }).port;
  for (const [listener, certificate, isIn] of CASES) {
    const at = (port: number) => client(`127.0.0.1:${port}`, join(folder, 'ca.pem'), fileOf(certificate));
    const [theirs, ours] = await Promise.all([
      missing.Java ? undefined : at(kafkaPorts[listener]),
      at(ownPort(listener)),
    ]);
    const expected = isIn ?? theirs ?? ours;
    expect({ listener, certificate, theirs, ours }).toEqual({
      ...{ listener, certificate, ours: expected },
      theirs: missing.Java ? undefined : expected,
    });
  }
});
