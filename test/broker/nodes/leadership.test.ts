// Several brokers in one process, as their clients see them: who leads, who is in sync, who is told to go elsewhere.
import { expect, it } from 'vitest';
import type { PartitionImage } from '../../../src/broker/metadata/image.ts';
import type { Broker, ClusterBroker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AlterPartitionReassignments } from '../../../src/protocol/messages/alter-partition-reassignments.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { DescribeLogDirs } from '../../../src/protocol/messages/describe-log-dirs.ts';
import { DescribeQuorum } from '../../../src/protocol/messages/describe-quorum.ts';
import { ElectLeaders } from '../../../src/protocol/messages/elect-leaders.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const batch = () => buildBatch([{ timestamp: 1, value: Buffer.from('v') }]);

const node = (broker: Broker, id: number): ClusterBroker => broker.nodes.find(({ nodeId }) => nodeId === id)!;

function partition(broker: Broker, topic = 't', index = 0): PartitionImage {
  return broker.services.metadata.topic(topic)!.partitions[index]!;
}

async function create(broker: Broker, replicas: number[], configs: Record<string, string> = {}, name = 't') {
  const client = await connect(broker.nodes.find(({ isRunning }) => isRunning)!);
  const topic = {
    name,
    ...{ numPartitions: -1, replicationFactor: -1 },
    assignments: [{ partitionIndex: 0, brokerIds: replicas }],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  };
  const answer = await client.request(CreateTopics, 7, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  expect(answer.topics[0]).toMatchObject({ errorCode: 0 });
}

async function produce(to: { port: number }, acks = -1, topic = 't') {
  const client = await connect(to);
  const topicData = [{ name: topic, partitionData: [{ index: 0, records: batch() }] }];
  const answer = await client.request(Produce, 12, { transactionalId: null, acks, timeoutMs: 1000, topicData });
  client.close();
  return { ...answer.responses[0]!.partitionResponses[0]!, nodeEndpoints: answer.nodeEndpoints };
}

const fetchRequest = (maxWaitMs: number) => ({
  ...{ replicaId: -1, maxWaitMs, minBytes: 1, isolationLevel: 0, sessionId: 0, sessionEpoch: -1 },
  topics: [{ topic: 't', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
  forgottenTopicsData: [],
});

it('is a cluster of three to whoever asks, wherever they ask', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  expect(broker.bootstrapServers.split(',')).toEqual(broker.nodes.map(({ address }) => address));
  for (const { port } of broker.nodes) {
    const client = await connect({ port });
    const { brokers, controllerId, clusterId } = await client.request(Metadata, 12, { topics: [] });
    expect(brokers.map(({ nodeId, port: at }) => [nodeId, at])).toEqual(
      broker.nodes.map((one) => [one.nodeId, one.port]),
    );
    expect([controllerId, clusterId]).toEqual([1, broker.clusterId]);
  }
});

it('spreads replicas and leaders over the brokers, up to as many as there are', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  const client = await connect(broker);
  const topic = (name: string, replicationFactor: number) => ({
    name,
    numPartitions: 9,
    replicationFactor,
    assignments: [],
    configs: [],
  });
  const request = { topics: [topic('three', 3), topic('four', 4)], timeoutMs: 1000, validateOnly: false };
  const { topics } = await client.request(CreateTopics, 7, request);
  expect(topics.map(({ errorCode, errorMessage }) => [errorCode, errorMessage])).toEqual([
    [0, null],
    [
      ErrorCode.INVALID_REPLICATION_FACTOR,
      'Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be reached because only ' +
        '3 broker(s) are registered or some brokers have all their log directories cordoned.',
    ],
  ]);
  const { partitions } = broker.services.metadata.topic('three')!;
  expect(partitions.map(({ replicas }) => [...replicas].sort())).toEqual(Array.from({ length: 9 }, () => [1, 2, 3]));
  for (const id of [1, 2, 3]) expect(partitions.filter(({ leader }) => leader === id)).toHaveLength(3);
});

it('moves the leader to a replica in sync when its broker stops, and tells clients where it is', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [2, 3, 1]);
  expect(partition(broker)).toMatchObject({ leader: 2, leaderEpoch: 0, isr: [2, 3, 1] });
  expect((await produce(node(broker, 2))).errorCode).toBe(0);
  expect(await produce(node(broker, 1))).toMatchObject({
    errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER,
    currentLeader: { leaderId: 2, leaderEpoch: 0 },
    nodeEndpoints: [{ nodeId: 2, port: node(broker, 2).port }],
  });
  await node(broker, 2).stop();
  expect(partition(broker)).toMatchObject({ leader: 3, leaderEpoch: 1, isr: [3, 1] });
  expect(await produce(node(broker, 3))).toMatchObject({ errorCode: 0, baseOffset: 1 });
  const client = await connect(node(broker, 1));
  const { brokers, topics } = await client.request(Metadata, 12, { topics: [{ name: 't' }] });
  expect(brokers.map(({ nodeId }) => nodeId)).toEqual([1, 3]);
  expect(topics[0]!.partitions[0]).toMatchObject({ leaderId: 3, offlineReplicas: [2], isrNodes: [3, 1] });
});

