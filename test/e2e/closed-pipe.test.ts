// A reader that goes away early: `| head`. What it got is whole lines, nothing is complained of, and the program ends.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { User } from '../helpers/program.ts';

const RECORDS = 50_000;

/** Reads so much of a program's output and goes away; answers the whole lines and how the program ended. */
async function readSome(user: User, words: readonly string[]) {
  const { child, ended } = user.start(words);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.destroy();
  const { status, stderr } = await ended;
  return { status, stderr, text: first.toString() };
}

const wholeLines = (text: string): unknown[] =>
  text
    .slice(0, text.lastIndexOf('\n'))
    .split('\n')
    .map((line) => JSON.parse(line));

test('console-consumer and get-offsets', async () => {
  const { address } = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 'orders' }, { name: 'many', numPartitions: 900 }]);
  await admin.close();
  const producer = await createProducer({ 'bootstrap.servers': address });
  for (let i = 0; i < RECORDS; i++)
    if (!producer.append('orders', 0, null, Buffer.alloc(100, 'x'), [])) await producer.drain();
  await producer.close();
  const user = new User();
  const consuming = ['console-consumer', '--bootstrap-server', address, '--topic', 'orders', '--from-beginning'];
  const consumed = await readSome(user, [...consuming, '--json']);
  expect(wholeLines(consumed.text).length).toBeGreaterThan(100);
  expect(consumed).toMatchObject({ status: 0 });
  expect(consumed.stderr).toMatch(
    /^Unable to write to standard out, closing consumer\.\nProcessed a total of \d+ messages\n$/,
  );
  const asking = ['get-offsets', '--bootstrap-server', address, '--topic', 'many', '--json'];
  const offsets = await readSome(user, asking);
  expect(offsets.text.startsWith('[\n  {\n    "topic": "many",\n    "partition": 0,\n')).toBe(true);
  expect(offsets).toMatchObject({ status: 0, stderr: '' });
});

test('dump-log', async () => {
  const user = new User();
  const file = join(user.home, '00000000000000000000.log');
  const values = Array.from({ length: RECORDS }, (_, i) => ({ timestamp: i, value: Buffer.alloc(100, 'x') }));
  writeFileSync(file, buildBatch(values, { baseOffset: 0 }));
  const { status, stderr, text } = await readSome(user, ['dump-log', '--files', file, '--print-data-log', '--json']);
  expect(wholeLines(text)[0]).toEqual({ type: 'file', file });
  expect([status, stderr]).toEqual([0, '']);
});
