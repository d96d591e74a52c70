// Clients that log in once and go on asking, so that it shows what becomes of them when their credentials change.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { onTestFinished } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { unsecuredToken } from '../../../src/util/sasl/unsecured-jws.ts';
import { fileWith, temporaryFolder } from '../../helpers/certificates.ts';
import { KAFKA_JARS } from '../kafka-jars.ts';

/** Whom a client logs in as. */
export interface Login {
  readonly address: string;
  /** Under which name it comes. */
  readonly clientId: string;
  readonly mechanism: string;
  readonly user: string;
  readonly password: string;
  /** sasl.jaas.config of the clients that have it. */
  readonly jaas: string;
  /** How long tokens hold that clients make themselves. */
  readonly tokenSeconds?: number;
  /** The file of the authority, where TLS is spoken. */
  readonly ca?: string;
}

/** A client that asks four times a second until the test is over. */
export interface Keeper {
  /** `ok`, or why not, for each time. */
  readonly said: string[];
}

/** What the one that produces produces to. */
export const KEPT_TOPIC = 'kept';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const python = process.env.KTOOL_PYTHON ?? 'python3';

function program(command: string, argv: readonly string[]): Keeper {
  const said: string[] = [];
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  // A JVM's log may come between.
  eachLine(child.stdout, (line) => /^(ok|no)\b/.test(line) && said.push(line));
  return { said };
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
}

function looped(ask: () => Promise<unknown>): Keeper {
  const said: string[] = [];
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  void (async () => {
    while (!isOver) {
      said.push(
        await ask().then(
          () => 'ok',
          (error: Error) => `no ${error.name}: ${error.message}`,
        ),
      );
      await pause(250);
    }
  })();
  return { said };
}

const settingsOf = ({ address, clientId, mechanism, jaas, ca }: Login) => ({
  'bootstrap.servers': address,
  'client.id': clientId,
  'security.protocol': ca === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL',
  ...(ca === undefined ? {} : { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': ca }),
  'sasl.mechanism': mechanism,
  'sasl.jaas.config': jaas,
});

const withPython = (library: string) => (login: Login) => {
  const { address, clientId, mechanism, user, password, tokenSeconds = 3600, ca = '' } = login;
  const argv = [address, clientId, mechanism, user, password, String(tokenSeconds), ca];
  return program(python, [here('keep.py'), library, ...argv]);
};

async function kafkajs({ address, clientId, mechanism, user: username, password, tokenSeconds = 3600, ca }: Login) {
  const options = { unsecuredLoginStringClaim_sub: username, unsecuredLoginLifetimeSeconds: String(tokenSeconds) };
  const value = () => unsecuredToken(new Map(Object.entries(options)), Date.now());
  const sasl =
    mechanism === 'OAUTHBEARER'
      ? { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: value() }) }
      : { mechanism: mechanism.toLowerCase(), username, password };
  const kafka = new Kafka({
    brokers: [address],
    clientId,
    ssl: ca === undefined ? false : { ca: [readFileSync(ca, 'utf8')] },
    sasl: sasl as SASLOptions,
    // The default of 10 s before a login runs out is all the time with shorter ones.
    reauthenticationThreshold: 500,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  onTestFinished(() => admin.disconnect().catch(() => {}));
  await admin.connect();
  return looped(() => admin.listTopics());
}

async function ktool(login: Login) {
  const patience = { 'default.api.timeout.ms': '3000', 'request.timeout.ms': '3000' };
  const admin = await createAdmin({ ...settingsOf(login), ...patience }, { failFast: true });
  onTestFinished(() => admin.close());
  return looped(() => admin.listTopics());
}

/** Produces records, and tells what became of each; the topic has to be there. */
function kcat({ address, clientId, mechanism, user, password, tokenSeconds = 3600, ca }: Login): Keeper {
  const credentials =
    mechanism === 'OAUTHBEARER'
      ? [
          'enable.sasl.oauthbearer.unsecure.jwt=true',
          `sasl.oauthbearer.config=principal=${user} lifeSeconds=${tokenSeconds}`,
        ]
      : [`sasl.username=${user}`, `sasl.password=${password}`];
  const protocol =
    ca === undefined ? ['security.protocol=sasl_plaintext'] : ['security.protocol=sasl_ssl', `ssl.ca.location=${ca}`];
  const login = [...protocol, `sasl.mechanism=${mechanism}`, ...credentials];
  const more = [`client.id=${clientId}`, 'linger.ms=0', 'message.timeout.ms=6000', 'reconnect.backoff.max.ms=200'];
  const argv = [
    '-P',
    '-E',
    '-vv',
    '-b',
    address,
    '-t',
    KEPT_TOPIC,
    ...[...login, ...more].flatMap((one) => ['-X', one]),
  ];
  const child = spawn('kcat', argv, { stdio: ['pipe', 'ignore', 'pipe'] });
  const said: string[] = [];
  eachLine(child.stderr, (line) => {
    if (line.startsWith('% Message delivered')) said.push('ok');
    else if (line.startsWith('% Delivery failed')) said.push(`no ${line}`);
  });
  // It reads its input in blocks of 1024 bytes.
  const line = `${'apples'.padEnd(1100)}\n`;
  const timer = setInterval(() => child.stdin.write(line), 250);
  child.stdin.on('error', () => {});
  onTestFinished(() => {
    clearInterval(timer);
    child.kill('SIGKILL');
  });
  return { said };
}

/** Kafka's own. */
function java(login: Login): Keeper {
  const text = Object.entries(settingsOf(login)).map(([key, value]) => `${key}=${value}\n`);
  const file = fileWith(temporaryFolder(), 'keep.properties', text.join(''));
  const jvm = ['-Xmx128M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];
  return program('java', [...jvm, here('Keep.java'), file]);
}

export const KEEPERS: Record<string, (login: Login) => Keeper | Promise<Keeper>> = {
  Java: java,
  'confluent-kafka': withPython('confluent-kafka'),
  'kafka-python': withPython('kafka-python'),
  kafkajs,
  kcat,
  ktool,
};
