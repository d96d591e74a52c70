// Names of others in one's own requests: member ids, groups, owners of tokens. None of them opens anything.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AlterConfigs } from '../../../src/protocol/messages/alter-configs.ts';
import { CreateDelegationToken } from '../../../src/protocol/messages/create-delegation-token.ts';
import { CreatePartitions } from '../../../src/protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { DescribeLogDirs } from '../../../src/protocol/messages/describe-log-dirs.ts';
import { DescribeUserScramCredentials } from '../../../src/protocol/messages/describe-user-scram-credentials.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { LeaveGroup } from '../../../src/protocol/messages/leave-group.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { SyncGroup } from '../../../src/protocol/messages/sync-group.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { plainLogin, startSaslBroker } from '../../helpers/sasl.ts';
import { cluster, group, Op, topic } from './cases.ts';
import { twoClients } from './client.ts';
import { PROPERTIES } from './session.ts';

const world = async () => twoClients(await startTestBroker({ overrides: PROPERTIES }), ['orders', 'secret']);
const { GROUP_AUTHORIZATION_FAILED, TOPIC_AUTHORIZATION_FAILED, UNKNOWN_MEMBER_ID } = ErrorCode;

const joining = (groupId: string, memberId: string) => ({
  ...{ groupId, memberId, sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000, protocolType: 'consumer' },
  protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
});

test("another's member id takes nothing from it, in its group or in one's own", async () => {
  const { admin, other, grant } = await world();
  const { memberId } = await admin.request(JoinGroup, 3, joining('theirs', ''));
  const assignments = [{ memberId, assignment: Buffer.from('mine') }];
  const sync = { generationId: 1, memberId, assignments };
  expect((await admin.request(SyncGroup, 3, { groupId: 'theirs', ...sync })).errorCode).toBe(0);

  await grant(group(Op.READ, 'mine'), group(Op.DESCRIBE, 'theirs'));
  for (const [groupId, errorCode] of [
    ['theirs', GROUP_AUTHORIZATION_FAILED],
    ['mine', UNKNOWN_MEMBER_ID],
  ] as const) {
    expect(await other.request(JoinGroup, 3, joining(groupId, memberId))).toMatchObject({ errorCode, members: [] });
    const synced = await other.request(SyncGroup, 3, { groupId, ...sync, assignments: [] });
    expect([synced.errorCode, synced.assignment.length]).toEqual([errorCode, 0]);
    const mine = { groupId, generationId: 1, memberId };
    expect((await other.request(Heartbeat, 3, mine)).errorCode).toBe(errorCode);
    const { errorCode: left, members } = await other.request(LeaveGroup, 4, { groupId, members: [{ memberId }] });
    expect(left || members[0]?.errorCode).toBe(errorCode);
    const partitions = [{ partitionIndex: 0, committedOffset: 7, committedMetadata: null }];
    const commit = { groupId, memberId, generationIdOrMemberEpoch: 1, topics: [{ name: 'orders', partitions }] };
    await other.request(OffsetCommit, 8, commit);
  }
  const still = { groupId: 'theirs', generationId: 1, memberId };
  expect((await admin.request(Heartbeat, 3, still)).errorCode).toBe(0);
  const { groups } = await admin.request(OffsetFetch, 8, { groups: [{ groupId: 'theirs', topics: null }] });
  expect(groups[0]?.topics).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6, 7])('OffsetFetch v%i tells no offset of what may not be seen', async (version) => {
  const { admin, other, grant } = await world();
  const partitions = [{ partitionIndex: 0, committedOffset: 3, committedMetadata: 'm' }];
  const topics = ['orders', 'secret'].map((name) => ({ name, partitions }));
  await admin.request(OffsetCommit, 8, { groupId: 'g', memberId: '', topics });
  const named = ['orders', 'secret'].map((name) => ({ name, partitionIndexes: [0] }));
  const ask = (wanted: typeof named | null) => other.request(OffsetFetch, version, { groupId: 'g', topics: wanted });

  await grant(topic(Op.DESCRIBE, 'orders'), topic(Op.DESCRIBE, 'secret'));
  const refused = await ask(named);
  const codes = refused.topics.flatMap((each) => each.partitions.map(({ errorCode }) => errorCode));
  expect(version < 2 ? codes : [refused.errorCode]).toContain(GROUP_AUTHORIZATION_FAILED);
  for (const each of refused.topics)
    for (const { committedOffset } of each.partitions) expect(committedOffset).toBe(-1);
});

