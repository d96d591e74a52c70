// What tutorials have their readers write: programs for kafka-python, and for the Java clients of the years of the tutorials,
// which Maven fetches (kept in KTOOL_INTEROP_CACHE). KTOOL_PYTHON names a Python that has kafka-python, python-snappy and lz4;
// what is missing is skipped, by name.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const cache = process.env.KTOOL_INTEROP_CACHE ?? join(homedir(), '.cache', 'ktool-interop');
const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const kafkaPython = has(python, '-c', 'import kafka, snappy, lz4');
const java = has('java', '-version');
const maven = has('mvn', '-version');
for (const [name, there] of Object.entries({
  'kafka-python with snappy and lz4': kafkaPython,
  Java: java,
  Maven: maven,
}))
  if (!there) console.warn(`skipped: ${name} is not on this machine`);

const program = (name: string) => fileURLToPath(new URL(`./programs/${name}`, import.meta.url));

it.skipIf(!kafkaPython)('kafka-python', { timeout: 90_000 }, async () => {
  const broker = await startTestBroker({ overrides: { 'group.initial.rebalance.delay.ms': '0' } });
  const { stdout } = await runAsync(python, [program('journeys_kafka_python.py'), broker.address]);
  expect(JSON.parse(stdout)).toEqual({
    ordered: true,
    again: 0,
    'without group': 'IllegalStateError',
    future: [0, 0],
    json: [[{ action: 'click' }], []],
    partitions: [2, 2, 1],
    packed: 90,
    reset: [90, 0],
    'reset none': 'NoOffsetForPartitionError',
    replayed: 90,
    'from offset': 2,
    'from time': 0,
    'too little': 0,
    enough: 2,
    fenced: 'ProducerFencedError',
    read_committed: ['a', 'c'],
    read_uncommitted: ['a', 'b', 'c'],
    'too large': 'MessageSizeTooLargeError',
    later: ['came'],
  });
});

/** The jars of a client, from Maven Central. */
function clientJars(version: string): string {
  const jars = join(cache, `kafka-clients-${version}`);
  if (existsSync(join(jars, 'complete'))) return jars;
  mkdirSync(jars, { recursive: true });
  const wanted = [
    ['org.apache.kafka', 'kafka-clients', version],
    ['org.slf4j', 'slf4j-nop', '1.7.36'],
  ].map(([group, name, at]) => {
    const coordinates = `<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${at}</version>`;
    return `<dependency>${coordinates}</dependency>`;
  });
  const self = '<groupId>ktool</groupId><artifactId>jars</artifactId><version>1</version>';
  const pom = `<project><modelVersion>4.0.0</modelVersion>${self}<dependencies>${wanted.join('')}</dependencies></project>`;
  writeFileSync(join(jars, 'pom.xml'), pom);
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}`];
  execFileSync('mvn', ['-q', '-B', '-f', join(jars, 'pom.xml'), ...goal], { stdio: 'ignore' });
  writeFileSync(join(jars, 'complete'), '');
  return jars;
}

describe.skipIf(!java || !maven).each(['3.0.0', '3.6.0'])('kafka-clients %s', (version) => {
  it('sends, reads in groups of every assignor, and keeps to its transactions', { timeout: 120_000 }, async () => {
    const broker = await startTestBroker({ overrides: { 'group.initial.rebalance.delay.ms': '0' } });
    const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(clientJars(version), '*')];
    const { stdout } = await runAsync('java', [...options, program('Journeys.java'), broker.address]);
    expect(stdout.trim().split('\n')).toEqual([
      'sent to example-topic 0 0',
      'RecordTooLargeException',
      'fenced',
      'RangeAssignor true',
      'RoundRobinAssignor true',
      'StickyAssignor true',
      'CooperativeStickyAssignor true',
      'no offset',
    ]);
  });
});
