// kraft.version 1 (KIP-853): the log says who votes, over restarts and snapshots.
import { expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AddRaftVoter } from '../../../src/protocol/messages/add-raft-voter.ts';
import { DescribeQuorum } from '../../../src/protocol/messages/describe-quorum.ts';
import { RemoveRaftVoter } from '../../../src/protocol/messages/remove-raft-voter.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { openStore } from './stores.ts';

const OTHER = 'JEXY6aqzQY-32P5TStzaFg';
const kraftVersion = (maxVersionLevel: number, upgradeType: number) => ({
  featureUpdates: [{ feature: 'kraft.version', maxVersionLevel, allowDowngrade: false, upgradeType }],
});
const asked = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };

test('begins by an update of the feature, once and for good', async () => {
  const settings = { files: memoryFiles(), dataDir: '/data', ephemeral: false };
  const broker = await startTestBroker(settings);
  const client = await connect(broker);
  const voterId = async (one: Awaited<ReturnType<typeof connect>>) =>
    (await one.request(DescribeQuorum, 2, asked)).topics[0]!.partitions[0]!.currentVoters[0]!.replicaDirectoryId;
  expect(await voterId(client)).toBe(ZERO_UUID);
  expect((await client.request(UpdateFeatures, 2, kraftVersion(1, 1))).errorCode).toBe(0);
  const end = broker.services.metadata.lastOffset;
  expect((await client.request(UpdateFeatures, 2, kraftVersion(1, 1))).errorCode).toBe(0);
  expect(broker.services.metadata.lastOffset).toBe(end);
  const directoryId = broker.services.metadata.quorum.voters[0]!.voterDirectoryId;
  expect(await voterId(client)).toBe(directoryId);
  for (const upgradeType of [2, 3]) {
    const { errorMessage } = await client.request(UpdateFeatures, 2, kraftVersion(0, upgradeType));
    expect(errorMessage).toContain("kraft.version. Can't downgrade the version of this feature.");
  }
  await broker.stop();
  const again = await startTestBroker(settings);
  expect(again.services.metadata.features.get('kraft.version')).toBe(1);
  expect(await voterId(await connect(again))).toBe(directoryId);
});

test('has voters that stay who they are', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  await client.request(UpdateFeatures, 2, kraftVersion(1, 1));
  const { voterDirectoryId, endpoints } = broker.services.metadata.quorum.voters[0]!;
  const self = `[ReplicaKey(id=1, directoryId=${voterDirectoryId})]`;
  const remove = (id: number, directory: string) =>
    client.request(RemoveRaftVoter, 0, { clusterId: null, voterId: id, voterDirectoryId: directory });
  expect(await remove(1, voterDirectoryId)).toMatchObject({ errorCode: ErrorCode.VOTER_NOT_FOUND });
  expect(await remove(2, OTHER)).toMatchObject({
    errorMessage: `Cannot remove voter ReplicaKey(id=2, directoryId=${OTHER}) from the set of voters ${self}`,
  });
  const listeners = [{ name: 'CONTROLLER', host: endpoints[0]!.host, port: 1 }];
  const add = (id: number) =>
    client.request(AddRaftVoter, 0, {
      ...{ clusterId: null, timeoutMs: 1000, voterId: id, voterDirectoryId: OTHER, listeners },
    });
  expect(await add(1)).toMatchObject({
    errorCode: ErrorCode.DUPLICATE_VOTER,
    errorMessage: `The voter id for ReplicaKey(id=1, directoryId=${OTHER}) is already part of the set of voters ${self}.`,
  });
  expect(await add(2)).toMatchObject({ errorCode: ErrorCode.REQUEST_TIMED_OUT });
});

test('stays in snapshots when the log before them is gone', async () => {
  const files = memoryFiles();
  const clock = new ManualClock();
  const snapshots = { maxBytes: 1, maxIntervalMs: 1000, retentionBytes: 1, retentionMs: -1 };
  const first = await openStore('/data', { files, clock, snapshots });
  const endpoints = [{ name: 'CONTROLLER', host: '127.0.0.1', port: 9093 }];
  first.store.upgradeQuorum([{ voterId: 1, endpoints }]);
  const { quorum } = first.store;
  for (let round = 0; round < 2; round++) {
    first.store.changeFeatures(new Map([['group.version', round]]));
    await clock.advance(1000);
  }
  const names = files.readDirectory('/data/__cluster_metadata-0').map(({ name }) => name);
  expect(names.filter((name) => name.endsWith('.checkpoint'))).not.toEqual([]);
  for (const name of names.filter((one) => one.endsWith('.log'))) files.remove(`/data/__cluster_metadata-0/${name}`);
  await first.logs.close();
  const second = await openStore('/data', { files, clock: new ManualClock() });
  expect(second.store.quorum).toEqual(quorum);
  expect(second.store.features.get('kraft.version')).toBe(1);
});
