// `${file:…}`, `${dir:…}` and `${env:…}` in configurations, and the ways to read what is not meant to be read.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { configOf } from '../../src/broker/broker-options.ts';
import { type Admin, createAdmin } from '../../src/client/admin.ts';
import { withProvidedValues } from '../../src/security/config-providers.ts';
import { fileWith, temporaryFolder } from '../helpers/certificates.ts';
import { PLAIN_MODULE, plainLogin, startSaslBroker } from '../helpers/sasl.ts';

const PACKAGE = 'org.apache.kafka.common.config.provider';
const provider = (name: string, kind: string, parameters: Record<string, string> = {}) => ({
  [`config.providers.${name}.class`]: `${PACKAGE}.${kind}ConfigProvider`,
  ...Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [`config.providers.${name}.param.${key}`, value]),
  ),
});
const variable = (text: string) => `$\{${text}}`;

function world() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'in'));
  mkdirSync(join(folder, 'inside'));
  const file = fileWith(join(folder, 'in'), 'a.properties', 'password=pa$$\\nword\nempty=\nplain=of-eve\n');
  const outside = fileWith(folder, 'out.properties', 'password=not-for-you\n');
  fileWith(join(folder, 'inside'), 'x.properties', 'password=not-for-you\n');
  return { folder, allowed: join(folder, 'in'), file, outside };
}

const resolve = (settings: Record<string, string>, env: NodeJS.ProcessEnv = {}) =>
  Object.fromEntries(withProvidedValues(new Map(Object.entries(settings)), env));

test('values come from files, directories and the environment', () => {
  const { allowed, file } = world();
  const settings = {
    'config.providers': 'file, dir,env',
    ...provider('file', 'File'),
    ...provider('dir', 'Directory'),
    ...provider('env', 'EnvVar'),
    a: `x ${variable(`file:${file}:password`)} y ${variable(`file:${file}:empty`)} ${variable('env:NAME')}`,
    b: variable(`dir:${allowed}:a.properties`),
  };
  expect(resolve(settings, { NAME: 'me' })).toMatchObject({
    a: 'x pa$$\nword y  me',
    b: expect.stringContaining('empty='),
  });
});

test('values that were made to take long are read as fast as others', () => {
  const providers = { 'config.providers': 'env', ...provider('env', 'EnvVar') };
  const long = 20_000;
  const colons = variable(':'.repeat(long)).slice(0, -1);
  const settings = {
    ...providers,
    a: colons,
    b: variable('').slice(0, 2).repeat(long),
    c: `${colons}} ${variable('env:NAME')}`,
  };
  const begin = process.cpuUsage();
  expect(resolve(settings, { NAME: 'me' })).toEqual({ ...settings, c: `${colons}} me` });
  expect(process.cpuUsage(begin).user / 1000, 'milliseconds of this process').toBeLessThan(2000);
});

test('a variable ends at the first brace, and its key may have colons', () => {
  const providers = { 'config.providers': 'env', ...provider('env', 'EnvVar') };
  const env = { 'a:b': '1', a: '2' };
  const [x, other] = [variable('x'), variable('ENV:a')];
  const open = variable('env:a').slice(0, -1);
  const nested = variable(variable('env:a').slice(0, -1));
  const settings = {
    ...providers,
    a: `${x} ${variable('env:a')} ${variable('env::a:b')} ${other} ${variable('env:a')}} ${nested}`,
    b: open,
  };
  expect(resolve(settings, env)).toMatchObject({ a: `${x} 2 1 ${other} 2} ${nested}`, b: open });
});

test('what is not there stays as it is written', () => {
  const { allowed, file } = world();
  const settings = {
    'config.providers': 'file,dir,env,without',
    ...provider('file', 'File'),
    ...provider('dir', 'Directory'),
    ...provider('env', 'EnvVar'),
    a: variable(`file:${file}:nothing`),
    b: variable(`dir:${allowed}:nothing`),
    c: variable('env:NOTHING'),
    d: variable('other:x:y'),
    e: variable('without:x:y'),
  };
  expect(resolve(settings)).toEqual(settings);
  expect(resolve({ a: variable('env:HOME') })).toEqual({ a: variable('env:HOME') });
});

test.each(['File', 'Directory'])('allowed.paths of %s has no way out', (kind) => {
  const { folder, allowed, outside, file } = world();
  const settings = { 'config.providers': 'p', ...provider('p', kind, { 'allowed.paths': allowed }) };
  const [inner, tail] = kind === 'File' ? [file, 'password'] : [allowed, 'a.properties'];
  expect(resolve({ ...settings, a: variable(`p:${inner}:${tail}`) })['a']).toContain('pa$$');
  const ways =
    kind === 'File'
      ? [outside, `${allowed}/../out.properties`, `${allowed}/./../out.properties`, `${folder}/inside/x.properties`]
      : [folder, `${allowed}/..`, `${folder}/inside`];
  for (const way of ways)
    expect(
      resolve({ ...settings, a: variable(`p:${way}:${kind === 'File' ? 'password' : 'out.properties'}`) })['a'],
    ).not.toContain('not-for-you');
});

test('the name of a file in a directory leads nowhere else', () => {
  const { allowed } = world();
  const settings = { 'config.providers': 'p', ...provider('p', 'Directory') };
  for (const name of ['../out.properties', '..', '.', '/etc/passwd'])
    expect(resolve({ ...settings, a: variable(`p:${allowed}:${name}`) })['a']).toBe(variable(`p:${allowed}:${name}`));
});

