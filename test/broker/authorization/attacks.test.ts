// Ways around the permissions that are none.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from '../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { batchOf } from '../handlers/odd-batches.ts';
import { group, Op, topic, txn } from './cases.ts';
import { twoClients } from './client.ts';
import { PROPERTIES } from './session.ts';

const { TOPIC_AUTHORIZATION_FAILED } = ErrorCode;
const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const MEMBER = 'AAAAAAAAAAAAAAAAAAAAAQ';

const produce = (topicId: string, acks = -1) => ({
  acks,
  timeoutMs: 1000,
  topicData: [{ name: '', topicId, partitionData: [{ index: 0, records: batchOf({}) }] }],
});

const partition = { partition: 0, fetchOffset: 0, partitionMaxBytes: 1000, replicaDirectoryId: ZERO };
const fetch = (sessionId: number, sessionEpoch: number, topicIds: readonly string[]) => ({
  ...{ maxWaitMs: 0, minBytes: 0, sessionId, sessionEpoch, forgottenTopicsData: [] },
  topics: topicIds.map((topicId) => ({ topic: '', topicId, partitions: [partition] })),
});

const start = (overrides: readonly [string, string][] = []) =>
  startTestBroker({ overrides: new Map([...PROPERTIES, ...overrides]) });

test('a fetch session ends no permission check: what is taken back is refused with the next fetch', async () => {
  const { admin, other, ids, grant, revoke } = await twoClients(await start(), ['orders']);
  const id = ids.get('orders')!;
  await admin.request(Produce, 13, produce(id));
  await grant(topic(Op.READ, 'orders'));
  const opened = await other.request(Fetch, 13, fetch(0, 0, [id]));
  expect(opened.responses[0]?.partitions[0]?.errorCode).toBe(0);
  expect(opened.responses[0]?.partitions[0]?.records?.length).toBeGreaterThan(0);
  await revoke();
  const refused = await other.request(Fetch, 13, fetch(opened.sessionId, 1, []));
  const [answer] = refused.responses.flatMap(({ partitions }) => partitions);
  expect(answer).toMatchObject({ errorCode: TOPIC_AUTHORIZATION_FAILED, highWatermark: -1 });
  expect(answer?.records?.length ?? 0).toBe(0);
  await grant(topic(Op.READ, 'orders'));
  const again = await other.request(Fetch, 13, fetch(opened.sessionId, 2, []));
  expect(again.responses[0]?.partitions[0]?.errorCode).toBe(0);
});

