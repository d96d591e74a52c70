// Other people's clients logging in with SASL, each in a process of its own but kafkajs and ktool's own.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { createAdmin } from '../../src/client/admin.ts';
import { unsecuredToken } from '../../src/util/sasl/unsecured-jws.ts';
import { fileWith, temporaryFolder } from '../helpers/certificates.ts';
import { BEARER_MODULE, PLAIN_MODULE, SCRAM_MODULE } from '../helpers/sasl.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
export const missing: Record<string, boolean> = {
  Java: whyNoKafka() !== undefined,
  kcat: !has('kcat', '-V'),
  'confluent-kafka': !has(python, '-c', 'import confluent_kafka'),
  'kafka-python': !has(python, '-c', 'import kafka'),
};
for (const [name, lacks] of Object.entries(missing)) if (lacks) console.warn(`skipped: no ${name} on this machine`);

export const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

export interface Attempt {
  readonly address: string;
  readonly mechanism: Mechanism;
  readonly user: string;
  readonly password: string;
  /** The file of the authority, where TLS is spoken. */
  readonly ca: string | undefined;
  /** sasl.jaas.config of the clients that have it, where it is not that of user and password. */
  readonly jaas?: string | undefined;
}

/** Whether somebody was let in, and all that was said. */
export interface Result {
  readonly isIn: boolean;
  readonly said: string;
}

type Client = (attempt: Attempt) => Promise<Result>;

const ended = ({ code, stdout, stderr }: Awaited<ReturnType<typeof runAsync>>): Result => ({
  isIn: code === 0,
  said: stdout + stderr,
});

/** An unsecured token for the right password, one that has expired for the wrong one. */
function tokenOf({ user, password }: Attempt): string {
  const lifetime = password === 'wrong-secret' ? '-60' : '600';
  const options = { unsecuredLoginStringClaim_sub: user, unsecuredLoginLifetimeSeconds: lifetime };
  return unsecuredToken(new Map(Object.entries(options)), Date.now());
}

function jaas({ mechanism, user, password }: Attempt): string {
  if (mechanism === 'OAUTHBEARER') {
    const lifetime = password === 'wrong-secret' ? '-60' : '600';
    return `${BEARER_MODULE} required unsecuredLoginStringClaim_sub="${user}" unsecuredLoginLifetimeSeconds="${lifetime}";`;
  }
  const module = mechanism === 'PLAIN' ? PLAIN_MODULE : SCRAM_MODULE;
  return `${module} required username="${user}" password="${password}";`;
}

