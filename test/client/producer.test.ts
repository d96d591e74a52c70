import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import { createAdmin, type NewTopic } from '../../src/client/admin.ts';
import { createProducer, type FailedRecord, type Producer, type ProducerOptions } from '../../src/client/producer.ts';
import type { KafkaError } from '../../src/protocol/errors.ts';
import { Fetch } from '../../src/protocol/messages/fetch.ts';
import { Produce } from '../../src/protocol/messages/produce.ts';
import { batches, loadCodecsFor, readRecordsSync } from '../../src/protocol/records/read.ts';
import type { KafkaRecord } from '../../src/protocol/records/record.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { partitionForKey } from '../../src/util/murmur2.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';
import { freePort } from '../helpers/free-port.ts';
import { steadyClock } from '../helpers/steady-clock.ts';

interface Failure {
  readonly record: FailedRecord;
  readonly error: KafkaError;
}

async function producerFor(
  broker: Pick<Broker, 'address'>,
  properties: Record<string, string> = {},
  options: ProducerOptions = {},
): Promise<{ producer: Producer; failures: Failure[] }> {
  const failures: Failure[] = [];
  const producer = await createProducer(
    { 'bootstrap.servers': broker.address, 'retry.backoff.ms': '20', ...properties },
    { onError: (record, error) => void failures.push({ record, error }), ...options },
  );
  return { producer, failures };
}

async function createTopic(broker: Broker, topic: NewTopic): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  await admin.createTopics([topic]);
  await admin.close();
}

/** Every record of a partition, read with a plain Fetch. */
async function recordsOf(broker: Broker, topic: string, partition = 0): Promise<KafkaRecord[]> {
  const client = await connect(broker);
  const records: KafkaRecord[] = [];
  for (;;) {
    const fetchOffset = records.length;
    const partitions = [{ partition, fetchOffset, partitionMaxBytes: 1 << 20 }];
    const request = { maxWaitMs: 0, minBytes: 0, topics: [{ topic, partitions }], forgottenTopicsData: [] };
    const bytes = (await client.request(Fetch, 4, request)).responses[0]?.partitions[0]?.records;
    if (!bytes || bytes.length === 0) break;
    await loadCodecsFor(bytes);
    for (const { pos, header } of batches(bytes)) records.push(...readRecordsSync(bytes, pos, header));
  }
  client.close();
  return records.map((record) => record);
}

async function valuesOf(broker: Broker, topic: string, partition = 0): Promise<string[]> {
  return (await recordsOf(broker, topic, partition)).map(({ value }) => value?.toString() ?? 'null');
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('with %s everything arrives as it was given', async (codec) => {
  const broker = await startTestBroker();
  const { producer } = await producerFor(broker, { 'compression.type': codec });
  const headers = [
    { key: 'a', value: Buffer.from('1') },
    { key: 'b', value: null },
  ];
  producer.append('t', null, Buffer.from('key'), Buffer.from('value'), headers, 1234);
  producer.append('t', null, null, null);
  await producer.close();
  const [first, second] = await recordsOf(broker, 't');
  expect(first).toMatchObject({ key: Buffer.from('key'), value: Buffer.from('value'), headers, timestamp: 1234 });
  expect(second).toMatchObject({ key: null, value: null, headers: [] });
});

test('a record has the time at which its topic was known, as those that come after it', async () => {
  const broker = await startTestBroker();
  const { producer } = await producerFor(broker);
  const metadata = broker.faults.next('Metadata', { stall: true }, { topic: 't' });
  const asked = metadata.nextHit();
  producer.append('t', null, null, Buffer.from('early'));
  producer.append('t', null, null, Buffer.from('dated'), [], 1234);
  await asked;
  const whileAsked = Date.now();
  await expect.poll(() => Date.now()).toBeGreaterThan(whileAsked);
  metadata.release();
  await producer.close();
  const [early, dated] = await recordsOf(broker, 't');
  expect(early!.timestamp).toBeGreaterThan(whileAsked);
  expect(dated!.timestamp).toBe(1234);
});

test.each(['0', '1', 'all'])('with acks=%s every record arrives once, in order, over many batches', async (acks) => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't', numPartitions: 1 });
  const { producer, failures } = await producerFor(broker, { acks, 'batch.size': '200' });
  for (const value of numbers(5000)) if (!producer.append('t', 0, null, Buffer.from(value))) await producer.drain();
  await producer.close();
  await expect.poll(() => valuesOf(broker, 't')).toEqual(numbers(5000));
  expect(failures).toEqual([]);
});

