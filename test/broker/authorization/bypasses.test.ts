// More ways around the permissions that are none: sessions of others, cursors, lists of all, creation on the way.
import { expect, test } from 'vitest';
import { PatternType } from '../../../src/broker/security/acl.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DescribeTopicPartitions } from '../../../src/protocol/messages/describe-topic-partitions.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { ListGroups } from '../../../src/protocol/messages/list-groups.ts';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.ts';
import { ListTransactions } from '../../../src/protocol/messages/list-transactions.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { OffsetForLeaderEpoch } from '../../../src/protocol/messages/offset-for-leader-epoch.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { ShareFetch } from '../../../src/protocol/messages/share-fetch.ts';
import { ShareGroupHeartbeat } from '../../../src/protocol/messages/share-group-heartbeat.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { framed } from '../../helpers/network.ts';
import { batchOf } from '../handlers/odd-batches.ts';
import { cluster, group, Op, topic } from './cases.ts';
import { twoClients } from './client.ts';
import { PROPERTIES } from './session.ts';

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const MEMBER = 'AAAAAAAAAAAAAAAAAAAAAQ';
const { TOPIC_AUTHORIZATION_FAILED } = ErrorCode;

async function world(settings: Record<string, string> = {}) {
  const overrides = new Map([...PROPERTIES, ...Object.entries(settings)]);
  return twoClients(await startTestBroker({ overrides }), ['orders', 'secret']);
}

type Client = Awaited<ReturnType<typeof world>>['admin'];

const write = (client: Client, topicId: string) =>
  client.request(Produce, 13, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: '', topicId, partitionData: [{ index: 0, records: batchOf({}) }] }],
  });

const fetch = (sessionId: number, sessionEpoch: number, topicIds: readonly string[]) => ({
  ...{ maxWaitMs: 0, minBytes: 0, sessionId, sessionEpoch, forgottenTopicsData: [] },
  topics: topicIds.map((topicId) => ({
    topicId,
    partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000, replicaDirectoryId: ZERO }],
  })),
});

test("another's fetch session gives none of its records", async () => {
  const { admin, other, ids } = await world();
  const id = ids.get('secret')!;
  await write(admin, id);
  const mine = await admin.request(Fetch, 13, fetch(0, 0, [id]));
  expect(mine.responses[0]?.partitions[0]?.records?.length).toBeGreaterThan(0);
  await write(admin, id);
  const stolen = await other.request(Fetch, 13, fetch(mine.sessionId, 1, []));
  for (const { partitions } of stolen.responses)
    for (const answer of partitions)
      expect([answer.errorCode, answer.records?.length ?? 0]).toEqual([TOPIC_AUTHORIZATION_FAILED, 0]);
});

test('a share session gives no records when the permission is taken back, nor to another member', async () => {
  const { admin, other, ids, grant, revoke } = await world();
  const topicId = ids.get('orders')!;
  await write(admin, topicId);
  await grant(group(Op.READ, 'share'), topic(Op.READ, 'orders'));
  const beat = { groupId: 'share', memberId: MEMBER, memberEpoch: 0, subscribedTopicNames: ['orders'] };
  expect((await other.request(ShareGroupHeartbeat, 1, beat)).errorCode).toBe(0);
  const ask = (client: Client, shareSessionEpoch: number, topics: object[], groupId = 'share') =>
    client.request(ShareFetch, 1, {
      ...{ groupId, memberId: MEMBER, shareSessionEpoch, maxWaitMs: 0, minBytes: 0, maxBytes: 1000, maxRecords: 10 },
      ...{ batchSize: 10, topics: topics as [], forgottenTopicsData: [] },
    });
  const partitions = [{ partitionIndex: 0, acknowledgementBatches: [] }];
  expect((await ask(other, 0, [{ topicId, partitions }])).errorCode).toBe(0);
  await revoke();
  expect((await ask(other, 1, [])).errorCode).toBe(ErrorCode.GROUP_AUTHORIZATION_FAILED);
  await grant(group(Op.READ, 'share'));
  await write(admin, topicId);
  const answer = await ask(other, 1, []);
  for (const { partitions: answers } of answer.responses)
    for (const { errorCode, records } of answers)
      expect([errorCode, records?.length ?? 0]).toEqual([TOPIC_AUTHORIZATION_FAILED, 0]);
});

test('a cursor points at no topic that may not be seen, and asking for all names none', async () => {
  const { other, grant } = await world();
  await grant(topic(Op.DESCRIBE, 'orders'));
  const told = async (cursor: object | null, names: string[]) =>
    JSON.stringify(
      await other.request(DescribeTopicPartitions, 0, {
        topics: names.map((name) => ({ name })),
        responsePartitionLimit: 1,
        cursor: cursor as null,
      }),
    );
  for (const cursor of [null, { topicName: 'a', partitionIndex: 0 }, { topicName: 'secret', partitionIndex: 0 }])
    expect(await told(cursor, [])).not.toContain('secret');
  const answer = await other.request(DescribeTopicPartitions, 0, {
    topics: [{ name: 'secret' }, { name: 'nothing' }],
    responsePartitionLimit: 10,
    cursor: { topicName: 'secret', partitionIndex: 0 },
  });
  // A topic that may not be seen and one that is not there look the same.
  const shown = answer.topics.map(({ errorCode, topicId, partitions }) => ({ errorCode, topicId, partitions }));
  expect(shown).toEqual(shown.map(() => ({ errorCode: TOPIC_AUTHORIZATION_FAILED, topicId: ZERO, partitions: [] })));
});

