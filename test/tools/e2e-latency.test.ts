// Records that do not come back as they were sent: somebody else writes to the topic of kafka-e2e-latency.
import { expect, onTestFinished, test } from 'vitest';
import { consumerPerfFailure } from '../../src/cli/consumer-perf-test.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { Consumer } from '../../src/client/consumer.ts';
import { createProducer, type Producer } from '../../src/client/producer.ts';
import { measureLatency } from '../../src/tools/e2e-latency/measure.ts';
import { startTestBroker } from '../helpers/broker.ts';

type Written = Parameters<Producer['append']>;
type Change = (args: Written) => readonly Written[];

const other = Buffer.from('zz');
const header = (key: string, value: Buffer | null) => [{ key, value }];

async function measured(
  sizes: { readonly key: number; readonly headers: number },
  change: Change,
  { waitMs, ...settings }: { readonly waitMs?: number; readonly 'isolation.level'?: string } = {},
): Promise<void> {
  const broker = await startTestBroker();
  const properties = { 'bootstrap.servers': broker.address };
  const admin = await createAdmin(properties);
  const producer = await createProducer({ ...properties, 'linger.ms': '0' });
  const reading = { ...properties, 'group.id': 'test-group', 'fetch.max.wait.ms': '0', ...settings };
  const consumer = await Consumer.create(reading, {});
  const next = consumer.next.bind(consumer);
  if (waitMs !== undefined) consumer.next = () => next(waitMs);
  onTestFinished(async () => {
    await Promise.all([producer.close(), consumer.close(), admin.close()]);
  });
  await admin.createTopics([{ name: 't', numPartitions: 1, replicationFactor: 1 }]);
  if (settings['isolation.level']) await openTransaction(properties);
  consumer.assignAt([{ topic: 't', partition: 0, offset: 0, leaderEpoch: -1 }]);
  const changing = {
    append: (...args: Written) =>
      change(args)
        .map((each) => producer.append(...each))
        .every(Boolean),
  } as Producer;
  await measureLatency(changing, consumer, {
    ...{ topic: 't', records: 1, recordSize: 2, keySize: sizes.key, headers: sizes.headers },
    ...{ headerKeySize: 1, headerValueSize: 1, print: () => {} },
  });
}

/** Whoever reads what is committed gets no further. */
async function openTransaction(properties: Readonly<Record<string, string>>): Promise<void> {
  const producer = await createProducer({ ...properties, 'transactional.id': 'till' });
  onTestFinished(() => producer.close());
  await producer.initTransactions();
  producer.beginTransaction();
  producer.append('t', 0, null, other, []);
  await producer.flush();
}

const withKey =
  (key: Buffer | null): Change =>
  ([topic, partition, , ...rest]) => [[topic, partition, key, ...rest]];
const withHeaders =
  (headers: Written[4]): Change =>
  ([topic, partition, key, value, , ...rest]) => [[topic, partition, key, value, headers, ...rest]];

test.each<[string, { key: number; headers: number }, Change, RegExp]>([
  [
    'another value',
    { key: 0, headers: 0 },
    ([topic, partition, key, , ...rest]) => [[topic, partition, key, other, ...rest]],
    /^The message value read \[zz\] did not match the message value sent \[[A-Z]{2}\]$/,
  ],
  ['no key', { key: 2, headers: 0 }, withKey(null), /^Expected message key but received null$/],
  [
    'another key',
    { key: 2, headers: 0 },
    withKey(other),
    /^The message key read \[zz\] did not match the message key sent \[[A-Z]{2}\]$/,
  ],
  ['a key', { key: 0, headers: 0 }, withKey(other), /^Expected null message key but received \[zz\]$/],
  ['no headers', { key: 0, headers: 1 }, withHeaders([]), /^Expected message headers but received none$/],
  [
    'another header',
    { key: 0, headers: 1 },
    withHeaders(header('h', null)),
    /^The message header read \[h:null\] did not match the message header sent \[[A-Z]:[A-Z]\]$/,
  ],
  [
    'a header more',
    { key: 0, headers: 0 },
    withHeaders(header('h', other)),
    /^Header count mismatch between sent and received messages$/,
  ],
])('%s', async (_, sizes, change, message) => {
  await expect(measured(sizes, change)).rejects.toThrow(message);
});

test('twice', async () => {
  const twice: Change = (args) => [args, args];
  const message = 'Only one result was expected during this test. We found [2]';
  await expect(measured({ key: 0, headers: 0 }, twice)).rejects.toThrow(message);
});

// Recorded, in a minute: kafka-e2e-latency --command-config FILE … with isolation.level=read_committed and a transaction open in the
// topic; on standard error, with status 1.
test('not at all', async () => {
  const nothing = { waitMs: 50, 'isolation.level': 'read_committed' };
  const failure = await measured({ key: 0, headers: 0 }, (args) => [args], nothing).catch((error: Error) => error);
  const message = 'poll() timed out before finding a result (timeout:[60000ms])';
  expect(consumerPerfFailure(failure as Error).stderr).toBe(`${message}\njava.lang.RuntimeException: ${message}\n`);
});
