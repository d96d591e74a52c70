// Kafka Connect and MirrorMaker 2 of Apache Kafka, from its jars: a file through a topic into another file, standalone and
// distributed (whose offsets, configs and states are compacted topics), exactly once, and topics mirrored with their groups'
// offsets. All on Apache Kafka first, with the same expectations.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { freePort } from '../helpers/free-port.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const whyNot = whyNoKafka() ?? whyNoConnect();
if (whyNot) console.warn(`skipped: ${whyNot}`);

function whyNoConnect(): string | undefined {
  const jars = existsSync(KAFKA_JARS) ? readdirSync(KAFKA_JARS) : [];
  const missing = ['connect-runtime-', 'connect-file-', 'connect-mirror-'].find(
    (name) => !jars.some((jar) => jar.startsWith(name)),
  );
  return missing && `no ${missing} jar in ${KAFKA_JARS}`;
}

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

const ktool = async (address: string, script: string, args: readonly string[], input = '') =>
  (await runAsync(process.execPath, [program, script, '--bootstrap-server', address, ...args], input)).stdout;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'connect-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

type Properties = Record<string, string | number | boolean>;

function properties(dir: string, name: string, values: Properties): string {
  const file = join(dir, name);
  writeFileSync(
    file,
    Object.entries(values).reduce((text, [key, value]) => `${text}${key}=${value}\n`, ''),
  );
  return file;
}

