// The performance and verifiable tools against a real broker, as scripts run them: what they print, count and leave behind.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { createAdmin } from '../../src/client/admin.ts';
import consumerPerfTest from '../../src/commands/consumer-perf-test.ts';
import e2eLatency from '../../src/commands/e2e-latency.ts';
import producerPerfTest from '../../src/commands/producer-perf-test.ts';
import verifiableConsumer from '../../src/commands/verifiable-consumer.ts';
import verifiableProducer from '../../src/commands/verifiable-producer.ts';
import verifiableShareConsumer from '../../src/commands/verifiable-share-consumer.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

let broker: Broker;

beforeEach(async () => {
  broker = await startTestBroker();
});

async function run(command: ScriptCommand, words: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, output } = capture();
  const argv = ['--bootstrap-server', broker.address, ...words.split(' ')];
  const status = await command.execute(argv, { env, output });
  return { status, out: stdout.text, err: stderr.text };
}

async function endOffset(topic: string): Promise<number> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  const [end] = await admin.listOffsets([{ topic, partition: 0, timestamp: -1 }]);
  await admin.close();
  return end!.offset;
}

async function topic(name: string, configs: Record<string, string> = {}, numPartitions = 1): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  await admin.createTopics([{ name, numPartitions, replicationFactor: 1, configs }]);
  await admin.close();
}

// What comes within a millisecond has a rate that is infinite, in Java too.
const TOTAL =
  /^(\d+)( steady state)? records sent, (?:\d+\.\d{6}|Infinity) records\/sec \((?:\d+\.\d\d|Infinity) MB\/sec\), \d+\.\d\d ms avg latency, \d+\.\d\d ms max latency, \d+ ms 50th, \d+ ms 95th, \d+ ms 99th, \d+ ms 99\.9th\.$/;

describe('producer-perf-test', () => {
  test('reports what it has written', async () => {
    const { status, out } = await run(
      producerPerfTest,
      '--topic load --num-records 500 --record-size 40 --throughput -1',
    );
    expect(status).toBe(0);
    expect(TOTAL.exec(out.trimEnd())?.[1]).toBe('500');
    expect(await endOffset('load')).toBe(500);
  });

  test('counts what follows the warm-up by itself', async () => {
    const words = '--topic load --num-records 50 --record-size 40 --throughput 2000 --warmup-records 20';
    const [notice, all, steady] = (await run(producerPerfTest, words)).out.split('\n');
    expect(notice).toMatch(/^Warmup first 20 records\./);
    expect(TOTAL.exec(all!)?.[1]).toBe('50');
    expect(TOTAL.exec(steady!)?.slice(1)).toEqual(['30', ' steady state']);
  });

  test('keeps to the rate', async () => {
    const words = '--topic load --num-records 40 --payload-monotonic --throughput 200 --json';
    const { recordsPerSec } = JSON.parse((await run(producerPerfTest, words)).out);
    expect(recordsPerSec).toBeLessThan(240);
  });

  test('writes in transactions', async () => {
    const words = '--topic load --num-records 30 --record-size 5 --throughput -1 --transactional-id till';
    expect((await run(producerPerfTest, words)).status).toBe(0);
    expect(await endOffset('load')).toBe(31); // 30 and the marker
    expect(broker.services.transactions.describe('till')).toMatchObject({ state: 'CompleteCommit' });
  });

  test('a record that is refused is told and makes the status 1, under Kafka’s rules 0', async () => {
    await topic('tiny', { 'max.message.bytes': '10' });
    const words = '--topic tiny --num-records 1 --record-size 50 --throughput -1';
    const { status, out, err } = await run(producerPerfTest, words);
    expect(status).toBe(1);
    expect(err).toContain('org.apache.kafka.common.errors.RecordTooLargeException');
    expect(out).toContain('0 records sent');
    expect((await run(producerPerfTest, words, { KTOOL_COMPAT: 'kafka' })).status).toBe(0);
  });

  test('takes payloads of a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ktool-')), 'payloads');
    writeFileSync(file, 'a,bb,,');
    const words = `--topic load --num-records 3 --payload-file ${file} --payload-delimiter , --throughput -1`;
    const { out } = await run(producerPerfTest, words);
    expect(out).toContain(`Reading payloads from: ${file}\nNumber of records read: 2\n`);
  });

  test('an address among the settings is enough', async () => {
    const { stdout, output } = capture();
    const words = '--topic load --num-records 1 --record-size 5 --throughput -1 --command-property';
    const argv = [...words.split(' '), `bootstrap.servers=${broker.address}`];
    expect(await producerPerfTest.execute(argv, { env: {}, output })).toBe(0);
    expect(stdout.text).toContain('1 records sent');
  });
});

