// What Kafka's documentation of security has its readers do, in a folder that looks like an unpacked Kafka: a CA with keytool and
// OpenSSL, stores on both sides, JAAS files by KAFKA_OPTS, users of SCRAM, ACLs. Typed twice on ktool's broker: with ktool's
// scripts, and with Kafka's own.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { Reader } from '../helpers/reader.ts';
import { KAFKA_JARS } from './kafka-jars.ts';
import { missing } from './login-clients.ts';

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const isLacking = missing.Java || !has('keytool', '-help') || !has('openssl', 'version');

const CLASSES: Readonly<Record<string, string>> = {
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-acls': 'org.apache.kafka.tools.AclCommand',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
};

/** Each line as the documentation has it, without the prompts for passwords. */
const KEYS = `
keytool -keystore server.keystore.jks -alias localhost -validity 365 -genkey -keyalg RSA -dname CN=localhost,OU=Eng,O=Acme -ext SAN=DNS:localhost,IP:127.0.0.1
openssl req -new -x509 -keyout ca-key -out ca-cert -days 365 -passout pass:test1234 -subj /CN=Kafka-Security-CA
keytool -keystore client.truststore.jks -alias CARoot -importcert -file ca-cert
keytool -keystore server.truststore.jks -alias CARoot -importcert -file ca-cert
keytool -keystore server.keystore.jks -alias localhost -certreq -file cert-file
openssl x509 -req -CA ca-cert -CAkey ca-key -in cert-file -out cert-signed -days 365 -CAcreateserial -passin pass:test1234 -extfile names
keytool -keystore server.keystore.jks -alias CARoot -importcert -file ca-cert
keytool -keystore server.keystore.jks -alias localhost -importcert -file cert-signed
keytool -keystore client.keystore.jks -alias client -validity 365 -genkey -keyalg RSA -dname CN=client,OU=Eng,O=Acme
keytool -keystore client.keystore.jks -alias client -certreq -file cert-file
openssl x509 -req -CA ca-cert -CAkey ca-key -in cert-file -out cert-signed -days 365 -CAcreateserial -passin pass:test1234
keytool -keystore client.keystore.jks -alias CARoot -importcert -file ca-cert
keytool -keystore client.keystore.jks -alias client -importcert -file cert-signed`;

const BROKER = (ssl: number, saslSsl: number) => `
listeners=PLAINTEXT://localhost:9092,SSL://localhost:${ssl},SASL_SSL://localhost:${saslSsl},CONTROLLER://localhost:0
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL
advertised.listeners=PLAINTEXT://localhost:9092,SSL://localhost:${ssl},SASL_SSL://localhost:${saslSsl}
ssl.keystore.location=keys/server.keystore.jks
ssl.keystore.password=test1234
ssl.key.password=test1234
ssl.truststore.location=keys/server.truststore.jks
ssl.truststore.password=test1234
ssl.client.auth=required
ssl.principal.mapping.rules=RULE:^CN=(.*?),OU=(.*?),O=(.*?)$/$1@$2/L,DEFAULT
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
`;

const SECURITY = 'org.apache.kafka.common.security';
const FILES: Readonly<Record<string, string>> = {
  'kafka_server_jaas.conf': `KafkaServer {
    ${SECURITY}.plain.PlainLoginModule required
    username="admin" password="admin-secret"
    user_admin="admin-secret" user_alice="alice-secret";
    ${SECURITY}.scram.ScramLoginModule required;
};`,
  'kafka_client_jaas.conf': `KafkaClient {
    ${SECURITY}.plain.PlainLoginModule required
    username="alice" password="alice-secret";
};`,
  'client-ssl.properties':
    'security.protocol=SSL\nssl.truststore.location=keys/client.truststore.jks\nssl.truststore.password=test1234\n' +
    'ssl.keystore.location=keys/client.keystore.jks\nssl.keystore.password=test1234\nssl.key.password=test1234\n',
  'client-sasl.properties':
    'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nssl.truststore.location=keys/client.truststore.jks\nssl.truststore.password=test1234\n',
  'client-scram.properties':
    'security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-256\nssl.truststore.location=keys/client.truststore.jks\nssl.truststore.password=test1234\n' +
    `sasl.jaas.config=${SECURITY}.scram.ScramLoginModule required username="bob" password="bob-secret";\n`,
};

