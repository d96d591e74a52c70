// What a program reads is written no faster than it reads, whole, and never all at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Output, type Stream } from '../../src/cli/output.ts';
import { printReport } from '../../src/cli/print.ts';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { parseCsv } from '../helpers/csv.ts';

const MOST = 600 * 1024;

/** A pipe whose reader takes its time: a piece is taken at the next turn of the loop. */
class SlowPipe implements Stream {
  text = '';
  pieces = 0;
  #waiting = 0;
  /** The most that was waiting at once, in bytes. */
  most = 0;

  write(chunk: string | Uint8Array, done?: () => void): boolean {
    const text = Buffer.from(chunk).toString();
    this.#waiting += text.length;
    this.most = Math.max(this.most, this.#waiting);
    if (text !== '') this.pieces++;
    setImmediate(() => {
      this.text += text;
      this.#waiting -= text.length;
      done?.();
    });
    return false;
  }

  on(): this {
    return this;
  }
}

function slowOutput() {
  const pipe = new SlowPipe();
  return { pipe, output: new Output(pipe, new SlowPipe(), {}, () => {}) };
}

async function run(name: string, words: readonly string[], address: string) {
  const { default: command } = (await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { pipe, output } = slowOutput();
  const status = await command.execute(words, { env: { KTOOL_BOOTSTRAP_SERVER: address }, output });
  await output.flush();
  expect(status).toBe(0);
  return pipe;
}

describe('a long list', () => {
  const data = Array.from({ length: 30_000 }, (_, partition) => ({ topic: 'a\nb', partition, offset: partition }));
  const report = { data, text: '' };

  test('of JSON is what JSON.stringify makes, in pieces', async () => {
    const { pipe, output } = slowOutput();
    await printReport(report, { format: 'json', output, words: ['get-offsets'] });
    expect(pipe.text).toBe(`${JSON.stringify(data, null, 2)}\n`);
    expect(pipe.most).toBeLessThan(MOST);
    expect(pipe.pieces).toBeGreaterThan(10);
  });

  test('of CSV is in pieces too', async () => {
    const { pipe, output } = slowOutput();
    await printReport(report, { format: 'csv', output, words: ['get-offsets'] });
    expect(parseCsv(pipe.text)).toHaveLength(data.length + 1);
    expect(pipe.most).toBeLessThan(MOST);
  });

  test.each([[[]], [['a', null, undefined, 1]], [{ a: [] }], [null]])(
    '%j is as JSON.stringify makes it',
    async (short) => {
      const { pipe, output } = slowOutput();
      await printReport({ data: short, text: '' }, { format: 'json', output, words: [] });
      expect(pipe.text).toBe(`${JSON.stringify(short, null, 2)}\n`);
    },
  );
});

describe('records and batches', () => {
  const RECORDS = 30_000;
  const ofLines = (text: string): unknown[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('console-consumer, and get-offsets of many partitions', async () => {
    const { address } = await startTestBroker();
    const admin = await createAdmin({ 'bootstrap.servers': address });
    await admin.createTopics([{ name: 'orders' }, { name: 'many', numPartitions: 500 }]);
    await admin.close();
    const producer = await createProducer({ 'bootstrap.servers': address });
    for (let i = 0; i < RECORDS; i++)
      if (!producer.append('orders', 0, null, Buffer.alloc(100, 'x'), [])) await producer.drain();
    await producer.close();
    const words = ['--topic', 'orders', '--from-beginning', '--max-messages', String(RECORDS), '--json'];
    const records = await run('console-consumer', words, address);
    expect(ofLines(records.text)).toHaveLength(RECORDS);
    expect(records.most).toBeLessThan(MOST);
    const offsets = await run('get-offsets', ['--topic', 'many', '--json'], address);
    expect(JSON.parse(offsets.text)).toHaveLength(500);
    expect(offsets.most).toBeLessThan(MOST);
  });

  test('dump-log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ktool-pieces-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, '00000000000000000000.log');
    const values = Array.from({ length: RECORDS }, (_, i) => ({ timestamp: i, value: Buffer.alloc(100, 'x') }));
    writeFileSync(file, buildBatch(values, { baseOffset: 0 }));
    const dumped = await run('dump-log', ['--files', file, '--print-data-log', '--json'], '');
    expect(ofLines(dumped.text)).toHaveLength(RECORDS + 3);
    expect(dumped.most).toBeLessThan(MOST);
  });
});