it('answers a fetch that waits at the old leader when another one leads', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  await create(broker, [1, 2]);
  const client = await connect(node(broker, 1));
  const waiting = client.request(Fetch, 4, fetchRequest(60_000));
  await expect.poll(() => broker.services.fetchPurgatory.size).toBe(1);
  await node(broker, 1).stop();
  expect((await waiting).responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NOT_LEADER_OR_FOLLOWER);
  await client.closed;
});

it('lets consumers read from followers (KIP-392), but not producers write, nor old consumers read', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1, 2]);
  await produce(node(broker, 1));
  const from = async (id: number, version: number) => {
    const { responses } = await (await connect(node(broker, id))).request(Fetch, version, fetchRequest(0));
    const { errorCode, records } = responses[0]!.partitions[0]!;
    return [errorCode, records!.length > 0];
  };
  expect(await from(2, 11)).toEqual([0, true]);
  expect(await from(2, 10)).toEqual([ErrorCode.NOT_LEADER_OR_FOLLOWER, false]);
  expect(await from(3, 11)).toEqual([ErrorCode.NOT_LEADER_OR_FOLLOWER, false]);
});

it('has no leader when the last replica in sync has stopped, until that one is back', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1, 2]);
  await node(broker, 2).stop();
  await node(broker, 1).stop();
  expect(partition(broker)).toMatchObject({ leader: -1, isr: [], elr: [1] });
  const client = await connect(node(broker, 3));
  const { topics, controllerId } = await client.request(Metadata, 12, { topics: [{ name: 't' }] });
  expect(topics[0]!.partitions[0]).toMatchObject({ errorCode: ErrorCode.LEADER_NOT_AVAILABLE, leaderId: -1 });
  expect(controllerId).toBe(3);
  await node(broker, 2).start();
  expect(partition(broker).leader).toBe(-1);
  await node(broker, 1).start();
  expect(partition(broker)).toMatchObject({ leader: 1, isr: [1, 2] });
  expect(partition(broker).elr).toBeUndefined();
  expect((await produce(node(broker, 1))).errorCode).toBe(0);
});

it('elects whoever runs where an unclean election is asked for, and the preferred leader on demand', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1, 2]);
  await node(broker, 2).stop();
  await node(broker, 1).stop();
  await node(broker, 2).start();
  const client = await connect(node(broker, 3));
  const elect = async (electionType: number) => {
    const topicPartitions = [{ topic: 't', partitions: [0] }];
    const answer = await client.request(ElectLeaders, 2, { electionType, topicPartitions, timeoutMs: 1000 });
    return answer.replicaElectionResults[0]!.partitionResult[0]!.errorCode;
  };
  expect(await elect(0)).toBe(ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE);
  expect(partition(broker)).toMatchObject({ leader: -1, elr: [1], lastKnownElr: [1] });
  expect(await elect(1)).toBe(0);
  expect(partition(broker)).toMatchObject({ leader: 2, isr: [2] });
  expect(await elect(1)).toBe(ErrorCode.ELECTION_NOT_NEEDED);
  await node(broker, 1).start();
  expect(partition(broker)).toMatchObject({ leader: 2, isr: [1, 2] });
  expect(await elect(0)).toBe(0);
  expect(partition(broker).leader).toBe(1);
  const all = await client.request(ElectLeaders, 2, { electionType: 0, topicPartitions: null, timeoutMs: 1000 });
  expect(all.replicaElectionResults).toEqual([{ topic: 't', partitionResult: [] }]);
});

it('has nobody to elect where all replicas are stopped', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  await create(broker, [2]);
  await node(broker, 2).stop();
  const client = await connect(node(broker, 1));
  const request = { electionType: 1, topicPartitions: [{ topic: 't', partitions: [0] }], timeoutMs: 1000 };
  const { replicaElectionResults } = await client.request(ElectLeaders, 2, request);
  expect(replicaElectionResults[0]!.partitionResult[0]!.errorCode).toBe(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE);
});

it('gives leadership back by itself after leader.imbalance.check.interval.seconds', async () => {
  const clock = new ManualClock();
  const broker = await startTestBroker({ brokers: 2, clock });
  await create(broker, [1, 2]);
  await node(broker, 1).stop();
  await node(broker, 1).start();
  expect(partition(broker).leader).toBe(2);
  clock.advance(300_000);
  expect(partition(broker).leader).toBe(1);
});

