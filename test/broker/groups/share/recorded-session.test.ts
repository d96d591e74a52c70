import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../../helpers/broker.ts';
import { connect } from '../../../helpers/client.ts';
import { GroupSession } from '../group-session.ts';
import { OVERRIDES, playShareSteps, TOPIC } from './share-steps.ts';

// Recorded by test/kafka/tools/record-share-session.ts from Apache Kafka 4.3.1.
const RECORDED = new URL('../../../kafka/share-session.txt', import.meta.url);

test('share groups get the answers that Apache Kafka gives, and leave the records that it writes', async () => {
  const { port, services } = await startTestBroker({ overrides: OVERRIDES });
  const { id } = services.metadata.createTopic({ name: TOPIC, replicas: [[1], [1], [1]], configs: new Map() });
  services.groups.prepare();
  services.shareState.prepare();
  const session = new GroupSession({ port, topicId: id, connect: () => connect({ port }) });
  await playShareSteps(session);
  expect(session.lines).toEqual(readFileSync(RECORDED, 'utf8').trimEnd().split('\n'));
});
