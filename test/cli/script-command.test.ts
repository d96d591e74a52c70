import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/options/errors.ts';
import { cluster } from '../../src/cli/options/scripts/cluster.ts';
import { topics } from '../../src/cli/options/scripts/topics.ts';
import { Exit, scriptCommand } from '../../src/cli/script-command.ts';
import { capture } from './capture.ts';

const command = scriptCommand({
  script: topics,
  async run({ options }) {
    if (options.has('delete')) throw new Error('it is not there');
    if (options.has('alter')) throw new UsageError('not so');
    if (options.has('describe')) return new Exit(130);
    return { data: { address: options.value('bootstrap-server') }, text: `${options.value('bootstrap-server')}\n` };
  },
  failure: (error) => ({ stdout: `Error while executing topic command : ${error.message}\n`, kafkaExit: 0 }),
});

async function run(argv: string[], env: NodeJS.ProcessEnv = {}, script = command) {
  const captured = capture();
  const status = await script.execute(argv, { env, output: captured.output });
  return { status, stdout: captured.stdout.text, stderr: captured.stderr.text };
}

describe('help', () => {
  test.each([[[]], [['--help']], [['-help']]])(
    'under ktool: %j prints it on standard output, status 0',
    async (argv) => {
      const { status, stdout, stderr } = await run(argv);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('ktool topics --create --topic orders --partitions 3');
      expect(stdout).toContain('--replication-factor COUNT');
    },
  );

  test('under the name of the script the status is that of the script', async () =>
    expect((await run(['--help'], { KTOOL_SCRIPT: 'kafka-topics.sh' })).status).toBe(1));

  test("with KTOOL_COMPAT=kafka: Kafka's headline, standard error, status 1, none of ktool's own options", async () => {
    const { status, stdout, stderr } = await run([], { KTOOL_COMPAT: 'kafka' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^This tool helps to create, delete, describe, or change a topic\.\n/);
    expect(stderr).not.toContain('--json');
  });

  test('of a sub-command', async () => {
    const script = scriptCommand({ script: cluster, run: async () => new Exit(0) });
    const { stdout } = await run(['unregister', '-h'], {}, script);
    expect(stdout).toContain('ktool cluster unregister');
    expect(stdout).toContain('--id, -i ID');
    expect(stdout).not.toContain('--include-fenced-brokers');
  });

  test('--topic --help is a topic name, as in Kafka', async () =>
    expect((await run(['--list', '--topic', '--help'])).stdout).toBe('localhost:9092\n'));
});

describe('the address', () => {
  test('is localhost:9092 or KTOOL_BOOTSTRAP_SERVER unless given', async () => {
    expect((await run(['--list'])).stdout).toBe('localhost:9092\n');
    expect((await run(['--list'], { KTOOL_BOOTSTRAP_SERVER: 'b:1' })).stdout).toBe('b:1\n');
    expect((await run(['--list', '--bootstrap-server', 'c:2'], { KTOOL_BOOTSTRAP_SERVER: 'b:1' })).stdout).toBe(
      'c:2\n',
    );
    expect((await run(['--list'], { KTOOL_COMPAT: 'kafka' })).stdout).toBe('undefined\n');
  });

  test('of an argparse script too, but not beside controllers', async () => {
    const script = scriptCommand({
      script: cluster,
      run: async ({ options }) => ({ data: null, text: `${options.value('bootstrap-server')}` }),
    });
    expect((await run(['cluster-id'], {}, script)).stdout).toBe('localhost:9092');
    expect((await run(['cluster-id', '-C', 'c:1'], {}, script)).stdout).toBe('undefined');
  });
});

describe('mistakes', () => {
  test('a mistyped option: which one may be meant', async () => {
    const { status, stderr } = await run(['--lsit']);
    expect([status, stderr]).toEqual([1, 'lsit is not a recognized option\nDid you mean --list?\n']);
  });

  test('an option that is like none: where the help is', async () =>
    expect((await run(['--zookeeper', 'x'])).stderr).toBe(
      'Kafka has no ZooKeeper any more: in place of --zookeeper type --bootstrap-server HOST:9092, the broker itself\nSee: ktool topics --help\n',
    ));

  test('a mistyped sub-command', async () => {
    const script = scriptCommand({ script: cluster, run: async () => new Exit(0) });
    expect((await run(['unregistr'], {}, script)).stderr).toContain('Did you mean unregister?');
  });

  test('a usage error: the message and where the help is', async () => {
    const { status, stderr } = await run(['--alter']);
    expect([status, stderr]).toEqual([1, 'not so\nSee: ktool topics --help\n']);
  });

  test('an abbreviation is understood under ktool only', async () => {
    expect((await run(['--list', '--boot', 'x'])).stdout).toBe('x\n');
    expect((await run(['--list', '--boot', 'x'], { KTOOL_COMPAT: 'kafka' })).status).toBe(1);
  });
});

describe('endings', () => {
  test("a failure has the script's words; the status tells the truth under ktool", async () => {
    expect(await run(['--delete'])).toEqual({
      status: 1,
      stdout: 'Error while executing topic command : it is not there\n',
      stderr: '',
    });
    expect((await run(['--delete'], { KTOOL_SCRIPT: 'x' })).status).toBe(0);
  });

  test('with --json a failure is a document', async () => {
    const { stdout, stderr } = await run(['--delete', '--json']);
    expect(JSON.parse(stdout)).toEqual({ error: 'it is not there' });
    expect(stderr).toBe('Error while executing topic command : it is not there\n');
  });

  test('--json prints the data', async () =>
    expect(JSON.parse((await run(['--list', '--json'])).stdout)).toEqual({ address: 'localhost:9092' }));

  test('--json is no option of Kafka', async () =>
    expect((await run(['--list', '--json'], { KTOOL_COMPAT: 'kafka' })).stderr).toContain('json is not a recognized'));

  test('a command that has written itself says its status', async () =>
    expect((await run(['--describe'])).status).toBe(130));
});

test('the version is that of Kafka', async () => {
  expect(await run(['--version'])).toEqual({ status: 0, stdout: '4.3.1\n', stderr: '' });
});
