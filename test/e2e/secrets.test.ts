// Secrets wherever a user may put them, and everything that the program then prints: what it prints is looked through by
// test/helpers/program.ts after each test, in base64 and hexadecimal, too.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyStorePkcs12 } from '../../src/security/certificates/pkcs12-writer.ts';
import { certificatePem, fileWith, keyPem, newCa, newServer } from '../helpers/certificates.ts';
import { freePort } from '../helpers/free-port.ts';
import { User } from '../helpers/program.ts';
import { BEARER_MODULE, PLAIN_MODULE, SCRAM_MODULE } from '../helpers/sasl.ts';
import { expectNoSecrets, leaks, secret } from '../helpers/secrets.ts';

const ca = newCa();
const server = newServer(ca);
const AUTHORIZER = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

const properties = (entries: Record<string, string>) =>
  Object.entries(entries)
    .map(([key, value]) => `${key}=${value.replaceAll('\n', '\\n')}\n`)
    .join('');

const plain = (user: string, password: string) => `${PLAIN_MODULE} required username="${user}" password="${password}";`;

function brokerProperties(folder: string, [sasl, tls]: readonly number[]): Record<string, string> {
  const store = fileWith(
    folder,
    'broker.p12',
    keyStorePkcs12('broker', server.key, [server.certificate, ca.certificate], secret('store')),
  );
  const own = 'listener.name.sasl_plaintext';
  return {
    listeners: `SASL_PLAINTEXT://127.0.0.1:${sasl},SSL://127.0.0.1:${tls},PEM://127.0.0.1:0`,
    'listener.security.protocol.map':
      'SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL,PEM:SSL,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,OAUTHBEARER',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    [`${own}.plain.sasl.jaas.config`]: `${PLAIN_MODULE} required username="admin" password="${secret('own')}" user_admin="${secret('admin')}" user_bob="${secret('bob')}";`,
    [`${own}.scram-sha-256.sasl.jaas.config`]: `${SCRAM_MODULE} required username="x" password="${secret('scram')}";`,
    [`${own}.oauthbearer.sasl.jaas.config`]: `${BEARER_MODULE} required clientId="x" clientSecret="${secret('oauth')}";`,
    'sasl.oauthbearer.client.credentials.client.secret': secret('client'),
    'listener.name.ssl.ssl.keystore.type': 'PKCS12',
    'listener.name.ssl.ssl.keystore.location': store,
    'listener.name.ssl.ssl.keystore.password': secret('store'),
    'listener.name.ssl.ssl.key.password': secret('store'),
    'listener.name.pem.ssl.keystore.type': 'PEM',
    'listener.name.pem.ssl.keystore.key': keyPem(server),
    'listener.name.pem.ssl.keystore.certificate.chain': certificatePem(server),
    'delegation.token.secret.key': secret('tokens'),
    'super.users': 'User:admin',
    'authorizer.class.name': AUTHORIZER,
    'my.plugin.password': secret('plugin'),
    'my.plugin.unknown': secret('unknown'),
  };
}

async function world() {
  const user = new User({ KTOOL_BOOTSTRAP_SERVER: '', KTOOL_COMPAT: '' });
  const ports = [await freePort(), await freePort()];
  const own = brokerProperties(user.home, ports);
  fileWith(user.home, 'server.properties', properties(own));
  const client = (name: string, password: string) =>
    fileWith(
      user.home,
      `${name}.properties`,
      properties({
        'security.protocol': 'SASL_PLAINTEXT',
        'sasl.mechanism': 'PLAIN',
        'sasl.jaas.config': plain(name, password),
      }),
    );
  const broker = user.start([
    ...['server', 'start', 'server.properties', '--ephemeral', '--json'],
    ...['--override', `my.other.secret=${secret('override')}`],
  ]);
  const started = await broker.line();
  const bootstrap = ['--bootstrap-server', `127.0.0.1:${ports[0]}`];
  return { user, broker, started, client, bootstrap, tls: `127.0.0.1:${ports[1]}` };
}

test('secrets are found in whatever form', () => {
  for (const text of [
    secret('x'),
    Buffer.from(`\0alice\0${secret('x')}`).toString('base64'),
    Buffer.from(`a:${secret('x')}`).toString('base64url'),
    Buffer.from(secret('x')).toString('hex'),
    encodeURIComponent(secret('x')),
    JSON.stringify({ secret: secret('x') }),
    keyPem(server),
  ])
    expect(leaks(`before ${text} after`)).not.toEqual([]);
  expect(leaks('nothing of that kind')).toEqual([]);
});

