// What console-share-consumer, verifiable-share-consumer and share-consumer-perf-test do with records.
import { expect, test } from 'vitest';
import { ShareConsumer } from '../../src/client/share-consumer.ts';
import { formatter } from '../../src/tools/console-consumer/formatters.ts';
import { IdleTimeout } from '../../src/tools/console-consumer/print-records.ts';
import { printShareRecords, type SharePrintOptions } from '../../src/tools/console-share-consumer/print-records.ts';
import { progressLine, totalLine } from '../../src/tools/share-consumer-perf-test/lines.ts';
import { measureShareConsumers } from '../../src/tools/share-consumer-perf-test/run.ts';
import { Events } from '../../src/tools/verifiable/events.ts';
import { setOffsetReset } from '../../src/tools/verifiable/offset-reset.ts';
import { AcknowledgedEvents, consumeShares } from '../../src/tools/verifiable/share-consumer.ts';
import { openReader, prepare, produce, startShareBroker, TOPIC } from '../client/share/share-session.ts';

const EXPLICIT = { 'share.acknowledgement.mode': 'explicit' };
const PROPERTIES = new Map([
  ['print.delivery', 'true'],
  ['print.offset', 'true'],
]);

async function brokerWith(values: readonly string[], overrides: Record<string, string> = {}) {
  const broker = await startShareBroker({}, overrides);
  const admin = await prepare(broker);
  await produce(broker, values);
  const print = async (change: Partial<SharePrintOptions>) => {
    const { consumer } = await openReader(broker, EXPLICIT);
    let text = '';
    const rejected: string[] = [];
    const printed = await printShareRecords(consumer, {
      formatter: formatter('org.apache.kafka.tools.consumer.DefaultMessageFormatter', PROPERTIES, () => {}),
      maxMessages: -1,
      timeoutMs: 30_000,
      acknowledge: 'accept',
      rejectMessageOnError: false,
      write: async (bytes) => {
        text += bytes;
      },
      isClosed: () => false,
      onRejected: (error) => rejected.push(error.message),
      ...change,
    });
    await consumer.close();
    return { ...printed, text, rejected };
  };
  return { broker, admin, print };
}

test('what is printed is acknowledged, and what is not printed is free for others', async () => {
  const { print } = await brokerWith(['a', 'b', 'c']);
  expect(await print({ maxMessages: 2, acknowledge: 'release' })).toMatchObject({
    count: 2,
    text: 'Offset:0\tDelivery:1\ta\nOffset:1\tDelivery:1\tb\n',
  });
  const second = await print({ maxMessages: 3, acknowledge: 'reject' });
  expect(second.text).toBe('Offset:0\tDelivery:2\ta\nOffset:1\tDelivery:2\tb\nOffset:2\tDelivery:2\tc\n');
  const third = await print({ timeoutMs: 1500 });
  expect(third).toMatchObject({ count: 0, text: '' });
  expect(third.readError).toBeInstanceOf(IdleTimeout);
});

test('who comes right after another has gone waits for its partitions', async () => {
  const { print } = await brokerWith(['a', 'b'], {
    'group.share.assignment.interval.ms': '1000',
    'group.share.heartbeat.interval.ms': '5000',
  });
  expect(await print({ maxMessages: 1, acknowledge: 'release' })).toMatchObject({ count: 1 });
  expect(await print({ maxMessages: 1, timeoutMs: 1000 })).toMatchObject({ count: 1 });
});

test('a record that cannot be printed ends it all, or is rejected', async () => {
  const { print } = await brokerWith(['short']);
  const long = new Map([['value.deserializer', 'org.apache.kafka.common.serialization.LongDeserializer']]);
  const strict = formatter('org.apache.kafka.tools.consumer.DefaultMessageFormatter', long, () => {});
  const failed = await print({ formatter: strict });
  expect(failed.formatError?.message).toBe('Size of data received by LongDeserializer is not 8');
  const skipped = await print({ formatter: strict, rejectMessageOnError: true, maxMessages: 1 });
  expect(skipped).toMatchObject({ count: 1, rejected: ['Size of data received by LongDeserializer is not 8'] });
  expect(await print({ timeoutMs: 1500 })).toMatchObject({ count: 0 });
});

test.each(['auto', 'sync', 'async'] as const)('every step is an event, mode %s', async (mode) => {
  const { broker, admin } = await brokerWith(['one', 'two']);
  expect(await setOffsetReset(admin, 'v', 'earliest')).toBe('earliest');
  const lines: unknown[] = [];
  const events = new Events(
    (line) => lines.push(JSON.parse(line)),
    () => 1,
  );
  const acknowledged = new AcknowledgedEvents(events);
  const settings = { 'bootstrap.servers': broker.address, 'group.id': 'v', 'fetch.max.wait.ms': '50' };
  const consumer = await ShareConsumer.create(settings, {
    onAcknowledged: (outcome) => acknowledged.onAcknowledged(outcome),
  });
  consumer.subscribe([TOPIC]);
  await consumeShares(consumer, { maxMessages: 2, verbose: true, mode }, acknowledged, events);
  await consumer.close();
  const record = (value: string, offset: number) => ({ key: null, value, topic: TOPIC, partition: 0, offset });
  const partitions = [{ topic: TOPIC, partition: 0, count: 2, offsets: [0, 1] }];
  expect(lines).toEqual([
    { timestamp: 1, name: 'record_data', ...record('one', 0) },
    { timestamp: 1, name: 'record_data', ...record('two', 1) },
    { timestamp: 1, name: 'records_consumed', count: 2, partitions },
    { timestamp: 1, name: 'offsets_acknowledged', count: 2, partitions, success: true },
  ]);
  await expect(setOffsetReset(admin, 'v', 'middle')).rejects.toThrow('Unknown auto offset reset strategy: middle');
});

test('records and bytes are counted, for each consumer and together', async () => {
  const { broker } = await brokerWith(Array.from({ length: 50 }, () => 'x'.repeat(100)));
  const { consumer } = await openReader(broker);
  const lines: string[] = [];
  const test = { timeoutMs: 30_000, reportingIntervalMs: 1, detailed: true, formatTime: String };
  const result = await measureShareConsumers([consumer], { ...test, records: 50, print: (line) => lines.push(line) });
  expect(result).toMatchObject({ records: 50, bytes: 5000, consumers: [{ records: 50, bytes: 5000 }] });
  expect(lines[0]).toMatch(/^\d+, \d+, 0\.\d{4}, \d+\.\d{4}, \d+\.\d{4}, \d+, \d+ for share consumer 1$/);
});

test('lines of a report', () => {
  const times = { startMs: 1000, endMs: 3000, formatTime: (ms: number) => `t${ms}` };
  const counts = { records: 10, bytes: 2 * 1024 * 1024 };
  expect(totalLine(counts, times)).toBe('t1000, t3000, 2.0000, 1.0000, 5.0000, 10, 2000');
  expect(progressLine(counts, { records: 4, bytes: 1024 * 1024 }, times, 2)).toBe(
    't1000, t3000, 2.0000, 0.5000, 3.0000, 10, 2000 for share consumer 2',
  );
});
