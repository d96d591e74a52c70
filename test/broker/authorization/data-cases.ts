// Records, offsets, transactions and all kinds of groups.
import { AddOffsetsToTxn } from '../../../src/protocol/messages/add-offsets-to-txn.ts';
import { AddPartitionsToTxn } from '../../../src/protocol/messages/add-partitions-to-txn.ts';
import { DeleteRecords } from '../../../src/protocol/messages/delete-records.ts';
import { DescribeProducers } from '../../../src/protocol/messages/describe-producers.ts';
import { DescribeTransactions } from '../../../src/protocol/messages/describe-transactions.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.ts';
import { ListTransactions } from '../../../src/protocol/messages/list-transactions.ts';
import { OffsetForLeaderEpoch } from '../../../src/protocol/messages/offset-for-leader-epoch.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { TxnOffsetCommit } from '../../../src/protocol/messages/txn-offset-commit.ts';
import { WriteTxnMarkers } from '../../../src/protocol/messages/write-txn-markers.ts';
import { batchOf } from '../handlers/odd-batches.ts';
import { type AuthorizationCase, cluster, group, Op, topic, txn, when } from './cases.ts';

const ZERO = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOBODY = 'abcdefghijklmnopqrstuQ';
const TRANSACTIONAL = 0x10;

const produce = (topics: { name?: string; topicId?: string }[], more: object = {}) => ({
  acks: -1,
  timeoutMs: 1000,
  topicData: topics.map((each) => ({
    name: '',
    topicId: ZERO,
    ...each,
    partitionData: [{ index: 0, records: batchOf({ ...more }) }],
  })),
});
const fetch = (topics: { topic?: string; topicId?: string }[]) => ({
  maxWaitMs: 0,
  minBytes: 1,
  topics: topics.map((each) => ({
    topic: '',
    topicId: ZERO,
    ...each,
    partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000, replicaDirectoryId: ZERO }],
  })),
  forgottenTopicsData: [],
});
const ofTransaction = { attributes: TRANSACTIONAL, producerId: 999_999, producerEpoch: 0, sequence: 0 };
const producer = { producerId: 999_999, producerEpoch: 0 };
const committed = [
  { name: 'orders', partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: null }] },
  { name: 'other', partitions: [{ partitionIndex: 0, committedOffset: 1, committedMetadata: null }] },
];
const marker = {
  ...producer,
  transactionResult: true,
  topics: [{ name: 'orders', partitionIndexes: [0] }],
  coordinatorEpoch: 0,
};

