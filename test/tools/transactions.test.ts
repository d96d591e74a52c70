// transactions against ktool's broker: what the script says, and what it does to readers.
import { expect, onTestFinished, test } from 'vitest';
import { createProducer } from '../../src/client/producer.ts';
import transactions from '../../src/commands/transactions.ts';
import { batch, createTopic, produce } from '../broker/data-path.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';

async function run(address: string, line: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, output } = capture();
  const argv = ['--bootstrap-server', address, ...line.split(' ')];
  const status = await transactions.execute(argv, { env, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

const json = async (address: string, line: string) => JSON.parse((await run(address, `${line} --json`)).stdout);

/** A broker whose topic `orders` has one record of an open transaction of the id `till`. */
async function openTransaction() {
  const broker = await startTestBroker();
  const properties = { 'bootstrap.servers': broker.address, 'transactional.id': 'till', 'linger.ms': '0' };
  const producer = await createProducer(properties);
  onTestFinished(() => producer.close().catch(() => {}));
  await producer.initTransactions();
  producer.beginTransaction();
  producer.append('orders', 0, null, Buffer.from('1'), []);
  await producer.flush();
  return { address: broker.address, producer };
}

test('an open transaction is listed and described, with its producer in the partition', async () => {
  const { address } = await openTransaction();
  expect(await json(address, 'list')).toEqual([
    { transactionalId: 'till', coordinatorId: 1, producerId: 0, state: 'Ongoing' },
  ]);
  expect(await json(address, 'list --transactional-id-pattern til')).toEqual([]);
  expect(await json(address, 'list --duration-filter 600000')).toEqual([]);
  const described = await json(address, 'describe --transactional-id till');
  expect(described).toMatchObject({
    ...{ transactionalId: 'till', coordinatorId: 1, producerId: 0, state: 'Ongoing', timeoutMs: 60_000 },
    partitions: [{ topic: 'orders', partition: 0 }],
  });
  expect(described.durationMs).toBeGreaterThanOrEqual(0);
  expect(await json(address, 'describe-producers --topic orders --partition 0')).toMatchObject([
    { producerId: 0, lastSequence: 0, startOffset: 0 },
  ]);
});

test('abort ends the transaction that starts at an offset, once', async () => {
  const { address } = await openTransaction();
  const abort = 'abort --topic orders --partition 0 --start-offset 0';
  expect(await run(address, abort)).toEqual({ stdout: '', stderr: '', status: 0 });
  expect(await json(address, 'describe-producers --topic orders --partition 0')).toMatchObject([{ startOffset: null }]);
  expect(await run(address, abort)).toEqual({
    stdout: '',
    stderr: 'Could not find any open transactions starting at offset 0 on partition orders-0\n',
    status: 1,
  });
});

test('abort by producer says what the leader has against it', async () => {
  const { address } = await openTransaction();
  const line = 'abort --topic orders --partition 0 --producer-id 0 --producer-epoch -1 --coordinator-epoch 0';
  const { stderr, status } = await run(address, line.replace('-epoch -1', '-epoch=-1'));
  expect(stderr).toContain(
    'Failed to abort transaction AbortTransactionSpec(topicPartition=orders-0, producerId=0, producerEpoch=-1, coordinatorEpoch=0): ',
  );
  expect(status).toBe(1);
});

test('forceTerminateTransaction aborts and fences the producer', async () => {
  const { address, producer } = await openTransaction();
  expect(await json(address, 'forceTerminateTransaction --transactionalId till')).toEqual({
    transactionalId: 'till',
    terminated: true,
  });
  expect(await json(address, 'list')).toMatchObject([{ state: 'Empty' }]);
  await expect(producer.commitTransaction()).rejects.toThrow();
});

// No minutes of grace: whatever is open is old enough.
const SEARCH = 'find-hanging --topic orders --max-transaction-timeout=-1';

test('find-hanging leaves a transaction alone that its coordinator knows', async () => {
  const { address } = await openTransaction();
  expect(await json(address, SEARCH)).toEqual([]);
});

test('find-hanging finds what no coordinator knows, and abort ends it', async () => {
  const properties = { 'transaction.partition.verification.enable': 'false' };
  const broker = await startTestBroker({ properties });
  createTopic(broker, 'orders', 1);
  const records = batch(['1'], { producerId: 7, producerEpoch: 3, baseSequence: 0, transactional: true });
  await produce(await connect(broker), 'orders', records, { version: 11, transactionalId: 'gone' });
  const [found, ...others] = await json(broker.address, SEARCH);
  expect(found).toMatchObject({ topic: 'orders', partition: 0, producerId: 7, producerEpoch: 3, startOffset: 0 });
  expect(others).toEqual([]);
  await run(broker.address, 'abort --topic orders --partition 0 --start-offset 0');
  expect(await json(broker.address, SEARCH)).toEqual([]);
});

test('an id that is not there', async () => {
  const { address } = await startTestBroker();
  const { stderr, status } = await run(address, 'describe --transactional-id nobody');
  expect(stderr).toBe(
    'Failed to describe transaction state of transactional-id `nobody`: DescribeTransactions request for transactionalId `nobody` failed because the ID could not be found. Enable debug logging for additional detail.\n',
  );
  expect(status).toBe(1);
});
