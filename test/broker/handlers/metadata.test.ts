// Metadata beyond the recorded session: topics that come about because a client asks, and what settings change.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';

const UNKNOWN = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

function ask(client: TestClient, names: readonly string[], allowAutoTopicCreation = true) {
  return client.request(Metadata, 12, {
    topics: names.map((name) => ({ topicId: ZERO_UUID, name })),
    allowAutoTopicCreation,
    includeTopicAuthorizedOperations: false,
  });
}

test('an unknown topic is created with the broker defaults; it is there when the client asks again', async () => {
  const broker = await startTestBroker({ overrides: new Map([['num.partitions', '3']]) });
  const client = await connect(broker);
  const first = await ask(client, ['orders']);
  expect(first.topics).toMatchObject([{ errorCode: UNKNOWN, name: 'orders', topicId: ZERO_UUID, partitions: [] }]);
  const { topics } = await ask(client, ['orders']);
  expect(topics).toMatchObject([{ errorCode: ErrorCode.NONE, name: 'orders', isInternal: false }]);
  expect(topics[0]?.partitions.map(({ leaderId }) => leaderId)).toEqual([1, 1, 1]);
  expect(broker.services.logs.get('orders', 2)?.topicId).toBe(topics[0]?.topicId);
  expect((await ask(client, ['orders'])).topics).toEqual(topics);
});

test('before version 4 a client cannot forbid it', async () => {
  const client = await connect(await startTestBroker());
  const body = { topics: [{ topicId: ZERO_UUID, name: 'orders' }], includeTopicAuthorizedOperations: false };
  const forbidding = { ...body, allowAutoTopicCreation: false };
  expect((await client.request(Metadata, 1, forbidding)).topics).toMatchObject([{ errorCode: UNKNOWN }]);
  const { topics } = await client.request(Metadata, 1, forbidding);
  expect(topics).toMatchObject([{ errorCode: ErrorCode.NONE, partitions: [{ leaderId: 1 }] }]);
});

test('nothing is created where client or broker forbid it', async () => {
  const client = await connect(await startTestBroker({ overrides: new Map([['auto.create.topics.enable', 'false']]) }));
  const unknown = [{ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name: 'orders', partitions: [] }];
  expect((await ask(client, ['orders'])).topics).toMatchObject(unknown);
  const other = await connect(await startTestBroker());
  expect((await ask(other, ['orders'], false)).topics).toMatchObject(unknown);
  expect((await ask(other, ['orders'], false)).topics).toMatchObject(unknown);
});

test('a name that collides with a topic is none, however often a client asks', async () => {
  const client = await connect(await startTestBroker());
  await ask(client, ['a.b']);
  for (let i = 0; i < 3; i++)
    expect((await ask(client, ['a_b'])).topics).toMatchObject([{ errorCode: UNKNOWN, name: 'a_b' }]);
});

test('internal topics get the settings of their coordinators', async () => {
  const broker = await startTestBroker({ overrides: new Map([['offsets.topic.num.partitions', '4']]) });
  const client = await connect(broker);
  const names = ['__consumer_offsets', '__transaction_state'];
  expect((await ask(client, names)).topics).toMatchObject([
    { errorCode: UNKNOWN, isInternal: true },
    { errorCode: UNKNOWN, isInternal: true },
  ]);
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
