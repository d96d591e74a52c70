// The requests of the recorded session of odd input (test/kafka/odd-session.jsonl), in order, against a new cluster of one node
// with id 1: unknown topics and ids, epochs, negative numbers, doubled and empty lists, of the APIs of producers and consumers.
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.ts';
import { OffsetForLeaderEpoch } from '../../../src/protocol/messages/offset-for-leader-epoch.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { type AdminStep, step } from './admin-requests.ts';
import { type BatchOf, batchOf } from './odd-batches.ts';

const NO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const UNKNOWN_ID = 'AAAAAAAAAAEAAAAAAAAAAQ';

type Records = BatchOf | 'empty' | 'garbage' | 'cut';
const records = (of: Records): Buffer => {
  if (of === 'empty') return Buffer.alloc(0);
  if (of === 'garbage') return Buffer.alloc(100, 7);
  if (of === 'cut') return batchOf({}).subarray(0, 50);
  return batchOf(of);
};
const part = (of: Records = {}, index = 0) => ({ index, records: records(of) });
const produce = (name: string, partitionData: ReturnType<typeof part>[], acks = -1, version = 12): AdminStep =>
  step(Produce, version, {
    transactionalId: null,
    acks,
    timeoutMs: 5000,
    topicData: [{ name, topicId: name, partitionData }],
  });

const producing: readonly AdminStep[] = [
  produce('t', [part()]),
  produce('@t', [part()], -1, 13),
  produce('t', [part()], 1, 3),
  produce('t', [part()], 2),
  produce('t', [part()], -2),
  produce('absent', [part()]),
  produce(NO_ID, [part()], -1, 13),
  produce(UNKNOWN_ID, [part()], -1, 13),
  produce('', [part()]),
  produce('b!d', [part()]),
  produce('t', [part({}, 99)]),
  produce('t', [part({}, -1)]),
  produce('t', []),
  produce('t', [part(), part()]),
  produce('t', [part('empty')]),
  produce('t', [part('garbage')]),
  produce('t', [part('cut')]),
  ...[0, 1, 3].map((magic) => produce('t', [part({ magic })])),
  produce('t', [part({ wrongCrc: true })]),
  produce('t', [part({ count: 0 })]),
  produce('t', [part({ baseOffset: 77 })]),
  produce('t', [part({ timestamp: -1 })]),
  produce('t', [part({ timestamp: -5 })]),
  produce('t', [part({ attributes: 0x20 })]),
  produce('t', [part({ attributes: 0x10 })]),
  produce('t', [part({ producerId: 4242, producerEpoch: 0, sequence: 0 })]),
  produce('t', [part({ producerId: 4242, producerEpoch: 0, sequence: 5 })]),
  produce('t', [part({ producerId: 4242, producerEpoch: 0, sequence: 0 })]),
  produce('t', [part({ producerId: 4242, producerEpoch: 3, sequence: 7 })]),
  produce('t', [part({ producerId: 4242, producerEpoch: -1, sequence: -1 })]),
  produce('t', [part({ size: 1_100_000 })]),
  produce('compact', [part()]),
  produce('stamped', [part()]),
  step(Produce, 12, { transactionalId: null, acks: -1, timeoutMs: 5000, topicData: [] }),
  step(Produce, 12, {
    transactionalId: null,
    acks: -1,
    timeoutMs: -1,
    topicData: [
      { name: 't', partitionData: [part()] },
      { name: 't', partitionData: [part()] },
    ],
  }),
  step(Produce, 12, {
    transactionalId: 'tx',
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ name: 't', partitionData: [part()] }],
  }),
];

const at = (fetchOffset: number, more: object = {}) => ({
  partition: 0,
  fetchOffset,
  partitionMaxBytes: 100_000,
  ...more,
});
const fetch = (topic: string, partitions: ReturnType<typeof at>[], more: object = {}, version = 12): AdminStep =>
  step(Fetch, version, {
    maxWaitMs: 0,
    minBytes: 0,
    topics: [{ topic, topicId: topic, partitions }],
    forgottenTopicsData: [],
    ...more,
  });
