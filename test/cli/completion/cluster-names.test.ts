import { expect, test } from 'vitest';
import { clusterNames } from '../../../src/cli/completion/cluster-names.ts';
import { createAdmin } from '../../../src/client/admin.ts';
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
  const started = performance.now();
  expect(await clusterNames('topics', ['topics', '--bootstrap-server', '127.0.0.1:1', '--topic', ''])).toEqual([]);
  expect(await clusterNames('topics', ['topics', '--bootstrap-server', 'nonsense', '--topic', ''])).toEqual([]);
  expect(performance.now() - started).toBeLessThan(3000);
});