async function openReader() {
  const reader = await Reader.open();
  const folder = join(reader.home, 'keys');
  mkdirSync(folder);
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  for (const line of KEYS.trim().split('\n')) {
    const [command = '', ...args] = line.split(' ');
    const quiet = command === 'keytool' ? ['-storepass', 'test1234', '-noprompt'] : [];
    execFileSync(command, [...args, ...quiet], { cwd: folder, stdio: 'pipe' });
  }
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(reader.home, 'config', name), text);
  const [ssl, saslSsl] = [await freePort(), await freePort()];
  reader.edit('server.properties', (text) => {
    const kept = text.replace(/^(advertised\.)?listeners=.*\n|^listener\.security\.protocol\.map=.*\n/gm, '');
    return kept + BROKER(ssl, saslSsl).replaceAll('localhost:9092', reader.bootstrap.replace('127.0.0.1', 'localhost'));
  });
  return { reader, ssl: `localhost:${ssl}`, saslSsl: `localhost:${saslSsl}` };
}

const JAAS = (side: string) => `KAFKA_OPTS=-Djava.security.auth.login.config=config/kafka_${side}_jaas.conf`;

test.skipIf(isLacking).each(['ktool', 'Kafka'])("with %s's scripts", async (whose) => {
  const { reader, ssl, saslSsl } = await openReader();
  const broker = reader.start(`env ${JAAS('server')} bin/kafka-server-start.sh config/server.properties`);
  await broker.says('Kafka Server started');

  const java = (variables: string, script: string) =>
    `java -Xmx128M ${variables.replace('KAFKA_OPTS=', '')} -cp '${KAFKA_JARS}/*' ${CLASSES[script]}`;
  const type = async (script: string, rest: string, { variables = '', input = '' } = {}) => {
    const program = whose === 'ktool' ? `env ${variables} bin/${script}.sh` : java(variables, script);
    return reader.run(`${program} ${rest}`, input);
  };
  const typed = async (...line: Parameters<typeof type>) => {
    const { status, stdout, stderr } = await type(...line);
    expect([line[1], status], stdout + stderr).toEqual([line[1], 0]);
    return stdout;
  };

  const asAdmin = '--bootstrap-server localhost:9092';
  const allowed = 'principal=User:client@eng, host=*, operation=ALL, permissionType=ALLOW';
  const grant = "--add --allow-principal User:client@eng --operation All --topic '*' --cluster";
  expect(await typed('kafka-acls', `${asAdmin} ${grant}`)).toContain(allowed);
  await typed('kafka-acls', `${asAdmin} --add --allow-principal User:client@eng --operation Read --group '*'`);
  await typed('kafka-acls', `${asAdmin} --add --allow-principal User:alice --producer --topic test`);

  const overSsl = `--bootstrap-server ${ssl}`;
  const ofClient = '--command-config config/client-ssl.properties';
  expect(await typed('kafka-topics', `${overSsl} ${ofClient} --create --topic test`)).toBe('Created topic test.\n');
  const produce = `${overSsl} --topic test --producer.config config/client-ssl.properties`;
  await typed('kafka-console-producer', produce, { input: 'one\ntwo\n' });
  const consume = `${overSsl} --topic test --consumer.config config/client-ssl.properties --from-beginning --max-messages 2`;
  expect(await typed('kafka-console-consumer', consume)).toContain('one\ntwo\n');

  const overSasl = `--bootstrap-server ${saslSsl} --command-config config/client-sasl.properties`;
  const asAlice = { variables: JAAS('client') };
  expect(await typed('kafka-topics', `${overSasl} --list`, asAlice)).toBe('test\n');
  await typed('kafka-console-producer', `${overSasl} --topic test`, { ...asAlice, input: 'three\n' });
  const { stdout, stderr } = await type('kafka-topics', `${overSasl} --list`);
  expect(stdout + stderr).toContain('Failed to create new KafkaAdminClient');

  const alter = `${asAdmin} --alter --entity-type users --entity-name bob`;
  await typed('kafka-configs', `${alter} --add-config 'SCRAM-SHA-256=[iterations=8192,password=bob-secret]'`);
  const asBob = `--bootstrap-server ${saslSsl} --command-config config/client-scram.properties --list`;
  await typed('kafka-topics', asBob);
  await typed('kafka-configs', `${alter} --delete-config SCRAM-SHA-256`);
  const refused = await type('kafka-topics', asBob);
  expect(refused.stdout + refused.stderr).toContain(
    'Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256',
  );
});