test('all offsets of a group are those of topics that may be seen', async () => {
  const { admin, other, grant } = await world();
  const partitions = [{ partitionIndex: 0, committedOffset: 3, committedMetadata: 'm' }];
  const topics = ['orders', 'secret'].map((name) => ({ name, partitions }));
  const committed = await admin.request(OffsetCommit, 8, { groupId: 'g', memberId: '', topics });
  expect(committed.topics.map(({ partitions: [answer] }) => answer?.errorCode)).toEqual([0, 0]);
  await grant(group(Op.DESCRIBE, 'g'), topic(Op.DESCRIBE, 'orders'));
  for (const version of [8, 9]) {
    const all = await other.request(OffsetFetch, version, { groups: [{ groupId: 'g', topics: null }] });
    expect(all.groups[0]?.topics.map(({ name }) => name)).toEqual(['orders']);
  }
  const old = await other.request(OffsetFetch, 7, { groupId: 'g', topics: null });
  expect(old.topics.map(({ name }) => name)).toEqual(['orders']);
  const named = await other.request(OffsetFetch, 8, {
    groups: [{ groupId: 'g', topics: [{ name: 'secret', partitionIndexes: [0] }] }],
  });
  expect(named.groups[0]?.topics[0]?.partitions).toMatchObject([
    { committedOffset: -1, metadata: '', errorCode: TOPIC_AUTHORIZATION_FAILED },
  ]);
});

test('offsets and epochs of a log are not told', async () => {
  const { admin, other, ids } = await world();
  await write(admin, ids.get('secret')!);
  for (const timestamp of [-1, -2, -3, -4, -5, 0]) {
    const asked = { replicaId: -1, topics: [{ name: 'secret', partitions: [{ partitionIndex: 0, timestamp }] }] };
    const { topics } = await other.request(ListOffsets, 10, asked);
    expect(topics[0]?.partitions).toMatchObject([{ errorCode: TOPIC_AUTHORIZATION_FAILED, offset: -1, timestamp: -1 }]);
  }
  const epochs = { topic: 'secret', partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] };
  const answer = await other.request(OffsetForLeaderEpoch, 4, { replicaId: -1, topics: [epochs] });
  expect(answer.topics[0]?.partitions).toMatchObject([{ errorCode: TOPIC_AUTHORIZATION_FAILED, endOffset: -1 }]);
});

test('asking for a topic creates it only for who may create it', async () => {
  const { admin, other, grant } = await world({ 'controller.quorum.append.linger.ms': '0' });
  const ask = async (name: string) => {
    const asked = { topics: [{ name }], allowAutoTopicCreation: true };
    return (await other.request(Metadata, 9, asked)).topics[0]?.errorCode;
  };
  const exists = async (name: string) => {
    const { topics } = await admin.request(Metadata, 9, { topics: [{ name }], allowAutoTopicCreation: false });
    return topics[0]?.errorCode === 0;
  };
  expect(await ask('mine-1')).toBe(TOPIC_AUTHORIZATION_FAILED);
  await grant(topic(Op.DESCRIBE, 'mine', PatternType.PREFIXED));
  expect(await ask('mine-2')).toBe(TOPIC_AUTHORIZATION_FAILED);
  expect([await exists('mine-1'), await exists('mine-2')]).toEqual([false, false]);
  await grant(cluster(Op.CREATE));
  await ask('mine-3');
  expect(await exists('mine-3')).toBe(true);
});

test('lists of groups and transactions are those that may be seen', async () => {
  const { admin, other, grant } = await world();
  const partitions = [{ partitionIndex: 0, committedOffset: 3, committedMetadata: null }];
  for (const groupId of ['mine', 'theirs'])
    await admin.request(OffsetCommit, 8, { groupId, memberId: '', topics: [{ name: 'orders', partitions }] });
  await grant(group(Op.DESCRIBE, 'mine'));
  const { groups } = await other.request(ListGroups, 4, { statesFilter: [] });
  expect(groups.map(({ groupId }) => groupId)).toEqual(['mine']);
  const { transactionStates } = await other.request(ListTransactions, 1, {
    stateFilters: [],
    producerIdFilters: [],
    durationFilter: -1,
  });
  expect(transactionStates).toEqual([]);
});

test.each([
  ['Vote', 52],
  ['BeginQuorumEpoch', 53],
  ['EndQuorumEpoch', 54],
  ['AlterPartition', 56],
  ['Envelope', 58],
  ['FetchSnapshot', 59],
  ['BrokerRegistration', 62],
  ['BrokerHeartbeat', 63],
  ['AllocateProducerIds', 67],
  ['ControllerRegistration', 70],
  ['AssignReplicasToDirs', 73],
  ['UpdateRaftVoter', 82],
])('%s is not there for clients', async (_, key) => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  const header = Buffer.alloc(12);
  header.writeInt16BE(key);
  client.send(framed(header));
  await client.closed;
});