it('refuses acks=all where fewer replicas than min.insync.replicas are in sync', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1, 2, 3], { 'min.insync.replicas': '2' });
  await node(broker, 2).stop();
  expect((await produce(node(broker, 1))).errorCode).toBe(0);
  await node(broker, 3).stop();
  expect((await produce(node(broker, 1))).errorCode).toBe(ErrorCode.NOT_ENOUGH_REPLICAS);
  expect((await produce(node(broker, 1), 1)).errorCode).toBe(0);
  await node(broker, 3).start();
  expect((await produce(node(broker, 1))).errorCode).toBe(0);
});

it('moves partitions to other brokers, and waits for those that do not run', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1, 2]);
  const client = await connect(node(broker, 1));
  const reassign = async (replicas: number[] | null) => {
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, replicas }] }];
    const answer = await client.request(AlterPartitionReassignments, 1, { timeoutMs: 1000, topics });
    return answer.responses[0]!.partitions[0]!.errorCode;
  };
  const list = async () => (await client.request(ListPartitionReassignments, 0, { topics: null })).topics;
  expect(await reassign([3, 2])).toBe(0);
  expect(partition(broker)).toMatchObject({ replicas: [3, 2], leader: 3, isr: [2, 3] });
  const { directoryIds } = broker.services.metadata.brokers.get(1)!;
  expect(partition(broker).directories).toEqual([directoryIds[0], directoryIds[0]]);
  expect(await list()).toEqual([]);
  await node(broker, 3).stop();
  expect(await reassign([1, 3])).toBe(0);
  await node(broker, 2).stop();
  await node(broker, 2).start();
  expect(await reassign([3, 1])).toBe(0);
  expect(partition(broker)).toMatchObject({ leader: 1 });
  await node(broker, 3).start();
  expect(await list()).toEqual([]);
  expect([...partition(broker).replicas].sort()).toEqual([1, 3]);
});

it('shows a reassignment that waits for a broker, and ends it on demand', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await create(broker, [1]);
  await node(broker, 3).stop();
  const client = await connect(node(broker, 1));
  const ask = (replicas: number[] | null) =>
    client.request(AlterPartitionReassignments, 1, {
      timeoutMs: 1000,
      topics: [{ name: 't', partitions: [{ partitionIndex: 0, replicas }] }],
    });
  await ask([3]);
  const { topics } = await client.request(ListPartitionReassignments, 0, { topics: null });
  expect(topics).toEqual([
    { name: 't', partitions: [{ partitionIndex: 0, replicas: [3, 1], addingReplicas: [3], removingReplicas: [1] }] },
  ]);
  expect(partition(broker)).toMatchObject({ leader: 1, isr: [1] });
  expect((await ask(null)).responses[0]!.partitions[0]!.errorCode).toBe(0);
  expect(partition(broker)).toMatchObject({ replicas: [1], isr: [1], leader: 1 });
  expect(partition(broker).adding).toBeUndefined();
  const again = await ask(null);
  expect(again.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS);
});

it('shows stopped brokers as fenced on demand, moves the controller, keeps the voters', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  const before = broker.services.metadata.leaderEpoch;
  await node(broker, 1).stop();
  const client = await connect(node(broker, 2));
  const { brokers, controllerId } = await client.request(DescribeCluster, 2, {
    endpointType: 1,
    includeClusterAuthorizedOperations: false,
    includeFencedBrokers: true,
  });
  expect(controllerId).toBe(2);
  expect(brokers.map(({ brokerId, isFenced, port }) => [brokerId, isFenced, port])).toEqual([
    [2, false, node(broker, 2).port],
    [3, false, node(broker, 3).port],
    [1, true, node(broker, 1).port],
  ]);
  const asked = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
  const quorum = (await client.request(DescribeQuorum, 2, asked)).topics[0]!.partitions[0]!;
  expect(quorum).toMatchObject({ leaderId: 2, leaderEpoch: before + 1 });
  const [first, second] = quorum.currentVoters;
  expect(quorum.currentVoters.map(({ replicaId }) => replicaId)).toEqual([1, 2, 3]);
  expect(first!.logEndOffset).toBeLessThan(second!.logEndOffset);
});

it('shows in the log directories of each broker what it has replicas of', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  await create(broker, [1], {}, 'one');
  await create(broker, [1, 2], {}, 'both');
  const shown = async (id: number) => {
    const { results } = await (await connect(node(broker, id))).request(DescribeLogDirs, 4, { topics: null });
    return results[0]!.topics.map(({ name }) => name).sort();
  };
  expect(await shown(1)).toEqual(['both', 'one']);
  expect(await shown(2)).toEqual(['both']);
});
