// Other people's clients asking for topics over TLS, each in a process of its own but kafkajs and ktool's own.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { createAdmin } from '../../../src/client/admin.ts';
import { runAsync } from '../run.ts';

/** `ca` is the file of the authority, `pem` that of the client's key and certificate, '' for none; resolves to whether it was let in. */
export type TlsClient = (address: string, ca: string, pem: string) => Promise<boolean>;

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
    (await runAsync(python, ['-c', program, ...argv], '', true)).code === 0;

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
  const isIn = await admin
    .connect()
    .then(() => admin.listTopics())
    .then(
      () => true,
      () => false,
    );
  await admin.disconnect().catch(() => {});
  return isIn;
};

const kcat: TlsClient = async (address, ca, pem) => {
  const own = pem === '' ? [] : ['-X', `ssl.certificate.location=${pem}`, '-X', `ssl.key.location=${pem}`];
  const tls = ['-X', 'security.protocol=ssl', '-X', `ssl.ca.location=${ca}`, ...own];
  return (await runAsync('kcat', ['-L', '-b', address, '-m', '4', ...tls], '', true)).code === 0;
};

const settingsOf = (ca: string, pem: string) => ({
  'security.protocol': 'SSL',
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': ca,
  ...(pem === '' ? {} : { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': pem }),
});

const ktool: TlsClient = async (address, ca, pem) => {
  const admin = await createAdmin({ 'bootstrap.servers': address, ...settingsOf(ca, pem) }, { failFast: true });
  const isIn = await admin.listTopics().then(
    () => true,
    () => false,
  );
  await admin.close();
  return isIn;
};

export const TLS_CLIENTS: Record<string, TlsClient> = {
  kcat,
  'confluent-kafka': withPython(PROGRAMS['confluent-kafka']),
  'kafka-python': withPython(PROGRAMS['kafka-python']),
  kafkajs,
  ktool,
};
