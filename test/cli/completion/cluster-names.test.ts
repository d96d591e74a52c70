import { expect, test } from 'vitest';
import { clusterNames } from '../../../src/cli/completion/cluster-names.ts';
import { createAdmin } from '../../../src/client/admin.ts';
import { listen } from '../../client/scripted-broker.ts';
import { startTestBroker } from '../../helpers/broker.ts';

test('topics and groups come from the cluster that the words name', async () => {
  const { port } = await startTestBroker();
  const address = `127.0.0.1:${port}`;
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 'orders' }]);
  await admin.alterGroupOffsets('billing', [{ topic: 'orders', partition: 0, offset: 0 }]);
  await admin.close();
  const words = ['topics', '--bootstrap-server', address, '--topic', ''];
  expect(await clusterNames('topics', words)).toContain('orders');
  expect(await clusterNames('groups', ['consumer-groups', `--bootstrap-server=${address}`, '--group', ''])).toEqual([
    'billing',
  ]);
});

test('a cluster that does not answer has no names', async () => {
  const silent = await listen(() => {});
  const names = (address: string) => clusterNames('topics', ['topics', '--bootstrap-server', address, '--topic', '']);
  expect(await Promise.all([silent, '127.0.0.1:1', 'nonsense'].map(names))).toEqual([[], [], []]);
});
