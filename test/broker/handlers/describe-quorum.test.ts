import { expect, it } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DescribeQuorum } from '../../../src/protocol/messages/describe-quorum.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const asked = (topicName: string, partitionIndex: number) => ({
  topics: [{ topicName, partitions: [{ partitionIndex }] }],
});

it.each([0, 1, 2])('describes the quorum of one in version %i', async (version) => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const { topics, nodes, errorCode } = await client.request(DescribeQuorum, version, asked('__cluster_metadata', 0));
  const end = broker.services.metadata.lastOffset + 1;
  expect(errorCode).toBe(0);
  const { currentVoters, ...partition } = topics[0]!.partitions[0]!;
  expect(partition).toMatchObject({ errorCode: 0, leaderId: 1, leaderEpoch: 1, highWatermark: end, observers: [] });
  expect(currentVoters).toMatchObject([{ replicaId: 1, logEndOffset: end }]);
  expect(currentVoters[0]!.lastCaughtUpTimestamp > 0).toBe(version > 0);
  expect(nodes).toHaveLength(version < 2 ? 0 : 1);
});

it.each([
  ['__cluster_metadata', 1],
  ['other', 0],
])('knows no quorum of %s-%i', async (topic, partition) => {
  const client = await connect(await startTestBroker());
  const { topics, nodes } = await client.request(DescribeQuorum, 2, asked(topic, partition));
  expect(topics[0]!.partitions[0]).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, leaderId: 0 });
  expect(nodes).toEqual([]);
});