test('a key decides the partition', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't', numPartitions: 4 });
  const { producer } = await producerFor(broker);
  for (const key of numbers(50)) producer.append('t', null, Buffer.from(key), Buffer.from(key));
  await producer.close();
  for (const partition of [0, 1, 2, 3]) {
    const expected = numbers(50).filter((key) => partitionForKey(Buffer.from(key), 4) === partition);
    expect(await valuesOf(broker, 't', partition)).toEqual(expected);
  }
});

test('without keys a few records stay together and many are spread', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 'few', numPartitions: 4 });
  await createTopic(broker, { name: 'many', numPartitions: 4 });
  const { producer } = await producerFor(broker, { 'batch.size': '1000' });
  const usedPartitions = async (topic: string) => {
    const counts = await Promise.all(
      [0, 1, 2, 3].map(async (partition) => (await valuesOf(broker, topic, partition)).length),
    );
    return counts.filter((count) => count > 0).length;
  };
  for (const value of numbers(20)) {
    producer.append('few', null, null, Buffer.from(value));
    await producer.flush();
  }
  for (const value of numbers(5000)) producer.append('many', null, null, Buffer.from(value));
  await producer.close();
  expect(await usedPartitions('few')).toBe(1);
  expect(await usedPartitions('many')).toBe(4);
});

test('RoundRobinPartitioner goes from partition to partition', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't', numPartitions: 2 });
  const { producer } = await producerFor(broker, {
    'partitioner.class': 'org.apache.kafka.clients.producer.RoundRobinPartitioner',
  });
  for (const value of numbers(6)) producer.append('t', null, null, Buffer.from(value));
  await producer.close();
  const sizes = await Promise.all([0, 1].map(async (partition) => (await valuesOf(broker, 't', partition)).length));
  expect(sizes).toEqual([3, 3]);
});

test('whoever asks is told the offset of a record', async () => {
  const broker = await startTestBroker();
  const { producer } = await producerFor(broker);
  const offsets: number[] = [];
  for (const value of numbers(3)) {
    producer.append('t', 0, null, Buffer.from(value), [], 0, (error, offset) => offsets.push(error ? -2 : offset));
  }
  await producer.close();
  expect(offsets).toEqual([0, 1, 2]);
});

test('a record goes when linger.ms is over, without a flush', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't' });
  const clock = steadyClock(1);
  const { producer } = await producerFor(broker, { 'linger.ms': '100' }, { clock });
  const send = () =>
    new Promise<void>((resolve) => void producer.append('t', 0, null, Buffer.from('x'), [], 0, () => resolve()));
  await send();
  const start = clock.monotonicMs();
  await send();
  const took = clock.monotonicMs() - start;
  expect(took).toBeGreaterThanOrEqual(100);
  expect(took).toBeLessThan(300);
  await producer.close();
});

test('a record beyond max.request.size is reported, the others go on', async () => {
  const broker = await startTestBroker();
  const { producer, failures } = await producerFor(broker, { 'max.request.size': '1000' });
  producer.append('t', 0, null, Buffer.from('a'));
  producer.append('t', 0, null, Buffer.alloc(2000));
  producer.append('t', 0, null, Buffer.from('b'));
  await producer.close();
  expect(await valuesOf(broker, 't')).toEqual(['a', 'b']);
  expect(failures.map(({ record, error }) => [record.value?.length, String(error)])).toEqual([
    [
      2000,
      'org.apache.kafka.common.errors.RecordTooLargeException: The message is 2086 bytes when serialized which is larger than 1000, which is the value of the max.request.size configuration.',
    ],
  ]);
});

test('a batch that the broker finds too large is split until only the record at fault is left', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't', configs: { 'max.message.bytes': '3000' } });
  const { producer, failures } = await producerFor(broker, { 'batch.size': '20000' });
  const values = numbers(3000).map((value) => value.padStart(100, '.'));
  const tooLarge = 'x'.repeat(5000);
  values.forEach((value, i) => {
    producer.append('t', 0, null, Buffer.from(value));
    if (i === 1000) producer.append('t', 0, null, Buffer.from(tooLarge));
  });
  await producer.close();
  expect(await valuesOf(broker, 't')).toEqual(values);
  expect(failures.map(({ record, error }) => [record.value?.toString(), error.info.name])).toEqual([
    [tooLarge, 'MESSAGE_TOO_LARGE'],
  ]);
});

