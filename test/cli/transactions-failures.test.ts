// How `transactions` words what a broker refuses. The texts are Apache Kafka 4.3.1's (TransactionsCommand).
import { expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
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
