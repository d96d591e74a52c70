// How `transactions` words what a broker refuses. The texts are Apache Kafka 4.3.1's (TransactionsCommand).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import transactions from '../../src/commands/transactions.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { capture } from './capture.ts';

async function makeTopic(address: string): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 't' }]);
  await admin.close();
}

test.each([
  [
    'ListTransactions',
    'list',
    'Failed to list transactions: ',
    'The `ListTransactions` request sent to broker 1 failed because of an unexpected error UNKNOWN_SERVER_ERROR (org.apache.kafka.clients.admin.internals.ListTransactionsHandler)',
  ],
  [
    'DescribeProducers',
    'find-hanging --broker-id 1 --topic t',
    'Failed to describe producers for 1 partitions on broker Optional[1]: ',
  ],
  [
    'InitProducerId',
    'forceTerminateTransaction --transactionalId tx',
    'Failed to force terminate transactionalId `tx`: ',
  ],
  [
    'DescribeProducers',
    'describe-producers --topic t --partition 0',
    'Failed to describe producers for partition t-0 on leader: ',
    'Unexpected error in `DescribeProducers` response for partition t-0 (org.apache.kafka.clients.admin.internals.DescribeProducersHandler)',
  ],
  [
    'DescribeProducers',
    'abort --topic t --partition 0 --start-offset 0',
    'Failed to validate producer state for partition t-0: ',
  ],
] as const)('%s: %s', async (api, words, text, logged?: string) => {
  const broker = await startTestBroker();
  await makeTopic(broker.address);
  broker.faults.always(api, { error: 'UNKNOWN_SERVER_ERROR' });
  const { stderr, output } = capture();
  const argv = ['--bootstrap-server', broker.address, ...words.split(' ')];
  expect(await transactions.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output })).toBe(1);
  const lines = stderr.text.trimEnd().split('\n');
  expect(lines.at(-1)?.slice(0, text.length)).toBe(text);
  if (logged !== undefined) expect(lines[0]).toContain(logged);
});

// Recorded: kafka-transactions --bootstrap-server 127.0.0.1:1 --command-config short.properties find-hanging …
test.each([
  ['--broker-id 1', 'Failed to list topics: Timed out waiting for a node assignment. Call: listTopics.'],
  ['--topic t', 'Failed to describe 1 topics: Timed out waiting for a node assignment. Call: listNodes.'],
])('find-hanging %s of a cluster that is away', async (words, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'short.properties');
  writeFileSync(file, 'default.api.timeout.ms=300\nrequest.timeout.ms=200\n');
  const { stderr, output } = capture();
  const argv = ['--bootstrap-server', '127.0.0.1:1', '--command-config', file, 'find-hanging', ...words.split(' ')];
  expect(await transactions.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output })).toBe(1);
  expect(stderr.text.trimEnd().split('\n').at(-1)).toBe(`${text} Enable debug logging for additional detail.`);
});

test('find-hanging that finds somebody and cannot ask who that is', async () => {
  const broker = await startTestBroker();
  await makeTopic(broker.address);
  const producer = await createProducer({ 'bootstrap.servers': broker.address, 'transactional.id': 'till' });
  onTestFinished(() => producer.close());
  await producer.initTransactions();
  producer.beginTransaction();
  producer.append('t', 0, null, Buffer.from('plums'), []);
  await producer.flush();
  broker.faults.always('ListTransactions', { error: 'UNKNOWN_SERVER_ERROR' });
  const { stderr, output } = capture();
  const words = 'find-hanging --topic t --partition 0 --max-transaction-timeout -1';
  const argv = ['--bootstrap-server', broker.address, ...words.split(' ')];
  expect(await transactions.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output })).toBe(1);
  expect(stderr.text.trimEnd().split('\n').at(-1)).toBe(
    'Failed to list transactions for 1 producers: ListTransactions request sent to broker 1 failed with an unexpected exception. Enable debug logging for additional detail.',
  );
});
