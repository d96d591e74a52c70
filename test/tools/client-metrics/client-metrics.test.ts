// client-metrics as kafka-client-metrics.sh, on a broker; what it prints as Apache Kafka 4.3.1 did.
import { beforeEach, expect, test } from 'vitest';
import command from '../../../src/commands/client-metrics.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';

let address: string;

async function run(words: string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, output } = capture();
  const status = await command.execute([...words, '--bootstrap-server', address], { env, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

beforeEach(async () => {
  address = (await startTestBroker()).address;
});

test('a subscription is set, changed, shown, reset and deleted', async () => {
  expect((await run(['--list'])).stdout).toBe('\n');
  const set = await run([
    '--alter',
    '--name',
    'a',
    '--metrics',
    'x.,y.',
    '--match',
    'client_id=c.*',
    '--interval',
    '500',
  ]);
  expect(set).toEqual({ stdout: 'Altered client metrics config for a.\n', stderr: '', status: 0 });
  const shown = 'Client metrics configs for a are:\n  interval.ms=500\n  match=client_id=c.*\n  metrics=x.,y.\n';
  expect((await run(['--describe'])).stdout).toBe(shown);
  await run(['--alter', '--name', 'a', '--interval', '', '--match', '']);
  const reset = { 'interval.ms': '300000', match: '', metrics: 'x.,y.' };
  expect(JSON.parse((await run(['--describe', '--json'])).stdout)).toEqual([{ name: 'a', configs: reset }]);
  expect((await run(['--delete', '--name', 'a'])).stdout).toBe('Deleted client metrics config for a.\n');
  const gone = "The client metric resource a doesn't exist and doesn't have dynamic config.\n";
  expect((await run(['--describe', '--name', 'a'])).stdout).toBe(gone);
});

test('a name is made up on request', async () => {
  const { stdout } = await run(['--alter', '--generate-name', '--metrics', '*']);
  const [, name] = stdout.match(/^Altered client metrics config for (\S{22})\.\n$/)!;
  expect((await run(['--list'])).stdout).toBe(`${name}\n`);
});

test.each([
  [['--alter', '--interval', '5'], 'One of --name or --generate-name must be specified with --alter.'],
  [
    ['--alter', '--name', 'a', '--interval', 'fast'],
    'Invalid interval value. Enter an integer, or leave empty to reset.',
  ],
  [['--delete'], 'A client metrics resource name must be specified with --delete.'],
])('refuses %j', async (words, message) => {
  expect(await run(words)).toEqual({ stdout: '', stderr: `${message}\n`, status: 1 });
  const java = `${message}\njava.lang.IllegalArgumentException: ${message}\n\n`;
  expect((await run(words, { KTOOL_COMPAT: 'kafka' })).stderr).toBe(java);
});

test('tells what the cluster refuses', async () => {
  const { stdout, status } = await run(['--alter', '--name', 'a', '--match', 'colour=red']);
  expect(stdout).toBe('Error while executing client metrics command : Illegal client matching pattern: colour=red\n');
  expect(status).toBe(1);
});
