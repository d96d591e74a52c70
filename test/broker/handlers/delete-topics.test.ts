// DeleteTopics beyond the recorded session.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';

const orders = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

function remove(client: TestClient, version: number, name: string) {
  const topics = [{ name, topicId: ZERO_UUID }];
  return client.request(DeleteTopics, version, { topics, topicNames: [name], timeoutMs: 1000 });
}

test('a deleted topic can be created again at once, empty and with another id', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const first = await client.request(CreateTopics, 7, { topics: [orders] });
  await remove(client, 6, 'orders');
  const second = await client.request(CreateTopics, 7, { topics: [orders] });
  expect(second.topics).toMatchObject([{ errorCode: ErrorCode.NONE }]);
  expect(second.topics[0]?.topicId).not.toBe(first.topics[0]?.topicId);
  expect(broker.services.logs.get('orders', 0)?.topicId).toBe(second.topics[0]?.topicId);
});

test('delete.topic.enable=false refuses every deletion, in words of the version', async () => {
  const broker = await startTestBroker({ overrides: new Map([['delete.topic.enable', 'false']]) });
  const client = await connect(broker);
  await client.request(CreateTopics, 7, { topics: [orders] });
  expect((await remove(client, 6, 'orders')).responses).toMatchObject([
    { name: 'orders', errorCode: ErrorCode.TOPIC_DELETION_DISABLED, errorMessage: 'Topic deletion is disabled.' },
  ]);
  expect((await remove(client, 2, 'orders')).responses).toMatchObject([{ errorCode: ErrorCode.INVALID_REQUEST }]);
  expect(broker.services.metadata.topic('orders')).toBeDefined();
});
