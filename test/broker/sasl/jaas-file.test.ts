// JAAS files, as scripts name them: KAFKA_OPTS=-Djava.security.auth.login.config=FILE.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { systemProperty } from '../../../src/util/java-options.ts';
import { PLAIN_MODULE, plainLogin, startSaslBroker } from '../../helpers/sasl.ts';

function withJaasFile(content: string): void {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-jaas-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true, force: true });
  });
  const file = join(dir, 'jaas file.conf');
  writeFileSync(file, content);
  vi.stubEnv('KAFKA_OPTS', `-Dx=1 "-Djava.security.auth.login.config=${file}" -Duser=zoe`);
}

const NO_JAAS = {
  'sasl.enabled.mechanisms': 'PLAIN',
  listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,OTHER://127.0.0.1:0',
  'listener.security.protocol.map':
    'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,OTHER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
  'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_alice="property";`,
};

it('the section of a listener goes before KafkaServer, the property of a listener before both', async () => {
  withJaasFile(`
    KafkaServer { ${PLAIN_MODULE} required user_alice="all"; };
    other.KafkaServer { ${PLAIN_MODULE} required user_alice="own" user_zoe="\${user}"; };
  `);
  const { broker, port } = await startSaslBroker(NO_JAAS);
  const where = { listenerName: 'OTHER', localAddress: '127.0.0.1', localPort: 0 };
  const other = broker.services.endpointFor(where).port;
  const code = async (at: number, user: string, password: string) =>
    (await plainLogin(at, user, password)).answer.errorCode;
  expect([await code(port, 'alice', 'property'), await code(port, 'alice', 'all')]).toEqual([0, 58]);
  expect([await code(other, 'alice', 'own'), await code(other, 'alice', 'all')]).toEqual([0, 58]);
  expect(await code(other, 'zoe', 'zoe')).toBe(0);
});

it('a client without sasl.jaas.config takes KafkaClient', async () => {
  withJaasFile(`
    KafkaServer { ${PLAIN_MODULE} required user_alice="file"; };
    KafkaClient { ${PLAIN_MODULE} required username="alice" password="file"; };
  `);
  const { 'listener.name.sasl_plaintext.plain.sasl.jaas.config': _, ...overrides } = NO_JAAS;
  const { port } = await startSaslBroker({
    ...overrides,
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': NO_JAAS[
      'listener.name.sasl_plaintext.plain.sasl.jaas.config'
    ].replace('property', 'file'),
  });
  const properties = {
    'bootstrap.servers': `127.0.0.1:${port}`,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'PLAIN',
  };
  const admin = await createAdmin(properties, { failFast: true });
  expect(await admin.listTopics()).toEqual([]);
  await admin.close();
});

it.each([
  [
    'KafkaClient { x.Y required; };',
    /Could not find a 'KafkaServer' or 'other.KafkaServer' entry.*is .*jaas file\.conf/,
  ],
  ['KafkaServer { x.Y maybe; };', /Configuration Error:\s+Line 1: expected \[controlFlag\], found \[maybe\]/],
])('%s is refused at start', async (content, message) => {
  withJaasFile(content);
  await expect(startSaslBroker(NO_JAAS)).rejects.toThrow(message);
});

it('a file that is not there is named', async () => {
  vi.stubEnv('KAFKA_OPTS', '-Djava.security.auth.login.config=/no/such/file');
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(startSaslBroker(NO_JAAS)).rejects.toThrow('The JAAS file /no/such/file cannot be read');
});

it('the last of several options of the same name counts; quotes hold words together', () => {
  const env = { KAFKA_OPTS: `-Da=1 -Da="2 3" '-Db=x y' -Dc=` };
  expect(['a', 'b', 'c', 'd'].map((name) => systemProperty(name, env))).toEqual(['2 3', 'x y', '', undefined]);
});