test.each([1, 2, 3, 4, 5, 6, 7])('OffsetFetch v%i of a group tells the topics that may be seen', async (version) => {
  const { admin, other, grant } = await world();
  const partitions = [{ partitionIndex: 0, committedOffset: 3, committedMetadata: 'm' }];
  const topics = ['orders', 'secret'].map((name) => ({ name, partitions }));
  await admin.request(OffsetCommit, 8, { groupId: 'g', memberId: '', topics });
  await grant(group(Op.DESCRIBE, 'g'), topic(Op.DESCRIBE, 'orders'));
  const named = ['orders', 'secret', 'nothing'].map((name) => ({ name, partitionIndexes: [0] }));
  const told = await other.request(OffsetFetch, version, { groupId: 'g', topics: named });
  const answers = told.topics.map(({ name, partitions: [answer] }) => [
    name,
    answer?.committedOffset,
    answer?.errorCode,
  ]);
  expect(answers).toEqual([
    ['orders', 3, 0],
    ['secret', -1, TOPIC_AUTHORIZATION_FAILED],
    ['nothing', -1, TOPIC_AUTHORIZATION_FAILED],
  ]);
  if (version < 2) return;
  const all = await other.request(OffsetFetch, version, { groupId: 'g', topics: null });
  expect(all.topics.map(({ name }) => name)).toEqual(['orders']);
});

test('directories of logs, and what lies in them, are told to who may look at the cluster alone', async () => {
  const { other, grant } = await world();
  await grant(topic(Op.ALL, '*'), cluster(Op.ALTER_CONFIGS));
  const wanted = [null, [], [{ topic: 'orders', partitions: [0] }]];
  for (const topics of wanted)
    for (const version of [1, 2, 3, 4]) {
      const { results } = await other.request(DescribeLogDirs, version, { topics });
      expect(results).toEqual([]);
    }
  await grant(cluster(Op.DESCRIBE));
  expect((await other.request(DescribeLogDirs, 4, { topics: null })).results).toHaveLength(1);
});

test('a token for somebody else is made only for who may, however its owner is written', async () => {
  const { port } = await startSaslBroker({
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:bob',
  });
  const { client } = await plainLogin(port, 'alice', 'alice-secret');
  const create = (ownerPrincipalType: string | null, ownerPrincipalName: string | null) =>
    client.request(CreateDelegationToken, 3, {
      ownerPrincipalType,
      ownerPrincipalName,
      renewers: [],
      maxLifetimeMs: -1,
    });
  for (const [type, name] of [
    ['User', 'bob'],
    ['user', 'bob'],
    ['', 'bob'],
    [null, 'bob'],
    ['Group', 'bob'],
    ['User:alice', 'bob'],
    ['User', 'alice:bob'],
    ['__proto__', 'bob'],
  ] as const) {
    const { errorCode, tokenId, hmac } = await create(type, name);
    expect([type, errorCode, tokenId, hmac.length]).toEqual([
      type,
      ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED,
      '',
      0,
    ]);
  }
  for (const [type, name] of [
    ['User', 'alice'],
    [null, null],
    ['User', ''],
  ] as const)
    expect(await create(type, name)).toMatchObject({ errorCode: 0, principalType: 'User', principalName: 'alice' });
});

