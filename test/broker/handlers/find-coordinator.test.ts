import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';

test('the first one who asks for a group has __consumer_offsets created, with the settings of Kafka', async () => {
  const { port, services } = await startTestBroker();
  const client = await connect({ port });
  expect(services.metadata.topic('__consumer_offsets')).toBeUndefined();
  expect(await client.request(FindCoordinator, 3, { key: 'g' })).toMatchObject({ errorCode: 0, nodeId: 1, port });
  const topic = services.metadata.topic('__consumer_offsets')!;
  expect(topic.partitions).toHaveLength(50);
  expect(Object.fromEntries(topic.configs)).toEqual({
    'cleanup.policy': 'compact',
    'compression.type': 'producer',
    'segment.bytes': '104857600',
  });
});

test('the first one who asks for a transactional id has __transaction_state created, with the settings of Kafka', async () => {
  const { port, services } = await startTestBroker();
  const client = await connect({ port });
  const { coordinators } = await client.request(FindCoordinator, 4, { coordinatorKeys: ['t'], keyType: 1 });
  expect(coordinators).toMatchObject([{ key: 't', errorCode: 0, nodeId: 1, port }]);
  const topic = services.metadata.topic('__transaction_state')!;
  expect(topic.partitions).toHaveLength(50);
  expect(Object.fromEntries(topic.configs)).toEqual({
    'cleanup.policy': 'compact',
    'compression.type': 'uncompressed',
    'min.insync.replicas': '1',
    'segment.bytes': '104857600',
    'unclean.leader.election.enable': 'false',
  });
});

test('coordinators of unknown kinds are refused for good', async () => {
  const client = await connect(await startTestBroker());
  const unknown = await client.request(FindCoordinator, 3, { key: 'k', keyType: 7 });
  expect(unknown).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST, nodeId: -1 });
});

test('where the topic cannot be created, the client is told to wait and the log says what to change', async () => {
  const logger = new LogLines();
  const overrides = new Map([['offsets.topic.replication.factor', '3']]);
  const client = await connect(await startTestBroker({ logger, overrides }));
  const asked = async () => (await client.request(FindCoordinator, 3, { key: 'g' })).errorCode;
  expect([await asked(), await asked()]).toEqual(Array(2).fill(ErrorCode.COORDINATOR_NOT_AVAILABLE));
  expect(logger.lines.filter((line) => line.includes('offsets.topic.replication.factor'))).toHaveLength(1);
});
