import { describe, expect, test } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { open, run } from '../helpers/console.ts';

const address = async (settings: Record<string, string> = {}) =>
  `127.0.0.1:${(await startTestBroker({ overrides: new Map(Object.entries(settings)) })).port}`;
const produce = (bootstrap: string, input: string, topic = 't', ...more: string[]) =>
  run(['console-producer', '--bootstrap-server', bootstrap, '--topic', topic, '--timeout', '0', ...more], input);
const argv = (bootstrap: string, ...more: string[]) => ['console-consumer', '--bootstrap-server', bootstrap, ...more];
const all = (bootstrap: string, ...more: string[]) => argv(bootstrap, '--topic', 't', '--from-beginning', ...more);

const NOTICE = 'The consumer rebalance protocol (KIP-848) is production-ready!';
const TIMEOUT =
  /ERROR Error processing message, terminating consumer process: {2}\(org\.apache\.kafka\.tools\.consumer\.ConsoleConsumer\)\norg\.apache\.kafka\.common\.errors\.TimeoutException\n/;

describe('ktool console-consumer', () => {
  test('prints what is there, and how much it was, and stops at --max-messages', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\nthree\n');
    const { status, stdout, stderr } = await run(all(bootstrap, '--max-messages', '2'));
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'one\ntwo\n' });
    expect(stderr).toMatch(new RegExp(`^${NOTICE.replace(/[()]/g, '\\$&')}.*\nProcessed a total of 2 messages\n$`));
  });

  test('ends when no record came for --timeout-ms', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\n');
    const { status, stdout, stderr } = await run(all(bootstrap, '--timeout-ms', '3000'));
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'one\n' });
    expect(stderr).toMatch(TIMEOUT);
    expect(stderr).toMatch(/Processed a total of 1 messages\n$/);
  });

  test('shows each record at once, and on Ctrl-C says how many there were', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\n');
    const consumer = open(all(bootstrap));
    expect(await consumer.line()).toBe('one');
    await produce(bootstrap, 'two\n');
    expect(await consumer.line()).toBe('two');
    consumer.child.kill('SIGINT');
    expect(await consumer.ended).toMatchObject({
      status: 130,
      stderr: expect.stringMatching(/Processed a total of 2 messages\n$/),
    });
  });

  test('commits for a group exactly what it printed', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\nthree\nfour\nfive\n');
    const next = (count: string) => run(all(bootstrap, '--group', 'g', '--max-messages', count));
    expect((await next('2')).stdout).toBe('one\ntwo\n');
    expect((await next('1')).stdout).toBe('three\n');
    expect((await next('2')).stdout).toBe('four\nfive\n');
  });

  test('commits a position that it had to seek back to without a leader epoch, as Kafka does', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\nthree\n');
    const epochAfter = async (group: string, count: string) => {
      await run(all(bootstrap, '--group', group, '--max-messages', count));
      const describe = [
        'consumer-groups',
        '--bootstrap-server',
        bootstrap,
        '--describe',
        '--verbose',
        '--group',
        group,
      ];
      return (await run(describe)).stdout.trim().split('\n').at(-1)?.split(/ +/).slice(3, 5);
    };
    expect(await epochAfter('within', '2')).toEqual(['-', '2']);
    expect(await epochAfter('through', '3')).toEqual(['0', '3']);
  });

  test('commits nothing where enable.auto.commit is false', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\n');
    const words = ['--group', 'g', '--max-messages', '1', '--command-property', 'enable.auto.commit=false'];
    expect((await run(all(bootstrap, ...words))).stdout).toBe('one\n');
    expect((await run(all(bootstrap, ...words))).stdout).toBe('one\n');
  });

  test('ends quietly when nobody reads any more', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\n');
    const consumer = open(all(bootstrap));
    expect(await consumer.line()).toBe('one');
    consumer.child.stdout.destroy();
    await produce(bootstrap, 'three\n');
    const { status, stderr } = await consumer.ended;
    expect(status).toBe(0);
    expect(stderr).toContain('Unable to write to standard out, closing consumer.\n');
  });

  test('shares partitions between the members of a group, and takes over from one that leaves', async () => {
    const bootstrap = await address({ 'num.partitions': '2' });
    const keyed = ['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:'];
    await produce(bootstrap, 'alice:0\nbob:0\n', 't', ...keyed);
    const partition = ['--formatter-property', 'print.partition=true', '--formatter-property', 'print.value=false'];
    const interval = ['--command-property', 'heartbeat.interval.ms=100', '--command-property', 'client.id=first'];
    const first = open(all(bootstrap, '--group', 'g', ...partition, ...interval));
    expect([await first.line(), await first.line()].sort()).toEqual(['Partition:0', 'Partition:1']);
    const second = open(all(bootstrap, '--group', 'g', '--max-messages', '1', ...partition));
    const seen = second.line();
    let isShared = false;
    void seen.then(() => {
      isShared = true;
    });
    while (!isShared) await produce(bootstrap, 'alice:1\nbob:1\n', 't', ...keyed);
    const taken = await seen;
    expect((await second.ended).status).toBe(0);
    const takesOver = async () => {
      while ((await first.line()) !== taken) await produce(bootstrap, 'alice:2\nbob:2\n', 't', ...keyed);
    };
    await takesOver();
  });

  test('reads topics by a pattern, those too that come later', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'eu\n', 'orders-eu');
    await produce(bootstrap, 'no\n', 'payments');
    const soon = ['--command-property', 'metadata.max.age.ms=100'];
    const consumer = open(
      argv(bootstrap, '--include', 'orders-.*', '--from-beginning', '--max-messages', '2', ...soon),
    );
    expect(await consumer.line()).toBe('eu');
    await produce(bootstrap, 'us\n', 'orders-us');
    expect(await consumer.line()).toBe('us');
    expect((await consumer.ended).status).toBe(0);
  });

  test('reads one partition from an offset on, without a group', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\nthree\n');
    const at = (offset: string, ...more: string[]) =>
      run(argv(bootstrap, '--topic', 't', '--partition', '0', '--offset', offset, ...more));
    const { stdout, stderr } = await at('1', '--max-messages', '2');
    expect(stdout).toBe('two\nthree\n');
    expect(stderr).not.toContain(NOTICE);
    expect((await at('earliest', '--max-messages', '1')).stdout).toBe('one\n');
    const reset = ['--command-property', 'auto.offset.reset=earliest'];
    expect((await at('1000', '--max-messages', '3', ...reset)).stdout).toBe('one\ntwo\nthree\n');
    expect((await at('1000', '--command-property', 'auto.offset.reset=none')).stderr).toMatch(
      /OffsetOutOfRangeException: Fetch position FetchPosition\{offset=1000, .*\} is out of range for partition t-0\n/,
    );
  });

  test.each(['LATEST', '1000'])('reads what comes from now on where the offset is %s', async (offset) => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\nthree\n');
    const consumer = open(
      argv(bootstrap, '--topic', 't', '--partition', '0', '--offset', offset, '--max-messages', '1'),
    );
    let hasEnded = false;
    void consumer.ended.then(() => {
      hasEnded = true;
    });
    while (!hasEnded) await produce(bootstrap, 'new\n');
    expect(await consumer.ended).toMatchObject({ status: 0, stdout: 'new\n' });
  });

  test('has no position without a reset policy', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\n');
    const words = ['--topic', 't', '--group', 'g', '--command-property', 'auto.offset.reset=none'];
    const { status, stderr } = await run(argv(bootstrap, ...words));
    expect(status).toBe(0);
    expect(stderr).toContain(
      'org.apache.kafka.clients.consumer.NoOffsetForPartitionException: Undefined offset with no reset policy for partitions: [t-0]',
    );
    expect((await run(argv(bootstrap, ...words), '', { KTOOL_COMPAT: '' })).status).toBe(1);
  });

  test('skips a record that cannot be printed if told to, and else fails', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'abcd\nabc\nabcd\n');
    const integers = ['--value-deserializer', 'org.apache.kafka.common.serialization.IntegerDeserializer'];
    const failed = await run(all(bootstrap, '--max-messages', '3', ...integers));
    expect(failed).toMatchObject({ status: 1, stdout: '1633837924\n' });
    expect(failed.stderr).toMatch(/Processed a total of 2 messages\n.*ERROR Unknown error when running consumer: {2}/);
    const skipped = await run(all(bootstrap, '--max-messages', '3', '--skip-message-on-error', ...integers));
    expect(skipped).toMatchObject({ status: 0, stdout: '1633837924\n1633837924\n' });
    expect(skipped.stderr).toContain('SerializationException: Size of data received by IntegerDeserializer is not 4');
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'])('reads batches compressed with %s', async (codec) => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\ntwo\n', 't', '--compression-codec', codec);
    expect((await run(all(bootstrap, '--max-messages', '2'))).stdout).toBe('one\ntwo\n');
  });

  test('keeps order and every byte of many records in little memory', async () => {
    const bootstrap = await address();
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i}`.padStart(99, '0'));
    const input = `${lines.join('\n')}\n`;
    await produce(bootstrap, input);
    const { stdout } = await run(all(bootstrap, '--max-messages', String(lines.length)));
    expect(stdout === input).toBe(true);
  });

  test('ends on a server that is not there', async () => {
    const { status, stderr } = await run(all('127.0.0.1:1', '--timeout-ms', '1500'));
    expect(status).toBe(0);
    expect(stderr).toContain('Connection to node -1 (/127.0.0.1:1) could not be established.');
    expect(stderr).toMatch(TIMEOUT);
  });

  test('prints shutdown_complete for system tests', async () => {
    const bootstrap = await address();
    await produce(bootstrap, 'one\n');
    const { stdout } = await run(all(bootstrap, '--max-messages', '1', '--enable-systest-events'));
    expect(stdout).toBe('one\nshutdown_complete\n');
  });
});
