// What altered configs do to a running broker, beyond the answers of the recorded session.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';
import { createTopic } from '../data-path.ts';

const [TOPIC, BROKER] = [2, 4];
const SET = 0;

function set(client: TestClient, resourceType: number, resourceName: string, name: string, value: string) {
  const configs = [{ name, configOperation: SET, value }];
  const resources = [{ resourceType, resourceName, configs }];
  return client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
}

test('topic configs act on the open logs, and so do broker configs that topics inherit', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const orders = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  await client.request(CreateTopics, 7, { topics: [orders] });
  const config = () => broker.services.logs.get('orders', 0)?.config;
  await set(client, TOPIC!, 'orders', 'retention.ms', '1234');
  await set(client, BROKER!, '', 'log.segment.bytes', '2000000');
  expect(config()?.retentionMs).toBe(1234);
  expect(config()?.segmentBytes).toBe(2000000);
});

test('broker configs act on what is created afterwards', async () => {
  const client = await connect(await startTestBroker());
  expect((await set(client, BROKER!, '', 'message.max.bytes', '5000')).responses).toMatchObject([
    { errorCode: ErrorCode.NONE },
  ]);
  const orders = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const { topics } = await client.request(CreateTopics, 7, { topics: [orders] });
  const created = topics[0]?.configs?.find(({ name }) => name === 'max.message.bytes');
  expect(created).toMatchObject({ value: '5000', configSource: 3 });
});

test('a controller takes a step that is too large for a running broker', async () => {
  const port = await freePort();
  const overrides = new Map([
    ['listeners', `PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${port}`],
    ['controller.listener.names', 'CONTROLLER'],
  ]);
  const broker = await startTestBroker({ overrides });
  const steps = async (client: TestClient) =>
    (await set(client, BROKER!, '', 'log.cleaner.threads', '3')).responses[0]!.errorCode;
  expect(await steps(await connect(broker))).toBe(ErrorCode.INVALID_REQUEST);
  expect(await steps(await connect({ host: '127.0.0.1', port }))).toBe(ErrorCode.NONE);
});

test('a refused alteration changes nothing', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  createTopic(broker, 'orders');
  const before = broker.services.metadata.lastOffset;
  await set(client, TOPIC!, 'orders', 'retention.ms', 'soon');
  expect(broker.services.metadata.lastOffset).toBe(before);
});
