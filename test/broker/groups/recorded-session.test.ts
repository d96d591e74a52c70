import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { GroupSession } from './group-session.ts';
import { playGroupSteps, TOPIC } from './group-steps.ts';

// Recorded by test/kafka/tools/record-group-session.ts from Apache Kafka 4.3.1.
const RECORDED = new URL('../../kafka/group-session.txt', import.meta.url);

test('groups get the answers that Apache Kafka gives, and leave the records that it writes', async () => {
  const { port, services } = await startTestBroker();
  const { id } = services.metadata.createTopic({ name: TOPIC, replicas: [[1], [1], [1]], configs: new Map() });
  const session = new GroupSession({ port, topicId: id, connect: () => connect({ port }) });
  await playGroupSteps(session);
  expect(session.lines).toEqual(readFileSync(RECORDED, 'utf8').trimEnd().split('\n'));
});