test('refusals have the shapes of Kafka in every version', async () => {
  const { other } = await world();
  const protocols: (string | null)[] = [];
  for (const version of [6, 7, 9])
    protocols.push((await other.request(JoinGroup, version, joining('g', ''))).protocolName);
  expect(protocols).toEqual(['', null, null]);
  const upgrade = [{ feature: 'group.version', maxVersionLevel: 1, upgradeType: 1 }];
  for (const version of [0, 1, 2]) {
    const asked = { timeoutMs: 1000, featureUpdates: upgrade, validateOnly: true };
    const { errorCode, results } = await other.request(UpdateFeatures, version, asked);
    expect([errorCode, results]).toEqual([ErrorCode.CLUSTER_AUTHORIZATION_FAILED, []]);
  }
  const { results } = await other.request(DescribeUserScramCredentials, 0, { users: [{ name: 'x' }] });
  expect(results).toMatchObject([{ user: '', errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }]);
  const partitions = [
    { partition: 0, fetchOffset: 0, partitionMaxBytes: 1, replicaDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA' },
  ];
  for (const version of [4, 12]) {
    const asked = { maxWaitMs: 0, minBytes: 1, topics: [{ topic: 'orders', partitions }], forgottenTopicsData: [] };
    const { responses } = await other.request(Fetch, version, asked);
    expect(responses[0]?.partitions).toMatchObject([
      { errorCode: TOPIC_AUTHORIZATION_FAILED, abortedTransactions: [] },
    ]);
  }
  const share = await other.request(FindCoordinator, 3, { key: 'bad', keyType: 2, coordinatorKeys: [] });
  expect(share.errorMessage).toMatch(/^This most likely occurs because of a request being malformed/);
});

test('what is named twice, or in two ways, is checked all the same', async () => {
  const { admin, other, ids, grant } = await world();
  await grant(topic(Op.ALL, 'orders'));
  const before = JSON.stringify(await state());
  const secret = ids.get('secret')!;
  const fresh = { numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  for (const names of [['new', 'new'], ['new', 'new', 'orders'], ['__cluster_metadata'], ['__cluster_metadata', 'new']])
    await other.request(CreateTopics, 7, { topics: names.map((name) => ({ name, ...fresh })), timeoutMs: 1000 });
  const grown = { name: 'secret', count: 3, assignments: null };
  await other.request(CreatePartitions, 3, { topics: [grown, grown], timeoutMs: 1000, validateOnly: false });
  const none = 'AAAAAAAAAAAAAAAAAAAAAA';
  const [byName, byId, both] = [
    { name: 'secret', topicId: none },
    { name: null, topicId: secret },
    { name: 'secret', topicId: secret },
  ];
  for (const topics of [[byName, byName], [byId, byId], [byName, byId], [both], [both, byName], [byId, both, byId]])
    await other.request(DeleteTopics, 6, { topics, timeoutMs: 1000 });
  await other.request(DeleteTopics, 5, { topicNames: ['secret', 'secret'], timeoutMs: 1000 });
  const configs = [{ name: 'retention.ms', configOperation: 0, value: '1' }];
  const altered = { resourceType: 2, resourceName: 'secret', configs };
  const cluster = { resourceType: 4, resourceName: '', configs: [{ ...configs[0]!, name: 'log.retention.ms' }] };
  for (const resources of [
    [altered, altered],
    [cluster, cluster],
    [{ ...cluster, resourceName: '1' }, cluster],
  ])
    await other.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
  await other.request(AlterConfigs, 2, { resources: [altered, altered], validateOnly: false });
  expect(JSON.stringify(await state())).toBe(before);

  async function state() {
    const resources = [
      { resourceType: 2, resourceName: 'secret', configurationKeys: ['retention.ms'] },
      { resourceType: 4, resourceName: '1', configurationKeys: ['log.retention.ms'] },
    ];
    return [
      await admin.request(Metadata, 12, { topics: null, allowAutoTopicCreation: false }),
      await admin.request(DescribeConfigs, 4, { resources, includeSynonyms: false, includeDocumentation: false }),
    ];
  }
});
