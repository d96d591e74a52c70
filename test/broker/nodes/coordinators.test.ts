// Coordinators move with the leaders of their partitions: who asks the old one is sent away, the new one knows all.
import { expect, it } from 'vitest';
import { InternalTopic } from '../../../src/broker/metadata/internal-topics.ts';
import type { Broker, ClusterBroker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AddPartitionsToTxn } from '../../../src/protocol/messages/add-partitions-to-txn.ts';
import { ConsumerGroupHeartbeat } from '../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { SyncGroup } from '../../../src/protocol/messages/sync-group.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { createTopic } from '../data-path.ts';

const GROUP = 0;
const TRANSACTION = 1;

async function coordinatorOf(broker: Broker, key: string, keyType: number): Promise<ClusterBroker> {
  const client = await connect(broker.nodes.find(({ isRunning }) => isRunning)!);
  const { errorCode, nodeId } = await client.request(FindCoordinator, 3, { key, keyType });
  client.close();
  expect(errorCode).toBe(0);
  return broker.nodes.find((node) => node.nodeId === nodeId)!;
}

const other = (broker: Broker, than: ClusterBroker) => broker.nodes.find((node) => node !== than)!;

const join = (memberId: string) => ({
  ...{ groupId: 'g', sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000, memberId, protocolType: 'consumer' },
  protocols: [{ name: 'range', metadata: Buffer.from('m') }],
});

const commit = (memberId: string, generationId: number, committedOffset: number) => ({
  ...{ groupId: 'g', generationIdOrMemberEpoch: generationId, memberId },
  topics: [{ name: 't', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] }],
});

it('takes groups along: members, generation, offsets', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  createTopic(broker, 't');
  const first = await coordinatorOf(broker, 'g', GROUP);
  const client = await connect(first);
  const { memberId, generationId } = await client.request(JoinGroup, 3, join(''));
  const assignments = [{ memberId, assignment: Buffer.from('a') }];
  await client.request(SyncGroup, 3, { groupId: 'g', generationId, memberId, assignments });
  await client.request(OffsetCommit, 8, commit(memberId, generationId, 42));
  const elsewhere = await connect(other(broker, first));
  const beat = { groupId: 'g', generationId, memberId };
  expect((await elsewhere.request(Heartbeat, 3, beat)).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  expect((await elsewhere.request(JoinGroup, 3, join(memberId))).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  expect((await elsewhere.request(ListGroups, 3, {})).groups).toEqual([]);
  await first.stop();
  const second = await coordinatorOf(broker, 'g', GROUP);
  expect(second).not.toBe(first);
  const again = await connect(second);
  const described = async () => (await again.request(DescribeGroups, 4, { groups: ['g'] })).groups[0]!.errorCode;
  await expect.poll(described).toBe(0);
  expect((await again.request(Heartbeat, 3, beat)).errorCode).toBe(0);
  const { groups } = await again.request(DescribeGroups, 4, { groups: ['g'] });
  expect(groups[0]).toMatchObject({
    groupState: 'Stable',
    members: [{ memberId, memberAssignment: Buffer.from('a') }],
  });
  const { topics } = await again.request(OffsetFetch, 5, { groupId: 'g', topics: null });
  expect(topics![0]!.partitions[0]).toMatchObject({ committedOffset: 42 });
  expect((await again.request(OffsetCommit, 8, commit(memberId, generationId, 43))).topics[0]).toMatchObject({
    partitions: [{ errorCode: 0 }],
  });
  expect((await again.request(ListGroups, 3, {})).groups.map(({ groupId }) => groupId)).toEqual(['g']);
});

it('tells members that wait in a rebalance to look for their coordinator', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  const first = await coordinatorOf(broker, 'g', GROUP);
  const client = await connect(first);
  const { memberId, generationId } = await client.request(JoinGroup, 3, join(''));
  await client.request(SyncGroup, 3, { groupId: 'g', generationId, memberId, assignments: [] });
  const waits = await connect(first);
  const waiting = waits.request(JoinGroup, 3, join(''));
  await expect.poll(() => first.services.groups.describe('g', 4).members.length).toBe(2);
  const answer = waiting.then(({ errorCode }) => errorCode);
  await first.stop();
  expect(await answer).toBe(ErrorCode.NOT_COORDINATOR);
});

it('takes groups of the consumer protocol along', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  createTopic(broker, 't');
  const first = await coordinatorOf(broker, 'modern', GROUP);
  const hello = { groupId: 'modern', memberId: 'me', rebalanceTimeoutMs: 10_000, topicPartitions: [] };
  const joined = await (await connect(first)).request(ConsumerGroupHeartbeat, 0, {
    ...{ ...hello, memberEpoch: 0, subscribedTopicNames: ['t'] },
  });
  expect(joined.errorCode).toBe(0);
  await first.stop();
  const again = await connect(await coordinatorOf(broker, 'modern', GROUP));
  const beat = () =>
    again.request(ConsumerGroupHeartbeat, 0, { groupId: 'modern', memberId: 'me', memberEpoch: joined.memberEpoch });
  await expect.poll(async () => (await beat()).errorCode).not.toBe(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  expect(await beat()).toMatchObject({ errorCode: 0, memberEpoch: joined.memberEpoch });
});

it('takes transactions along, which end in the partitions of all brokers', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  createTopic(broker, 't');
  const first = await coordinatorOf(broker, 'id', TRANSACTION);
  const client = await connect(first);
  const producer = await client.request(InitProducerId, 2, { transactionalId: 'id', transactionTimeoutMs: 60_000 });
  const { producerId, producerEpoch } = producer;
  const add = {
    ...{ v3AndBelowTransactionalId: 'id', v3AndBelowProducerId: producerId, v3AndBelowProducerEpoch: producerEpoch },
    v3AndBelowTopics: [{ name: 't', partitions: [0] }],
  };
  await client.request(AddPartitionsToTxn, 3, add);
  const end = { transactionalId: 'id', producerId, producerEpoch, committed: true };
  const wrong = await connect(other(broker, first));
  expect((await wrong.request(EndTxn, 3, end)).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  const leader = broker.services.metadata.topic('t')!.partitions[0]!.leader;
  await first.stop();
  // The partition has one replica; without its broker the transaction is decided and waits for it.
  if (first.nodeId === leader) await first.start();
  const second = await coordinatorOf(broker, 'id', TRANSACTION);
  const again = await connect(second);
  const ended = () => again.request(EndTxn, 3, end);
  await expect.poll(async () => (await ended()).errorCode).toBe(0);
  const log = broker.services.logs.get('t', 0)!;
  expect(log.logEndOffset).toBe(1);
  const state = broker.services.metadata.topic(InternalTopic.TRANSACTION_STATE)!;
  expect(state.partitions.every(({ replicas }) => replicas.length === 3)).toBe(true);
});

it('has no coordinator where too few replicas are in sync to keep what it decides', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  const coordinator = await coordinatorOf(broker, 'id', TRANSACTION);
  for (const node of broker.nodes) if (node !== coordinator) await node.stop();
  const client = await connect(coordinator);
  const init = () => client.request(InitProducerId, 2, { transactionalId: 'id', transactionTimeoutMs: 60_000 });
  expect((await init()).errorCode).toBe(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  await other(broker, coordinator).start();
  expect((await init()).errorCode).toBe(0);
});