const fetching: readonly AdminStep[] = [
  fetch('f', [at(0)]),
  fetch('f', [at(0)], {}, 4),
  fetch('@f', [at(0)], {}, 18),
  fetch(NO_ID, [at(0)], {}, 18),
  fetch(UNKNOWN_ID, [at(0)], {}, 13),
  fetch('absent', [at(0)]),
  fetch('', [at(0)]),
  fetch('f', [at(-1)]),
  fetch('f', [at(1)]),
  fetch('f', [at(0, { partition: 99 }), at(0, { partition: -1 })]),
  fetch('f', []),
  fetch('f', [at(0, { currentLeaderEpoch: 0 })]),
  fetch('f', [at(0, { currentLeaderEpoch: 9 })]),
  fetch('f', [at(0, { currentLeaderEpoch: -2 })]),
  fetch('f', [at(0, { lastFetchedEpoch: 9, currentLeaderEpoch: 0 })]),
  fetch('f', [at(0, { partitionMaxBytes: 0 })]),
  fetch('f', [at(0, { partitionMaxBytes: -1 })]),
  fetch('f', [at(0)], { maxBytes: 0 }),
  fetch('f', [at(0)], { maxBytes: -1 }),
  fetch('f', [at(0)], { minBytes: -1 }),
  fetch('f', [at(0)], { isolationLevel: 1 }),
  fetch('f', [at(0)], { sessionId: 123, sessionEpoch: 5 }),
  fetch('f', [at(0)], { sessionId: 123, sessionEpoch: -1 }),
  fetch('f', [at(0)], { sessionEpoch: -2 }),
  fetch('f', [at(0)], { clusterId: 'another' }),
  fetch('f', [at(0)], { rackId: 'nowhere' }),
];

const listed = (timestamp: number, more: object = {}) => ({ partitionIndex: 0, timestamp, ...more });
const list = (name: string, partitions: ReturnType<typeof listed>[], more: object = {}, version = 11): AdminStep =>
  step(ListOffsets, version, { replicaId: -1, isolationLevel: 0, topics: [{ name, partitions }], ...more });
const listing: readonly AdminStep[] = [
  ...[0, -1, -2, -3, -4, -5, -6, -7, -99].map((timestamp) => list('t', [listed(timestamp)])),
  ...[-3, -4, -5, -6].map((timestamp) => list('t', [listed(timestamp)], {}, 6)),
  list('absent', [listed(-1)]),
  list('', [listed(-1)]),
  list('t', [listed(-1, { partitionIndex: 99 }), listed(-1, { partitionIndex: -1 })]),
  list('t', [listed(-1), listed(-1)]),
  list('t', [listed(-1), listed(-2)]),
  list('t', [listed(-1, { currentLeaderEpoch: 9 })]),
  list('t', [listed(-1, { currentLeaderEpoch: 0 })]),
  list('t', [listed(-1)], { replicaId: -2 }),
  list('t', [listed(-1)], { replicaId: 5 }),
  list('t', []),
];

const offset = (committedOffset: number, more: object = {}) => ({
  partitionIndex: 0,
  committedOffset,
  committedMetadata: '',
  ...more,
});
const commit = (
  groupId: string,
  name: string,
  partitions: ReturnType<typeof offset>[],
  more: object = {},
  version = 9,
): AdminStep =>
  step(OffsetCommit, version, { groupId, memberId: '', topics: [{ name, topicId: name, partitions }], ...more });
const committed = (groupId: string, topics: { name: string; partitionIndexes: number[] }[] | null): AdminStep =>
  step(OffsetFetch, 9, { groups: [{ groupId, topics }] });
const committing: readonly AdminStep[] = [
  commit('g', 't', [offset(3)]),
  commit('g', '@t', [offset(3)], {}, 10),
  commit('g', UNKNOWN_ID, [offset(3)], {}, 10),
  commit('g', NO_ID, [offset(3)], {}, 10),
  commit('', 't', [offset(3)]),
  commit('g', 't', [offset(-1)]),
  commit('g', 't', [offset(-7)]),
  commit('g', 't', [offset(3, { committedMetadata: null })]),
  commit('g', 't', [offset(3, { committedMetadata: 'x'.repeat(4097) })]),
  commit('g', 't', [offset(3, { committedLeaderEpoch: -7 })]),
  commit('g', 't', [offset(3, { partitionIndex: 99 }), offset(3, { partitionIndex: -1 })]),
  commit('g', 't', [offset(3), offset(4)]),
  commit('g', 't', []),
  commit('g', 'absent', [offset(3)]),
  commit('g', 't', [offset(3)], { generationIdOrMemberEpoch: 5 }),
  commit('g', 't', [offset(3)], { memberId: 'nobody' }),
  commit('g', 't', [offset(3)], { memberId: 'nobody', generationIdOrMemberEpoch: 5 }),
  commit('new', 't', [offset(3)], { memberId: 'nobody', generationIdOrMemberEpoch: 5 }),
  commit('g', 't', [offset(3)], { groupInstanceId: 'i' }),
  step(OffsetCommit, 9, { groupId: 'g', memberId: '', topics: [] }),
  committed('g', null),
  committed('g', []),
  committed('g', [{ name: 't', partitionIndexes: [0, 1, 99, -1, 0] }]),
  committed('g', [{ name: 'absent', partitionIndexes: [0] }]),
  committed('', null),
  committed('unknown', [{ name: 't', partitionIndexes: [0] }]),
  step(OffsetFetch, 9, { groups: [] }),
  step(OffsetFetch, 9, {
    groups: [
      { groupId: 'g', topics: null },
      { groupId: 'g', topics: null },
    ],
  }),
  step(OffsetFetch, 9, { groups: [{ groupId: 'g', memberId: 'nobody', memberEpoch: 3, topics: null }] }),
  step(OffsetFetch, 1, { groupId: 'g', topics: [{ name: 't', partitionIndexes: [0, 5] }] }),
  step(OffsetFetch, 5, { groupId: 'g', topics: null }),
];

