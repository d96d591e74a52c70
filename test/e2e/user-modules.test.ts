// JavaScript modules in the place of Java's formatters, readers and deserializers, and class names that are not there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { createProducer } from '../../src/client/producer.ts';
import { run } from '../helpers/console.ts';

let folder = '';
let broker: Broker;

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const ktool = (argv: readonly string[], input = '', env: NodeJS.ProcessEnv = { KTOOL_COMPAT: '' }) =>
  run([argv[0]!, '--bootstrap-server', broker.address, ...argv.slice(1)], input, env);
const consume = (topic: string, ...more: string[]) =>
  ktool([
    'console-consumer',
    '--topic',
    topic,
    '--from-beginning',
    '--max-messages',
    '2',
    '--timeout-ms',
    '30000',
    ...more,
  ]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-modules-'));
  broker = await startBroker({ port: 0 });
  const producer = await createProducer({ 'bootstrap.servers': broker.address }, { onError: () => {} });
  producer.append('fruit', null, Buffer.from('a'), Buffer.from('{"kg":1.5}'));
  producer.append('fruit', null, Buffer.from('b'), null);
  await producer.close();
});
afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true });
});

describe('a formatter', () => {
  test('gets the records and the properties; what it answers is printed as it is', async () => {
    const path = file(
      'table.mjs',
      `export default ({ properties }) => ({
         format: ({ topic, partition, offset, key, value, headers }) =>
           offset === 0 ? [topic, partition, offset, key, JSON.parse(value).kg, headers.length].join(properties.by) + '\\n' : undefined,
       });`,
    );
    const { status, stdout } = await consume('fruit', '--formatter', path, '--formatter-property', 'by=|');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'fruit|0|0|a|1.5|0\n' });
  });

  test('may be CommonJS and answer bytes', async () => {
    const path = file(
      'bytes.cjs',
      'module.exports = () => ({ format: ({ value }) => value ?? Buffer.from([33, 10]) });',
    );
    expect((await consume('fruit', '--formatter', path)).stdout).toBe('{"kg":1.5}!\n');
  });

  test('that throws is told with its file and the record', async () => {
    const path = file(
      'throws.mjs',
      `export default () => ({ format({ value }) { return value.toString() + '\\n' } });`,
    );
    const { status, stdout, stderr } = await consume('fruit', '--formatter', path);
    expect([status, stdout]).toEqual([1, '{"kg":1.5}\n']);
    expect(stderr).toContain(`${path}: record at offset 1 of fruit-0: TypeError: Cannot read properties of null`);
  });

  test('that throws does not end --skip-message-on-error', async () => {
    const path = file(
      'skips.mjs',
      `export default () => ({ format({ value }) { return JSON.parse(value).kg + '\\n' } });`,
    );
    const { status, stdout, stderr } = await consume('fruit', '--formatter', path, '--skip-message-on-error');
    expect([status, stdout]).toEqual([0, '1.5\n']);
    expect(stderr).toContain('record at offset 1 of fruit-0');
  });

  test.each([
    ['missing.mjs', undefined, 'there is no such file'],
    ['broken.mjs', 'export default (', 'cannot be loaded: SyntaxError'],
    ['nothing.mjs', 'export const x = 1;', 'its default export is to be a function'],
    ['nothing2.mjs', 'export default () => 5;', 'is to make an object with a function format(record), not number'],
    ['import.mjs', "import './gone.mjs'; export default () => ({});", 'cannot be loaded: Error'],
    ['number.mjs', 'export default () => ({ format: () => 5 });', 'is to be text or bytes, not number'],
    ['async.mjs', 'export default () => ({ format: async () => "x" });', 'is to be text or bytes, not a promise'],
  ])('%s: %s', async (name, text, message) => {
    const path = text === undefined ? join(folder, name) : file(name, text);
    const { status, stderr } = await consume('fruit', '--formatter', path);
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: `);
    expect(stderr).toContain(message);
  });
});

describe('a deserializer', () => {
  const kg = `export default ({ properties, isKey }) => (bytes) =>
    isKey ? bytes.toString().toUpperCase() : JSON.parse(bytes).kg + (properties.unit ?? '');`;

  test('is asked for values and keys, not for null', async () => {
    const path = file('kg.mjs', kg);
    const properties = [
      'print.key=true',
      `key.deserializer=${path}`,
      `value.deserializer=${path}`,
      'value.deserializer.unit= kg',
    ];
    const argv = properties.flatMap((property) => ['--formatter-property', property]);
    expect((await consume('fruit', ...argv)).stdout).toBe('A\t1.5 kg\nB\tnull\n');
    expect((await consume('fruit', '--value-deserializer', path)).stdout).toBe('1.5\nnull\n');
  });

  test('works in the share consumer and with --json', async () => {
    const path = file('kg.mjs', kg);
    const { stdout } = await consume('fruit', '--json', '--formatter-property', `value.deserializer=${path}`);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).value),
    ).toEqual(['1.5', null]);
  });

  test('that throws is told with its file and the record', async () => {
    const path = file('bad.mjs', `export default () => () => { throw new Error('no magic byte') };`);
    const { status, stderr } = await consume('fruit', '--formatter-property', `value.deserializer=${path}`);
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: record at offset 0 of fruit-0: Error: no magic byte`);
  });
});

