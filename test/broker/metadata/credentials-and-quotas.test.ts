// What was set is there after a restart: the records are in the metadata log.
import { expect, it } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { startTestBroker } from '../../helpers/broker.ts';

const CREDENTIAL = {
  salt: Buffer.from('salt'),
  storedKey: Buffer.from('stored'),
  serverKey: Buffer.from('server'),
  iterations: 4096,
};

it('keeps credentials, quotas and features over a restart, and registers again', async () => {
  const files = memoryFiles();
  const options = { files, dataDir: '/data' };
  const first = await startTestBroker(options);
  const { metadata } = first.services;
  metadata.changeScramCredentials([
    { user: 'alice', mechanism: 1, credential: CREDENTIAL },
    { user: 'alice', mechanism: 2, credential: CREDENTIAL },
    { user: 'alice', mechanism: 2, credential: null },
    { user: 'bob', mechanism: 1, credential: CREDENTIAL },
    { user: 'bob', mechanism: 1, credential: null },
  ]);
  const entity = new Map([['user', null]]);
  metadata.changeClientQuotas([
    { entity, key: 'producer_byte_rate', value: 1024 },
    { entity, key: 'consumer_byte_rate', value: 1 },
    { entity, key: 'consumer_byte_rate', value: null },
  ]);
  metadata.changeFeatures(new Map([['transaction.version', 1]]));
  metadata.unregister(1);
  expect([...metadata.brokers.keys()]).toEqual([]);
  const epoch = metadata.leaderEpoch;
  await first.close();

  const { metadata: again } = (await startTestBroker(options)).services;
  expect([...again.scramCredentials]).toEqual([['alice', new Map([[1, CREDENTIAL]])]]);
  expect([...again.clientQuotas]).toEqual([{ entity, values: new Map([['producer_byte_rate', 1024]]) }]);
  expect(again.features.get('transaction.version')).toBe(1);
  expect([...again.brokers.keys()]).toEqual([1]);
  expect(again.leaderEpoch).toBeGreaterThan(epoch);
});
