// Groups and offsets outlive the broker: they are records in its data directory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { SyncGroup } from '../../../src/protocol/messages/sync-group.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { joinRequest } from './memory-store.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'ktool-groups-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function commitOf(offset: number) {
  const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: `at ${offset}` }];
  return { groupId: 'offsets', memberId: '', topics: [{ name: 'orders', partitions }] };
}

const fetched = (client: TestClient) => client.request(OffsetFetch, 7, { groupId: 'offsets', topics: null });

test('offsets, groups and members are there after a restart', async () => {
  const dataDir = temporaryDirectory();
  const first = await startTestBroker({ dataDir });
  first.services.metadata.createTopic({ name: 'orders', replicas: [[1]], configs: new Map() });
  const client = await connect(first);
  expect((await client.request(FindCoordinator, 2, { key: 'g' })).port).toBe(first.port);
  const joined = await client.request(JoinGroup, 5, joinRequest({ groupInstanceId: 'static' }));
  const member = { groupId: 'g', memberId: joined.memberId, generationId: 1, groupInstanceId: 'static' };
  const assignments = [{ memberId: joined.memberId, assignment: Buffer.from('all') }];
  await client.request(SyncGroup, 3, { ...member, assignments });
  for (let offset = 1; offset <= 100; offset++) await client.request(OffsetCommit, 8, commitOf(offset));
  const before = [await fetched(client), await client.request(DescribeGroups, 5, { groups: ['g'] })];
  await first.close();

  const again = await connect(await startTestBroker({ dataDir }));
  expect([await fetched(again), await again.request(DescribeGroups, 5, { groups: ['g'] })]).toEqual(before);
  expect(before[0]).toMatchObject({
    topics: [{ name: 'orders', partitions: [{ committedOffset: 100, metadata: 'at 100' }] }],
  });
  expect((await again.request(Heartbeat, 4, member)).errorCode).toBe(0);
});

test('a topic that is deleted takes its offsets along', async () => {
  const { port, services } = await startTestBroker();
  const { id } = services.metadata.createTopic({ name: 'orders', replicas: [[1]], configs: new Map() });
  const client = await connect({ port });
  await client.request(OffsetCommit, 8, commitOf(1));
  expect((await fetched(client)).topics).toHaveLength(1);
  services.metadata.deleteTopic(id);
  expect((await fetched(client)).topics).toEqual([]);
});

test('when __consumer_offsets is deleted all groups are gone, and new ones can be made', async () => {
  const { port, services } = await startTestBroker();
  services.metadata.createTopic({ name: 'orders', replicas: [[1]], configs: new Map() });
  const client = await connect({ port });
  await client.request(OffsetCommit, 8, commitOf(1));
  services.metadata.deleteTopic(services.metadata.topic('__consumer_offsets')!.id);
  expect((await fetched(client)).topics).toEqual([]);
  await client.request(OffsetCommit, 8, commitOf(2));
  expect((await fetched(client)).topics).toMatchObject([{ partitions: [{ committedOffset: 2 }] }]);
});