describe('consumer-perf-test', () => {
  beforeEach(async () => {
    await run(producerPerfTest, '--topic load --num-records 300 --record-size 1000 --throughput -1');
  });

  test('reports counts and rates', async () => {
    const { out, status } = await run(consumerPerfTest, '--topic load --num-records 300');
    const [header, row] = out.split('\n');
    expect(header).toMatch(/^start\.time, end\.time, data\.consumed\.in\.MB/);
    const cells = row!.split(', ');
    expect([cells[2], cells[4]]).toEqual(['0.2861', '300']);
    expect(status).toBe(0);
  });

  test('gives up when no record comes, says so, and leaves the status truthful', async () => {
    const { out, status } = await run(consumerPerfTest, '--topic load --num-records 301 --timeout 300 --hide-header');
    expect(out).toMatch(
      /^WARNING: Exiting before consuming the expected number of records: timeout \(300 ms\) exceeded\./,
    );
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(status).toBe(1);
  });

  test('--json gives numbers', async () => {
    const { out } = await run(consumerPerfTest, '--topic load --num-records 300 --json');
    expect(JSON.parse(out)).toMatchObject({ records: 300, bytes: 300_000 });
  });

  test('the pattern of times is Java’s', async () => {
    const { out, err, status } = await run(
      consumerPerfTest,
      "--topic load --num-records 1 --hide-header --date-format yyyy'q'",
    );
    expect(err).toBe('');
    expect(out).toMatch(/^20\d\dq, 20\d\dq, /);
    expect(status).toBe(0);
  });
});

test('e2e-latency makes its topic and sends each record alone, with keys and headers', async () => {
  const words = '--topic ping --num-records 5 --producer-acks all --record-size 10';
  const { out, status } = await run(
    e2eLatency,
    `${words} --record-key-size 3 --num-headers 2 --record-header-key-size 4 --record-header-size -1`,
  );
  expect(out).toMatch(
    /^Topic "ping" does not exist\. Will create topic with 1 partition\(s\) and replication factor = 1\n0\t\d+\.\d+\nAvg latency: \d+\.\d{4} ms\nPercentiles: 50th = \d+, 99th = \d+, 99\.9th = \d+\n$/,
  );
  const latencyMs = Number(/^0\t(.*)$/m.exec(out)?.[1]);
  expect(latencyMs, 'whole nanoseconds').toBe(Math.round(latencyMs * 1e6) / 1000 / 1000);
  expect(status).toBe(0);
  expect(await endOffset('ping')).toBe(5);
});

test("--print-metrics lists all metrics of Kafka's client under Kafka's names, and those that are counted under ktool's", async () => {
  await run(producerPerfTest, '--topic orders --num-records 5 --record-size 10 --throughput -1');
  const words = '--topic orders --num-records 5 --print-metrics --hide-header';
  const { out: kafkas } = await run(consumerPerfTest, words, { KTOOL_COMPAT: 'kafka' });
  const id = 'client-id=perf-consumer-client';
  expect(kafkas).toMatch(new RegExp(`records-consumed-total:\\{${id}\\} +: 5\\.000\\n`));
  expect(kafkas).toMatch(new RegExp(`records-lag:\\{${id}, topic=orders, partition=0\\} +: NaN\\n`));
  expect(kafkas).toMatch(
    new RegExp(`consumer-node-metrics:request-rate:\\{${id}, node-id=node-2147483646\\} +: NaN\\n`),
  );
  const { out: own } = await run(consumerPerfTest, words);
  expect(own.trimEnd().split('\n').slice(2)).toHaveLength(3);
});

test('e2e-latency takes the old words without names, after a warning', async () => {
  const { stdout, output } = capture();
  await topic('ping');
  const status = await e2eLatency.execute([broker.address, 'ping', '2', '1', '5'], { env: {}, output });
  expect(stdout.text).toMatch(/^WARNING: Positional argument usage is deprecated/);
  expect(status).toBe(0);
});

const events = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { timestamp, ...event } = JSON.parse(line);
      expect(timestamp).toBeGreaterThan(0);
      return event;
    });