test('allowlist.pattern names the variables of the environment that may be read', () => {
  const settings = { 'config.providers': 'p', ...provider('p', 'EnvVar', { 'allowlist.pattern': 'KAFKA_.*' }) };
  const env = { KAFKA_A: 'a', XKAFKA_A: 'x', AWS_SECRET: 's' };
  const of = (name: string) => resolve({ ...settings, a: variable(`p:${name}`) }, env)['a'];
  expect([of('KAFKA_A'), of('XKAFKA_A'), of('AWS_SECRET')]).toEqual([
    'a',
    variable('p:XKAFKA_A'),
    variable('p:AWS_SECRET'),
  ]);
});

test.each<[Record<string, string>, string]>([
  [{ 'config.providers.p.class': 'my.Provider' }, 'config.providers.p.class=my.Provider cannot be loaded: there are'],
  [
    { ...provider('p', 'File'), a: variable('p:/no/such:password') },
    'Could not read properties from file /no/such (ENOENT)',
  ],
  [provider('p', 'File', { 'allowed.paths': 'etc' }), 'Path etc is not absolute'],
  [
    { ...provider('p', 'EnvVar'), a: variable('p:x:HOME') },
    "Path is not supported for EnvVarConfigProvider, invalid value 'x'",
  ],
])('%o cannot be', async (settings, message) => {
  const all = { 'config.providers': 'p', ...settings };
  expect(() => configOf({ overrides: all })).toThrow(message);
  const failure = await createAdmin({ 'bootstrap.servers': '127.0.0.1:1', ...all }).catch((error) => error);
  expect(String(failure.cause ?? failure)).toContain(message);
});

test('a broker and its client keep their passwords elsewhere', async () => {
  const { file } = world();
  const providers = { 'config.providers': 'file', ...provider('file', 'File') };
  const password = variable(`file:${file}:plain`);
  const { port, logger } = await startSaslBroker({
    ...providers,
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_eve="${password}";`,
  });
  expect(logger.lines.join('\n')).not.toContain('config.providers');
  const admin = await createAdmin({
    ...providers,
    'bootstrap.servers': `127.0.0.1:${port}`,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': `${PLAIN_MODULE} required username="eve" password="${password}";`,
  });
  expect(await admin.listTopics()).toEqual([]);
  await admin.close();
});

describe('in the dynamic configuration of a broker', () => {
  const FILE = { 'config.providers': 'file', ...provider('file', 'File') };
  const BROKER = 4;
  const alter = async (admin: Admin, configs: Record<string, string>) => {
    const ops = Object.entries(configs).map(([name, value]) => ({ name, value, op: 'SET' as const }));
    return (await admin.incrementalAlterConfigs([{ resource: { type: BROKER, name: '1' }, ops }]))[0]?.error?.message;
  };

  async function start(overrides: Record<string, string>) {
    const { broker, port } = await startSaslBroker(overrides);
    const admin = await createAdmin({ 'bootstrap.servers': broker.address });
    onTestFinished(() => admin.close());
    return { broker, port, admin };
  }

  test('variables are filled in by the providers of the start, and described as they are written', async () => {
    const { file } = world();
    const { broker, port, admin } = await start(FILE);
    const jaas = `${PLAIN_MODULE} required user_eve="${variable(`file:${file}:plain`)}";`;
    await alter(admin, { 'listener.name.sasl_plaintext.plain.sasl.jaas.config': jaas });
    expect((await plainLogin(port, 'eve', 'of-eve')).answer.errorCode).toBe(0);
    expect(broker.services.config.values.get('listener.name.sasl_plaintext.plain.sasl.jaas.config')).toContain(
      'of-eve',
    );
  });

  // As Apache Kafka 4.3.1: types are checked with the providers of the same resource alone.
  test('a number needs its provider beside it', async () => {
    const { folder } = world();
    const file = fileWith(folder, 'numbers.properties', 'threads=11\n');
    const { broker, admin } = await start(FILE);
    const threads = { 'background.threads': variable(`file:${file}:threads`) };
    expect(await alter(admin, threads)).toContain('Not a number of type INT');
    await alter(admin, { ...FILE, ...threads });
    expect(broker.services.config.values.get('background.threads')).toBe('11');
  });

  test('a file that goes away leaves the broker with what it had', async () => {
    const { folder } = world();
    const file = fileWith(folder, 'numbers.properties', 'threads=11\n');
    const { broker, admin } = await start({});
    await alter(admin, { ...FILE, 'background.threads': variable(`file:${file}:threads`) });
    rmSync(file);
    broker.services.metadata.changeConfigs(BROKER, '1', [{ name: 'message.max.bytes', value: '2000' }]);
    expect(broker.services.config.values.get('background.threads')).toBe('11');
    expect(await admin.listTopics()).toEqual([]);
  });

  test('a file that is not there is told, and changes nothing', async () => {
    const { admin, broker } = await start({});
    const missing = { ...FILE, 'background.threads': variable('file:/no/such:threads') };
    expect(await alter(admin, missing)).toContain('Could not read properties from file /no/such');
    expect(broker.services.config.values.get('background.threads')).toBeUndefined();
  });
});