const epoch = (leaderEpoch: number, more: object = {}) => ({ partition: 0, leaderEpoch, ...more });
const others: readonly AdminStep[] = [
  ...[0, 9, -1].map((leaderEpoch) =>
    step(OffsetForLeaderEpoch, 4, { topics: [{ topic: 't', partitions: [epoch(leaderEpoch)] }] }),
  ),
  step(OffsetForLeaderEpoch, 4, { topics: [{ topic: 't', partitions: [epoch(0, { currentLeaderEpoch: 9 })] }] }),
  step(OffsetForLeaderEpoch, 4, { topics: [{ topic: 't', partitions: [epoch(0, { partition: 99 })] }] }),
  step(OffsetForLeaderEpoch, 4, { topics: [{ topic: 'absent', partitions: [epoch(0)] }] }),
  step(FindCoordinator, 4, { keyType: 0, coordinatorKeys: ['', 'g', 'g'] }),
  step(FindCoordinator, 4, { keyType: 1, coordinatorKeys: [''] }),
  step(FindCoordinator, 4, { keyType: 9, coordinatorKeys: ['g'] }),
  step(FindCoordinator, 4, { keyType: -1, coordinatorKeys: ['g'] }),
  step(FindCoordinator, 6, { keyType: 2, coordinatorKeys: ['g', 'g:x:0'] }),
  step(FindCoordinator, 6, { keyType: 0, coordinatorKeys: [] }),
  step(InitProducerId, 5, { transactionalId: '', transactionTimeoutMs: 1000 }),
  step(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: 0 }),
  step(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: -1 }),
  step(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: 2_000_000_000 }),
  step(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: 1000, producerId: 5, producerEpoch: -1 }),
  step(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: 1000, producerId: -1, producerEpoch: 5 }),
  step(DescribeGroups, 6, { groups: ['', 'unknown', 'unknown'] }),
  ...['', 'unknown', 'g'].map((groupId) =>
    step(ConsumerGroupDescribe, 1, { groupIds: [groupId], includeAuthorizedOperations: true }),
  ),
  step(Metadata, 12, { topics: [{ name: 't' }, { name: 't' }], allowAutoTopicCreation: false }),
  step(Metadata, 12, { topics: [{ name: '' }, { name: 'b!d' }, { name: 'absent' }], allowAutoTopicCreation: false }),
  step(Metadata, 12, { topics: [{ name: 't', topicId: UNKNOWN_ID }], allowAutoTopicCreation: false }),
  step(Metadata, 12, { topics: [{ name: null, topicId: UNKNOWN_ID }], allowAutoTopicCreation: false }),
  step(Metadata, 12, { topics: [{ name: null, topicId: NO_ID }], allowAutoTopicCreation: false }),
  step(Metadata, 12, { topics: [{ name: 'b!d' }], allowAutoTopicCreation: true }),
  step(Metadata, 9, { topics: [{ name: 't' }], allowAutoTopicCreation: true }),
];

const topic = (name: string, config: Record<string, string> = {}) => ({
  name,
  numPartitions: 2,
  replicationFactor: 1,
  assignments: [],
  configs: Object.entries(config).map(([key, value]) => ({ name: key, value })),
});
const topics = [
  topic('t'),
  topic('f'),
  topic('compact', { 'cleanup.policy': 'compact' }),
  topic('stamped', { 'message.timestamp.after.max.ms': '1000', 'message.timestamp.before.max.ms': '1000' }),
];

/** Makes the topics, the coordinators and their internal topics, which Kafka makes in its own time. */
export const ODD_PREPARATION: readonly AdminStep[] = [
  step(CreateTopics, 7, { topics, timeoutMs: 10_000 }),
  step(FindCoordinator, 4, { keyType: 0, coordinatorKeys: ['g'] }),
  step(FindCoordinator, 4, { keyType: 1, coordinatorKeys: ['tx'] }),
  step(Metadata, 12, { topics: [{ name: 't' }, { name: 'f' }], allowAutoTopicCreation: false }),
];
export const ODD_STEPS: readonly AdminStep[] = [...producing, ...fetching, ...listing, ...committing, ...others];