export const settingsOf = (attempt: Attempt): Record<string, string> => ({
  'security.protocol': attempt.ca === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL',
  'sasl.mechanism': attempt.mechanism,
  'sasl.jaas.config': attempt.jaas ?? jaas(attempt),
  ...(attempt.ca === undefined ? {} : { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': attempt.ca }),
});

const asProperties = (settings: Record<string, string>) =>
  Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

export async function javaTool(
  mainClass: string,
  settings: Record<string, string>,
  argv: string[],
  ...options: string[]
) {
  const file = fileWith(temporaryFolder(), 'client.properties', asProperties(settings));
  const jvm = ['-Xmx128M', '-XX:TieredStopAtLevel=1', ...options, '-cp', join(KAFKA_JARS, '*')];
  return ended(await runAsync('java', [...jvm, `org.apache.kafka.tools.${mainClass}`, ...argv, file], '', true));
}

export const javaTopics = (address: string, settings: Record<string, string>, ...options: string[]) =>
  javaTool('TopicCommand', settings, ['--bootstrap-server', address, '--list', '--command-config'], ...options);

const PROGRAMS = {
  'confluent-kafka': `
import sys
from confluent_kafka.admin import AdminClient
address, mechanism, user, password, token, ca = sys.argv[1:]
at = {'bootstrap.servers': address, 'security.protocol': 'sasl_ssl' if ca else 'sasl_plaintext', 'sasl.mechanism': mechanism}
if ca: at['ssl.ca.location'] = ca
if mechanism == 'OAUTHBEARER': at['oauth_cb'] = lambda _: (token, 4102444800.0, user, {})
else: at.update({'sasl.username': user, 'sasl.password': password})
admin = AdminClient(at)
admin.poll(0)
admin.list_topics(timeout=6)
`,
  'kafka-python': `
import sys
from kafka import KafkaAdminClient
try: from kafka.net.sasl.oauth import AbstractTokenProvider
except ImportError: from kafka.sasl.oauth import AbstractTokenProvider
address, mechanism, user, password, token, ca = sys.argv[1:]
class Tokens(AbstractTokenProvider):
  def __init__(self): super().__init__()
  def token(self): return token
more = {'sasl_oauth_token_provider': Tokens()} if mechanism == 'OAUTHBEARER' else {'sasl_plain_username': user, 'sasl_plain_password': password}
KafkaAdminClient(bootstrap_servers=address, security_protocol='SASL_SSL' if ca else 'SASL_PLAINTEXT', sasl_mechanism=mechanism,
  ssl_cafile=ca or None, bootstrap_timeout_ms=6000, **more).list_topics()
`,
};

const pythonClient =
  (program: string): Client =>
  async (attempt) => {
    const { address, mechanism, user, password, ca } = attempt;
    const argv = ['-c', program, address, mechanism, user, password, tokenOf(attempt), ca ?? ''];
    return ended(await runAsync(python, argv, '', true));
  };

const kcat: Client = async (attempt) => {
  const { address, mechanism, user, password, ca } = attempt;
  const lifetime = password === 'wrong-secret' ? '1' : '600';
  const credentials =
    mechanism === 'OAUTHBEARER'
      ? [
          'enable.sasl.oauthbearer.unsecure.jwt=true',
          `sasl.oauthbearer.config=principal=${user} lifeSeconds=${lifetime}`,
        ]
      : [`sasl.username=${user}`, `sasl.password=${password}`];
  const protocol =
    ca === undefined ? ['security.protocol=sasl_plaintext'] : ['security.protocol=sasl_ssl', `ssl.ca.location=${ca}`];
  const settings = [...protocol, `sasl.mechanism=${mechanism}`, ...credentials].flatMap((one) => ['-X', one]);
  return ended(await runAsync('kcat', ['-L', '-b', address, '-m', '6', ...settings], '', true));
};

const kafkajs: Client = async (attempt) => {
  const { address, user: username, password, ca } = attempt;
  const mechanism = attempt.mechanism.toLowerCase();
  const sasl =
    mechanism === 'oauthbearer'
      ? { mechanism, oauthBearerProvider: async () => ({ value: tokenOf(attempt) }) }
      : { mechanism, username, password };
  const kafka = new Kafka({
    brokers: [address],
    ssl: ca === undefined ? false : { ca: [readFileSync(ca, 'utf8')] },
    sasl: sasl as SASLOptions,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const listed = admin.connect().then(() => admin.listTopics());
  const result = await listed.then(
    () => ({ isIn: true, said: '' }),
    (error: Error) => ({ isIn: false, said: `${error.name}: ${error.message}\n${error.stack}` }),
  );
  await admin.disconnect().catch(() => {});
  return result;
};

export const ktool: Client = async (attempt) => {
  const admin = await createAdmin({ 'bootstrap.servers': attempt.address, ...settingsOf(attempt) }, { failFast: true });
  const result = await admin.listTopics().then(
    () => ({ isIn: true, said: '' }),
    (error: Error) => ({ isIn: false, said: `${error.name}: ${error.message}\n${error.stack}` }),
  );
  await admin.close();
  return result;
};

export const CLIENTS: Record<string, Client> = {
  Java: (attempt) => javaTopics(attempt.address, settingsOf(attempt)),
  kcat,
  'confluent-kafka': pythonClient(PROGRAMS['confluent-kafka']),
  'kafka-python': pythonClient(PROGRAMS['kafka-python']),
  kafkajs,
  ktool,
};