test('a broker with secrets, its log at every level, and what scripts say of it', async () => {
  const { user, broker, client, bootstrap, tls } = await world();
  const admin = [...bootstrap, '--command-config', client('admin', secret('admin'))];
  const wrong = [...bootstrap, '--command-config', client('bob', secret('wrong'))];
  const run = async (argv: string[], status = 0) => {
    const ended = await user.run(argv);
    expect([argv.join(' '), ended.status, ended.stderr]).toEqual([argv.join(' '), status, expect.anything()]);
    return ended.stdout + ended.stderr;
  };
  const loggers = ['--entity-type', 'broker-loggers', '--entity-name', '1'];
  await run(['configs', ...admin, ...loggers, '--alter', '--add-config', 'root=TRACE']);
  await run([
    'configs',
    ...admin,
    '--alter',
    '--user',
    'carol',
    '--add-config',
    `SCRAM-SHA-256=[password=${secret('carol')}]`,
    '--json',
  ]);
  const jaas = `listener.name.sasl_plaintext.plain.sasl.jaas.config`;
  const users = `${PLAIN_MODULE} required user_admin="${secret('admin')}" user_eve="${secret('eve')}";`;
  const brokers = ['--entity-type', 'brokers', '--entity-name', '1'];
  await run(['configs', ...admin, ...brokers, '--alter', '--add-config', `${jaas}=[${users}]`, '--json']);
  for (const output of ['text', 'json', 'table', 'csv']) {
    const described = await run(['configs', ...admin, ...brokers, '--describe', '--all', '--output', output]);
    expect(described).toContain('delegation.token.secret.key');
    await run(['configs', ...admin, '--describe', '--user', 'carol', '--output', output]);
  }
  for (const argv of [
    ['topics', '--list'],
    ['consumer-groups', '--list', '--json'],
    ['configs', '--describe', '--user', 'x'],
  ])
    expect(await run([...argv, ...wrong], 1)).toContain('Authentication failed');
  expect(
    await run(['topics', '--list', '--bootstrap-server', tls, '--command-config', client('admin', secret('admin'))], 1),
  ).toMatch(/./);
  for (const argv of [
    ['server', 'status'],
    ['server', 'status', '--json'],
  ])
    await run(argv);
  if (process.platform === 'linux')
    expectNoSecrets(readFileSync(`/proc/${broker.child.pid}/cmdline`, 'latin1'), 'The command line in /proc');
  await run(['server', 'stop']);
  const { stderr } = await broker.ended;
  // At TRACE there is something to look through.
  expect(stderr).toContain('Failed authentication with');
});

test('contexts', async () => {
  const user = new User();
  const settings = fileWith(
    user.home,
    'a.properties',
    properties({ 'sasl.jaas.config': plain('a', secret('context')) }),
  );
  const run = (...argv: string[]) => user.run(['context', ...argv]);
  await run('add', 'prod', '--bootstrap-server', 'localhost:1', '--command-config', settings);
  await run('use', 'prod');
  expect((await run('show', 'prod')).stdout).toContain('[hidden]');
  expect((await run('show', 'prod', '--json')).stdout).toContain('[hidden]');
  expect((await run('list', '--json')).stdout).toContain('prod');
  const files = readdirSync(user.home, { recursive: true, encoding: 'utf8' }).map((name) => join(user.home, name));
  for (const path of files.filter((one) => one !== settings && statSync(one).isFile()))
    expectNoSecrets(readFileSync(path, 'latin1'), path);
});

const JAAS = 'sasl.jaas.config';
test.each<[string, Record<string, string>]>([
  ['a JAAS without its end', { [JAAS]: plain('a', secret('a')).slice(0, -1) }],
  ['a JAAS without its flag', { [JAAS]: `${PLAIN_MODULE} password="${secret('a')}";` }],
  ['a JAAS of another module', { [JAAS]: `my.Module required password="${secret('a')}";` }],
  ['a JAAS without a user', { [JAAS]: `${PLAIN_MODULE} required password="${secret('a')}";` }],
  [
    'a value with an equals sign missing',
    { [JAAS]: `${PLAIN_MODULE} required username="a" password "${secret('a')}";` },
  ],
  ['another mechanism', { [JAAS]: plain('a', secret('a')), 'sasl.mechanism': 'GSSAPI' }],
  [
    'a store that does not open',
    {
      [JAAS]: plain('a', secret('a')),
      'security.protocol': 'SASL_SSL',
      'ssl.truststore.location': 'server.p12',
      'ssl.truststore.type': 'PKCS12',
      'ssl.truststore.password': secret('store'),
    },
  ],
  [
    'a key that is none',
    {
      [JAAS]: plain('a', secret('a')),
      'security.protocol': 'SASL_SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.key': `-----BEGIN PRIVATE KEY-----\n${Buffer.from(secret('key')).toString('base64')}\n-----END PRIVATE KEY-----`,
      'ssl.keystore.certificate.chain': certificatePem(server),
      'ssl.key.password': secret('key'),
    },
  ],
  [
    'a provider that is not there',
    {
      [JAAS]: `${BEARER_MODULE} required clientId="a" clientSecret="${secret('a')}";`,
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.oauthbearer.token.endpoint.url': `http://user:${encodeURIComponent(secret('url'))}@127.0.0.1:1/token?key=${encodeURIComponent(secret('query'))}`,
      'sasl.login.retry.backoff.max.ms': '1',
    },
  ],
])('a client that cannot be: %s', async (_, more) => {
  const user = new User();
  fileWith(user.home, 'server.p12', keyStorePkcs12('x', server.key, [server.certificate], 'another'));
  const settings = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN', ...more };
  fileWith(user.home, 'c.properties', properties(settings));
  for (const argv of [
    ['topics', '--list'],
    ['topics', '--list', '--json'],
    ['console-consumer', '--topic', 't'],
  ]) {
    const config = argv[0] === 'topics' ? '--command-config' : '--consumer.config';
    const { status, stderr, stdout } = await user.run([
      ...argv,
      '--bootstrap-server',
      '127.0.0.1:1',
      config,
      'c.properties',
    ]);
    expect([status, stdout + stderr]).toEqual([1, expect.stringMatching(/./)]);
  }
});

test.each<[string, Record<string, string>]>([
  [
    'a JAAS without its end',
    { 'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_a="${secret('a')}"` },
  ],
  ['a wrong password of its store', { 'listener.name.ssl.ssl.keystore.password': secret('wrong') }],
  ['a number that is none', { 'listener.name.ssl.ssl.keystore.password': secret('x'), 'num.partitions': 'many' }],
])('a broker that cannot start: %s', async (_, more) => {
  const user = new User();
  fileWith(user.home, 'server.properties', properties({ ...brokerProperties(user.home, [0, 0]), ...more }));
  const { status, stderr } = await user.run(['server', 'start', 'server.properties', '--ephemeral']);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/./)]);
});
