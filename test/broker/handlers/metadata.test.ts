// Metadata beyond the recorded session: topics that come about because a client asks, and what settings change.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';

const UNKNOWN = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
const LINGER_MS = 25;

function ask(client: TestClient, names: readonly string[], allowAutoTopicCreation = true) {
  return client.request(Metadata, 12, {
    topics: names.map((name) => ({ topicId: ZERO_UUID, name })),
    allowAutoTopicCreation,
    includeTopicAuthorizedOperations: false,
  });
}

/** One whose time is moved by the test. */
async function start(settings: Record<string, string> = {}) {
  const clock = new ManualClock();
  const logger = new LogLines();
  const broker = await startTestBroker({ clock, logger, overrides: settings });
  return { broker, clock, logger, client: await connect(broker) };
}

test('an unknown topic is created with the broker defaults; it is there when the client asks again', async () => {
  const { broker, clock, client } = await start({ 'num.partitions': '3' });
  const unknown = [{ errorCode: UNKNOWN, name: 'orders', topicId: ZERO_UUID, partitions: [] }];
  expect((await ask(client, ['orders'])).topics).toMatchObject(unknown);
  clock.advance(LINGER_MS);
  const { topics } = await ask(client, ['orders']);
  expect(topics).toMatchObject([{ errorCode: ErrorCode.NONE, name: 'orders', isInternal: false }]);
  expect(topics[0]?.partitions.map(({ leaderId }) => leaderId)).toEqual([1, 1, 1]);
  expect(broker.services.logs.get('orders', 2)?.topicId).toBe(topics[0]?.topicId);
  expect((await ask(client, ['orders'])).topics).toEqual(topics);
});

test('it is not there before the time in which a controller collects writes is over', async () => {
  const { clock, logger, client } = await start();
  const unknown = [{ errorCode: UNKNOWN, name: 'orders', partitions: [] }];
  expect((await ask(client, ['orders'])).topics).toMatchObject(unknown);
  expect((await ask(client, ['orders'])).topics).toMatchObject(unknown);
  clock.advance(LINGER_MS - 1);
  expect((await ask(client, ['orders'])).topics).toMatchObject(unknown);
  clock.advance(1);
  expect((await ask(client, ['orders'])).topics).toMatchObject([{ errorCode: ErrorCode.NONE }]);
  expect(logger.lines.filter((line) => line.includes('Auto topic creation'))).toEqual([]);
});

test('a clock that is moved by hand, or a setting, has it there at the next request', async () => {
  const settings = { 'controller.quorum.append.linger.ms': '0' };
  for (const options of [{ clock: 'manual' as const }, { overrides: settings }]) {
    const client = await connect(await startTestBroker(options));
    expect((await ask(client, ['orders'])).topics).toMatchObject([{ errorCode: UNKNOWN }]);
    expect((await ask(client, ['orders'])).topics).toMatchObject([{ errorCode: ErrorCode.NONE }]);
  }
});

test('one that was created meanwhile stays as it is', async () => {
  const { clock, logger, client } = await start();
  await ask(client, ['orders']);
  const topic = { name: 'orders', numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] };
  await client.request(CreateTopics, 7, { topics: [topic] });
  clock.advance(LINGER_MS);
  expect((await ask(client, ['orders'])).topics).toMatchObject([{ partitions: [{}, {}] }]);
  expect(logger.lines).toContain("info Auto topic creation failed for orders: Topic 'orders' already exists.");
});

test('a broker that stops creates nothing more', async () => {
  const clock = new ManualClock();
  const broker = await startTestBroker({ clock });
  const { metadata } = broker.services;
  await ask(await connect(broker), ['orders']);
  await broker.close();
  clock.advance(LINGER_MS);
  expect(metadata.topic('orders')).toBeUndefined();
});

test('before version 4 a client cannot forbid it', async () => {
  const { clock, client } = await start();
  const body = { topics: [{ topicId: ZERO_UUID, name: 'orders' }], includeTopicAuthorizedOperations: false };
  const forbidding = { ...body, allowAutoTopicCreation: false };
  expect((await client.request(Metadata, 1, forbidding)).topics).toMatchObject([{ errorCode: UNKNOWN }]);
  clock.advance(LINGER_MS);
  const { topics } = await client.request(Metadata, 1, forbidding);
  expect(topics).toMatchObject([{ errorCode: ErrorCode.NONE, partitions: [{ leaderId: 1 }] }]);
});

test('nothing is created where client or broker forbid it', async () => {
  const unknown = [{ errorCode: UNKNOWN, name: 'orders', partitions: [] }];
  for (const [settings, allow] of [[{ 'auto.create.topics.enable': 'false' }, true] as const, [{}, false] as const]) {
    const { clock, client } = await start(settings);
    expect((await ask(client, ['orders'], allow)).topics).toMatchObject(unknown);
    clock.advance(LINGER_MS);
    expect((await ask(client, ['orders'], allow)).topics).toMatchObject(unknown);
  }
});

test('a name that collides with a topic is none, however often a client asks', async () => {
  const { clock, logger, client } = await start();
  await ask(client, ['a.b']);
  clock.advance(LINGER_MS);
  for (let i = 0; i < 3; i++) {
    expect((await ask(client, ['a_b'])).topics).toMatchObject([{ errorCode: UNKNOWN, name: 'a_b' }]);
    clock.advance(LINGER_MS);
  }
  const why = "info Auto topic creation failed for a_b: Topic 'a_b' collides with existing topic: a.b";
  expect(logger.lines.filter((line) => line === why)).toHaveLength(3);
});

test('internal topics get the settings of their coordinators', async () => {
  const { broker, clock, client } = await start({ 'offsets.topic.num.partitions': '4' });
  const names = ['__consumer_offsets', '__transaction_state'];
  expect((await ask(client, names)).topics).toMatchObject([
    { errorCode: UNKNOWN, isInternal: true },
    { errorCode: UNKNOWN, isInternal: true },
  ]);
  clock.advance(LINGER_MS);
  const { topics } = await ask(client, names);
  expect(topics.map(({ isInternal, partitions }) => [isInternal, partitions.length])).toEqual([
    [true, 4],
    [true, 50],
  ]);
  const configs = (name: string) => Object.fromEntries(broker.services.metadata.topic(name)?.configs ?? []);
  expect(configs('__consumer_offsets')).toEqual({
    'cleanup.policy': 'compact',
    'compression.type': 'producer',
    'segment.bytes': '104857600',
  });
  expect(configs('__transaction_state')).toMatchObject({ 'cleanup.policy': 'compact', 'min.insync.replicas': '1' });
});

test('no topics in version 0 means all of them', async () => {
  const client = await connect(await startTestBroker());
  const topic = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  await client.request(CreateTopics, 7, { topics: [topic] });
  const body = { allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false };
  expect((await client.request(Metadata, 0, { ...body, topics: [] })).topics).toMatchObject([{ name: 'orders' }]);
  expect((await client.request(Metadata, 1, { ...body, topics: [] })).topics).toEqual([]);
  expect((await client.request(Metadata, 1, { ...body, topics: null })).topics).toMatchObject([{ name: 'orders' }]);
});
