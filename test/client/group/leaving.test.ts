// What a member says that can tell nobody that it leaves, or that is not taken (AbstractMembershipManager, AbstractHeartbeatRequestManager).
import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { Consumer } from '../../../src/client/consumer.ts';
import { ShareConsumer } from '../../../src/client/share-consumer.ts';
import type { Logger } from '../../../src/util/logger.ts';
import { startTestBroker } from '../../helpers/broker.ts';

function kept(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  return { lines, logger: { error: keep, warn: keep, info() {}, debug() {} } };
}

const WITHOUT_IDS = (line: string) => line.replace(/Member [\w-]{22}/, 'Member ID');

test('a share consumer without a cluster', async () => {
  const { lines, logger } = kept();
  const settings = { 'bootstrap.servers': '127.0.0.1:1', 'group.id': 'g', 'client.id': 'c' };
  const consumer = await ShareConsumer.create(settings, { logger });
  consumer.subscribe(['t']);
  await consumer.poll(600);
  await consumer.close();
  expect(lines.map(WITHOUT_IDS).at(-1)).toBe(
    '[ShareConsumer clientId=c, groupId=g] Heartbeat to leave group cannot be sent (most probably due to coordinator not known/available). Member ID with epoch -1 will transition to UNSUBSCRIBED.',
  );
});

test('a consumer with an assignor that the broker does not have', async () => {
  const broker = await startTestBroker();
  const { lines, logger } = kept();
  const settings = {
    ...{ 'bootstrap.servers': broker.address, 'group.id': 'g', 'client.id': 'c' },
    ...{ 'group.protocol': 'consumer', 'group.remote.assignor': 'nope' },
  };
  const consumer = await Consumer.create(settings, { logger });
  onTestFinished(() => consumer.close());
  await consumer.subscribe({ topic: 't' });
  await expect(consumer.next(20_000)).rejects.toThrow('ServerAssignor nope is not supported');
  expect(lines.map(WITHOUT_IDS).slice(-2)).toEqual([
    '[Consumer clientId=c, groupId=g] ConsumerGroupHeartbeatRequest failed due to UNSUPPORTED_ASSIGNOR: ServerAssignor nope is not supported. Supported assignors: uniform, range.',
    '[Consumer clientId=c, groupId=g] Member ID with epoch 0 transitioned to fatal state',
  ]);
});

test('a share consumer in a group of another kind', async () => {
  const broker = await startTestBroker();
  const { lines, logger } = kept();
  const settings = { 'bootstrap.servers': broker.address, 'group.id': 'g', 'client.id': 'c' };
  const member = await Consumer.create({ ...settings, 'group.protocol': 'consumer' }, {});
  const admin = await createAdmin(settings);
  await admin.createTopics([{ name: 't', numPartitions: 1, replicationFactor: 1 }]);
  await admin.close();
  await member.subscribe({ topic: 't' });
  await member.next(500);
  const consumer = await ShareConsumer.create(settings, { logger });
  onTestFinished(async () => {
    await Promise.all([consumer.close(), member.close()]);
  });
  consumer.subscribe(['t']);
  await expect(consumer.poll(20_000)).rejects.toThrow('Group g is not a share group.');
  expect(lines.map(WITHOUT_IDS).slice(-2)).toEqual([
    '[ShareConsumer clientId=c, groupId=g] ShareGroupHeartbeatRequest failed due to unexpected error GROUP_ID_NOT_FOUND: Group g is not a share group.',
    '[ShareConsumer clientId=c, groupId=g] Member ID with epoch 0 transitioned to fatal state',
  ]);
});