describe('a line reader', () => {
  const reader = `export default ({ properties, topic }) => ({
    read(line, number) {
      const text = line.toString();
      if (text.startsWith('#')) return undefined;
      const [key, ...rest] = text.split(properties.by ?? ' ');
      if (rest.length === 0) throw new Error('no key');
      return { key, value: rest.join(' ') || null, headers: { line: String(number), topic } };
    },
  });`;

  test('makes records of lines, or leaves them out', async () => {
    const path = file('reader.mjs', reader);
    const sent = await ktool(
      ['console-producer', '--topic', 'read', '--line-reader', path, '--reader-property', 'by=;'],
      '# note\na;1\nb;\n',
    );
    expect(sent.status).toBe(0);
    const properties = ['print.key=true', 'print.headers=true'].flatMap((property) => [
      '--formatter-property',
      property,
    ]);
    expect((await consume('read', ...properties)).stdout).toBe('line:2,topic:read\ta\t1\nline:3,topic:read\tb\tnull\n');
  });

  test('that throws is told with its file and the line, after what came before is sent', async () => {
    const path = file('reader.mjs', reader);
    const { status, stderr } = await ktool(
      ['console-producer', '--topic', 'part', '--line-reader', path],
      'a 1\nb 2\nbad\nc 3\n',
    );
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: line 3: Error: no key`);
    expect((await consume('part')).stdout).toBe('1\n2\n');
  });

  test.each([
    ['export default () => ({ read: () => 5 });', 'is to be { key, value, headers }, not number'],
    ['export default () => ({ read: () => ({ key: 5, value: null }) });', 'the key is to be text or bytes, not number'],
    ['export default () => null;', 'is to make an object with a function read(line, lineNumber), not null'],
  ])('%s: %s', async (text, message) => {
    const path = file('wrong.mjs', text);
    const { status, stderr } = await ktool(['console-producer', '--topic', 'none', '--line-reader', path], 'x\n');
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('class names', () => {
  test('that are not there are answered with those that are', async () => {
    const formatter = await consume('fruit', '--formatter', 'com.example.Mine');
    expect(formatter.status).toBe(1);
    expect(formatter.stderr).toContain('There is no formatter com.example.Mine in ktool. There are:\n');
    expect(formatter.stderr).toContain('  org.apache.kafka.tools.consumer.ShareGroupMessageFormatter\n');
    expect(formatter.stderr).toContain('or a JavaScript module of yours: ./my-formatter.mjs\n');
    const deserializer = await consume(
      'fruit',
      '--value-deserializer',
      'io.confluent.kafka.serializers.KafkaAvroDeserializer',
    );
    expect(deserializer.stderr).toContain('  org.apache.kafka.common.serialization.UUIDDeserializer\n');
    const reader = await ktool(['console-producer', '--topic', 'none', '--line-reader', 'com.example.Mine'], 'x\n');
    expect(reader.stderr).toContain(
      'There is no line reader com.example.Mine in ktool. There is:\n  org.apache.kafka.tools.LineMessageReader\n',
    );
  });

  test('of old are understood, with a line that says the new one', async () => {
    const { stdout, stderr } = await consume('fruit', '--formatter', 'kafka.tools.DefaultMessageFormatter');
    expect(stdout).toBe('{"kg":1.5}\nnull\n');
    expect(stderr).toContain('type --formatter org.apache.kafka.tools.consumer.DefaultMessageFormatter');
    const old = 'kafka.tools.ConsoleProducer$LineMessageReader';
    const sent = await ktool(['console-producer', '--topic', 'old', '--line-reader', old], 'x\n');
    expect([sent.status, sent.stderr]).toEqual([
      0,
      `--line-reader ${old} has moved: type --line-reader org.apache.kafka.tools.LineMessageReader\n`,
    ]);
  });

  test.each([
    ['nope.Nope', 'java.lang.ClassNotFoundException: nope.Nope'],
    [
      'org.apache.kafka.common.serialization.StringDeserializer',
      'org.apache.kafka.common.errors.SerializationException: Unsupported encoding nope',
    ],
  ])('with KTOOL_COMPAT=kafka %s that cannot be made is told, and the bytes are printed', async (name, thrown) => {
    const settings = [`value.deserializer=${name}`, 'value.deserializer.value.deserializer.encoding=nope'];
    const properties = settings.flatMap((setting) => ['--formatter-property', setting]);
    const words = ['console-consumer', '--topic', 'fruit', '--from-beginning', '--max-messages', '1', ...properties];
    const { stdout, stderr } = await ktool(words, '', { KTOOL_COMPAT: 'kafka' });
    expect(stdout).toBe('{"kg":1.5}\n');
    expect(stderr).toContain(
      `ERROR Unable to instantiate a deserializer from ${name} (org.apache.kafka.tools.consumer.DefaultMessageFormatter)\n${thrown}\n`,
    );
  });

  test('with KTOOL_COMPAT=kafka a path is a class that is not there, as in Kafka', async () => {
    const path = file('plain.mjs', 'export default () => ({ format: () => "x" });');
    const words = ['console-consumer', '--topic', 'fruit', '--formatter', path];
    const { status, stderr } = await ktool(words, '', { KTOOL_COMPAT: 'kafka' });
    expect(status).toBe(1);
    expect(stderr).not.toContain('JavaScript');
  });
});

test('the example of the README prints what the README says', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = /### Formatters, readers and deserializers of your own\n(?:.*\n)*?((?: {4}.*\n)+)/.exec(readme)?.[1];
  expect(example).toContain('export default');
  file('prices.mjs', example!.replace(/^ {4}/gm, ''));
  await ktool(['console-producer', '--topic', 'prices'], '{"item":"apples","cents":250}\n');
  const argv = [
    '--formatter',
    join(folder, 'prices.mjs'),
    '--formatter-property',
    'currency=EUR',
    '--max-messages',
    '1',
  ];
  const { stdout } = await ktool(['console-consumer', '--topic', 'prices', '--from-beginning', ...argv]);
  expect(stdout).toBe('0: apples for 2.50 EUR\n');
});
