// Records that do not come back as they were sent: somebody else writes to the topic of kafka-e2e-latency.
import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { Consumer } from '../../src/client/consumer.ts';
import { createProducer, type Producer } from '../../src/client/producer.ts';
import { measureLatency } from '../../src/tools/e2e-latency/measure.ts';
import { startTestBroker } from '../helpers/broker.ts';

type Written = Parameters<Producer['append']>;
type Change = (args: Written) => readonly Written[];

const other = Buffer.from('zz');
const header = (key: string, value: Buffer | null) => [{ key, value }];

async function measured(sizes: { readonly key: number; readonly headers: number }, change: Change): Promise<void> {
  const broker = await startTestBroker();
  const properties = { 'bootstrap.servers': broker.address };
  const admin = await createAdmin(properties);
  const producer = await createProducer({ ...properties, 'linger.ms': '0' });
  const consumer = await Consumer.create({ ...properties, 'group.id': 'test-group', 'fetch.max.wait.ms': '0' }, {});
  onTestFinished(async () => {
    await Promise.all([producer.close(), consumer.close(), admin.close()]);
  });
  await admin.createTopics([{ name: 't', numPartitions: 1, replicationFactor: 1 }]);
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
