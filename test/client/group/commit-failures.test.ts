// What a consumer says of its own commits when the group does not take them (ConsumerCoordinator, CommitRequestManager and
// AsyncKafkaConsumer of Kafka 4.3.1), and of another member with its group.instance.id.
import { expect, onTestFinished, test } from 'vitest';
import type { Broker } from '../../../src/broker/start.ts';
import { Consumer } from '../../../src/client/consumer.ts';
import { createProducer } from '../../../src/client/producer.ts';
import type { ErrorName } from '../../../src/protocol/errors.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { LogLines } from '../../helpers/log.ts';

const COMMITTED = "{t-0=OffsetAndMetadata{offset=1, leaderEpoch=0, metadata=''}}";
const NOT_IN_GROUP =
  'Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.';
const CLASSIC = { 'group.protocol': 'classic', 'heartbeat.interval.ms': '100', 'session.timeout.ms': '1000' };
const HEARTBEATS = {
  'group.min.session.timeout.ms': '1000',
  'group.consumer.heartbeat.interval.ms': '100',
  'group.consumer.min.heartbeat.interval.ms': '100',
};
const NEW = { 'group.protocol': 'consumer' };

async function brokerWithRecord(): Promise<Broker> {
  const broker = await startTestBroker({ overrides: HEARTBEATS });
  const producer = await createProducer({ 'bootstrap.servers': broker.address });
  producer.append('t', 0, null, Buffer.from('one'));
  await producer.close();
  return broker;
}

async function reader(broker: Broker, properties: Readonly<Record<string, string>>) {
  const log = new LogLines();
  const consumer = await Consumer.create(
    {
      ...{ 'bootstrap.servers': broker.address, 'group.id': 'g', 'client.id': 'c', 'auto.offset.reset': 'earliest' },
      'auto.commit.interval.ms': '60000',
      ...properties,
    },
    { logger: log },
  );
  onTestFinished(() => consumer.close());
  await consumer.subscribe({ topic: 't' });
  const fetched = await consumer.next(20_000);
  consumer.seen(fetched!, fetched!.end, 0);
  log.lines.length = 0;
  const lines = () =>
    log.lines.map((line) => line.replace('[Consumer clientId=c, groupId=g] ', '').replace(/\b[\w-]{22}\b/, 'ID'));
  return { consumer, lines };
}

const REFUSED: [ErrorName, Record<string, string>, string[]][] = [
  [
    'GROUP_AUTHORIZATION_FAILED',
    CLASSIC,
    [
      'error Offset commit failed on partition t-0 at offset 1: Group authorization failed.',
      `warn Synchronous auto-commit of offsets ${COMMITTED} failed: Not authorized to access group: g`,
    ],
  ],
  [
    'TOPIC_AUTHORIZATION_FAILED',
    CLASSIC,
    [
      'error Offset commit failed on partition t-0 at offset 1: Topic authorization failed.',
      'error Not authorized to commit to topics [t]',
      `warn Synchronous auto-commit of offsets ${COMMITTED} failed: Not authorized to access topics: [t]`,
    ],
  ],
  [
    'INVALID_REQUEST',
    CLASSIC,
    [
      expect.stringMatching(
        /^error Offset commit failed on partition t-0 at offset 1: This most likely occurs because /,
      ),
      expect.stringContaining(`${COMMITTED} failed: Unexpected error in commit: This most likely occurs because `),
    ],
  ],
  [
    'COORDINATOR_LOAD_IN_PROGRESS',
    CLASSIC,
    [
      "warn Offset commit failed on partition t-0 at offset 1: The coordinator is loading and hence can't process requests.",
    ],
  ],
  ['GROUP_AUTHORIZATION_FAILED', NEW, ['warn Synchronous auto-commit failed']],
  [
    'TOPIC_AUTHORIZATION_FAILED',
    NEW,
    ['error OffsetCommit failed due to not authorized to commit to topics [t]', 'warn Synchronous auto-commit failed'],
  ],
  [
    'UNKNOWN_MEMBER_ID',
    NEW,
    ['error OffsetCommit failed with UNKNOWN_MEMBER_ID', 'warn Synchronous auto-commit failed'],
  ],
  [
    'STALE_MEMBER_EPOCH',
    NEW,
    [
      'error OffsetCommit failed for member ID with stale member epoch error. Last epoch sent: 2',
      'warn Synchronous auto-commit failed',
    ],
  ],
  ['COORDINATOR_NOT_AVAILABLE', NEW, []],
];

