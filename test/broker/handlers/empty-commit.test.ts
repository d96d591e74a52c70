import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { startTestBroker } from '../../helpers/broker.ts';

test('a commit of no offsets makes no group', async () => {
  const broker = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  expect(await admin.alterGroupOffsets('nobody', [])).toEqual([]);
  expect(await admin.listGroups()).toEqual([]);
});