test('append asks for a pause when buffer.memory is used up', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't' });
  const { producer } = await producerFor(broker, { 'buffer.memory': '50000' });
  producer.append('t', 0, null, Buffer.from('first'));
  await producer.flush();
  let taken = 0;
  while (producer.append('t', 0, null, Buffer.alloc(1000))) taken++;
  expect(taken).toBeGreaterThan(20);
  expect(taken).toBeLessThan(80);
  await producer.drain();
  expect(producer.append('t', 0, null, Buffer.alloc(1000))).toBe(true);
  await producer.close();
  expect(await recordsOf(broker, 't')).toHaveLength(taken + 3);
});

test('a topic that is not there and is not created', async () => {
  const broker = await startTestBroker({ overrides: new Map([['auto.create.topics.enable', 'false']]) });
  const { producer, failures } = await producerFor(broker, { 'max.block.ms': '1500' }, { clock: steadyClock() });
  producer.append('nope', null, null, Buffer.from('x'));
  await producer.close();
  expect(failures.map(({ error }) => String(error))).toEqual([
    'org.apache.kafka.common.errors.TimeoutException: Topic nope not present in metadata after 1500 ms.',
  ]);
});

test('a partition that the topic does not have', async () => {
  const broker = await startTestBroker();
  const { producer, failures } = await producerFor(broker, { 'max.block.ms': '1500' }, { clock: steadyClock() });
  producer.append('t', 7, null, Buffer.from('x'));
  await producer.close();
  expect(failures.map(({ error }) => error.message)).toEqual([
    'Partition 7 of topic t with partition count 1 is not present in metadata after 1500 ms.',
  ]);
});

test('across a restart of the broker every record is written once, in order', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'producer-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const before = await startTestBroker({ port, dataDir });
  await createTopic(before, { name: 't' });
  const { producer, failures } = await producerFor(before, { 'batch.size': '500', 'reconnect.backoff.max.ms': '100' });
  for (const value of numbers(2000)) producer.append('t', 0, null, Buffer.from(value));
  await producer.flush();
  for (const value of numbers(20_000)) producer.append('t', 0, null, Buffer.from(value));
  await before.close();
  const after = await startTestBroker({ port, dataDir });
  await producer.close();
  expect(failures).toEqual([]);
  expect(await valuesOf(after, 't')).toEqual([...numbers(2000), ...numbers(20_000)]);
});

test('what cannot be sent within delivery.timeout.ms is given up', async () => {
  const broker = await startTestBroker({ port: await freePort() });
  await createTopic(broker, { name: 't' });
  const limits = { 'delivery.timeout.ms': '1500', 'request.timeout.ms': '1400', 'linger.ms': '1' };
  const { producer, failures } = await producerFor(broker, limits, { clock: steadyClock() });
  producer.append('t', 0, null, Buffer.from('arrives'));
  await producer.flush();
  await broker.close();
  producer.append('t', 0, Buffer.from('k'), Buffer.from('lost'));
  await producer.close();
  expect(failures.map(({ record, error }) => [record.value?.toString(), error.message])).toEqual([
    ['lost', 'Expiring 1 record(s) for t-0:1500 ms has passed since batch creation'],
  ]);
});

test('where the broker has lost count the numbers begin anew in the next epoch, and nothing is lost', async () => {
  const broker = await startTestBroker();
  await createTopic(broker, { name: 't' });
  const { producer, failures } = await producerFor(broker);
  producer.append('t', 0, null, Buffer.from('a'));
  await producer.flush();
  await intrude(broker, 't', ['x', 'y']);
  producer.append('t', 0, null, Buffer.from('b'));
  await producer.flush();
  producer.append('t', 0, null, Buffer.from('c'));
  await producer.close();
  expect(failures).toEqual([]);
  expect(await valuesOf(broker, 't')).toEqual(['a', 'x', 'y', 'b', 'c']);
});

/** Writes records under the id and with the numbers of the producer that wrote the first batch. */
async function intrude(broker: Broker, topic: string, values: readonly string[]): Promise<void> {
  const client = await connect(broker);
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }];
  const fetched = await client.request(Fetch, 4, {
    maxWaitMs: 0,
    minBytes: 0,
    topics: [{ topic, partitions }],
    forgottenTopicsData: [],
  });
  const [first] = batches(fetched.responses[0]?.partitions[0]?.records ?? Buffer.alloc(0));
  const { producerId, producerEpoch, baseSequence, count } = first!.header;
  const records = buildBatch(
    values.map((value) => ({ timestamp: 0, value: Buffer.from(value) })),
    { producerId, producerEpoch, baseSequence: baseSequence + count },
  );
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }];
  const answer = await client.request(Produce, 9, { acks: -1, timeoutMs: 1000, topicData });
  expect(answer.responses[0]?.partitionResponses[0]?.errorCode).toBe(0);
  client.close();
}
