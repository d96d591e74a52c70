// Answers with an error to what a share consumer fetches: which it gets over, what it says of them (ShareFetchCollector,
// ShareSessionHandler of Kafka 4.3.1).
import { expect, test } from 'vitest';
import type { ErrorName } from '../../../src/protocol/errors.ts';
import { silentLogger } from '../../../src/util/logger.ts';
import { openReader, prepare, produce, startShareBroker, textOf } from './share-session.ts';

async function reader() {
  const broker = await startShareBroker();
  await prepare(broker);
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (text: string) => warnings.push(text.replace(/^\[.*?\] /, '')) };
  return {
    broker,
    warnings,
    open: () => openReader(broker, { 'retry.backoff.ms': '10', 'retry.backoff.max.ms': '20' }, { logger }),
  };
}

test.each<ErrorName>(['UNKNOWN_SERVER_ERROR', 'GROUP_AUTHORIZATION_FAILED', 'SHARE_SESSION_NOT_FOUND'])(
  'a session that ends with %s is begun anew, and nothing said of it',
  async (error) => {
    const { broker, warnings, open } = await reader();
    await produce(broker, ['one']);
    const { consumer, read } = await open();
    await read(1);
    await consumer.commit();
    // In a session the partitions are not named again: the error is that of the whole answer.
    const fault = broker.faults.next(
      'ShareFetch',
      { error },
      { times: 2, where: ({ body }) => body.topics.length === 0 },
    );
    await consumer.poll(1000);
    await produce(broker, ['two']);
    expect((await read(1)).map(textOf)).toEqual(['two#1']);
    expect(fault.hits).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  },
);

const WARNED: [ErrorName, string][] = [
  ['UNKNOWN_SERVER_ERROR', 'Unknown server error while fetching topic-partition orders-0.'],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'Received unknown topic or partition error in fetch for partition {id}:orders-0.'],
  ['UNKNOWN_TOPIC_ID', 'Received unknown topic ID error in fetch for partition {id}:orders-0.'],
  ['INCONSISTENT_TOPIC_ID', 'Received inconsistent topic ID error in fetch for partition {id}:orders-0.'],
];
const SILENT: readonly ErrorName[] = [
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'REPLICA_NOT_AVAILABLE',
  'OFFSET_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
];

test('a partition with an error that passes is asked for again', async () => {
  const { broker, warnings, open } = await reader();
  await produce(broker, ['one']);
  const where = ({ body }: { body: { topics: readonly unknown[] } }) => body.topics.length > 0;
  const all = [...WARNED.map(([error]) => error), ...SILENT];
  const faults = all.map((error) => broker.faults.next('ShareFetch', { error }, { where }));
  const { read } = await open();
  expect((await read(1)).map(textOf)).toEqual(['one#1']);
  expect(faults.map(({ hits }) => hits)).toEqual(all.map(() => 1));
  expect(warnings.map((text) => text.replace(/[\w-]{22}:/, '{id}:')).sort()).toEqual(
    WARNED.map(([, text]) => text).sort(),
  );
});

const FATAL: [ErrorName, string, string[]][] = [
  [
    'TOPIC_AUTHORIZATION_FAILED',
    'org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [orders]',
    ['Not authorized to read from partition orders-0.'],
  ],
  [
    'CORRUPT_MESSAGE',
    'org.apache.kafka.common.KafkaException: Encountered corrupt message when fetching topic-partition orders-0',
    [],
  ],
  [
    'OFFSET_OUT_OF_RANGE',
    'java.lang.IllegalStateException: Unexpected error code 1 while fetching from topic-partition orders-0',
    [],
  ],
];

test.each(FATAL)('a partition with %s ends the reading', async (error, message, said) => {
  const { broker, warnings, open } = await reader();
  broker.faults.always('ShareFetch', { error }, { where: ({ body }) => body.topics.length > 0 });
  const { consumer } = await open();
  await expect(consumer.poll(10_000).catch(String)).resolves.toBe(message);
  expect(warnings).toEqual(said);
});