export const DATA_CASES: readonly AuthorizationCase[] = [
  when(Produce, 9, produce([{ name: 'orders' }]), [topic(Op.WRITE, 'orders')]),
  when(Produce, 12, produce([{ name: 'orders' }, { name: 'other' }, { name: 'not-there' }]), [
    topic(Op.WRITE, 'orders'),
    topic(Op.WRITE, 'not-there'),
  ]),
  when(Produce, 13, produce([{ topicId: '@orders' }, { topicId: NOBODY }]), [topic(Op.WRITE, 'orders')]),
  when(Produce, 11, { ...produce([{ name: 'orders' }], ofTransaction), transactionalId: 'tx' }, [
    txn(Op.WRITE, 'tx'),
    topic(Op.WRITE, 'orders'),
  ]),
  when(
    Fetch,
    12,
    fetch([{ topic: 'orders' }, { topic: 'not-there' }]),
    [topic(Op.READ, 'orders')],
    [topic(Op.WRITE, 'orders')],
  ),
  when(Fetch, 13, fetch([{ topicId: '@orders' }, { topicId: '@other' }, { topicId: NOBODY }]), [
    topic(Op.READ, 'orders'),
  ]),
  when(Fetch, 17, { ...fetch([{ topicId: '@orders' }]), replicaState: { replicaId: 1, replicaEpoch: -1 } }, [
    cluster(Op.CLUSTER_ACTION),
  ]),
  when(
    ListOffsets,
    7,
    {
      replicaId: -1,
      isolationLevel: 0,
      topics: ['orders', 'other', 'not-there'].map((name) => ({
        name,
        partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1 }],
      })),
    },
    [topic(Op.DESCRIBE, 'orders')],
    [topic(Op.READ, 'or', 4)],
  ),
  when(
    OffsetForLeaderEpoch,
    4,
    {
      replicaId: -1,
      topics: ['orders', 'other'].map((name) => ({
        topic: name,
        partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }],
      })),
    },
    [topic(Op.DESCRIBE, 'orders')],
    [cluster(Op.CLUSTER_ACTION)],
  ),
  when(
    DeleteRecords,
    2,
    {
      topics: ['orders', 'other', 'not-there'].map((name) => ({
        name,
        partitions: [{ partitionIndex: 0, offset: 0 }],
      })),
      timeoutMs: 1000,
    },
    [topic(Op.DELETE, 'orders')],
  ),
  when(
    DescribeProducers,
    0,
    { topics: ['other', 'orders', 'bad name', 'not-there'].map((name) => ({ name, partitionIndexes: [0] })) },
    [topic(Op.READ, 'orders')],
  ),
  when(
    InitProducerId,
    4,
    { transactionalId: null, transactionTimeoutMs: 1000 },
    [cluster(Op.IDEMPOTENT_WRITE)],
    [topic(Op.WRITE, 'anything')],
    [topic(Op.WRITE, 'any', 4)],
  ),
  when(InitProducerId, 5, { transactionalId: 'tx', transactionTimeoutMs: 60000 }, [txn(Op.WRITE, 'tx')]),
  when(
    AddPartitionsToTxn,
    3,
    {
      transactions: [],
      v3AndBelowTransactionalId: 'tx',
      v3AndBelowProducerId: producer.producerId,
      v3AndBelowProducerEpoch: 0,
      v3AndBelowTopics: [
        { name: 'orders', partitions: [0] },
        { name: 'other', partitions: [0, 99] },
      ],
    },
    [txn(Op.WRITE, 'tx'), topic(Op.WRITE, 'orders'), topic(Op.WRITE, 'other')],
  ),
  when(
    AddPartitionsToTxn,
    3,
    {
      transactions: [],
      v3AndBelowTransactionalId: 'tx',
      v3AndBelowProducerId: producer.producerId,
      v3AndBelowProducerEpoch: 0,
      v3AndBelowTopics: [
        { name: 'orders', partitions: [0] },
        { name: '__consumer_offsets', partitions: [0] },
      ],
    },
    [txn(Op.WRITE, 'tx'), topic(Op.WRITE, 'orders')],
    [txn(Op.WRITE, 'tx'), topic(Op.WRITE, 'orders'), topic(Op.WRITE, '__consumer_offsets')],
  ),
  when(
    AddPartitionsToTxn,
    5,
    {
      transactions: [
        { transactionalId: 'tx', ...producer, verifyOnly: false, topics: [{ name: 'orders', partitions: [0] }] },
      ],
      v3AndBelowTransactionalId: '',
      v3AndBelowProducerId: 0,
      v3AndBelowProducerEpoch: 0,
      v3AndBelowTopics: [],
    },
    [cluster(Op.CLUSTER_ACTION)],
    [txn(Op.WRITE, 'tx'), topic(Op.WRITE, 'orders')],
  ),
  when(AddOffsetsToTxn, 3, { transactionalId: 'tx', ...producer, groupId: 'billing' }, [
    txn(Op.WRITE, 'tx'),
    group(Op.READ, 'billing'),
  ]),
  when(EndTxn, 3, { transactionalId: 'tx', ...producer, committed: true }, [txn(Op.WRITE, 'tx')]),
  when(TxnOffsetCommit, 3, { transactionalId: 'tx', groupId: 'billing', ...producer, topics: committed }, [
    txn(Op.WRITE, 'tx'),
    group(Op.READ, 'billing'),
    topic(Op.READ, 'orders'),
  ]),
  when(WriteTxnMarkers, 1, { markers: [marker] }, [cluster(Op.CLUSTER_ACTION)], [cluster(Op.ALTER)]),
  when(DescribeTransactions, 0, { transactionalIds: ['tx', 'another'] }, [txn(Op.DESCRIBE, 'tx')]),
  when(DescribeTransactions, 0, { transactionalIds: ['ongoing'] }, [
    txn(Op.DESCRIBE, 'ongoing'),
    topic(Op.DESCRIBE, 'orders'),
  ]),
  when(ListTransactions, 1, { stateFilters: [], producerIdFilters: [], durationFilter: -1 }, [txn(Op.DESCRIBE, 'tx')]),
];
