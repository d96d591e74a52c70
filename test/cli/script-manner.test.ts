// Under the names of Kafka's scripts: exit statuses, and what is on standard output, are Kafka's, whatever is added for people.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { capture } from './capture.ts';

async function run(name: string, words: readonly string[], columns?: number) {
  const { default: command } = (await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture(columns === undefined ? {} : { columns });
  const env = { KTOOL_SCRIPT: command.script.kafkaName };
  return { status: await command.execute(words, { env, output }), out: stdout.text, err: stderr.text };
}

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-manner-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'plan.json'), text);
  return join(folder, 'plan.json');
}

test.each([
  ['cluster', 1],
  ['connect-plugin-path', 1],
  ['features', 1],
  ['metadata-quorum', 1],
  ['metadata-shell', 1],
  ['storage', 1],
  ['topics', 1],
  ['transactions', 1],
  ['producer-perf-test', 0],
  ['verifiable-consumer', 0],
])('%s without a word ends with %i, as Kafka 4.3.1', async (name, status) => {
  expect((await run(name, [])).status).toBe(status);
});

test('connect-plugin-path ends with 3 where a folder is not there', async () => {
  expect(await run('connect-plugin-path', ['list', '--plugin-path', '/nowhere'])).toEqual({
    status: 3,
    out: '',
    err: '/nowhere: there is no such file or folder\n',
  });
});

test('reassign-partitions says on standard output what fails, after what was done', async () => {
  const { address } = await startTestBroker();
  const at = ['--bootstrap-server', address];
  const bad = ['--reassignment-json-file', file('{"version":1,"partitions":[]}'), '--execute'];
  expect(await run('reassign-partitions', [...at, ...bad])).toEqual({
    status: 1,
    out: 'Error: Partition reassignment list cannot be empty\n',
    err: '',
  });
  const gone = file('{"version":1,"partitions":[{"topic":"gone","partition":0,"replicas":[1]}]}');
  expect(await run('reassign-partitions', [...at, '--reassignment-json-file', gone, '--verify'])).toMatchObject({
    status: 1,
    out: `Status of partition reassignment:
There is no active reassignment of partition gone-0, but replica set is  rather than 1.

Clearing broker-level throttles on broker 1
Clearing topic-level throttles on topic gone
Error: org.apache.kafka.common.errors.UnknownTopicOrPartitionException: The topic 'gone' does not exist.
`,
  });
});

test("at a terminal it is said without Java's names", async () => {
  const { address } = await startTestBroker();
  const gone = file('{"version":1,"partitions":[{"topic":"gone","partition":0,"replicas":[1]}]}');
  const words = ['--bootstrap-server', address, '--reassignment-json-file', gone, '--execute'];
  const { out, err } = await run('reassign-partitions', words, 100);
  expect(out).toBe('');
  expect(err).toContain('Topic gone not found.');
  expect(err).not.toContain('org.apache');
});

test('leader-election says on standard output that its time is up', async () => {
  const settings = file('request.timeout.ms=200\ndefault.api.timeout.ms=200\n');
  const words = ['--bootstrap-server', '127.0.0.1:1', '--command-config', settings];
  const ended = await run('leader-election', [...words, '--election-type', 'preferred', '--all-topic-partitions']);
  expect(ended).toMatchObject({ status: 1, out: 'Timeout waiting for election results\n' });
});

test('delete-records prints that it begins before it waits', async () => {
  const { address } = await startTestBroker();
  const offsets = file('{"version":1,"partitions":[{"topic":"gone","partition":0,"offset":1}]}');
  const settings = file('request.timeout.ms=200\ndefault.api.timeout.ms=200\n');
  const words = ['--bootstrap-server', address, '--command-config', settings, '--offset-json-file', offsets];
  expect((await run('delete-records', words)).out).toMatch(
    /^Executing records delete operation\nRecords delete operation completed:\n/,
  );
});

test('what helps is told as it is typed there', async () => {
  const { address } = await startTestBroker();
  const reset = ['--reset-offsets', '--group', 'g', '--topic', 'gone', '--to-earliest', '--execute'];
  const { err } = await run('consumer-groups', ['--bootstrap-server', address, ...reset]);
  expect(err).toContain('See which there are: kafka-topics.sh --list\n');
  const create = ['--create', '--topic', 'orders', '--replication-factor', '3'];
  const copies = await run('topics', ['--bootstrap-server', address, ...create]);
  expect(copies.err).toContain('several: kafka-server-start.sh config/server.properties --brokers 3\n');
  const settings = file('request.timeout.ms=200\ndefault.api.timeout.ms=200\n');
  const away = await run('acls', ['--bootstrap-server', '127.0.0.1:1', '--command-config', settings, '--list']);
  expect(away.out).toContain('Start a broker there (kafka-server-start.sh config/server.properties)');
});