describe('the verifiable tools', () => {
  test('the producer tells of every record, of the end and of the sums', async () => {
    const words = '--topic orders --max-messages 3 --value-prefix 7 --repeating-keys 2';
    const { out, status } = await run(verifiableProducer, words);
    const success = { name: 'producer_send_success', partition: 0, topic: 'orders' };
    expect(events(out)).toEqual([
      { name: 'startup_complete' },
      { ...success, key: '0', value: '7.0', offset: 0 },
      { ...success, key: '1', value: '7.1', offset: 1 },
      { ...success, key: '0', value: '7.2', offset: 2 },
      { name: 'shutdown_complete' },
      { name: 'tool_data', sent: 3, acked: 3, target_throughput: -1, avg_throughput: expect.any(Number) },
    ]);
    expect(status).toBe(0);
  });

  test('keys that do not come to an end go on', async () => {
    const { out } = await run(verifiableProducer, '--topic orders --max-messages 3 --repeating-keys 0');
    expect(events(out).flatMap(({ key }) => key ?? [])).toEqual(['0', '1', '2']);
  });

  test('the producer tells of records that are refused', async () => {
    await topic('tiny', { 'max.message.bytes': '10' });
    const { out, status } = await run(verifiableProducer, '--topic tiny --max-messages 1');
    expect(events(out)[1]).toEqual({
      name: 'producer_send_error',
      topic: 'tiny',
      key: null,
      value: '0',
      exception: 'class org.apache.kafka.common.errors.RecordTooLargeException',
      message: 'The request included a message larger than the max message size the server will accept.',
    });
    expect(status).toBe(1);
  });

  test.each(['classic', 'consumer'])('the consumer tells of partitions, records and commits (%s)', async (protocol) => {
    await run(verifiableProducer, '--topic orders --max-messages 5');
    const words = `--topic orders --group-id billing --max-messages 3 --verbose --group-protocol ${protocol}`;
    const { out, status } = await run(verifiableConsumer, words);
    const partitions = [{ topic: 'orders', partition: 0 }];
    const data = (n: number) => ({
      name: 'record_data',
      key: null,
      value: `${n}`,
      topic: 'orders',
      partition: 0,
      offset: n,
    });
    expect(events(out)).toEqual([
      { name: 'startup_complete' },
      { name: 'partitions_assigned', partitions },
      ...[0, 1, 2].map(data),
      { name: 'records_consumed', count: 5, partitions: [{ ...partitions[0], count: 3, minOffset: 0, maxOffset: 2 }] },
      { name: 'offsets_committed', offsets: [{ ...partitions[0], offset: 3 }], success: true },
      { name: 'partitions_revoked', partitions },
      { name: 'shutdown_complete' },
      { name: 'shutdown_requested' },
    ]);
    expect(status).toBe(0);
    const again = await run(verifiableConsumer, '--topic orders --group-id billing --max-messages 2');
    expect(events(again.out)[2]).toMatchObject({ name: 'records_consumed', count: 2 });
  });

  test('with --enable-autocommit nothing is told of commits, and what was polled is committed all the same', async () => {
    await run(verifiableProducer, '--topic orders --max-messages 2');
    const words = '--topic orders --group-id billing --enable-autocommit --max-messages';
    const first = events((await run(verifiableConsumer, `${words} 1`)).out);
    expect(first.map(({ name }) => name)).not.toContain('offsets_committed');
    await run(verifiableProducer, '--topic orders --max-messages 1');
    const second = events((await run(verifiableConsumer, `${words} 1`)).out);
    expect(second.find(({ name }) => name === 'records_consumed')?.partitions).toMatchObject([{ minOffset: 2 }]);
  });

  test('a share consumer that cannot go on says why, and the rest of its end', async () => {
    const words = '--topic bad/name --group-id shared --max-messages 1';
    const { out, err, status } = await run(verifiableShareConsumer, words, { KTOOL_COMPAT: 'kafka' });
    expect(events(out).map(({ name }) => name)).toEqual(['startup_complete', 'shutdown_complete']);
    expect(err.split('\n').slice(-3)).toEqual([
      expect.stringMatching(
        /ERROR Error during processing, terminating share consumer process: {2}\(org\.apache\.kafka\.tools\.VerifiableShareConsumer\)$/,
      ),
      'org.apache.kafka.common.errors.InvalidTopicException: Invalid topics: [bad/name]',
      '',
    ]);
    expect(status).toBe(0);
  });

  test('what comes after a name that cannot be is refused with the name alone', async () => {
    const { out } = await run(verifiableProducer, '--topic bad/name --max-messages 3');
    const messages = events(out).flatMap(({ name, message }) => (name === 'producer_send_error' ? [message] : []));
    expect(messages).toEqual(['Invalid topics: [bad/name]', 'bad/name', 'bad/name']);
  });

  test('a poll is of all partitions together, 500 records at most', async () => {
    await topic('wide', {}, 3);
    await run(verifiableProducer, '--topic wide --max-messages 1200 --repeating-keys 40');
    const { out } = await run(verifiableConsumer, '--topic wide --group-id wide --max-messages 1200');
    const polls = events(out).filter(({ name }) => name === 'records_consumed');
    expect(polls.reduce((sum, { count }) => sum + count, 0)).toBe(1200);
    expect(Math.max(...polls.map(({ count }) => count))).toBe(500);
    expect(polls.some(({ partitions }) => partitions.length > 1)).toBe(true);
    const committed = events(out).filter(({ name }) => name === 'offsets_committed');
    expect(committed.map(({ offsets }) => offsets.length)).toEqual(polls.map(({ partitions }) => partitions.length));
  });
});

describe('auto.offset.reset=by_duration', () => {
  const minutes = 60_000;
  beforeEach(async () => {
    const at = (time: number) => `--topic orders --max-messages 1 --message-create-time ${Date.now() - time}`;
    for (const age of [60 * minutes, 30 * minutes, minutes]) await run(verifiableProducer, at(age));
  });

  test.each([
    ['PT10M', 2],
    ['PT45M', 1],
    ['P1D', 0],
  ])('%s begins at offset %i', async (duration, offset) => {
    const words = `--topic orders --group-id late --max-messages 1 --reset-policy by_duration:${duration}`;
    const consumed = events((await run(verifiableConsumer, words)).out).find(({ name }) => name === 'records_consumed');
    expect(consumed?.partitions[0].minOffset).toBe(offset);
  });
});