test.each(REFUSED)('the last commit is refused with %s', async (error, protocol, said) => {
  const broker = await brokerWithRecord();
  const { consumer, lines } = await reader(broker, protocol);
  broker.faults.always('OffsetCommit', { error });
  await consumer.close();
  expect(lines()).toEqual(said);
});

test('a commit in between is refused: the classic consumer has lost its place and joins again', async () => {
  const broker = await brokerWithRecord();
  const { consumer, lines } = await reader(broker, { ...CLASSIC, 'auto.commit.interval.ms': '300' });
  const joined = broker.requests.waitFor('JoinGroup');
  broker.faults.next('OffsetCommit', { error: 'UNKNOWN_MEMBER_ID' });
  const reading = consumer.next(20_000);
  await joined;
  expect(lines()).toEqual([
    'error Offset commit failed on partition t-0 at offset 1: The coordinator is not aware of this member.',
    expect.stringMatching(
      /^warn Asynchronous auto-commit of offsets \{t-0=.*\} failed: Commit cannot be completed since the group has already rebalanced /,
    ),
    `error Asynchronous auto-commit of offsets failed: ${NOT_IN_GROUP}. Will continue to join group.`,
    `warn Asynchronous auto-commit of offsets ${COMMITTED} failed: ${NOT_IN_GROUP}`,
  ]);
  consumer.wake();
  await reading;
});

test('a commit in between is refused by a group of the consumer protocol', async () => {
  const broker = await brokerWithRecord();
  const { consumer, lines } = await reader(broker, { ...NEW, 'auto.commit.interval.ms': '300' });
  const fault = broker.faults.next('OffsetCommit', { error: 'GROUP_AUTHORIZATION_FAILED' });
  await fault.nextHit();
  await expect.poll(lines).toEqual([`warn Auto-commit of offsets ${COMMITTED} failed`]);
  await consumer.close();
});

test('a static member is fenced: found out by a heartbeat', async () => {
  const broker = await brokerWithRecord();
  const { consumer, lines } = await reader(broker, { ...CLASSIC, 'group.instance.id': 'i' });
  broker.faults.always('Heartbeat', { error: 'FENCED_INSTANCE_ID' });
  await expect(consumer.next(20_000)).rejects.toThrow('The broker rejected this static consumer');
  await consumer.close();
  const label = '[Consumer instanceId=i, clientId=c, groupId=g]';
  expect(lines()).toEqual([
    `error ${label} Caught fenced group.instance.id Optional[i] error in heartbeat thread`,
    `warn ${label} Synchronous auto-commit of offsets ${COMMITTED} failed: ${NOT_IN_GROUP}`,
  ]);
});

test('a static member is fenced: found out by a commit', async () => {
  const broker = await brokerWithRecord();
  const settings = { ...CLASSIC, 'group.instance.id': 'i', 'auto.commit.interval.ms': '300' };
  const { consumer, lines } = await reader(broker, settings);
  broker.faults.always('OffsetCommit', { error: 'FENCED_INSTANCE_ID' });
  const fenced = 'Get fenced exception for group.instance.id i';
  await expect(consumer.next(20_000)).rejects.toThrow(fenced);
  await consumer.close();
  expect(lines().at(-1)).toContain(`Synchronous auto-commit of offsets ${COMMITTED} failed: ${fenced}`);
});

test.each<[ErrorName, string]>([
  ['UNRELEASED_INSTANCE_ID', 'unreleased instance id i: '],
  ['FENCED_INSTANCE_ID', 'fenced instance id i: '],
])('a static member of the consumer protocol hears %s', async (error, reason) => {
  const broker = await brokerWithRecord();
  const { consumer, lines } = await reader(broker, { ...NEW, 'group.instance.id': 'i' });
  broker.faults.always('ConsumerGroupHeartbeat', { error });
  await expect(consumer.next(20_000)).rejects.toThrow();
  expect(lines()[0]).toContain(`ConsumerGroupHeartbeatRequest failed due to ${reason}`);
  expect(lines()[1]).toMatch(/Member ID with epoch 2 transitioned to fatal state$/);
});
