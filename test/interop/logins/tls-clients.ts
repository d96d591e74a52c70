// Other people's clients asking for topics over TLS, each in a process of its own but kafkajs and ktool's own.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { onTestFinished } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { type Finished, runAsync } from '../run.ts';
import { type JavaClient, startJavaClient } from './java-once.ts';

/** Whether somebody was let in, and all that was said. */
export interface Told {
  readonly isIn: boolean;
  readonly said: string;
}

/** `ca` is the file of the authority, `pem` that of the client's key and certificate, '' for none. */
export type TlsClient = (address: string, ca: string, pem: string) => Promise<Told>;

const ended = ({ code, stdout, stderr }: Finished): Told => ({ isIn: code === 0, said: stdout + stderr });
const tried = (attempt: Promise<unknown>): Promise<Told> =>
  attempt.then(
    () => ({ isIn: true, said: '' }),
    (error: Error) => ({ isIn: false, said: `${error.name}: ${error.message}` }),
  );

const python = process.env.KTOOL_PYTHON ?? 'python3';

const PROGRAMS = {
  'confluent-kafka': `
import sys
from confluent_kafka.admin import AdminClient
address, ca, pem = sys.argv[1:]
at = {'bootstrap.servers': address, 'security.protocol': 'ssl', 'ssl.ca.location': ca}
if pem: at.update({'ssl.certificate.location': pem, 'ssl.key.location': pem})
AdminClient(at).list_topics(timeout=4)
`,
  'kafka-python': `
import sys
from kafka import KafkaAdminClient
address, ca, pem = sys.argv[1:]
KafkaAdminClient(bootstrap_servers=address, security_protocol='SSL', ssl_cafile=ca, ssl_certfile=pem or None,
  ssl_keyfile=pem or None, bootstrap_timeout_ms=4000).list_topics()
`,
};

const withPython =
  (program: string): TlsClient =>
  async (...argv) =>
    ended(await runAsync(python, ['-c', program, ...argv], '', true));

const kafkajs: TlsClient = async (address, ca, pem) => {
  const read = (file: string) => readFileSync(file, 'utf8');
  const own = pem === '' ? {} : { key: read(pem), cert: read(pem) };
  const kafka = new Kafka({
    brokers: [address],
    ssl: { ca: [read(ca)], ...own },
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  const told = await tried(admin.connect().then(() => admin.listTopics()));
  await admin.disconnect().catch(() => {});
  return told;
};

const kcat: TlsClient = async (address, ca, pem) => {
  const own = pem === '' ? [] : ['-X', `ssl.certificate.location=${pem}`, '-X', `ssl.key.location=${pem}`];
  const tls = ['-X', 'security.protocol=ssl', '-X', `ssl.ca.location=${ca}`, ...own];
  return ended(await runAsync('kcat', ['-L', '-b', address, '-m', '4', ...tls], '', true));
};

const settingsOf = (address: string, ca: string, pem: string) => ({
  'bootstrap.servers': address,
  'security.protocol': 'SSL',
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': ca,
  ...(pem === '' ? {} : { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': pem }),
});

const ktool: TlsClient = async (address, ca, pem) => {
  const admin = await createAdmin(settingsOf(address, ca, pem), { failFast: true });
  const told = await tried(admin.listTopics());
  await admin.close();
  return told;
};

/** Kafka's own, of one JVM for each test. */
const java: TlsClient = async (address, ca, pem) => {
  if (javaClient === undefined) {
    javaClient = startJavaClient();
    onTestFinished(() => {
      javaClient?.stop();
      javaClient = undefined;
    });
  }
  const said = await javaClient.ask(settingsOf(address, ca, pem));
  return { isIn: said === 'ok', said };
};
let javaClient: JavaClient | undefined;

export const TLS_CLIENTS: Record<string, TlsClient> = {
  Java: java,
  kcat,
  'confluent-kafka': withPython(PROGRAMS['confluent-kafka']),
  'kafka-python': withPython(PROGRAMS['kafka-python']),
  kafkajs,
  ktool,
};
