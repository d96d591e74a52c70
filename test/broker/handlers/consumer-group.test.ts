// ConsumerGroupHeartbeat and ConsumerGroupDescribe over the wire, and groups of both protocols side by side.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from '../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const GROUP_RESOURCE = 32;
const JOIN = {
  groupId: 'g',
  memberId: 'm1',
  memberEpoch: 0,
  rebalanceTimeoutMs: 30_000,
  subscribedTopicNames: ['orders'],
  topicPartitions: [],
};

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'ktool-consumer-group-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('a member is there after a restart, in its epoch and with its partitions', async () => {
  const dataDir = temporaryDirectory();
  const first = await startTestBroker({ dataDir });
  const { id } = first.services.metadata.createTopic({ name: 'orders', replicas: [[1], [1]], configs: new Map() });
  const client = await connect(first);
  await client.request(FindCoordinator, 4, { coordinatorKeys: ['g'] });
  const joined = await client.request(ConsumerGroupHeartbeat, 1, JOIN);
  expect(joined).toMatchObject({
    errorCode: 0,
    memberId: 'm1',
    memberEpoch: 2,
    heartbeatIntervalMs: 5000,
    assignment: { topicPartitions: [{ topicId: id, partitions: [0, 1] }] },
  });
  const described = await client.request(ConsumerGroupDescribe, 1, {
    groupIds: ['g', 'none'],
    includeAuthorizedOperations: true,
  });
  const topicPartitions = [{ topicId: id, topicName: 'orders', partitions: [0, 1] }];
  expect(described.groups).toMatchObject([
    {
      errorCode: 0,
      groupState: 'Stable',
      groupEpoch: 2,
      assignmentEpoch: 2,
      assignorName: 'uniform',
      members: [
        {
          memberId: 'm1',
          memberEpoch: 2,
          clientId: 'test',
          clientHost: '/127.0.0.1',
          subscribedTopicNames: ['orders'],
          assignment: { topicPartitions },
          targetAssignment: { topicPartitions },
          memberType: 1,
        },
      ],
      authorizedOperations: 3400,
    },
    { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage: 'Group none not found.', groupState: '' },
  ]);
  await first.close();

  const second = await startTestBroker({ dataDir });
  const again = await connect(second);
  const beat = { groupId: 'g', memberId: 'm1', memberEpoch: 2 };
  expect(await again.request(ConsumerGroupHeartbeat, 1, beat)).toMatchObject({
    errorCode: 0,
    memberEpoch: 2,
    assignment: null,
  });
  const offsets = { partitions: [{ partitionIndex: 0, committedOffset: 5, committedMetadata: '' }] };
  const commit = { groupId: 'g', memberId: 'm1', topics: [{ name: 'orders', topicId: id, ...offsets }] };
  const stale = await again.request(OffsetCommit, 9, { ...commit, generationIdOrMemberEpoch: 1 });
  expect(stale.topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  const current = await again.request(OffsetCommit, 9, { ...commit, generationIdOrMemberEpoch: 2 });
  expect(current.topics[0]!.partitions[0]!.errorCode).toBe(0);
  const fetch = (memberEpoch: number) =>
    again.request(OffsetFetch, 9, { groups: [{ groupId: 'g', memberId: 'm1', memberEpoch, topics: null }] });
  expect((await fetch(1)).groups[0]!.errorCode).toBe(ErrorCode.STALE_MEMBER_EPOCH);
  expect((await fetch(2)).groups[0]!.topics[0]!.partitions[0]!.committedOffset).toBe(5);
});

test('errors come with their text', async () => {
  const client = await connect(await startTestBroker());
  await client.request(FindCoordinator, 4, { coordinatorKeys: ['g'] });
  expect(await client.request(ConsumerGroupHeartbeat, 1, { ...JOIN, memberEpoch: 7 })).toEqual({
    throttleTimeMs: 0,
    errorCode: ErrorCode.GROUP_ID_NOT_FOUND,
    errorMessage: 'Consumer group g not found.',
    memberId: null,
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
    assignment: null,
  });
});

test('before version 1 the broker chooses the member id', async () => {
  const client = await connect(await startTestBroker());
  await client.request(FindCoordinator, 4, { coordinatorKeys: ['g'] });
  const joined = await client.request(ConsumerGroupHeartbeat, 0, { ...JOIN, memberId: '' });
  expect(joined).toMatchObject({ errorCode: 0, memberEpoch: 2, assignment: { topicPartitions: [] } });
  expect(joined.memberId).toMatch(/^[\w-]{22}$/);
});

test("a group's own heartbeat interval goes before the broker's", async () => {
  const client = await connect(await startTestBroker());
  await client.request(FindCoordinator, 4, { coordinatorKeys: ['g'] });
  const configs = [{ name: 'consumer.heartbeat.interval.ms', configOperation: 0, value: '7000' }];
  const altered = await client.request(IncrementalAlterConfigs, 1, {
    resources: [{ resourceType: GROUP_RESOURCE, resourceName: 'g', configs }],
    validateOnly: false,
  });
  expect(altered.responses[0]!.errorCode).toBe(0);
  expect((await client.request(ConsumerGroupHeartbeat, 1, JOIN)).heartbeatIntervalMs).toBe(7000);
});
