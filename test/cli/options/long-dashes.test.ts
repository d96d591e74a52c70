// What blogs make of two hyphens.
import { expect, test } from 'vitest';
import topics from '../../../src/commands/topics.ts';
import transactions from '../../../src/commands/transactions.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { capture } from '../capture.ts';

async function run(command: typeof topics, argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, output } = capture();
  return { status: await command.execute(argv, { env, output }), out: stdout.text, err: stderr.text };
}

test('options with a long dash are understood, with a line for each', async () => {
  const { address } = await startTestBroker();
  expect(
    await run(topics, ['—create', `–bootstrap-server=${address}`, '-–topic', 'orders', '‐‐partitions', '2']),
  ).toEqual({
    status: 0,
    out: 'Created topic orders.\n',
    err: `—create begins with a long dash: type --create
–bootstrap-server begins with a long dash: type --bootstrap-server
-–topic begins with a long dash: type --topic
‐‐partitions begins with a long dash: type --partitions
`,
  });
  expect(await run(transactions, ['—bootstrap-server', address, 'list'])).toMatchObject({ status: 0 });
  expect((await run(topics, ['–zookeeper', 'localhost:2181', '--list'])).err).toContain(
    'Kafka has no ZooKeeper any more',
  );
});

test("words that are no options stay as they are, and under Kafka's rules all do", async () => {
  const { address } = await startTestBroker();
  const create = ['--create', '--bootstrap-server', address];
  expect((await run(topics, [...create, '--topic', '—orders'])).out).toContain("Topic name is invalid: '—orders'");
  expect((await run(topics, [...create, '--topic', '–'])).out).toContain("Topic name is invalid: '–'");
  const kafka = { KTOOL_COMPAT: 'kafka' };
  expect((await run(topics, [...create, '—topic', 'orders'], kafka)).err).toContain(
    'Missing required argument "[topic]"',
  );
});
