import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { Consumer, visibleBatches } from '../../src/client/consumer.ts';
import { openRecords } from '../../src/protocol/records/read.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { open, run } from '../helpers/console.ts';

const address = async () => `127.0.0.1:${(await startTestBroker()).port}`;
const argv = (bootstrap: string, ...more: string[]) => [
  'console-producer',
  '--bootstrap-server',
  bootstrap,
  '--topic',
  't',
  ...more,
];

/** The records of partition 0, read until there are `count`. */
async function records(bootstrap: string, count: number) {
  const consumer = await Consumer.create({ 'bootstrap.servers': bootstrap }, {});
  consumer.assign({ topic: 't', partition: 0 }, 'earliest');
  const found: { key: string | null; value: string | null; headers: string[] }[] = [];
  try {
    while (found.length < count) {
      const fetched = await consumer.next(10_000);
      if (!fetched) throw new Error(`${found.length} records of ${count}`);
      for (const { header, pos } of visibleBatches(fetched, true)) {
        const cursor = openRecords(fetched.records, pos, header);
        while (cursor.next()) {
          const { key, value, headers } = cursor;
          found.push({
            key: key?.toString() ?? null,
            value: value?.toString() ?? null,
            headers: headers.map((each) => `${each.key}=${each.value}`),
          });
        }
      }
    }
  } finally {
    await consumer.close();
  }
  return found;
}

const values = async (bootstrap: string, count: number) => (await records(bootstrap, count)).map(({ value }) => value);

describe('ktool console-producer', () => {
  test('sends every line, whatever ends it, and says nothing but that the topic was not there', async () => {
    const bootstrap = await address();
    const { status, stdout, stderr } = await run(argv(bootstrap), 'one\ntwo\r\n\n  Größe 😀  \nlast');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const warning = `WARN [Producer clientId=console-producer] The metadata response from the cluster reported a recoverable issue with correlation id 1 : {t=UNKNOWN_TOPIC_OR_PARTITION} (org.apache.kafka.clients.NetworkClient)\n`;
    expect(stderr.replace(/^\[.*?\] /, '')).toBe(warning);
    expect(await values(bootstrap, 5)).toEqual(['one', 'two', '', '  Größe 😀  ', 'last']);
  });

  test('sends a file as it is, from where its descriptor stands', async () => {
    const bootstrap = await address();
    const lines = Array.from({ length: 3000 }, (_, i) => `${i}:${'x'.repeat((i * 37) % 400)}`);
    const directory = fs.mkdtempSync(path.join(tmpdir(), 'ktool-test-'));
    onTestFinished(() => fs.rmSync(directory, { recursive: true }));
    const file = path.join(directory, 'lines');
    fs.writeFileSync(file, `skipped\n${lines.join('\n')}`);
    const input = fs.openSync(file, 'r');
    fs.readSync(input, Buffer.alloc('skipped\n'.length));
    const producer = spawn(process.execPath, ['bin/run.js', ...argv(bootstrap)], {
      stdio: [input, 'ignore', 'inherit'],
    });
    expect(await once(producer, 'exit')).toEqual([0, null]);
    fs.closeSync(input);
    expect(await values(bootstrap, lines.length)).toEqual(lines);
  });

  test('reads keys, headers and nulls as told by --reader-property', async () => {
    const bootstrap = await address();
    const reader = ['parse.key=true', 'parse.headers=true', 'null.marker=NULL'];
    const words = reader.flatMap((property) => ['--reader-property', property]);
    await run(argv(bootstrap, ...words), 'a:1,b:NULL\tk\tv\nNULL\tk\tNULL\n');
    expect(await records(bootstrap, 2)).toEqual([
      { key: 'k', value: 'v', headers: ['a=1', 'b=null'] },
      { key: 'k', value: null, headers: [] },
    ]);
  });

  test('sends what came before a line without a separator, then fails', async () => {
    const bootstrap = await address();
    const words = argv(bootstrap, '--reader-property', 'parse.key=true');
    const { status, stderr } = await run(words, 'k\tv\nno tab\nk\tnever read\n');
    expect(status).toBe(1);
    expect(stderr).toContain(
      "org.apache.kafka.common.KafkaException: No key separator found on line number 2: 'no tab'",
    );
    expect(await values(bootstrap, 1)).toEqual(['v']);
  });

  test('reports a record that is too large and goes on', async () => {
    const bootstrap = await address();
    const words = argv(bootstrap, '--command-property', 'max.request.size=200');
    const long = 'x'.repeat(300);
    const { status, stderr } = await run(words, `first\n${long}\nlast\n`);
    expect(status).toBe(0);
    expect(await values(bootstrap, 2)).toEqual(['first', 'last']);
    expect(stderr).toMatch(
      /ERROR Error when sending message to topic t with key: null, value: 300 bytes with error: \(org\.apache\.kafka\.clients\.producer\.internals\.ErrorLoggingCallback\)\norg\.apache\.kafka\.common\.errors\.RecordTooLargeException: The message is \d+ bytes when serialized/,
    );
  });

  test('tells the truth about such a failure under its own name', async () => {
    const bootstrap = await address();
    const words = argv(bootstrap, '--command-property', 'max.request.size=200');
    const { status } = await run(words, `${'x'.repeat(300)}\n`, { KTOOL_COMPAT: '' });
    expect(status).toBe(1);
  });

  test('ends at the first failure with --sync', async () => {
    const bootstrap = await address();
    const words = argv(bootstrap, '--sync', '--command-property', 'max.request.size=200');
    const { status, stderr } = await run(words, `first\n${'x'.repeat(300)}\nnever sent\n`);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'java.util.concurrent.ExecutionException: org.apache.kafka.common.errors.RecordTooLargeException: The message is',
    );
    expect(await values(bootstrap, 1)).toEqual(['first']);
  });

  test('delivers on Ctrl-C what was entered', async () => {
    const bootstrap = await address();
    const admin = await createAdmin({ 'bootstrap.servers': bootstrap });
    const producer = open(argv(bootstrap, '--timeout', '600000'));
    producer.child.stdin.write('entered\n');
    await expect.poll(async () => (await admin.listTopics()).map(({ name }) => name)).toContain('t');
    await admin.close();
    producer.child.kill('SIGINT');
    expect((await producer.ended).status).toBe(130);
    expect(await values(bootstrap, 1)).toEqual(['entered']);
  });

  test('gives up on a server that is not there after --max-block-ms', async () => {
    const words = argv('127.0.0.1:1', '--max-block-ms', '1500');
    const { status, stderr } = await run(words, 'lost\n');
    expect(status).toBe(0);
    expect(stderr).toContain('Connection to node -1 (/127.0.0.1:1) could not be established.');
    expect(stderr).toContain('ERROR Error when sending message to topic t with key: null, value: 4 bytes with error:');
  });
});
