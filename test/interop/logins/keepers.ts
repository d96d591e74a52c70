// Clients that log in once and go on asking, so that it shows what becomes of them when their credentials change.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
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
  readonly mechanism: string;
  readonly user: string;
  readonly password: string;
  /** sasl.jaas.config of the clients that have it. */
  readonly jaas: string;
  /** How long tokens hold that clients make themselves. */
  readonly tokenSeconds?: number;
}

/** A client that asks four times a second until the test is over. */
export interface Keeper {
  /** `ok`, or why not, for each time. */
  readonly said: string[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const python = process.env.KTOOL_PYTHON ?? 'python3';

function program(command: string, argv: readonly string[]): Keeper {
  const said: string[] = [];
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines);
  });
  return { said };
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

const settingsOf = ({ address, mechanism, jaas }: Login) => ({
  'bootstrap.servers': address,
  'security.protocol': 'SASL_PLAINTEXT',
  'sasl.mechanism': mechanism,
  'sasl.jaas.config': jaas,
});

const withPython = (library: string) => (login: Login) => {
  const { address, mechanism, user, password, tokenSeconds } = login;
  const seconds = tokenSeconds === undefined ? [] : [String(tokenSeconds)];
  return program(python, [here('keep.py'), library, address, mechanism, user, password, ...seconds]);
};

async function kafkajs({ address, mechanism, user: username, password, tokenSeconds = 3600 }: Login) {
  const options = { unsecuredLoginStringClaim_sub: username, unsecuredLoginLifetimeSeconds: String(tokenSeconds) };
  const value = () => unsecuredToken(new Map(Object.entries(options)), Date.now());
  const sasl =
    mechanism === 'OAUTHBEARER'
      ? { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: value() }) }
      : { mechanism: mechanism.toLowerCase(), username, password };
  const kafka = new Kafka({
    brokers: [address],
    sasl: sasl as SASLOptions,
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
  ktool,
};
