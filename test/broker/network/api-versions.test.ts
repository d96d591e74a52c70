import { describe, expect, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' };

// What a broker of Kafka 4.3.1 that has just been formatted answers, in the order of its features.
const SUPPORTED = [
  ['eligible.leader.replicas.version', 0, 1],
  ['group.version', 0, 1],
  ['kraft.version', 0, 1],
  ['metadata.version', 7, 30],
  ['share.version', 0, 1],
  ['streams.version', 0, 1],
  ['transaction.version', 0, 2],
];
const FINALIZED = [
  ['eligible.leader.replicas.version', 1, 1],
  ['group.version', 1, 1],
  ['metadata.version', 30, 30],
  ['share.version', 1, 1],
  ['streams.version', 1, 1],
  ['transaction.version', 2, 2],
];

describe('ApiVersions', () => {
  test('advertises what is served, in every version', async () => {
    const broker = await startTestBroker();
    const client = await connect(broker);
    const served = [...broker.services.handlers.values()]
      .map(({ api, advertised: [minVersion, maxVersion] }) => ({ apiKey: api.key, minVersion, maxVersion }))
      .sort((a, b) => a.apiKey - b.apiKey);
    expect(served).toContainEqual({ apiKey: 18, minVersion: 0, maxVersion: 4 });
    for (const version of [0, 1, 2, 3, 4]) {
      const answer = await client.request(ApiVersions, version, software);
      expect(answer.errorCode).toBe(0);
      expect(answer.apiKeys).toEqual(served);
    }
  });

  test("tells the features that Kafka's broker tells", async () => {
    const client = await connect(await startTestBroker());
    const { supportedFeatures, finalizedFeatures, finalizedFeaturesEpoch, zkMigrationReady } = await client.request(
      ApiVersions,
      4,
      software,
    );
    expect(supportedFeatures.map((f) => [f.name, f.minVersion, f.maxVersion]).sort()).toEqual(SUPPORTED);
    expect(finalizedFeatures.map((f) => [f.name, f.maxVersionLevel, f.minVersionLevel]).sort()).toEqual(FINALIZED);
    expect(finalizedFeaturesEpoch).toBeGreaterThan(0);
    expect(zkMigrationReady).toBe(false);
  });

  test('keeps features that begin at 0 from clients below v4, which would refuse them (KIP-1022)', async () => {
    const client = await connect(await startTestBroker());
    const { supportedFeatures } = await client.request(ApiVersions, 3, software);
    expect(supportedFeatures.map(({ name }) => name)).toEqual(['metadata.version']);
  });

  test.each(['', 'a b', '-a', 'a-', 'ä', 'a\n'])('refuses the software name %j', async (name) => {
    const client = await connect(await startTestBroker());
    for (const body of [
      { clientSoftwareName: name, clientSoftwareVersion: '1' },
      { clientSoftwareName: 'x', clientSoftwareVersion: name },
    ]) {
      const answer = await client.request(ApiVersions, 3, body);
      expect([answer.errorCode, answer.apiKeys]).toEqual([42, []]);
    }
    expect((await client.request(ApiVersions, 0, {})).errorCode).toBe(0);
  });
});
