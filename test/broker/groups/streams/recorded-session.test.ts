import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../../helpers/broker.ts';
import { connect } from '../../../helpers/client.ts';
import { GroupSession } from '../group-session.ts';
import { playStreamsSteps, TOPIC } from './streams-steps.ts';

// Recorded by test/kafka/tools/record-streams-session.ts from Apache Kafka 4.3.1.
const RECORDED = new URL('../../../kafka/streams-session.txt', import.meta.url);

test('streams groups get the answers that Apache Kafka gives, and leave the records that it writes', async () => {
  const overrides = new Map([
    ['group.streams.initial.rebalance.delay.ms', '0'],
    ['group.streams.assignment.interval.ms', '0'],
  ]);
  const { port, services } = await startTestBroker({ overrides });
  const { id } = services.metadata.createTopic({ name: TOPIC, replicas: [[1], [1], [1]], configs: new Map() });
  const session = new GroupSession({ port, topicId: id, connect: () => connect({ port }) });
  await playStreamsSteps(session);
  expect(session.lines).toEqual(readFileSync(RECORDED, 'utf8').trimEnd().split('\n'));
});