test('a topic id opens nothing: not by produce, fetch, metadata or commit', async () => {
  const { admin, other, ids, grant } = await twoClients(await start(), ['orders', 'secret']);
  const secret = ids.get('secret')!;
  await grant(topic(Op.ALL, 'orders'), group(Op.READ, 'g'));
  const written = await other.request(Produce, 13, produce(secret));
  expect(written.responses[0]?.partitionResponses[0]?.errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
  const read = await other.request(Fetch, 13, fetch(0, -1, [secret]));
  expect(read.responses[0]?.partitions[0]?.errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
  const asked = { topics: [{ name: null, topicId: secret }], allowAutoTopicCreation: false };
  const told = await other.request(Metadata, 12, { ...asked, includeTopicAuthorizedOperations: false });
  expect(told.topics).toMatchObject([{ errorCode: TOPIC_AUTHORIZATION_FAILED, name: null, partitions: [] }]);
  const offsets = [{ partitionIndex: 0, committedOffset: 0, committedMetadata: null }];
  const topics = [{ name: '', topicId: secret, partitions: offsets }];
  const committed = await other.request(OffsetCommit, 10, { groupId: 'g', memberId: '', topics });
  expect(committed.topics[0]?.partitions[0]?.errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
  const after = await admin.request(Fetch, 13, fetch(0, -1, [secret]));
  expect(after.responses[0]?.partitions[0]?.highWatermark).toBe(0);
});

test('a forbidden produce without acks ends the connection, and nothing is written', async () => {
  const { admin, other, ids, grant } = await twoClients(await start(), ['orders', 'secret']);
  await grant(topic(Op.WRITE, 'orders'));
  const refused = other.request(Produce, 13, produce(ids.get('secret')!, 0));
  await expect(refused).rejects.toThrow('closed');
  const after = await admin.request(Fetch, 13, fetch(0, -1, [ids.get('secret')!]));
  expect(after.responses[0]?.partitions[0]?.highWatermark).toBe(0);
});

test("another's transactional id cannot be taken over, ended or written with", async () => {
  const { admin, other, ids, grant } = await twoClients(await start(), ['orders']);
  await grant(topic(Op.ALL, 'orders'), txn(Op.DESCRIBE, 'payments'), txn(Op.WRITE, 'mine'));
  const init = { transactionalId: 'payments', transactionTimeoutMs: 10_000 };
  const owner = await admin.request(InitProducerId, 4, init);
  const denied = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
  expect(await other.request(InitProducerId, 4, init)).toMatchObject({ errorCode: denied, producerId: -1 });
  const end = { transactionalId: 'payments', producerId: owner.producerId, producerEpoch: 0, committed: true };
  expect((await other.request(EndTxn, 3, end)).errorCode).toBe(denied);
  const records = batchOf({ attributes: 0x10, producerId: owner.producerId, producerEpoch: 0, sequence: 0 });
  const body = produce(ids.get('orders')!);
  body.topicData[0]!.partitionData[0]!.records = records;
  const written = await other.request(Produce, 13, { ...body, transactionalId: 'payments' });
  expect(written.responses[0]?.partitionResponses[0]?.errorCode).toBe(denied);
  const disguised = await other.request(Produce, 13, { ...body, transactionalId: 'mine' });
  expect(disguised.responses[0]?.partitionResponses[0]?.errorCode).not.toBe(0);
});

test('a description of a group tells no topic that may not be seen', async () => {
  const { admin, other, grant } = await twoClients(await start(), ['orders', 'secret']);
  const joining = { groupId: 'modern', memberId: MEMBER, memberEpoch: 0, rebalanceTimeoutMs: 10_000 };
  const joined = { ...joining, subscribedTopicNames: ['secret'], topicPartitions: [] };
  expect((await admin.request(ConsumerGroupHeartbeat, 1, joined)).errorCode).toBe(0);
  await grant(group(Op.DESCRIBE, 'modern'), topic(Op.DESCRIBE, 'orders'));
  const asked = { groupIds: ['modern'], includeAuthorizedOperations: false };
  const { groups } = await other.request(ConsumerGroupDescribe, 1, asked);
  expect(groups).toMatchObject([{ errorCode: TOPIC_AUTHORIZATION_FAILED, members: [] }]);
  expect(JSON.stringify(groups)).not.toContain('secret');
});

/** Each heartbeat assigns at once. */
const AT_ONCE: [string, string][] = [['group.consumer.assignment.interval.ms', '0']];

test('a regular expression subscribes to what its member may see, also when others leave', async () => {
  const { admin, other, ids, grant } = await twoClients(await start(AT_ONCE), ['orders', 'secret']);
  await grant(group(Op.READ, 'modern'), topic(Op.DESCRIBE, 'orders'));
  const joining = { groupId: 'modern', memberEpoch: 0, rebalanceTimeoutMs: 10_000, topicPartitions: [] };
  const mine = await other.request(ConsumerGroupHeartbeat, 1, {
    ...joining,
    memberId: MEMBER,
    subscribedTopicRegex: '.*',
  });
  const assigned = mine.assignment?.topicPartitions.map(({ topicId }) => topicId);
  expect(assigned).toEqual([ids.get('orders')]);
  const second = { ...joining, memberId: 'AAAAAAAAAAAAAAAAAAAAAg', subscribedTopicNames: ['orders'] };
  expect((await admin.request(ConsumerGroupHeartbeat, 1, second)).errorCode).toBe(0);
  await admin.request(ConsumerGroupHeartbeat, 1, { ...second, memberEpoch: -1 });
  const asked = { groupIds: ['modern'], includeAuthorizedOperations: false };
  const { groups } = await admin.request(ConsumerGroupDescribe, 1, asked);
  expect(JSON.stringify(groups)).not.toContain('secret');
});

test('whoever joins with names widens no regular expression of others', async () => {
  const { admin, other, ids, grant, revoke } = await twoClients(await start(AT_ONCE), ['orders', 'secret']);
  await grant(group(Op.READ, 'modern'), topic(Op.DESCRIBE, 'orders'));
  const joining = { groupId: 'modern', memberEpoch: 0, rebalanceTimeoutMs: 10_000, topicPartitions: [] };
  const regex = { ...joining, memberId: MEMBER, subscribedTopicRegex: '.*' };
  let { memberEpoch } = await other.request(ConsumerGroupHeartbeat, 1, regex);
  const second = { ...joining, memberId: 'AAAAAAAAAAAAAAAAAAAAAg', subscribedTopicNames: ['nothing'] };
  expect((await admin.request(ConsumerGroupHeartbeat, 1, second)).errorCode).toBe(0);
  const asked = { groupIds: ['modern'], includeAuthorizedOperations: false };
  const { groups } = await admin.request(ConsumerGroupDescribe, 1, asked);
  expect(groups[0]).toMatchObject({ groupEpoch: 3, assignmentEpoch: 3 });
  expect(JSON.stringify(groups)).not.toContain('secret');

  const beat = async () => {
    const still = { groupId: 'modern', memberId: MEMBER, memberEpoch, rebalanceTimeoutMs: -1, topicPartitions: null };
    const answer = await other.request(ConsumerGroupHeartbeat, 1, still);
    memberEpoch = answer.memberEpoch;
    return answer.assignment?.topicPartitions.map(({ topicId }) => topicId);
  };
  await beat();
  await grant(topic(Op.DESCRIBE, 'secret'));
  expect((await beat())?.sort()).toEqual([...ids.values()].sort());
  await revoke();
  await grant(group(Op.READ, 'modern'), topic(Op.DESCRIBE, 'orders'));
  expect(await beat()).toEqual([ids.get('orders')]);
});

test('a denial wins over a permission, and each refusal leaves a line in the audit log', async () => {
  const lines: string[] = [];
  const keep = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const logger = { error: keep('ERROR'), warn: keep('WARN'), info: keep('INFO'), debug: keep('DEBUG') };
  const broker = await startTestBroker({ overrides: PROPERTIES, logger });
  const { other, ids, grant, deny } = await twoClients(broker, ['orders']);
  await grant(topic(Op.ALL, '*'));
  await deny(topic(Op.READ, 'or', 4));
  const read = await other.request(Fetch, 13, fetch(0, -1, [ids.get('orders')!]));
  expect(read.responses[0]?.partitions[0]?.errorCode).toBe(TOPIC_AUTHORIZATION_FAILED);
  const rule =
    'MatchingAcl(acl=StandardAcl[resourceType=TOPIC, resourceName=or, patternType=PREFIXED, principal=User:ANONYMOUS, host=127.0.0.2, operation=READ, permissionType=DENY])';
  expect(lines.filter((line) => line.includes('is Denied'))).toEqual([
    `INFO Principal = User:ANONYMOUS is Denied operation = READ from host = 127.0.0.2 on resource = Topic:LITERAL:orders for request = Fetch with resourceRefCount = 1 based on rule ${rule}`,
  ]);
});