/** Starts a class of Kafka's and leaves it running; stop() ends it in order. */
function launch(mainClass: string, args: readonly string[]): { stop(): Promise<void> } {
  const options = ['-Xmx384M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];
  const child = spawn('java', [...options, mainClass, ...args], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  onTestFinished(stop);
  return { stop };
}

const SIDES: [string, () => Promise<string>][] = [
  [
    'Apache Kafka',
    async () => {
      const kafka = await startKafkaBroker();
      onTestFinished(() => kafka.stop());
      return kafka.address;
    },
  ],
  ['ktool', async () => (await startTestBroker({ overrides: { 'group.initial.rebalance.delay.ms': '0' } })).address],
];

const CONVERTERS = {
  'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
  'offset.flush.interval.ms': 500,
};

const WAIT = { timeout: 90_000, interval: 200 };
const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function connectors(dir: string) {
  const source = { connector: 'source', class: 'FileStreamSource', file: join(dir, 'in.txt'), topic: 'lines' };
  const sink = { connector: 'sink', class: 'FileStreamSink', file: join(dir, 'out.txt'), topics: 'lines' };
  return [source, sink].map(({ connector, class: type, ...config }) => ({
    name: connector,
    config: { 'connector.class': type, 'tasks.max': '1', ...config },
  }));
}

/** The REST interface of a distributed worker, asked again until it serves. */
async function rest(port: number, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return vi.waitFor(async () => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }, WAIT);
}

describe.skipIf(whyNot !== undefined).each(SIDES)('Kafka Connect on %s', (_, start) => {
  it('carries a file through a topic, standalone, and goes on where it was', async () => {
    const [address, dir] = [await start(), folder()];
    writeFileSync(join(dir, 'in.txt'), 'apples\npears\n');
    const worker = properties(dir, 'worker', {
      ...CONVERTERS,
      'bootstrap.servers': address,
      listeners: 'http://127.0.0.1:0',
      'offset.storage.file.filename': join(dir, 'offsets'),
    });
    const files = connectors(dir).map(({ name, config }) => properties(dir, name, { name, ...config }));
    const run = () => launch('org.apache.kafka.connect.cli.ConnectStandalone', [worker, ...files]);
    const first = run();
    await vi.waitFor(() => expect(textOf(join(dir, 'out.txt'))).toBe('apples\npears\n'), WAIT);
    await first.stop();
    writeFileSync(join(dir, 'in.txt'), 'plums\n', { flag: 'a' });
    run();
    await vi.waitFor(() => expect(textOf(join(dir, 'out.txt'))).toBe('apples\npears\nplums\n'), WAIT);
    expect(await ktool(address, 'consumer-groups', ['--describe', '--group', 'connect-sink'])).toContain('lines');
  });

  it('carries it distributed, exactly once, over a restart of the worker', async () => {
    const [address, dir, port] = [await start(), folder(), await freePort()];
    writeFileSync(join(dir, 'in.txt'), 'apples\npears\n');
    const worker = properties(dir, 'worker', {
      ...CONVERTERS,
      'bootstrap.servers': address,
      'group.id': 'workers',
      listeners: `http://127.0.0.1:${port}`,
      'offset.storage.topic': 'connect-offsets',
      'config.storage.topic': 'connect-configs',
      'status.storage.topic': 'connect-status',
      'offset.storage.replication.factor': 1,
      'config.storage.replication.factor': 1,
      'status.storage.replication.factor': 1,
      'exactly.once.source.support': 'enabled',
      'consumer.isolation.level': 'read_committed',
    });
    const run = () => launch('org.apache.kafka.connect.cli.ConnectDistributed', [worker]);
    const first = run();
    for (const one of connectors(dir)) await rest(port, 'PUT', `/connectors/${one.name}/config`, one.config);
    await vi.waitFor(() => expect(textOf(join(dir, 'out.txt'))).toBe('apples\npears\n'), WAIT);
    await first.stop();
    writeFileSync(join(dir, 'in.txt'), 'plums\n', { flag: 'a' });
    run();
    await vi.waitFor(() => expect(textOf(join(dir, 'out.txt'))).toBe('apples\npears\nplums\n'), WAIT);
    const { offsets } = (await rest(port, 'GET', '/connectors/source/offsets')) as { offsets: { offset: object }[] };
    expect(offsets.map(({ offset }) => offset)).toEqual([{ position: 19 }]);
    const args = ['--topic', 'lines', '--from-beginning', '--max-messages', '3', '--isolation-level', 'read_committed'];
    expect(await ktool(address, 'console-consumer', args)).toBe('apples\npears\nplums\n');
  });
});

describe.skipIf(whyNot !== undefined).each(SIDES)('MirrorMaker 2 from %s to ktool', (_, start) => {
  it('mirrors topics, records with headers, and offsets of groups', async () => {
    const [source, dir] = [await start(), folder()];
    const target = await SIDES[1]![1]();
    await ktool(source, 'topics', [
      '--create',
      '--topic',
      'orders',
      '--partitions',
      '2',
      '--config',
      'max.message.bytes=2000000',
    ]);
    const headers = ['--reader-property', 'parse.headers=true', '--reader-property', 'parse.key=true'];
    await ktool(source, 'console-producer', ['--topic', 'orders', ...headers], 'h:1\ta\tapples\nh:2\tb\tpears\n');
    const read = ['--topic', 'orders', '--group', 'shop', '--from-beginning', '--max-messages', '2'];
    await ktool(source, 'console-consumer', read);
    const file = properties(dir, 'mm2', {
      clusters: 'a,b',
      'a.bootstrap.servers': source,
      'b.bootstrap.servers': target,
      'a->b.enabled': true,
      'a->b.topics': 'orders',
      'a->b.groups': 'shop',
      'b->a.enabled': false,
      'replication.factor': 1,
      'checkpoints.topic.replication.factor': 1,
      'heartbeats.topic.replication.factor': 1,
      'offset-syncs.topic.replication.factor': 1,
      'offset.storage.replication.factor': 1,
      'status.storage.replication.factor': 1,
      'config.storage.replication.factor': 1,
      'emit.checkpoints.interval.seconds': 1,
      'sync.group.offsets.enabled': true,
      'sync.group.offsets.interval.seconds': 1,
      'offset.lag.max': 0,
    });
    launch('org.apache.kafka.connect.mirror.MirrorMaker', [file]);
    await vi.waitFor(async () => expect(await ktool(target, 'topics', ['--list'])).toContain('a.orders'), WAIT);
    const shown = ['--formatter-property', 'print.key=true', '--formatter-property', 'print.headers=true'];
    const mirrored = ['--topic', 'a.orders', '--from-beginning', '--max-messages', '2', ...shown];
    const lines = (await ktool(target, 'console-consumer', mirrored)).trim().split('\n').sort();
    expect(lines).toEqual(['h:1\ta\tapples', 'h:2\tb\tpears']);
    const described = await ktool(target, 'topics', ['--describe', '--topic', 'a.orders']);
    expect(described).toMatch(/PartitionCount: 2\s.*max\.message\.bytes=2000000/);
    const offsets = ['--describe', '--group', 'shop', '--offsets'];
    await vi.waitFor(async () => expect(await ktool(target, 'consumer-groups', offsets)).toContain('a.orders'), WAIT);
  });
});
